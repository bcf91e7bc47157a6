//! wasm-opt, which makes the app's wasm smaller. npm has it for every platform that Node runs on.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::{folder, node, version};
use crate::process;

/// The folder that holds `wasm-opt`; installs it if no folder does.
pub(crate) fn ensure() -> Result<PathBuf> {
    if let Some(program) = process::find("wasm-opt")
        && version::reported_by(&program)
            .as_deref()
            .and_then(version::major)
            == Some(MAJOR)
        && let Some(folder) = program.parent()
    {
        return Ok(folder.to_owned());
    }
    let name = format!("binaryen-{VERSION}");
    let place = folder::of(&name)?;
    if !is_whole(&place) {
        process::announce(&format!("Installing wasm-opt ({name})"), "20 seconds");
        folder::fill(&name, is_whole, install)
            .with_context(|| format!("{name} could not be installed"))?;
    }
    Ok(programs(&place))
}

fn install(partial: &Path) -> Result<PathBuf> {
    let made = partial.join("made");
    let mut npm = node::npm();
    npm.args([
        "install",
        "--no-audit",
        "--no-fund",
        "--loglevel=error",
        "--prefix",
    ]);
    npm.arg(&made).arg(format!("binaryen@{VERSION}"));
    process::run(&mut npm)?;
    Ok(made)
}

fn programs(place: &Path) -> PathBuf {
    place.join("node_modules").join(".bin")
}

fn is_whole(place: &Path) -> bool {
    programs(place).join("wasm-opt").exists()
}

/// The npm package's version, and what `wasm-opt --version` calls it.
const VERSION: &str = "132.0.0";
const MAJOR: u32 = 132;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_two_numbers_are_one_version() {
        assert_eq!(version::major(VERSION), Some(MAJOR));
    }
}
