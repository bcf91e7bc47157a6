//! The npm package beside what a team would take instead: its bytes, and its ways on a bad network.

use std::process::Command;

use anyhow::Result;

use crate::test::install;
use crate::tools::Tools;
use crate::tools::browser::Browser;
use crate::{package, process, workspace};

/// Prints the bytes of one program with each SDK, how soon it asks, and what its types cost.
///
/// # Errors
///
/// When the package cannot be built, a program not bundled, or there is no browser.
pub(crate) fn bytes() -> Result<()> {
    run("size.mjs")
}

/// Prints what each SDK does with the faults of one server.
///
/// # Errors
///
/// When the package cannot be built, or ours does not do what it promises.
pub(crate) fn faults() -> Result<()> {
    run("faults.mjs")
}

fn run(script: &str) -> Result<()> {
    let tarball = package::build(&Tools::ready()?)?;
    let tests = workspace::package_tests();
    install(&tests, "package")?;
    let folder = tests.join("peers");
    install(&folder, "other SDKs")?;
    let mut node = Command::new("node");
    node.arg(script).current_dir(folder);
    node.env("KINORA_CHROMIUM", Browser::ready()?.chromium);
    process::run(node.env("KINORA_TARBALL", tarball))
}
