//! What visitors get, built: the app's `dist` folder and the program that serves it.

use std::env;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::tools::Tools;
use crate::{process, wasm, workspace};

/// Builds the app as it is published, as `Trunk.toml` says.
pub(crate) fn build(tools: &Tools) -> Result<()> {
    process::announce("Building the app", "3 minutes at first, then seconds");
    let mut trunk = tools.command("trunk")?;
    trunk
        .current_dir(workspace::root())
        .args(["build", "--skip-version-check"]);
    // Trunk takes this variable for a boolean of its own and stops at the customary `1`.
    if env::var_os("NO_COLOR").is_some() {
        trunk.env("NO_COLOR", "true");
    }
    let bindgen = tools.find("wasm-bindgen");
    wasm::wrap(&mut trunk, &bindgen.context("wasm-bindgen is missing")?)?;
    process::run(&mut trunk)
}

/// Builds the native binary `kinora` and returns its path.
pub(crate) fn build_server() -> Result<PathBuf> {
    process::announce("Building the server", "30 seconds at first, then nothing");
    process::run(process::cargo().args(["build", "--quiet", "--package", "kinora-server"]))?;
    let name = format!("kinora{}", env::consts::EXE_SUFFIX);
    Ok(workspace::programs()?.join(name))
}
