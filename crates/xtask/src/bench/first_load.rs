//! What a browser asks for when it opens the page for the first time.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};

use anyhow::{Context, Result, ensure};

use crate::test::Page;
use crate::tools::browser::ARGUMENTS;
use crate::{process, workspace};

/// Paths in `dist`, each once, as a fresh Chromium asked our own server for them.
pub(crate) fn paths(page: &Page) -> Result<BTreeSet<String>> {
    let mut server = Command::new(&page.server);
    server
        .args(["site", "--log", "--port", "0", "--dir"])
        .arg(workspace::dist());
    let mut server = server
        .stdout(Stdio::piped())
        .spawn()
        .context("the server did not start")?;
    let asked = visit(page, &mut server);
    server.kill().context("the server did not stop")?;
    server.wait()?;
    let lines = asked?.lines().map_while(Result::ok);
    let paths: BTreeSet<_> = lines.filter_map(|line| path(&line)).collect();
    ensure!(
        paths.iter().any(|path| path.ends_with(".wasm")),
        "the page did not ask for its wasm: {paths:?}"
    );
    Ok(paths)
}

fn visit(page: &Page, server: &mut Child) -> Result<BufReader<ChildStdout>> {
    let output = server.stdout.take().context("the server has no output")?;
    let mut output = BufReader::new(output);
    let mut line = String::new();
    output.read_line(&mut line)?;
    let address = line
        .split_whitespace()
        .find(|word| word.starts_with("http://"));
    let address = address.with_context(|| format!("the server gave no address: {line}"))?;
    let mut chromium = Command::new(&page.chromium);
    chromium
        .args(ARGUMENTS)
        .args([VIEW, SETTLE, "--incognito", "--dump-dom", address]);
    let page = process::output(&mut chromium).context("Chromium could not show the page")?;
    ensure!(
        !page.contains(BUSY),
        "the app did not start: the page still waits for it"
    );
    Ok(output)
}

/// The file that a line of the server's log (`GET /path 200`) is about, if it was there.
fn path(line: &str) -> Option<String> {
    let path = line.strip_prefix("GET /")?.strip_suffix(" 200")?;
    Some(if path.is_empty() {
        "index.html".to_owned()
    } else {
        path.to_owned()
    })
}

/// How long the page may go on asking, in milliseconds of its own clock.
const SETTLE: &str = "--virtual-time-budget=10000";
/// What `web/index.html` says of its outline, which the app takes away when it has started.
const BUSY: &str = "aria-busy=\"true\"";
const VIEW: &str = "--window-size=1280,800";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_is_read_by_line() {
        for (line, expected) in [
            ("GET / 200", Some("index.html")),
            ("GET /stills/lake.webp 200", Some("stills/lake.webp")),
            ("GET /favicon.ico 404", None),
            ("POST /boot.js 405", None),
            (
                "Kinora is at http://127.0.0.1:8080/ (Ctrl-C stops it)",
                None,
            ),
        ] {
            assert_eq!(path(line).as_deref(), expected, "{line}");
        }
    }
}
