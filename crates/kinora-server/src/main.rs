//! The native binary: hosts the emulator and serves the built app.

fn main() {}
