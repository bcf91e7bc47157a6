//! Chromium from the system's packages, where that takes no question.

use std::process::Command;

use anyhow::{Context, Result};

use crate::process;

/// Installs Chromium and its driver with apt, if we are root or sudo asks for no password.
/// Whether it did.
pub(crate) fn with_apt() -> Result<bool> {
    let Some(apt) = process::find("apt-get") else {
        return Ok(false);
    };
    let as_root: &[&str] = if is_root() { &[] } else { &["sudo", "-n"] };
    if !as_root.is_empty() && process::output(Command::new("sudo").args(["-n", "true"])).is_none() {
        return Ok(false);
    }
    let apt = apt.to_string_lossy();
    process::announce(
        "Installing Chromium and ChromeDriver with apt-get",
        "2 minutes",
    );
    let update = [
        "env",
        "DEBIAN_FRONTEND=noninteractive",
        &apt,
        "update",
        "-q",
    ];
    let install = [
        "env",
        "DEBIAN_FRONTEND=noninteractive",
        &apt,
        "install",
        "-q",
        "-y",
    ];
    apt_get(&[as_root, &update].concat())?;
    apt_get(&[as_root, &install, packages()].concat())?;
    Ok(true)
}

/// What to do where it cannot be done from here, after "Set CHROME and CHROMEDRIVER …".
pub(crate) const REMEDY: &str = ", or install them:
  Debian   sudo apt-get install -y chromium chromium-driver
  Ubuntu   sudo apt-get install -y chromium-browser chromium-chromedriver
  Fedora   sudo dnf install -y chromium chromedriver
  Arch     sudo pacman -S chromium
  macOS    brew install --cask google-chrome chromedriver
  any      npx @puppeteer/browsers install chrome@stable && npx @puppeteer/browsers install \
           chromedriver@stable";

fn apt_get(words: &[&str]) -> Result<()> {
    let (program, arguments) = words.split_first().context("there is nothing to run")?;
    println!("    {}", words.join(" "));
    process::run(Command::new(program).args(arguments))
}

fn is_root() -> bool {
    process::output(Command::new("id").arg("-u")).as_deref() == Some("0")
}

fn packages() -> &'static [&'static str] {
    let system = std::fs::read_to_string("/etc/os-release").unwrap_or_default();
    if system.lines().any(|line| line == "ID=ubuntu") {
        &UBUNTU
    } else {
        &DEBIAN
    }
}

const DEBIAN: [&str; 2] = ["chromium", "chromium-driver"];
const UBUNTU: [&str; 2] = ["chromium-browser", "chromium-chromedriver"];
