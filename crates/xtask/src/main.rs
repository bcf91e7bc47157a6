//! Set-up, demo, test and bench of Kinora: the only build scripts there are.
//!
//! Everything a command needs beyond Rust and Node is found, or installed into a folder of
//! Kinora's own (see [`tools`]).

mod app;
mod bench;
mod check;
mod demo;
mod deny;
mod docs;
mod fuzz;
mod package;
mod process;
mod site;
mod soak;
mod stages;
mod table;
mod test;
mod tools;
mod wasm;
mod workspace;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(
    name = "cargo xtask",
    bin_name = "cargo xtask",
    about = "Works on Kinora"
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build the app and serve it on this machine.
    Demo(demo::Options),
    /// Run every test: native, in the browser's engine, and of the whole app in the browser.
    Test(test::Options),
    /// Build the app as a folder for any static host.
    Site(site::Options),
    /// Check format, lints, documentation and what is depended on, native and wasm.
    Check,
    /// Look whether a fault of a crate that is used is known; needs GitHub once.
    Advisories,
    /// Play whole jobs in worlds full of trouble, by the million.
    Soak(soak::Options),
    /// Try inputs that no one thought of, made up by what they reach in the core.
    Fuzz(fuzz::Options),
    /// Build the npm package into target/npm.
    Package(package::Options),
    /// Make pages of the npm package's API into target/reference.
    Docs,
    /// Measure what visitors feel.
    #[command(subcommand)]
    Bench(bench::Bench),
}

fn main() -> ExitCode {
    let finished = wasm::stand_in().unwrap_or_else(|| run(&Cli::parse().command));
    finished.unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::FAILURE
    })
}

fn run(command: &Command) -> Result<ExitCode> {
    match command {
        Command::Demo(options) => demo::run(options),
        Command::Test(options) => test::run(options),
        Command::Site(options) => site::run(options),
        Command::Check => check::run(),
        Command::Advisories => deny::advisories(),
        Command::Soak(options) => soak::run(options),
        Command::Fuzz(options) => fuzz::run(options),
        Command::Package(options) => package::run(options),
        Command::Docs => docs::run(),
        Command::Bench(bench) => bench::run(bench),
    }
}
