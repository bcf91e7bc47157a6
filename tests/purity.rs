//! The core and the emulator, compiled to WebAssembly, need nothing from anyone: a whole job runs
//! with no imports at all.

#![allow(clippy::expect_used, reason = "a test that cannot look must fail")]

mod support;

use std::path::Path;
use std::process::{Command, Output};

const TARGET: &str = "wasm32-unknown-unknown";

#[test]
fn a_whole_job_runs_without_a_host() {
    let folder = support::workspace().join("target").join("pure");
    let build = support::cargo()
        .args([
            "build",
            "--package",
            "kinora-tests",
            "--bin",
            "pure",
            "--target",
            TARGET,
        ])
        .arg("--target-dir")
        .arg(&folder)
        .current_dir(support::workspace())
        .env_remove("CARGO_TARGET_DIR")
        .output()
        .expect("cargo runs");
    let error = String::from_utf8_lossy(&build.stderr);
    assert!(
        build.status.success(),
        "`rustup target add {TARGET}` may be missing:\n{error}"
    );
    let run = node(&folder.join(TARGET).join("debug").join("pure.wasm"));
    assert!(
        run.status.success(),
        "{}",
        String::from_utf8_lossy(&run.stderr)
    );
}

#[test]
fn a_program_that_imports_a_clock_is_found() {
    let run = node(&in_this_folder("pure/impure.wasm"));
    assert_eq!(run.status.code(), Some(2));
    assert_eq!(
        String::from_utf8_lossy(&run.stderr),
        "It imports env.now.\n"
    );
}

fn node(program: &Path) -> Output {
    let run = Command::new("node")
        .arg(in_this_folder("pure/run.mjs"))
        .arg(program)
        .output();
    run.expect("node runs; get it from https://nodejs.org")
}

fn in_this_folder(path: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}
