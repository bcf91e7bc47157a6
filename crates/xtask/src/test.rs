//! `cargo xtask test`: everything that is tested, in stages.

mod end_to_end;

use std::process::ExitCode;

use anyhow::{Result, ensure};

use crate::check::{BROWSER, selection};
use crate::process::{cargo, run as run_command};
use crate::stages::Stages;
use crate::tools::Tools;
use crate::tools::browser::Browser;
use crate::tools::rust::WASM;
use crate::{app, workspace};

pub(crate) use end_to_end::{Page, install_packages};

/// How much to run.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Also run the native tests that are marked as slow (`#[ignore]`).
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
        run_command(cargo().arg("test"))
    });
    if options.all {
        stages.run("Slow native tests", "5 minutes", slow_tests);
    }
    stages.run(
        "The pure crates as wasm without imports",
        "20 seconds at first",
        pure_program,
    );
    match ready {
        Some((tools, browser)) => browser_stages(&mut stages, &tools, browser),
        None => stages.cannot_run(&[IN_BROWSER, BUILD, END_TO_END]),
    }
    Ok(stages.finish())
}

fn browser_stages(stages: &mut Stages, tools: &Tools, browser: Browser) {
    stages.run(IN_BROWSER, "2 minutes at first", || {
        wasm_tests(tools, &browser)
    });
    let server = stages.run(BUILD, "4 minutes at first", || {
        app::build(tools)?;
        app::build_server()
    });
    let Some(server) = server else {
        return stages.cannot_run(&[END_TO_END]);
    };
    let page = Page {
        chromium: browser.chromium,
        server,
    };
    stages.run(END_TO_END, "3 minutes", || end_to_end::run(&page));
}

fn slow_tests() -> Result<()> {
    run_command(cargo().args(["test", "--tests", "--", "--ignored"]))
}

/// A whole job over the emulator, in Node, from a wasm module that may import nothing.
fn pure_program() -> Result<()> {
    let runner = "tests/pure/run.mjs";
    ensure!(
        workspace::root().join(runner).is_file(),
        "{runner}, which runs it, is missing"
    );
    let mut cargo = cargo();
    cargo.args([
        "run",
        "--quiet",
        "--package",
        "kinora-tests",
        "--bin",
        "pure",
    ]);
    cargo
        .args(["--target", WASM])
        .env(WASM_RUNNER, format!("node {runner}"));
    run_command(&mut cargo)
}

fn wasm_tests(tools: &Tools, browser: &Browser) -> Result<()> {
    let mut cargo = cargo();
    tools.put_on_path(&mut cargo)?;
    cargo
        .args(["test", "--tests", "--target", WASM])
        .args(selection(&BROWSER));
    cargo.env(WASM_RUNNER, "wasm-bindgen-test-runner");
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
const BUILD: &str = "The app and its server, built";
const END_TO_END: &str = "The app in Chromium, end to end";
/// What Cargo runs wasm programs with.
const WASM_RUNNER: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER";
