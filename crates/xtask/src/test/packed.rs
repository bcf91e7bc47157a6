//! The npm package as it is shipped: packed, installed, used.

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
    let folder = workspace::package_tests();
    install(&folder, "package")?;
    let mut node = Command::new("node");
    node.arg("--test").current_dir(folder);
    node.env("KINORA_TARBALL", tarball);
    node.env("KINORA_BIN", &page.server);
    node.env("KINORA_CHROMIUM", &page.chromium);
    process::run(&mut node)
}
