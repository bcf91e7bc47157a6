//! `cargo xtask bench …`: numbers, each with the command that makes it.

mod first_load;
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
    /// The demo, from Generate to playing.
    Demo,
}

/// Builds the app and measures it.
///
/// # Errors
///
/// When it cannot be built or measured, or a number is over its limit.
pub(crate) fn run(bench: &Bench) -> Result<ExitCode> {
    let tools = Tools::ready()?;
    let chromium = Browser::ready()?.chromium;
    app::build(&tools)?;
    let page = Page {
        chromium,
        server: app::build_server()?,
    };
    match bench {
        Bench::Size => size::run(&page)?,
        Bench::Demo => demo(&page)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn demo(page: &Page) -> Result<()> {
    install_packages()?;
    process::run(
        page.playwright()
            .args(["test", "--config", "bench.config.ts"]),
    )
}
