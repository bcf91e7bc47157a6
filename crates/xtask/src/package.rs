//! `cargo xtask package`: the npm package, from its sources to a tarball.

mod files;
mod inline;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use files::FILES;

use crate::tools::rust::WASM;
use crate::tools::{Tools, node};
use crate::wasm::silent::{Exports, silence};
use crate::{process, workspace};

/// Builds the package and says where it is.
///
/// # Errors
///
/// As [`build`].
pub(crate) fn run() -> Result<ExitCode> {
    let tarball = build(&Tools::ready()?)?;
    println!("{}", tarball.display());
    Ok(ExitCode::SUCCESS)
}

/// Builds the package and returns the tarball's path.
///
/// # Errors
///
/// When a step fails, or the tarball holds other files than [`FILES`].
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
    compile()?;
    for name in MODULES {
        module(tools, name, &dist)?;
    }
    for name in GLUED {
        glued(tools, name, &dist)?;
    }
    scripts(&dist)?;
    documents(&folder)?;
    pack(&folder)
}

/// Where the package is put together.
pub(crate) fn folder() -> PathBuf {
    workspace::root().join("target/npm/kinora")
}

/// The package's sources.
fn sources() -> PathBuf {
    workspace::root().join("crates/kinora-npm")
}

fn compile() -> Result<()> {
    let packages: [&[&str]; 2] = [&["kinora-npm", "--features", "module"], &["kinora-demo"]];
    for package in packages {
        let mut cargo = process::cargo();
        cargo.args(["build", "--quiet", "--bins", "--profile", "wasm"]);
        process::run(cargo.args(["--target", WASM, "--package"]).args(package))?;
    }
    Ok(())
}

/// A module that takes and gives more than text: in a script, beside the script that wasm-bindgen
/// writes for its calls.
fn glued(tools: &Tools, name: &str, dist: &Path) -> Result<()> {
    let built = workspace::root().join(format!("target/{WASM}/wasm/{name}.wasm"));
    let aside = workspace::root().join("target/npm/aside");
    let mut bindgen = tools.command("wasm-bindgen")?;
    bindgen.args(["--target", "web", "--no-typescript"]);
    bindgen.args(["--omit-default-module-path", "--out-name", name]);
    process::run(bindgen.arg("--out-dir").arg(&aside).arg(built))?;
    let raw = aside.join(format!("{name}_bg.wasm"));
    let silenced = silence(&fs::read(&raw)?, Exports::All).context("the module cannot be read")?;
    fs::write(&raw, silenced)?;
    let small = aside.join(format!("{name}.small.wasm"));
    let mut optimizer = tools.command("wasm-opt")?;
    optimizer.args(["-Oz", "--low-memory-unused", "--strip-debug"]);
    optimizer.args(["--strip-producers", "--strip-target-features"]);
    optimizer.args(WASM_FEATURES);
    process::run(optimizer.arg(raw).arg("-o").arg(&small))?;
    zip(&small, &dist.join(format!("{name}.packed.js")))?;
    let glue = aside.join(format!("{name}.js"));
    fs::copy(glue, dist.join(format!("{name}.glue.js")))?;
    Ok(())
}

/// One WebAssembly module, as a file and as a script. `js/module.js` calls its functions, so that the
/// scripts that wasm-bindgen writes are not needed. Servers read the relay's from its file; the
/// service for tests is no page's, so that it is a script only, and compressed.
fn module(tools: &Tools, name: &str, dist: &Path) -> Result<()> {
    let built = workspace::root().join(format!("target/{WASM}/wasm/kinora-{name}.wasm"));
    let aside = workspace::root().join("target/npm/aside");
    fs::create_dir_all(&aside)?;
    let mut bindgen = tools.command("wasm-bindgen")?;
    bindgen.args(["--target", "web", "--no-typescript"]);
    bindgen.args(["--out-name", name, "--out-dir"]);
    process::run(bindgen.arg(&aside).arg(built))?;
    let raw = aside.join(format!("{name}_bg.wasm"));
    let silenced =
        silence(&fs::read(&raw)?, Exports::Called).context("the module cannot be read")?;
    fs::write(&raw, silenced)?;
    let small = dist.join(format!("{name}_bg.wasm"));
    let mut optimizer = tools.command("wasm-opt")?;
    optimizer.args(["-Oz", "--flatten", "--rereloop", "-Oz", "-Oz"]);
    optimizer.args(["--one-caller-inline-max-function-size=25"]);
    optimizer.args([
        "--reorder-functions",
        "--low-memory-unused",
        "--strip-debug",
    ]);
    optimizer.args(["--strip-producers", "--strip-target-features"]);
    optimizer.args(WASM_FEATURES);
    process::run(optimizer.arg(raw).arg("-o").arg(&small))?;
    let packed = dist.join(format!("{name}.packed.js"));
    match name {
        "relay" => {}
        "testing" => {
            zip(&small, &packed)?;
            fs::remove_file(small)?;
        }
        _ => fs::write(packed, inline::script(&fs::read(small)?))?,
    }
    Ok(())
}

/// A module as a script that `js/unzip.js` reads.
fn zip(module: &Path, script: &Path) -> Result<()> {
    let mut node = Command::new("node");
    process::run(node.args(["--eval", ZIP]).args([module, script]))
}

fn scripts(dist: &Path) -> Result<()> {
    for entry in fs::read_dir(sources().join("js"))? {
        let path = entry?.path();
        if let Some(name) = path.file_name() {
            fs::copy(&path, dist.join(name))?;
        }
    }
    for (source, published) in TYPES {
        fs::copy(sources().join(source), dist.join(published))?;
    }
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

fn pack(folder: &Path) -> Result<PathBuf> {
    let mut npm = node::npm();
    npm.args(["pack", "--json", "--ignore-scripts", "--pack-destination"]);
    npm.arg(folder.with_file_name("")).current_dir(folder);
    let told = process::output(&mut npm).context("`npm pack` failed")?;
    let told: Value = serde_json::from_str(&told).context("`npm pack` says no JSON")?;
    let packed = &told[0];
    ensure_files(packed)?;
    let size = packed["unpackedSize"].as_u64().unwrap_or(u64::MAX);
    ensure!(
        size <= INSTALLED_BYTES,
        "installed, the package has {size} bytes"
    );
    let name = packed["filename"].as_str().context("no file name")?;
    println!("{} files, {size} bytes installed", FILES.len());
    Ok(folder.with_file_name(name))
}

fn ensure_files(packed: &Value) -> Result<()> {
    let files = packed["files"].as_array().into_iter().flatten();
    let mut found: Vec<_> = files.filter_map(|file| file["path"].as_str()).collect();
    found.sort_unstable();
    ensure!(
        found == FILES,
        "the tarball holds {found:?}, and should hold {FILES:?}"
    );
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

/// The package's WebAssembly modules, which are binaries of kinora-npm: jobs, what is known of
/// models, stored jobs, the service for tests, and the relay's rules.
const MODULES: [&str; 5] = ["core", "models", "records", "testing", "relay"];

/// The demo's modules, which are binaries of kinora-demo. In scripts only, compressed: every bundler
/// follows those, and the package stays small.
const GLUED: [&str; 2] = ["demo", "film"];

/// Writes a file as a script that `js/unzip.js` reads.
const ZIP: &str = "const { gzipSync } = require('node:zlib'), fs = require('node:fs');
    const [from, to] = process.argv.slice(1);
    const text = gzipSync(fs.readFileSync(from), { level: 9 }).toString('base64');
    fs.writeFileSync(to, `export const packed =\\n  '${text}';\\n`);";

/// The types of each entry.
const TYPES: [(&str, &str); 4] = [
    ("demo.d.ts", "demo.d.ts"),
    ("types.d.ts", "index.d.ts"),
    ("testing.d.ts", "testing.d.ts"),
    ("relay.d.ts", "relay.d.ts"),
];

/// The most bytes that the package may take when it is installed.
const INSTALLED_BYTES: u64 = 1_000_000;

/// What engines of Kinora's age have, and Rust uses.
pub(crate) const WASM_FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-reference-types",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_file_in_the_tarball_is_found() {
        let packed = json!({ "files": [{ "path": "dist/index.js" }, { "path": ".env" }] });
        let message = ensure_files(&packed).unwrap_err().to_string();
        assert!(message.contains(".env"), "{message}");
    }
}
