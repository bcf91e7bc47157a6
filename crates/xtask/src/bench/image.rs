//! The reader of image headers: how heavy it is as WebAssembly, how quick, and how soon it knows an
//! image at the end of a slow line, beside decoding and other readers.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::package::WASM_FEATURES;
use crate::process::{self, cargo};
use crate::test::{install_packages, write_corpus};
use crate::tools::browser::Browser;
use crate::tools::rust::WASM;
use crate::tools::{Tools, node};
use crate::{table, workspace};

/// Prints all of it.
///
/// # Errors
///
/// When something cannot be measured, the module is over [`LIMIT`], or an aim is missed.
pub(crate) fn run() -> Result<()> {
    let tools = Tools::ready()?;
    let chromium = Browser::ready()?.chromium;
    install_packages()?;
    let folder = workspace::root().join("target/bench-image");
    let module = module(&tools, &folder, &HEADER)?;
    retouch(&tools, &folder)?;
    let corpus = folder.join("corpus");
    write_corpus(&corpus)?;
    let mut node = Command::new("node");
    node.arg(beside("time.mjs")).arg(&folder).arg(&corpus);
    process::run(node.arg(workspace::browser_tests()))?;
    let soon = on_a_slow_line(&chromium, &folder);
    let bytes = fs::metadata(&module).context("the module has gone")?.len();
    println!("module after wasm-opt: {} bytes", table::bytes(bytes));
    soon?;
    ensure!(
        bytes <= LIMIT,
        "the module is {} bytes over its limit of {}",
        table::bytes(bytes.saturating_sub(LIMIT)),
        table::bytes(LIMIT)
    );
    Ok(())
}

/// Time and bytes until an image is known, in Chromium and in Node.
fn on_a_slow_line(chromium: &Path, folder: &Path) -> Result<()> {
    for name in ["package.json", "page.html", "ways.mjs"] {
        let copied = fs::copy(beside(name), folder.join(name));
        copied.with_context(|| format!("{name} cannot be put beside the module"))?;
    }
    let mut bench = node::browser_tests("playwright");
    bench.args(["test", "--config", "bench.config.ts", "image.spec.ts"]);
    bench.env("KINORA_CHROMIUM", chromium);
    process::run(bench.env("KINORA_HEADER", folder))
}

/// A file that goes with the module.
fn beside(name: &str) -> PathBuf {
    workspace::root().join("tests/header").join(name)
}

/// The most bytes that the reader may have as a module of its own, after wasm-opt.
const LIMIT: u64 = 8 * 1024;

/// A binary that becomes a WebAssembly module, and what Cargo has to be told to build it.
struct Binary {
    name: &'static str,
    options: &'static [&'static str],
}

const HEADER: Binary = Binary {
    name: "header",
    options: &["--package", "kinora-tests", "--features", "module"],
};

const RETOUCH: Binary = Binary {
    name: "retouch",
    options: &["--package", "kinora-browser"],
};

/// The app's module that reads pixels, and the script that runs it in a worker.
fn retouch(tools: &Tools, folder: &Path) -> Result<()> {
    module(tools, folder, &RETOUCH)?;
    let worker = workspace::root().join("web/worker.js");
    fs::copy(worker, folder.join("worker.js")).context("web/worker.js cannot be copied")?;
    Ok(())
}

/// Builds a module the way the npm package's are built.
fn module(tools: &Tools, folder: &Path, binary: &Binary) -> Result<PathBuf> {
    let name = binary.name;
    let mut build = cargo();
    build.args(["build", "--quiet", "--bin", name]);
    build.args(binary.options);
    process::run(build.args(["--profile", "wasm", "--target", WASM]))?;
    let built = workspace::root().join(format!("target/{WASM}/wasm/{name}.wasm"));
    let mut bind = tools.command("wasm-bindgen")?;
    bind.args(["--target", "web", "--no-typescript", "--out-dir"]);
    process::run(bind.arg(folder).arg(built))?;
    let module = folder.join(format!("{name}_bg.wasm"));
    let mut shrink = tools.command("wasm-opt")?;
    shrink.args(["-Oz", "-Oz", "--low-memory-unused", "--strip-debug"]);
    shrink.args(["--strip-producers", "--strip-target-features"]);
    shrink.args(WASM_FEATURES);
    process::run(shrink.arg(&module).arg("-o").arg(&module))?;
    Ok(module)
}
