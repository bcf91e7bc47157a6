//! The Kinora app.

fn main() {}
