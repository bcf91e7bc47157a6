//! What visitors get, built: the app's `dist` folder and the program that serves it.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::package::glue;
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
    process::run(&mut trunk)?;
    shorten(&workspace::dist())
}

/// Takes what only its readers need out of the page's own script and styles. Trunk names styles after
/// what is in them, as it found them, and `index.html` asks for no checksum of theirs.
fn shorten(dist: &Path) -> Result<()> {
    for entry in fs::read_dir(dist).context("the app was not built")? {
        let path = entry?.path();
        let is_style = path.extension().is_some_and(|extension| extension == "css");
        if is_style || path.file_name().is_some_and(|name| name == "boot.js") {
            let text = fs::read_to_string(&path)?;
            fs::write(&path, glue::short(&text))?;
        }
    }
    Ok(())
}

/// Builds the native binary `kinora` and returns its path.
pub(crate) fn build_server() -> Result<PathBuf> {
    process::announce("Building the server", "30 seconds at first, then nothing");
    process::run(process::cargo().args(["build", "--quiet", "--package", "kinora-server"]))?;
    let name = format!("kinora{}", env::consts::EXE_SUFFIX);
    Ok(workspace::programs()?.join(name))
}
