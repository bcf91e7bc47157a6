//! `cargo xtask package`: the npm package, from its sources to a tarball.

mod files;
pub(crate) mod glue;
mod inline;
mod pack;
mod paths;
pub(crate) mod trap;
pub(crate) mod types;
mod zipped;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::Args;
use serde_json::{Value, json};

use glue::short;
use pack::pack;

use crate::tools::Tools;
use crate::tools::rust::WASM;
use crate::wasm::silent::{Exports, silence};
use crate::{process, workspace};

/// What is built.
#[derive(Args)]
pub(crate) struct Options {
    /// Build the modules with a trap instead, which the package's tests put in place of its own.
    #[arg(long)]
    trap: bool,
}

/// Builds the package and says where it is.
///
/// # Errors
///
/// As [`build`].
pub(crate) fn run(options: &Options) -> Result<ExitCode> {
    let tools = Tools::ready()?;
    let built = if options.trap {
        trap::build(&tools)?
    } else {
        build(&tools)?
    };
    println!("{}", built.display());
    Ok(ExitCode::SUCCESS)
}

/// Builds the package and returns the tarball's path.
///
/// # Errors
///
/// When a step fails, or the tarball holds other files than [`files::FILES`].
pub(crate) fn build(tools: &Tools) -> Result<PathBuf> {
    process::announce(
        "Building the npm package",
        "2 minutes at first, then seconds",
    );
    let folder = folder();
    let dist = folder.join("dist");
    if folder.exists() {
        fs::remove_dir_all(&folder).context("the old package cannot be removed")?;
    }
    fs::create_dir_all(&dist)?;
    compile(&["kinora-npm", "--features", "module"])?;
    compile(&["kinora-demo"])?;
    for published in &MODULES {
        module(tools, published, &dist)?;
    }
    scripts(&dist)?;
    documents(&folder)?;
    paths::write(&folder)?;
    pack(&folder)
}

/// Where the package is put together.
pub(crate) fn folder() -> PathBuf {
    workspace::root().join("target/npm/kinora")
}

/// The package's sources.
pub(crate) fn sources() -> PathBuf {
    workspace::root().join("crates/kinora-npm")
}

fn compile(package: &[&str]) -> Result<()> {
    let mut cargo = process::cargo();
    cargo.args(["build", "--quiet", "--bins", "--profile", "wasm"]);
    process::run(cargo.args(["--target", WASM, "--package"]).args(package))
}

/// One WebAssembly module, in the forms in which it is published.
fn module(tools: &Tools, module: &Module, dist: &Path) -> Result<()> {
    let aside = workspace::root().join("target/npm/aside");
    fs::create_dir_all(&aside)?;
    let small = optimized(tools, module, &aside)?;
    let of = |ending: &str| dist.join(format!("{}{ending}", module.name));
    if module.exports == Exports::All {
        let script = fs::read_to_string(aside.join(format!("{}.js", module.name)))?;
        fs::write(of(".glue.js"), short(&script))?;
    }
    if module.form != Form::Zipped {
        fs::copy(&small, of("_bg.wasm"))?;
    }
    let script = match module.form {
        Form::File => return Ok(()),
        Form::FileAndScript => inline::script(&fs::read(small)?),
        Form::FileAndZipped | Form::Zipped => zipped::script(&compressed(&small)?),
    };
    Ok(fs::write(of(".packed.js"), script)?)
}

/// A compiled module with silent panics, as small as wasm-opt makes it.
fn optimized(tools: &Tools, module: &Module, aside: &Path) -> Result<PathBuf> {
    let Module { name, exports, .. } = *module;
    let program = match exports {
        Exports::All => name.to_owned(),
        Exports::Called => format!("kinora-{name}"),
    };
    let built = workspace::root().join(format!("target/{WASM}/wasm/{program}.wasm"));
    let mut bindgen = tools.command("wasm-bindgen")?;
    bindgen.args(["--target", "web", "--no-typescript"]);
    bindgen.args(["--omit-default-module-path", "--out-name", name]);
    process::run(bindgen.arg("--out-dir").arg(aside).arg(built))?;
    let raw = aside.join(format!("{name}_bg.wasm"));
    let silenced = silence(&fs::read(&raw)?, exports).context("the module cannot be read")?;
    fs::write(&raw, silenced)?;
    let small = aside.join(format!("{name}.small.wasm"));
    let mut optimizer = tools.command("wasm-opt")?;
    optimizer.args(match exports {
        Exports::All => &["-Oz"][..],
        Exports::Called => FOR_BYTES,
    });
    optimizer.args(["--low-memory-unused", "--strip-debug"]);
    optimizer.args(["--strip-producers", "--strip-target-features"]);
    optimizer.args(WASM_FEATURES);
    process::run(optimizer.arg(raw).arg("-o").arg(&small))?;
    Ok(small)
}

/// A file, compressed with gzip.
fn compressed(file: &Path) -> Result<Vec<u8>> {
    let mut made = Vec::new();
    let file = fs::File::open(file)?;
    zopfli::compress(
        zopfli::Options::default(),
        zopfli::Format::Gzip,
        file,
        &mut made,
    )?;
    Ok(made)
}

fn scripts(dist: &Path) -> Result<()> {
    for entry in fs::read_dir(sources().join("js"))? {
        let path = entry?.path();
        let Some(name) = path.file_name() else {
            continue;
        };
        if path.extension().is_some_and(|ending| ending == "js") {
            fs::write(dist.join(name), short(&fs::read_to_string(&path)?))?;
        } else {
            fs::copy(&path, dist.join(name))?;
        }
    }
    types::copy(dist)?;
    let version = format!("export const version = {:?};\n", version()?);
    fs::write(dist.join("version.js"), version)?;
    Ok(())
}

fn documents(folder: &Path) -> Result<()> {
    fs::copy(sources().join("README.md"), folder.join("README.md"))?;
    for name in ["LICENSE-MIT", "LICENSE-APACHE", "CHANGELOG.md"] {
        fs::copy(workspace::root().join(name), folder.join(name))?;
    }
    let template = fs::read_to_string(sources().join("package.json"))?;
    let mut manifest: Value = serde_json::from_str(&template).context("package.json")?;
    manifest["version"] = json!(version()?);
    let text = serde_json::to_string_pretty(&manifest)?;
    fs::write(folder.join("package.json"), text + "\n")?;
    Ok(())
}

fn version() -> Result<String> {
    let manifest = fs::read_to_string(workspace::root().join("Cargo.toml"))?;
    let line = manifest
        .lines()
        .find_map(|line| line.strip_prefix("version = \""));
    let version = line.and_then(|line| line.strip_suffix('"'));
    Ok(version.context("Cargo.toml has no version")?.to_owned())
}

/// A WebAssembly module of the package: a binary of kinora-npm, whose functions `js/module.js` calls,
/// or one of kinora-demo, which is called through the script that wasm-bindgen writes.
struct Module {
    name: &'static str,
    exports: Exports,
    form: Form,
}

/// How a module is published.
#[derive(Clone, Copy, PartialEq)]
enum Form {
    /// As a file, which servers read.
    File,
    /// As a file, and in a script that compresses on the way as the file does.
    FileAndScript,
    /// As a file, and in a compressed script.
    FileAndZipped,
    /// In a compressed script, which every bundler follows and which keeps the package small.
    Zipped,
}

/// Jobs, what is known of models, stored jobs, headers of images; the service for tests; the relay's rules; the demo.
const MODULES: [Module; 8] = [
    text("core", Form::FileAndScript),
    text("models", Form::FileAndZipped),
    text("records", Form::FileAndZipped),
    text("image", Form::FileAndScript),
    text("testing", Form::Zipped),
    text("relay", Form::File),
    glued("demo"),
    glued("film"),
];

const fn text(name: &'static str, form: Form) -> Module {
    let exports = Exports::Called;
    Module {
        name,
        exports,
        form,
    }
}

const fn glued(name: &'static str) -> Module {
    let (exports, form) = (Exports::All, Form::Zipped);
    Module {
        name,
        exports,
        form,
    }
}

/// What made the smallest modules of all that was tried.
const FOR_BYTES: &[&str] = &[
    "-Oz",
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Oz",
    "-Oz",
    "--one-caller-inline-max-function-size=25",
    "--reorder-locals",
    "--reorder-functions",
];

/// What engines of Kinora's age have, and Rust uses.
pub(crate) const WASM_FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-reference-types",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
];
