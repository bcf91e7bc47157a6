//! The arrows between crates point from the hosts to the core.
