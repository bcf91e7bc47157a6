//! The system's packages, where installing them takes no question.

use std::process::Command;

use anyhow::{Context, Result};

use crate::process;

/// Installs packages with apt, if we are root or sudo asks for no password. Whether it did.
///
/// # Errors
///
/// When apt fails.
pub(crate) fn install(what: &str, usually: &str, packages: &[&str]) -> Result<bool> {
    let Some(apt) = process::find("apt-get") else {
        return Ok(false);
    };
    let as_root: &[&str] = if is_root() { &[] } else { &["sudo", "-n"] };
    if !as_root.is_empty() && process::output(Command::new("sudo").args(["-n", "true"])).is_none() {
        return Ok(false);
    }
    let apt = apt.to_string_lossy();
    process::announce(&format!("Installing {what} with apt-get"), usually);
    let quietly = ["env", "DEBIAN_FRONTEND=noninteractive", &apt];
    apt_get(&[as_root, &quietly, &["update", "-q"]].concat())?;
    apt_get(&[as_root, &quietly, &["install", "-q", "-y"], packages].concat())?;
    Ok(true)
}

fn apt_get(words: &[&str]) -> Result<()> {
    let (program, arguments) = words.split_first().context("there is nothing to run")?;
    println!("    {}", words.join(" "));
    process::run(Command::new(program).args(arguments))
}

fn is_root() -> bool {
    process::output(Command::new("id").arg("-u")).as_deref() == Some("0")
}
