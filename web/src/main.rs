//! The Kinora app.

mod app;
mod components;
mod state;

fn main() {
    app::start();
}
