//! Kinora's tools folder: versioned sub-folders that are complete or not there.

use std::env;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The place of one tool, such as `…/kinora/tools/trunk-0.21.14`.
pub(crate) fn of(tool: &str) -> Result<PathBuf> {
    Ok(tools()?.join(tool))
}

/// Fills the place of a tool unless it `is_whole`: `install` works in a folder aside, and makes
/// there the folder that it returns, which is then moved into place.
///
/// Clones that want the same tool at once wait for each other. What an interrupted installation
/// left aside is still there when it is run again, so that it can go on from it.
///
/// # Errors
///
/// When `install` fails, or the folder cannot be written.
pub(crate) fn fill(
    tool: &str,
    is_whole: impl Fn(&Path) -> bool,
    install: impl FnOnce(&Path) -> Result<PathBuf>,
) -> Result<()> {
    fill_in(&tools()?, tool, is_whole, install)
}

fn fill_in(
    tools: &Path,
    tool: &str,
    is_whole: impl Fn(&Path) -> bool,
    install: impl FnOnce(&Path) -> Result<PathBuf>,
) -> Result<()> {
    let place = tools.join(tool);
    let partial = tools.join(".partial").join(tool);
    fs::create_dir_all(&partial).with_context(|| partial.display().to_string())?;
    let lock = File::create(tools.join(".partial").join(format!("{tool}.lock")))?;
    lock.lock().context("the tools folder cannot be locked")?;
    if is_whole(&place) {
        return Ok(());
    }
    let made = install(&partial)?;
    if place.exists() {
        fs::remove_dir_all(&place).context("the broken tool cannot be removed")?;
    }
    fs::rename(made, place).context("the tool cannot be moved into place")?;
    // Only disk space is lost when this fails.
    fs::remove_dir_all(&partial).ok();
    Ok(())
}

fn tools() -> Result<PathBuf> {
    let cache = cache().context("set HOME: the tools go into the cache folder in it")?;
    Ok(cache.join("kinora").join("tools"))
}

fn cache() -> Option<PathBuf> {
    let home = || env::home_dir().filter(|home| home.is_absolute());
    if cfg!(target_os = "macos") {
        return Some(home()?.join("Library").join("Caches"));
    }
    let named = if cfg!(windows) {
        "LOCALAPPDATA"
    } else {
        "XDG_CACHE_HOME"
    };
    let named = env::var_os(named)
        .map(PathBuf::from)
        .filter(|cache| cache.is_absolute());
    named.or_else(|| Some(home()?.join(".cache")))
}

#[cfg(test)]
mod tests {
    use anyhow::bail;

    use super::*;

    fn make(partial: &Path) -> Result<PathBuf> {
        let made = partial.join("made");
        fs::create_dir_all(&made)?;
        fs::write(made.join("program"), "1")?;
        Ok(made)
    }

    fn is_whole(place: &Path) -> bool {
        place.join("program").is_file()
    }

    #[test]
    fn a_tool_is_moved_into_place_whole() {
        let tools = tempfile::tempdir().unwrap();
        fill_in(tools.path(), "trunk-1", is_whole, make).unwrap();
        assert!(tools.path().join("trunk-1/program").is_file());
        assert!(!tools.path().join(".partial/trunk-1").exists());
    }

    #[test]
    fn an_interrupted_installation_is_not_taken_for_a_complete_one() {
        let tools = tempfile::tempdir().unwrap();
        let interrupted = fill_in(tools.path(), "trunk-1", is_whole, |partial| {
            make(partial)?;
            bail!("no network")
        });
        assert_eq!(interrupted.unwrap_err().to_string(), "no network");
        assert!(!tools.path().join("trunk-1").exists());
        fill_in(tools.path(), "trunk-1", is_whole, |partial| {
            assert!(
                partial.join("made/program").is_file(),
                "what was done is still there"
            );
            Ok(partial.join("made"))
        })
        .unwrap();
        assert!(tools.path().join("trunk-1/program").is_file());
    }

    #[test]
    fn what_another_clone_installed_meanwhile_is_left_alone() {
        let tools = tempfile::tempdir().unwrap();
        fill_in(tools.path(), "trunk-1", is_whole, make).unwrap();
        fill_in(tools.path(), "trunk-1", is_whole, |_| {
            bail!("must not be called")
        })
        .unwrap();
    }

    #[test]
    fn a_broken_tool_is_replaced() {
        let tools = tempfile::tempdir().unwrap();
        fs::create_dir(tools.path().join("trunk-1")).unwrap();
        fill_in(tools.path(), "trunk-1", is_whole, make).unwrap();
        assert!(tools.path().join("trunk-1/program").is_file());
    }
}
