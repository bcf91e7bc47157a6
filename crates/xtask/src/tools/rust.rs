//! Parts of the Rust toolchain that do not come with every installation.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::process;

/// The target of everything that runs in the browser.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// Makes sure that the standard library for wasm is there.
pub(crate) fn ensure_wasm_target() -> Result<()> {
    if has_wasm_target() {
        return Ok(());
    }
    process::announce("Adding Rust's wasm target", "10 seconds");
    rustup(&["target", "add", WASM])
}

/// Makes sure that rustfmt and clippy are there.
pub(crate) fn ensure_linters() -> Result<()> {
    let has = |tool: &str| process::output(process::cargo().args([tool, "--version"])).is_some();
    if has("fmt") && has("clippy") {
        return Ok(());
    }
    process::announce("Adding rustfmt and clippy", "10 seconds");
    rustup(&["component", "add", "rustfmt", "clippy"])
}

/// Makes sure that a nightly Rust is there: fuzzing takes parts of it that are not stable.
pub(crate) fn ensure_nightly() -> Result<()> {
    let mut rustc = Command::new("rustup");
    rustc.args(["run", NIGHTLY, "rustc", "--version"]);
    if process::output(&mut rustc).is_some() {
        return Ok(());
    }
    process::announce("Adding a nightly Rust beside yours", "1 minute");
    rustup(&["toolchain", "install", NIGHTLY, "--profile", "minimal"])
}

/// Where Cargo keeps what it downloads.
pub(crate) fn cargo_home() -> Option<PathBuf> {
    let named = env::var_os("CARGO_HOME").map(PathBuf::from);
    named.or_else(|| Some(env::home_dir()?.join(".cargo")))
}

/// What rustup calls it.
pub(crate) const NIGHTLY: &str = "nightly";

fn has_wasm_target() -> bool {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let mut rustc = Command::new(rustc);
    rustc.args(["--print", "target-libdir", "--target", WASM]);
    process::output(&mut rustc).is_some_and(|folder| Path::new(&folder).is_dir())
}

fn rustup(arguments: &[&str]) -> Result<()> {
    process::run(Command::new("rustup").args(arguments)).with_context(|| {
        let arguments = arguments.join(" ");
        format!(
            "`rustup {arguments}` is needed; if Rust came from your system's packages, install \
             the same from there, or get rustup from https://rustup.rs"
        )
    })
}
