//! What the workspace may depend on, by `deny.toml`: licences, sources, and known faults.

use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail};

use crate::process::{announce, cargo, run as run_command};
use crate::tools::{Tools, rust};
use crate::workspace;

/// Looks at licences, bans and sources. It takes no network but for what was never downloaded.
///
/// # Errors
///
/// When a crate may not be used, or cargo-deny is missing and cannot be installed.
pub(crate) fn check() -> Result<()> {
    let tools = Tools::for_judging()?;
    // A build only downloads what this machine needs; the judge reads what any would.
    run_command(cargo().args(["fetch", "--locked", "--quiet"]))
        .context("crates of other systems are judged too, and could not be downloaded")?;
    let mut judge = judge(&tools)?;
    run_command(judge.args(["--offline", "check", "licenses", "bans", "sources"]))
}

/// Looks whether a fault of a crate is known, in RustSec's database.
///
/// # Errors
///
/// When one is, or there is no database to look into.
pub(crate) fn advisories() -> Result<ExitCode> {
    let tools = Tools::for_judging()?;
    announce("Fetching the database of advisories", "10 seconds");
    let fetched = run_command(judge(&tools)?.args(["fetch", "db"]));
    if let Err(error) = fetched {
        let home = rust::cargo_home().context(WITHOUT)?;
        if !holds_one(&home.join(DATABASES)) {
            bail!("{WITHOUT} ({error:#})");
        }
        println!("note: the database could not be fetched anew; the one from before is used");
    }
    let mut judge = judge(&tools)?;
    run_command(judge.args(["--offline", "check", "advisories"]))?;
    Ok(ExitCode::SUCCESS)
}

fn judge(tools: &Tools) -> Result<Command> {
    let program = tools.find("cargo-deny").context("cargo-deny is gone")?;
    let mut judge = Command::new(program);
    judge.current_dir(workspace::root());
    // A question about a password would never be answered, and a dead line never end.
    judge
        .env("GIT_TERMINAL_PROMPT", "0")
        .env("GIT_HTTP_LOW_SPEED_LIMIT", "1")
        .env("GIT_HTTP_LOW_SPEED_TIME", "20");
    Ok(judge)
}

fn holds_one(folder: &Path) -> bool {
    let entries = fs::read_dir(folder).into_iter().flatten();
    entries
        .filter_map(Result::ok)
        .any(|entry| entry.path().join(".git").exists())
}

/// Where cargo-deny keeps databases, in Cargo's folder.
const DATABASES: &str = "advisory-dbs";
const WITHOUT: &str = "advisories were not looked at: their database, \
     https://github.com/RustSec/advisory-db, could not be fetched, and there is none from before in \
     Cargo's folder; run this where GitHub can be reached";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_cloned_database_counts_as_one() {
        let folder = tempfile::tempdir().unwrap();
        let databases = folder.path().join("advisory-dbs");
        assert!(!holds_one(&databases), "no folder");
        fs::create_dir_all(databases.join("advisory-db-1")).unwrap();
        assert!(!holds_one(&databases), "what a broken clone left");
        fs::create_dir(databases.join("advisory-db-1/.git")).unwrap();
        assert!(holds_one(&databases));
    }
}
