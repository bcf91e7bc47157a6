//! `cargo xtask soak`: whole jobs in worlds full of trouble, by the million, or one of them told.

use std::process::ExitCode;

use anyhow::Result;

use crate::process::{cargo, run as run_command};

/// How many worlds, or which.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// How many worlds are played.
    #[arg(long, default_value_t = 1_000_000, conflicts_with = "seed")]
    seeds: u64,
    /// The first of them.
    #[arg(long, default_value_t = 0, conflicts_with = "seed")]
    from: u64,
    /// Plays this world only and tells what happens in it.
    #[arg(long)]
    seed: Option<u64>,
    /// Plants a fault into that world, by its name in `tests/simulation/planted.rs`.
    #[arg(long, value_name = "NAME", requires = "seed")]
    fault: Option<String>,
}

/// Builds the simulation for speed and plays it on all cores.
///
/// # Errors
///
/// When a rule is broken; the world that broke it is told first.
pub(crate) fn run(options: &Options) -> Result<ExitCode> {
    let mut cargo = cargo();
    cargo.args(["run", "--quiet", "--release", "--package", "kinora-tests"]);
    cargo.args(["--bin", "soak", "--"]);
    match (options.seed, &options.fault) {
        (Some(seed), Some(fault)) => cargo.args(["seed", &seed.to_string(), fault]),
        (Some(seed), None) => cargo.args(["seed", &seed.to_string()]),
        (None, _) => cargo.args([options.seeds.to_string(), options.from.to_string()]),
    };
    run_command(&mut cargo)?;
    Ok(ExitCode::SUCCESS)
}
