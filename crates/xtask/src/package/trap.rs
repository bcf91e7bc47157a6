//! The package's modules with a trap in them, for its tests: they are never packed.

use std::fs;
use std::path::PathBuf;

use anyhow::Result;

use super::{Exports, MODULES, compile, module};
use crate::tools::Tools;
use crate::{process, workspace};

/// Builds the modules that `js/module.js` calls, with the feature `trap` and under the names of the
/// published ones, and returns the folder that they are in.
///
/// # Errors
///
/// When a step fails.
pub(crate) fn build(tools: &Tools) -> Result<PathBuf> {
    process::announce(
        "Building the package's modules with a trap for its tests",
        "2 minutes at first, then seconds",
    );
    let folder = workspace::root().join("target/npm/trap");
    fs::create_dir_all(&folder)?;
    compile(&["kinora-npm", "--features", "trap"])?;
    for trapped in MODULES
        .iter()
        .filter(|module| module.exports == Exports::Called)
    {
        module(tools, trapped, &folder)?;
    }
    Ok(folder)
}
