//! The arrows between crates point the way DESIGN says.
