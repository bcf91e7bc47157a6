//! Node and npm, which must be there.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use super::version;
use crate::{process, workspace};

/// Checks that Node is new enough and that npm is there.
///
/// # Errors
///
/// When one is not; the message says how to get it.
pub(crate) fn ready() -> Result<()> {
    let version = version::reported_by(Path::new("node"));
    check(version.as_deref(), process::find(NPM).is_some())
}

/// npm, in the clone's top folder.
pub(crate) fn npm() -> Command {
    let mut command = Command::new(NPM);
    command.current_dir(workspace::root());
    command
}

/// A program of an npm package that is installed in the folder of the browser tests.
pub(crate) fn browser_tests(program: &str) -> Command {
    let folder = workspace::browser_tests();
    let mut command = Command::new(folder.join("node_modules").join(".bin").join(program));
    command.current_dir(folder);
    command
}

fn check(node: Option<&str>, npm: bool) -> Result<()> {
    let Some(node) = node else {
        bail!("Node is missing; {REMEDY}");
    };
    if version::major(node) < Some(OLDEST) {
        bail!("Node {node} is too old, {OLDEST} is the oldest that will do; {REMEDY}");
    }
    if !npm {
        bail!("Node {node} is here, but npm, which comes with it, is not; {REMEDY}");
    }
    Ok(())
}

/// The oldest major version of Node that the browser tests run on.
const OLDEST: u32 = 20;
const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };
const REMEDY: &str = "get the current release with npm from https://nodejs.org, or from your \
                      system's packages (`nodejs` and `npm`), and put it on PATH";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_named_with_the_way_to_get_it() {
        for (node, npm, expected) in [
            (None, true, "Node is missing"),
            (Some("18.19.1"), true, "Node 18.19.1 is too old, 20"),
            (Some("22.1.0"), false, "npm, which comes with it, is not"),
        ] {
            let message = check(node, npm).unwrap_err().to_string();
            assert!(message.contains(expected), "{message}");
            assert!(message.contains("https://nodejs.org"), "{message}");
        }
        assert!(check(Some("20.0.0"), true).is_ok());
    }
}
