//! `cargo xtask test`: everything that is tested, in stages.

mod end_to_end;
mod packed;

use std::process::ExitCode;

use anyhow::Result;

use crate::app;
use crate::check::{BROWSER, selection};
use crate::process::{cargo, run as run_command};
use crate::stages::Stages;
use crate::tools::Tools;
use crate::tools::browser::Browser;
use crate::tools::rust::WASM;
use crate::tools::server;
use crate::{site, workspace};

pub(crate) use end_to_end::{Page, install, install_packages, write_corpus};

/// How much to run.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Also run the native tests that are marked as slow (`#[ignore]`), and the npm package in every
    /// tool and runtime.
    #[arg(long)]
    all: bool,
}

/// Runs every stage and reports them together.
pub(crate) fn run(options: &Options) -> Result<ExitCode> {
    let mut stages = Stages::default();
    let ready = stages.run("Set-up", "1 second; 10 minutes on a bare machine", || {
        Ok((Tools::ready()?, Browser::ready()?))
    });
    stages.run("Native tests", "2 minutes at first", || {
        run_command(cargo().args(["test", "--no-fail-fast"]))
    });
    // Their unit tests ask nothing of a browser, and the wasm runner would not find them.
    stages.run(
        "The app's state and the package",
        "1 minute at first",
        || {
            run_command(cargo().args(["test", "--no-fail-fast", "--package", "kinora-npm"]))?;
            run_command(cargo().args(["test", "--no-fail-fast", "--package", "kinora-web"]))
        },
    );
    if options.all {
        stages.run("Slow native tests", "5 minutes", slow_tests);
    }
    match ready {
        Some((tools, browser)) => browser_stages(&mut stages, &tools, browser, options.all),
        None => stages.cannot_run(&[IN_BROWSER, BUILD, NGINX, END_TO_END, PACKED]),
    }
    Ok(stages.finish())
}

fn browser_stages(stages: &mut Stages, tools: &Tools, browser: Browser, all: bool) {
    stages.run(IN_BROWSER, "2 minutes at first", || {
        wasm_tests(tools, &browser)
    });
    let server = stages.run(BUILD, "4 minutes at first", || {
        app::build(tools)?;
        app::build_server()
    });
    let Some(server) = server else {
        return stages.cannot_run(&[NGINX, END_TO_END, PACKED]);
    };
    let page = Page {
        chromium: browser.chromium,
        server,
    };
    stages.run(NGINX, "1 minute", || with_nginx(&page));
    stages.run(END_TO_END, "3 minutes", || end_to_end::run(&page));
    stages.run(PACKED, "2 minutes at first", || packed::run(tools, &page));
    if all {
        stages.run(MATRIX, "5 minutes at first", || {
            packed::run_all(tools, &page)
        });
    }
}

fn slow_tests() -> Result<()> {
    // Those with nginx have a stage of their own.
    let slow = [
        "--",
        "--ignored",
        "--skip",
        "nginx",
        "--skip",
        "readme_lines",
    ];
    run_command(
        cargo()
            .args(["test", "--no-fail-fast", "--tests"])
            .args(slow),
    )
}

/// The relay behind nginx, and the static site in it, by the lines of the READMEs: each answer as
/// it is sent, then the page as a visitor meets it.
fn with_nginx(page: &Page) -> Result<()> {
    let nginx = server::nginx()?;
    let site = workspace::programs()?.join("site");
    site::write(&page.server, &workspace::dist(), &site, "/kinora/")?;
    let mut cargo = cargo();
    cargo
        .args(["test", "--package", "kinora-server", "--test", "nginx"])
        .args(["--", "--ignored"]);
    cargo.env("KINORA_NGINX", &nginx);
    run_command(cargo.env("KINORA_SITE", &site))?;
    end_to_end::visit_behind(&nginx, page, &site)
}

fn wasm_tests(tools: &Tools, browser: &Browser) -> Result<()> {
    let mut cargo = cargo();
    tools.put_on_path(&mut cargo)?;
    cargo
        .args(["test", "--no-fail-fast", "--tests", "--target", WASM])
        .args(selection(&BROWSER));
    cargo.env(
        "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
        "wasm-bindgen-test-runner",
    );
    cargo.env("CHROMEDRIVER", &browser.driver);
    cargo.env(
        "WASM_BINDGEN_TEST_WEBDRIVER_JSON",
        browser.webdriver_settings()?,
    );
    cargo.env("WASM_BINDGEN_USE_BROWSER", "1");
    cargo.env("WASM_BINDGEN_TEST_TIMEOUT", "120");
    run_command(&mut cargo)
}

const IN_BROWSER: &str = "Browser crates in headless Chromium";
const NGINX: &str = "The relay and the site behind nginx";
const BUILD: &str = "The app and its server, built";
const END_TO_END: &str = "The app in Chromium, end to end";
const PACKED: &str = "The packed npm package";
const MATRIX: &str = "The packed npm package in every tool and runtime";
