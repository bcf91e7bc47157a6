//! `cargo xtask site`: the built app as a folder for any static host.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, ensure};

use crate::tools::Tools;
use crate::{app, process, workspace};

/// Where the site will be, and where its folder goes.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// The path that the site has on its host: begins and ends with a slash.
    #[arg(long, default_value = "/")]
    base: String,
    /// The folder to write; what is in it is replaced.
    #[arg(long, default_value = "target/site")]
    out: PathBuf,
}

/// Builds the app and writes the folder.
///
/// # Errors
///
/// When the base is no path, or a step fails.
pub(crate) fn run(options: &Options) -> Result<ExitCode> {
    check_base(&options.base)?;
    let tools = Tools::ready()?;
    app::build(&tools)?;
    let server = app::build_server()?;
    let out = workspace::root().join(&options.out);
    write(&server, &workspace::dist(), &out, &options.base)?;
    println!("The site is in {}", out.display());
    println!("  config.json   relay, title and defaults: change it there, without a build");
    println!("  _headers      for hosts that read it; 404.html for what is not there");
    println!("  *.br, *.gz    compressed already, for hosts that send them");
    Ok(ExitCode::SUCCESS)
}

/// Writes the folder of a built app.
pub(crate) fn write(server: &Path, dist: &Path, out: &Path, base: &str) -> Result<()> {
    if out.exists() {
        ensure!(
            out.join("index.html").is_file() || is_empty(out)?,
            "{} has something else than a site in it; choose another folder by --out",
            out.display()
        );
        fs::remove_dir_all(out).with_context(|| out.display().to_string())?;
    }
    copy(dist, out)?;
    let headers = process::output(
        Command::new(server)
            .args(["site", "--headers", base, "--dir"])
            .arg(out),
    );
    let headers = headers.context("the server did not tell the site's headers")?;
    fs::write(out.join("_headers"), headers + "\n")?;
    fs::write(out.join("404.html"), missing(base))?;
    process::announce("Compressing the site", "10 seconds");
    process::run(Command::new("node").args(["--eval", COMPRESS]).arg(out))
}

fn check_base(base: &str) -> Result<()> {
    let is_sign = |sign: char| sign.is_ascii_alphanumeric() || "/-_.~".contains(sign);
    ensure!(
        base.starts_with('/') && base.ends_with('/') && base.chars().all(is_sign),
        "--base {base} is no path of a site; it begins and ends with a slash, as in --base /kinora/"
    );
    ensure!(
        !base.contains("//") && !base.contains("/."),
        "--base {base} has an empty or dotted part; write it as in --base /kinora/"
    );
    Ok(())
}

fn is_empty(folder: &Path) -> Result<bool> {
    Ok(fs::read_dir(folder)?.next().is_none())
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).with_context(|| to.display().to_string())?;
    for entry in fs::read_dir(from).with_context(|| from.display().to_string())? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), &target)?;
        }
    }
    Ok(())
}

/// It is shown at any depth, so it only links by the whole path.
fn missing(base: &str) -> String {
    MISSING.replace("{base}", base)
}

const MISSING: &str = "<!doctype html>
<html lang=\"en\">
<meta charset=\"utf-8\">
<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">
<meta name=\"color-scheme\" content=\"light dark\">
<title>Not here · Kinora</title>
<h1>There is nothing here</h1>
<p>The address may be mistyped, or what was here is gone. <a href=\"{base}\">Kinora is here.</a></p>
</html>
";

/// Node has both compressors built in. What does not become smaller is left alone; `config.json`
/// and `_headers` are edited later, so they have no copy that would grow old.
const COMPRESS: &str = "
const { readdirSync, readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { brotliCompressSync, constants, gzipSync } = require('node:zlib');
const folder = process.argv[1];
for (const name of readdirSync(folder, { recursive: true })) {
  if (!/\\.(html|js|css|svg|wasm)$/.test(name)) continue;
  const raw = readFileSync(join(folder, name));
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_SIZE_HINT]: raw.length,
  };
  const copies = { br: brotliCompressSync(raw, { params }), gz: gzipSync(raw, { level: 9 }) };
  for (const [ending, bytes] of Object.entries(copies)) {
    if (bytes.length < raw.length) writeFileSync(join(folder, `${name}.${ending}`), bytes);
  }
}
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_is_a_path_between_slashes() {
        for base in ["/", "/kinora/", "/a/b-c_d.e~f/"] {
            assert!(check_base(base).is_ok(), "{base}");
        }
        for base in [
            "",
            "kinora",
            "/kinora",
            "kinora/",
            "//",
            "/../",
            "/a b/",
            "/\"/",
            "https://a/",
        ] {
            let message = check_base(base).unwrap_err().to_string();
            assert!(message.contains("--base /kinora/"), "{message}");
        }
    }

    #[test]
    fn a_folder_of_something_else_is_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("thesis.tex"), "years of work").unwrap();
        let dist = folder.path().join("dist");
        let message = write(Path::new("kinora"), &dist, folder.path(), "/");
        assert!(message.unwrap_err().to_string().contains("--out"));
        assert!(folder.path().join("thesis.tex").is_file());
    }

    #[test]
    fn what_is_missing_leads_back() {
        assert!(missing("/kinora/").contains("href=\"/kinora/\""));
    }
}
