//! `cargo xtask fuzz`: inputs that no one thought of, made up by what they reach in the code.

use std::fs;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result};

use crate::tools::{Tools, rust};
use crate::{process, workspace};

/// What to try, and for how long.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Only this target; all of them otherwise.
    #[arg(value_parser = TARGETS)]
    target: Option<String>,
    /// How long each target runs, in seconds.
    #[arg(long, default_value_t = 60)]
    seconds: u32,
}

/// The targets: what stands in `crates/kinora/tests/fuzzed`.
const TARGETS: [&str; 3] = ["header", "schema", "wire"];

/// Runs one target after the other, until one finds something.
///
/// # Errors
///
/// When something was found, or the tools are missing and cannot be installed.
pub(crate) fn run(options: &Options) -> Result<ExitCode> {
    let tools = Tools::for_fuzzing()?;
    for target in TARGETS {
        if options.target.as_deref().is_none_or(|only| only == target) {
            process::run(&mut command(&tools, target, options.seconds)?)
                .with_context(|| found(target))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// New inputs are gathered in the build folder; the kept ones are where each run starts from.
fn command(tools: &Tools, target: &str, seconds: u32) -> Result<Command> {
    let work = workspace::root().join("target/fuzz");
    let gathered = work.join("corpus").join(target);
    fs::create_dir_all(&gathered)?;
    let mut command = tools.command("rustup")?;
    command.current_dir(workspace::root().join("crates/kinora"));
    // The `cargo xtask` around us pins what cargo and rustc are; the nightly ones are wanted.
    for pinned in ["RUSTUP_TOOLCHAIN", "CARGO", "RUSTC"] {
        command.env_remove(pinned);
    }
    command.args(["run", rust::NIGHTLY, "cargo", "fuzz", "run"]);
    command.arg("--target-dir").arg(&work).arg(target);
    command
        .arg(gathered)
        .arg(format!("tests/fuzzed/{target}"))
        .args(["--", &format!("-max_total_time={seconds}")]);
    Ok(command)
}

fn found(target: &str) -> String {
    format!(
        "if {target} was built, it found an input; keep that in crates/kinora/tests/fuzzed/{target}, \
         where `cargo test` runs it, and mend the code"
    )
}
