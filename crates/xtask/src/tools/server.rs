//! Servers and clients that we did not write, to test and measure the relay against.

use std::path::PathBuf;

use anyhow::{Result, bail};

use super::apt;
use crate::process;

/// nginx, found or installed.
///
/// # Errors
///
/// When it is neither; the message names the command to run.
pub(crate) fn nginx() -> Result<PathBuf> {
    ready("nginx", "nginx-light")
}

/// wrk, found or installed.
///
/// # Errors
///
/// When it is neither; the message names the command to run.
pub(crate) fn wrk() -> Result<PathBuf> {
    ready("wrk", "wrk")
}

fn ready(program: &str, package: &str) -> Result<PathBuf> {
    if let Some(path) = find(program) {
        return Ok(path);
    }
    apt::install(program, "10 seconds", &[package])?;
    match find(program) {
        Some(path) => Ok(path),
        None => bail!(
            "{program} is missing; install it, as by `sudo apt-get install -y {package}` or \
             `brew install {program}`"
        ),
    }
}

/// Debian keeps servers out of the usual `PATH`.
fn find(program: &str) -> Option<PathBuf> {
    let sbin = PathBuf::from("/usr/sbin").join(program);
    process::find(program).or_else(|| Some(sbin).filter(|path| path.is_file()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_on_path_is_found() {
        assert!(find("cargo").is_some());
        assert_eq!(find("kinora-has-no-such-program"), None);
    }
}
