//! The Kinora app.

#![allow(dead_code)]

mod app;
mod components;
mod state;

fn main() {
    app::start();
}
