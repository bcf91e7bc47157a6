//! The reader of image headers, alone: how heavy it is as WebAssembly, and how quick.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::process::{self, cargo};
use crate::tools::Tools;
use crate::tools::rust::WASM;
use crate::{table, workspace};

/// Prints both.
///
/// # Errors
///
/// When they cannot be measured, or the module is over [`LIMIT`].
pub(crate) fn run() -> Result<()> {
    let tools = Tools::ready()?;
    let folder = workspace::root().join("target/bench-image");
    let module = module(&tools, &folder)?;
    let corpus = folder.join("corpus");
    write_corpus(&corpus)?;
    let mut node = Command::new("node");
    node.arg(workspace::root().join("tests/header/time.mjs"));
    node.arg(&folder).arg(&corpus);
    process::run(&mut node)?;
    let bytes = fs::metadata(&module).context("the module has gone")?.len();
    println!("module after wasm-opt: {} bytes", table::bytes(bytes));
    ensure!(
        bytes <= LIMIT,
        "the module is {} bytes over its limit of {}",
        table::bytes(bytes - LIMIT),
        table::bytes(LIMIT)
    );
    Ok(())
}

/// The most bytes that the reader may have as a module of its own, after wasm-opt.
const LIMIT: u64 = 8 * 1024;

/// Builds it the way the app's own modules are built.
fn module(tools: &Tools, folder: &Path) -> Result<PathBuf> {
    let mut build = cargo();
    build.args(["build", "--quiet", "--package", "kinora-tests"]);
    build.args(["--bin", "header", "--features", "module"]);
    process::run(build.args(["--profile", "wasm", "--target", WASM]))?;
    let built = workspace::root().join(format!("target/{WASM}/wasm/header.wasm"));
    let mut bind = tools.command("wasm-bindgen")?;
    bind.args(["--target", "web", "--no-typescript", "--out-dir"]);
    process::run(bind.arg(folder).arg(built))?;
    let module = folder.join("header_bg.wasm");
    let mut shrink = tools.command("wasm-opt")?;
    shrink.args(["-Oz", "--all-features", "--strip-debug"]);
    shrink.args(["--strip-producers", "--strip-target-features"]);
    process::run(shrink.arg(&module).arg("-o").arg(&module))?;
    Ok(module)
}

fn write_corpus(folder: &Path) -> Result<()> {
    let mut write = cargo();
    write.args(["run", "--quiet", "--package", "kinora", "--example"]);
    process::run(write.args(["corpus", "--"]).arg(folder))
}
