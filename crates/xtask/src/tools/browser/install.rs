//! Chromium from the system's packages, where that takes no question.

use anyhow::Result;

use crate::tools::apt;

/// Installs Chromium and its driver with apt, if that takes no question. Whether it did.
pub(crate) fn with_apt() -> Result<bool> {
    apt::install("Chromium and ChromeDriver", "2 minutes", packages())
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
