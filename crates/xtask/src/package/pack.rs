//! The tarball, and what may be in it.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::files::FILES;
use crate::process;
use crate::tools::node;

/// Packs a folder and returns the tarball's path.
///
/// # Errors
///
/// When npm fails, or the tarball holds other files than [`FILES`], or too many bytes.
pub(super) fn pack(folder: &Path) -> Result<PathBuf> {
    let mut npm = node::npm();
    npm.args(["pack", "--json", "--ignore-scripts", "--pack-destination"]);
    npm.arg(folder.with_file_name("")).current_dir(folder);
    let told = process::output(&mut npm).context("`npm pack` failed")?;
    let told: Value = serde_json::from_str(&told).context("`npm pack` says no JSON")?;
    let packed = &told[0];
    ensure_files(packed)?;
    let size = packed["unpackedSize"].as_u64().unwrap_or(u64::MAX);
    ensure!(
        size <= INSTALLED_BYTES,
        "installed, the package has {size} bytes"
    );
    let name = packed["filename"].as_str().context("no file name")?;
    println!("{} files, {size} bytes installed", FILES.len());
    Ok(folder.with_file_name(name))
}

fn ensure_files(packed: &Value) -> Result<()> {
    let files = packed["files"].as_array().into_iter().flatten();
    let mut found: Vec<_> = files.filter_map(|file| file["path"].as_str()).collect();
    found.sort_unstable();
    ensure!(
        found == FILES,
        "the tarball holds {found:?}, and should hold {FILES:?}"
    );
    Ok(())
}

/// The most bytes that the package may take when it is installed.
const INSTALLED_BYTES: u64 = 1_000_000;

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn another_file_in_the_tarball_is_found() {
        let packed = json!({ "files": [{ "path": "dist/index.js" }, { "path": ".env" }] });
        let message = ensure_files(&packed).unwrap_err().to_string();
        assert!(message.contains(".env"), "{message}");
    }
}
