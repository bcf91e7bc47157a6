//! The npm package as it is shipped: packed, installed, used.

use std::path::Path;
use std::process::Command;

use anyhow::Result;

use super::Page;
use super::end_to_end::install;
use crate::tools::Tools;
use crate::{package, process, workspace};

/// Builds the tarball and runs the tests in `tests/npm` on it.
///
/// # Errors
///
/// When it cannot be built, or a test fails.
pub(crate) fn run(tools: &Tools, page: &Page) -> Result<()> {
    let tarball = package::build(tools)?;
    let trap = package::trap::build(tools)?;
    let folder = workspace::package_tests();
    install(&folder, "package")?;
    process::run(node(&tarball, page).env("KINORA_TRAP", trap))
}

/// Runs the packed package in every tool and runtime of `tests/npm/all`.
///
/// # Errors
///
/// When the package cannot be built, a tool cannot be installed, or a test fails.
pub(crate) fn run_all(tools: &Tools, page: &Page) -> Result<()> {
    let tarball = package::build(tools)?;
    let folder = workspace::package_tests();
    install(&folder, "package")?;
    install(&folder.join("all"), "tools and runtimes, 900 MB")?;
    process::run(node(&tarball, page).args([
        "all/browser.mjs",
        "all/next.mjs",
        "all/runtimes.mjs",
        "all/relay.mjs",
    ]))
}

fn node(tarball: &Path, page: &Page) -> Command {
    let mut node = Command::new("node");
    node.arg("--test").current_dir(workspace::package_tests());
    node.env("KINORA_TARBALL", tarball);
    node.env("KINORA_BIN", &page.server);
    node.env("KINORA_CHROMIUM", &page.chromium);
    node
}
