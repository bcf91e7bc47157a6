//! Set-up, demo, test and bench of Kinora.

fn main() {}
