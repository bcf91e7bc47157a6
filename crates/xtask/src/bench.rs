//! `cargo xtask bench …`: numbers, each with the command that makes it.

mod first_load;
mod image;
mod pace;
mod peers;
mod relay;
mod size;

use std::process::ExitCode;

use anyhow::Result;
use clap::Subcommand;

use crate::app;
use crate::process;
use crate::test::{Page, install_packages};
use crate::tools::Tools;
use crate::tools::browser::Browser;

/// What to measure.
#[derive(Subcommand)]
pub(crate) enum Bench {
    /// Bytes of everything that the first load of the page fetches.
    Size,
    /// The reader of image headers: its bytes, its speed, and how soon it knows an image.
    Image,
    /// The demo, from Generate to playing.
    Demo,
    /// Requests per job and lag of its notice, simulated.
    Pace,
    /// Bytes of a program with the npm package, and with other SDKs.
    Sdk,
    /// What the npm package and other SDKs do when the network or the service fails.
    Wire,
    /// What the relay costs, beside nginx's `proxy_pass` to the same service.
    Relay,
}

/// Measures, building the app first where that is what is measured.
///
/// # Errors
///
/// When it cannot be built or measured, or a number is over its limit.
pub(crate) fn run(bench: &Bench) -> Result<ExitCode> {
    match bench {
        Bench::Size => size::run(&built()?)?,
        Bench::Image => image::run()?,
        Bench::Demo => demo(&built()?)?,
        Bench::Pace => pace::run()?,
        Bench::Sdk => peers::bytes()?,
        Bench::Wire => peers::faults()?,
        Bench::Relay => relay::run()?,
    }
    Ok(ExitCode::SUCCESS)
}

/// The built app, its server and a browser.
fn built() -> Result<Page> {
    let tools = Tools::ready()?;
    let chromium = Browser::ready()?.chromium;
    app::build(&tools)?;
    Ok(Page {
        chromium,
        server: app::build_server()?,
    })
}

fn demo(page: &Page) -> Result<()> {
    install_packages()?;
    process::run(
        page.playwright()
            .args(["test", "--config", "bench.config.ts"])
            .args(["demo.spec.ts", "here.spec.ts"]),
    )
}
