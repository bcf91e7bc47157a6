//! What several tests of this package need.

#![allow(dead_code, reason = "each test uses a part")]
#![allow(clippy::expect_used, reason = "a test that cannot look must fail")]

pub(crate) mod graph;
pub(crate) mod source;

use std::path::{Path, PathBuf};

/// The workspace's folder.
pub(crate) fn workspace() -> PathBuf {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests
        .parent()
        .map_or_else(|| tests.to_owned(), Path::to_owned)
}

/// A `cargo` of the toolchain that runs the tests.
pub(crate) fn cargo() -> std::process::Command {
    std::process::Command::new(env!("CARGO"))
}

/// The name that Rust has for this machine's kind.
pub(crate) fn host() -> String {
    let rustc = std::process::Command::new("rustc")
        .arg("-vV")
        .current_dir(workspace())
        .output()
        .expect("rustc runs");
    let told = String::from_utf8_lossy(&rustc.stdout).into_owned();
    let host = told.lines().find_map(|line| line.strip_prefix("host: "));
    host.expect("rustc names its host").to_owned()
}
