//! This program in wasm-bindgen's place.
//!
//! Trunk calls wasm-bindgen and wasm-opt one after the other and lets nothing in between. So it is
//! given this very program under the name `wasm-bindgen`, which calls the true one and then works
//! over what it made. Trunk by itself finds the true one and makes the same app, only larger.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result};

use super::shorten;
use super::silent::{Exports, silence};
use crate::package::glue;
use crate::{process, workspace};

/// Lets a command find this program before `true_one` on its `PATH`.
///
/// # Errors
///
/// When this program cannot be put in place.
pub(crate) fn wrap(command: &mut Command, true_one: &Path) -> Result<()> {
    let path = command.get_envs().find(|(name, _)| *name == "PATH");
    let path = path.and_then(|(_, value)| value).unwrap_or_default();
    let folder = workspace::root().join("target/wrapper");
    fs::create_dir_all(&folder)?;
    let name = format!("{NAME}{}", env::consts::EXE_SUFFIX);
    fs::copy(env::current_exe()?, folder.join(name)).context("wasm-bindgen was not wrapped")?;
    let folders = [folder].into_iter().chain(env::split_paths(path));
    let path = env::join_paths(folders)?;
    command.env("PATH", path).env(TRUE_ONE, true_one);
    Ok(())
}

/// Does wasm-bindgen's work if that is what this program was called as.
pub(crate) fn stand_in() -> Option<Result<ExitCode>> {
    let mut words = env::args_os();
    let called = PathBuf::from(words.next()?);
    (called.file_stem()? == NAME).then(|| bindgen(&words.collect::<Vec<_>>()))
}

fn bindgen(words: &[OsString]) -> Result<ExitCode> {
    let program = env::var_os(TRUE_ONE).with_context(|| format!("{TRUE_ONE} is not set"))?;
    process::run(Command::new(program).args(words))?;
    if let (Some(folder), Some(name)) = (option(words, "--out-dir="), option(words, "--out-name="))
    {
        slim(&folder, &name.to_string_lossy())?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The value of an option in the form in which Trunk writes it.
fn option(words: &[OsString], name: &str) -> Option<PathBuf> {
    let mut values = words
        .iter()
        .filter_map(|word| word.to_str()?.strip_prefix(name));
    values.next().map(PathBuf::from)
}

/// Works over one module and its script.
fn slim(folder: &Path, name: &str) -> Result<()> {
    let script = folder.join(format!("{name}.js"));
    let module = folder.join(format!("{name}_bg.wasm"));
    let silent = silence(&fs::read(&module)?, Exports::All)
        .with_context(|| format!("{} cannot be read", module.display()))?;
    let (short, text) = shorten(&silent, &fs::read_to_string(&script)?)
        .with_context(|| format!("{} has other imports than known", script.display()))?;
    fs::write(module, short)?;
    fs::write(script, glue::short(&glue::without_streams(&text)))?;
    Ok(())
}

const NAME: &str = "wasm-bindgen";
const TRUE_ONE: &str = "KINORA_WASM_BINDGEN";
