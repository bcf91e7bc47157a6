//! The programs that Kinora is built and tested with.
//!
//! One of the right version on `PATH` is used as it is. Otherwise it goes into a folder of
//! Kinora's own in the user's cache directory, which all clones share and which nothing else
//! uses: a versioned sub-folder per tool, moved into place only when complete.

mod apt;
mod binaryen;
pub(crate) mod browser;
mod cargo_tool;
mod folder;
pub(crate) mod node;
pub(crate) mod rust;
pub(crate) mod server;
mod version;

use std::env;
use std::ffi::OsStr;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

/// Everything that building the app takes, ready to run.
pub(crate) struct Tools {
    folders: Vec<PathBuf>,
}

impl Tools {
    /// Finds the tools, or installs them.
    ///
    /// # Errors
    ///
    /// When one is missing and cannot be installed; the message names the remedy.
    pub(crate) fn ready() -> Result<Self> {
        node::ready()?;
        rust::ensure_wasm_target()?;
        let folders = vec![
            cargo_tool::wasm_bindgen()?.ensure()?,
            cargo_tool::trunk().ensure()?,
            binaryen::ensure()?,
        ];
        Ok(Self { folders })
    }

    /// Finds what fuzzing takes, or installs it.
    ///
    /// # Errors
    ///
    /// When something is missing and cannot be installed; the message names the remedy.
    pub(crate) fn for_fuzzing() -> Result<Self> {
        rust::ensure_nightly()?;
        let folders = vec![cargo_tool::fuzz().ensure()?];
        Ok(Self { folders })
    }

    /// Finds what judges dependencies, or installs it.
    ///
    /// # Errors
    ///
    /// When it is missing and cannot be installed.
    pub(crate) fn for_judging() -> Result<Self> {
        let folders = vec![cargo_tool::deny().ensure()?];
        Ok(Self { folders })
    }

    /// Where one of these programs is.
    pub(crate) fn find(&self, program: &str) -> Option<PathBuf> {
        let name = format!("{program}{}", env::consts::EXE_SUFFIX);
        let places = self.folders.iter().map(|folder| folder.join(&name));
        places.into_iter().find(|place| place.is_file())
    }

    /// A command that finds these tools before any other of their names.
    pub(crate) fn command(&self, program: impl AsRef<OsStr>) -> Result<Command> {
        let mut command = Command::new(program);
        self.put_on_path(&mut command)?;
        Ok(command)
    }

    /// Lets a command find these tools before any other of their names.
    pub(crate) fn put_on_path(&self, command: &mut Command) -> Result<()> {
        let old = env::var_os("PATH").unwrap_or_default();
        let folders = self.folders.iter().cloned().chain(env::split_paths(&old));
        let path = env::join_paths(folders).context("a folder's name cannot stand in PATH")?;
        command.env("PATH", path);
        Ok(())
    }
}
