//! Chromium and the driver that the wasm tests steer it with, found at run time.

mod install;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde_json::json;

use super::version;
use crate::{process, workspace};

/// A browser and a driver of the same major version.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Browser {
    /// Chromium, or Chrome.
    pub(crate) chromium: PathBuf,
    /// ChromeDriver.
    pub(crate) driver: PathBuf,
}

impl Browser {
    /// Finds a pair, or installs one.
    ///
    /// # Errors
    ///
    /// When there is none and the system's package manager cannot be used from here; the message
    /// names the command to run.
    pub(crate) fn ready() -> Result<Self> {
        if let Some(browser) = pair(&browsers(), &drivers()) {
            return Ok(browser);
        }
        let installed = install::with_apt()?;
        match pair(&browsers(), &drivers()) {
            Some(browser) => Ok(browser),
            None => bail!("{}", missing(&browsers(), &drivers(), installed)),
        }
    }

    /// Writes the driver's settings for this browser and returns the file's path.
    pub(crate) fn webdriver_settings(&self) -> Result<PathBuf> {
        let path = workspace::programs()?.join("webdriver.json");
        let options = json!({ "binary": self.chromium, "args": ARGUMENTS });
        let settings = json!({ "goog:chromeOptions": options });
        fs::write(&path, settings.to_string()).with_context(|| path.display().to_string())?;
        Ok(path)
    }
}

/// How every headless browser is started here: it loads nothing but our own pages, without a
/// word to anyone.
pub(crate) const ARGUMENTS: [&str; 8] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

struct Found {
    path: PathBuf,
    version: String,
}

impl Found {
    fn at(path: &Path) -> Option<Self> {
        let version = version::reported_by(path)?;
        Some(Self {
            path: path.to_owned(),
            version,
        })
    }
}

fn browsers() -> Vec<Found> {
    let named = env::var_os("CHROME").map(PathBuf::from);
    let on_path = BROWSERS.into_iter().filter_map(process::find);
    let elsewhere = MAC_BROWSERS
        .into_iter()
        .map(PathBuf::from)
        .filter(|path| path.is_file());
    let paths = named.into_iter().chain(on_path).chain(elsewhere);
    paths.filter_map(|path| Found::at(&path)).collect()
}

fn drivers() -> Vec<Found> {
    let named = env::var_os("CHROMEDRIVER").map(PathBuf::from);
    let paths = named
        .into_iter()
        .chain(DRIVERS.into_iter().filter_map(process::find));
    paths.filter_map(|path| Found::at(&path)).collect()
}

/// The first browser that a driver fits.
fn pair(browsers: &[Found], drivers: &[Found]) -> Option<Browser> {
    browsers.iter().find_map(|browser| {
        let major = version::major(&browser.version)?;
        let driver = drivers
            .iter()
            .find(|driver| version::major(&driver.version) == Some(major))?;
        Some(Browser {
            chromium: browser.path.clone(),
            driver: driver.path.clone(),
        })
    })
}

fn missing(browsers: &[Found], drivers: &[Found], installed: bool) -> String {
    let list = |what: &str, found: &[Found]| {
        let found: Vec<_> = found
            .iter()
            .map(|one| format!("{} at {}", one.version, one.path.display()))
            .collect();
        if found.is_empty() {
            format!("no {what}")
        } else {
            format!("{what} {}", found.join(", "))
        }
    };
    let remedy = if installed { "" } else { install::REMEDY };
    format!(
        "the browser tests need Chromium (or Chrome) and ChromeDriver of the same major version; \
         found: {}; {}.\nSet CHROME and CHROMEDRIVER to their paths{remedy}",
        list("Chromium", browsers),
        list("ChromeDriver", drivers),
    )
}

const BROWSERS: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];
const MAC_BROWSERS: [&str; 2] = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
];
/// The second is the name that the snap of Chromium gives it.
const DRIVERS: [&str; 2] = ["chromedriver", "chromium.chromedriver"];

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, version: &str) -> Found {
        Found {
            path: path.into(),
            version: version.to_owned(),
        }
    }

    #[test]
    fn a_browser_goes_with_a_driver_of_its_major_version() {
        let browsers = [
            found("/old", "150.0.1"),
            found("/chromium", "156.0.8078.79"),
        ];
        let drivers = [
            found("/driver-149", "149.0"),
            found("/driver-156", "156.0.8078.1"),
        ];
        let expected = Browser {
            chromium: "/chromium".into(),
            driver: "/driver-156".into(),
        };
        assert_eq!(pair(&browsers, &drivers), Some(expected));
    }

    #[test]
    fn a_driver_of_another_version_is_no_driver() {
        let browsers = [found("/chromium", "156.0.1")];
        let drivers = [found("/driver", "15.6")];
        assert_eq!(pair(&browsers, &drivers), None);
        let message = missing(&browsers, &drivers, false);
        assert!(
            message.contains("Chromium 156.0.1 at /chromium"),
            "{message}"
        );
        assert!(
            message.contains("ChromeDriver 15.6 at /driver"),
            "{message}"
        );
        assert!(message.contains("apt-get install"), "{message}");
    }

    #[test]
    fn what_was_not_found_is_said() {
        let message = missing(&[], &[], true);
        assert!(
            message.contains("found: no Chromium; no ChromeDriver."),
            "{message}"
        );
    }
}
