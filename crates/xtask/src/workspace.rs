//! Where things are in this clone, and which versions its `Cargo.lock` holds.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The clone's top folder.
pub(crate) fn root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here)
}

/// Where Trunk puts the built app: `dist` in `Trunk.toml`.
pub(crate) fn dist() -> PathBuf {
    root().join("web/dist")
}

/// Where the browser's end-to-end tests live.
pub(crate) fn browser_tests() -> PathBuf {
    root().join("tests/browser")
}

/// Where the npm package's tests live.
pub(crate) fn package_tests() -> PathBuf {
    root().join("tests/npm")
}

/// The folder that Cargo puts native debug programs into: the one this program runs from.
pub(crate) fn programs() -> Result<PathBuf> {
    let myself = env::current_exe().context("this program does not know where it is")?;
    Ok(myself.parent().unwrap_or(&myself).to_owned())
}

/// The version of a package that `Cargo.lock` holds.
pub(crate) fn locked_version(package: &str) -> Result<String> {
    let path = root().join("Cargo.lock");
    let lock = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    version_in_lock(&lock, package)
        .map(str::to_owned)
        .with_context(|| format!("Cargo.lock holds no {package}"))
}

fn version_in_lock<'lock>(lock: &'lock str, package: &str) -> Option<&'lock str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    lines
        .nth(1)?
        .strip_prefix("version = \"")?
        .strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = "\
version = 4

[[package]]
name = \"wasm-bindgen-futures\"
version = \"0.4.80\"
source = \"registry\"

[[package]]
name = \"wasm-bindgen\"
version = \"0.2.130\"
source = \"registry\"
";

    #[test]
    fn a_version_is_read_by_the_whole_name() {
        assert_eq!(version_in_lock(LOCK, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(
            version_in_lock(LOCK, "wasm-bindgen-futures"),
            Some("0.4.80")
        );
        assert_eq!(version_in_lock(LOCK, "wasm"), None);
        assert_eq!(version_in_lock("", "wasm-bindgen"), None);
    }

    #[test]
    fn the_clone_is_found() {
        assert!(root().join("Cargo.lock").is_file());
        assert!(locked_version("wasm-bindgen").is_ok());
    }
}
