//! The Playwright tests of the built app.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use anyhow::{Result, ensure};

use crate::process::{self, cargo};
use crate::tools::node;
use crate::workspace;

/// What the tests and benches in the browser are told, by environment variables.
pub(crate) struct Page {
    /// The browser to start: `KINORA_CHROMIUM`.
    pub(crate) chromium: PathBuf,
    /// The native binary `kinora`: `KINORA_BIN`.
    pub(crate) server: PathBuf,
}

impl Page {
    /// Playwright with these variables and `KINORA_DIST`, the built app.
    pub(crate) fn playwright(&self) -> Command {
        let mut command = node::browser_tests("playwright");
        command.env("KINORA_CHROMIUM", &self.chromium);
        command.env("KINORA_BIN", &self.server);
        command.env("KINORA_DIST", workspace::dist());
        command
    }
}

/// Installs the packages of the tests and runs them.
pub(crate) fn run(page: &Page) -> Result<()> {
    let corpus = workspace::root().join("target/corpus");
    write_corpus(&corpus)?;
    process::run(stories(page, "app")?.env("KINORA_CORPUS", corpus))
}

/// Visits the page behind nginx: `site` is what `cargo xtask site --base /kinora/` makes.
///
/// # Errors
///
/// When the tests' packages cannot be installed, or a visit fails.
pub(crate) fn visit_behind(nginx: &Path, page: &Page, site: &Path) -> Result<()> {
    let mut visit = stories(page, "nginx")?;
    visit.env("KINORA_NGINX", nginx);
    process::run(visit.env("KINORA_SITE", site))
}

/// The stories of a project of `playwright.config.ts`.
fn stories(page: &Page, project: &str) -> Result<Command> {
    install_packages()?;
    let mut playwright = page.playwright();
    playwright.args(["test", "--project", project]);
    Ok(playwright)
}

/// Writes image files of every kind into a folder, with what the reader of headers says of them.
///
/// # Errors
///
/// When they cannot be written.
pub(crate) fn write_corpus(folder: &Path) -> Result<()> {
    let mut write = cargo();
    write.args(["run", "--quiet", "--package", "kinora", "--example"]);
    process::run(write.args(["corpus", "--"]).arg(folder))
}

/// Installs the locked npm packages of the browser tests, unless they are there.
///
/// # Errors
///
/// When the folder of the tests is missing, or npm fails.
pub(crate) fn install_packages() -> Result<()> {
    install(&workspace::browser_tests(), "browser tests")
}

/// The same for any folder that has a lock file.
///
/// # Errors
///
/// As [`install_packages`].
pub(crate) fn install(folder: &Path, what: &str) -> Result<()> {
    let lock = folder.join("package-lock.json");
    ensure!(
        lock.is_file(),
        "{} is missing: there are no tests to run",
        lock.display()
    );
    // npm writes this file last.
    if is_newer(&folder.join("node_modules/.package-lock.json"), &lock) {
        return Ok(());
    }
    process::announce(
        &format!("Installing the npm packages of the {what}"),
        "20 seconds",
    );
    let mut npm = node::npm();
    npm.args(["ci", "--no-audit", "--no-fund", "--loglevel=error"])
        .current_dir(folder);
    // The browser is the one that was found on this machine.
    process::run(npm.env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"))
}

fn is_newer(file: &Path, than: &Path) -> bool {
    written(file)
        .zip(written(than))
        .is_some_and(|(file, than)| file >= than)
}

fn written(file: &Path) -> Option<SystemTime> {
    fs::metadata(file).ok()?.modified().ok()
}

#[cfg(test)]
mod tests {
    use std::fs::File;
    use std::time::Duration;

    use super::*;

    #[test]
    fn packages_are_current_only_after_their_lock() {
        let folder = tempfile::tempdir().unwrap();
        let [lock, done] = ["lock", "done"].map(|name| folder.path().join(name));
        let now = SystemTime::now();
        let write = |path: &Path, time| File::create(path).unwrap().set_modified(time).unwrap();
        write(&lock, now);
        assert!(!is_newer(&done, &lock), "nothing is installed");
        write(&done, now - Duration::from_secs(1));
        assert!(!is_newer(&done, &lock), "the lock has changed since");
        write(&done, now + Duration::from_secs(1));
        assert!(is_newer(&done, &lock));
    }
}
