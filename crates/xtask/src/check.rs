//! `cargo xtask check`: format, lints, documentation and dependencies, all without warnings.

use std::process::ExitCode;

use anyhow::Result;

use crate::deny;
use crate::docs;
use crate::process::{cargo, run as run_command};
use crate::stages::Stages;
use crate::tools::rust::{self, WASM};

/// Crates that also run on wasm; their native tests need libraries that do not.
pub(crate) const PORTABLE: [&str; 4] =
    ["kinora", "kinora-emulator", "kinora-motion", "kinora-relay"];
/// Crates that only run in the browser.
pub(crate) const BROWSER: [&str; 3] = ["kinora-browser", "kinora-demo", "kinora-web"];

/// Runs every check and reports them together.
///
/// # Errors
///
/// When the toolchain lacks a part that cannot be added.
pub(crate) fn run() -> Result<ExitCode> {
    rust::ensure_linters()?;
    rust::ensure_wasm_target()?;
    let mut stages = Stages::default();
    stages.run("Format", "1 second", || {
        run_command(cargo().args(["fmt", "--all", "--check"]))
    });
    stages.run("Lints, native", "1 minute at first", || {
        clippy(&["--all-targets"], &[])
    });
    stages.run(
        "Lints, portable crates on wasm",
        "20 seconds at first",
        || clippy(&["--target", WASM], &PORTABLE),
    );
    stages.run("Lints, the npm package", "10 seconds at first", || {
        clippy(&["--features", "module", "--target", WASM], &["kinora-npm"])
    });
    stages.run("Lints, browser crates", "1 minute at first", || {
        clippy(&["--all-targets", "--target", WASM], &BROWSER)
    });
    stages.run("Documentation, native", "20 seconds", || document(&[], &[]));
    stages.run("Documentation, browser crates", "1 minute at first", || {
        document(&["--target", WASM], &BROWSER)
    });
    stages.run(
        "Licences and sources",
        "2 seconds; 2 minutes at first",
        deny::check,
    );
    stages.run(
        "Documentation, the npm package",
        "5 seconds; a minute at first",
        || docs::build().map(drop),
    );
    Ok(stages.finish())
}

fn clippy(flags: &[&str], packages: &[&str]) -> Result<()> {
    let mut cargo = cargo();
    cargo.arg("clippy").args(flags).args(selection(packages));
    run_command(cargo.args(["--", "--deny", "warnings"]))
}

fn document(flags: &[&str], packages: &[&str]) -> Result<()> {
    let mut cargo = cargo();
    cargo
        .args(["doc", "--no-deps"])
        .args(flags)
        .args(selection(packages));
    run_command(cargo.env("RUSTDOCFLAGS", "--deny warnings"))
}

/// `--package` for each; none selects the workspace's default members.
pub(crate) fn selection<'names>(
    packages: &'names [&str],
) -> impl Iterator<Item = &'names str> + use<'names> {
    packages.iter().flat_map(|package| ["--package", package])
}
