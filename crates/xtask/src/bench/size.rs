//! The weight of the first load, over the wire.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::first_load;
use crate::test::Page;
use crate::{process, table, workspace};

/// Prints the list and its total.
///
/// # Errors
///
/// When the total is over [`LIMIT`], or cannot be measured.
pub(crate) fn run(page: &Page) -> Result<()> {
    let paths = first_load::paths(page)?;
    let files = paths.into_iter().map(weigh).collect::<Result<Vec<_>>>()?;
    print!("\n{}", report(&files));
    let total = total(&files).brotli;
    ensure!(
        total <= LIMIT,
        "the first load is {} bytes over its limit of {}",
        table::bytes(total - LIMIT),
        table::bytes(LIMIT)
    );
    Ok(())
}

/// The most bytes that the first load may fetch, compressed with brotli 11.
const LIMIT: u64 = 200_000;

/// Bytes of a file: as it is, with gzip 9, with brotli 11.
#[derive(Debug, PartialEq)]
struct Weight {
    path: String,
    raw: u64,
    gzip: u64,
    brotli: u64,
}

fn weigh(path: String) -> Result<Weight> {
    let mut node = Command::new("node");
    node.args(["--eval", WEIGH])
        .arg(workspace::dist().join(&path));
    let numbers = process::output(&mut node).with_context(|| format!("{path} was not weighed"))?;
    parse(path, &numbers)
}

fn parse(path: String, numbers: &str) -> Result<Weight> {
    let numbers: Vec<u64> = numbers
        .split(' ')
        .map_while(|number| number.parse().ok())
        .collect();
    let &[raw, gzip, brotli] = numbers.as_slice() else {
        anyhow::bail!("{path} has no three sizes: {numbers:?}");
    };
    // Hosts send what is compressed already as it is.
    if is_compressed(&path) {
        return Ok(Weight {
            path,
            raw,
            gzip: raw,
            brotli: raw,
        });
    }
    Ok(Weight {
        path,
        raw,
        gzip,
        brotli,
    })
}

fn is_compressed(path: &str) -> bool {
    let extension = Path::new(path)
        .extension()
        .and_then(|extension| extension.to_str());
    matches!(
        extension,
        Some("webp" | "png" | "jpg" | "jpeg" | "avif" | "mp4" | "webm" | "woff2")
    )
}

fn total(files: &[Weight]) -> Weight {
    let sum = |size: fn(&Weight) -> u64| files.iter().map(size).sum();
    Weight {
        path: "total".to_owned(),
        raw: sum(|file| file.raw),
        gzip: sum(|file| file.gzip),
        brotli: sum(|file| file.brotli),
    }
}

fn report(files: &[Weight]) -> String {
    let head = ["first load, bytes", "raw", "gzip 9", "brotli 11"].map(str::to_owned);
    let rows = files
        .iter()
        .chain([&total(files)])
        .map(row)
        .collect::<Vec<_>>();
    table::format(&[vec![head], rows].concat())
}

fn row(file: &Weight) -> [String; 4] {
    let [raw, gzip, brotli] = [file.raw, file.gzip, file.brotli].map(table::bytes);
    [file.path.clone(), raw, gzip, brotli]
}

/// Node has both compressors built in.
const WEIGH: &str = "
const { readFileSync } = require('node:fs');
const { brotliCompressSync, constants, gzipSync } = require('node:zlib');
const raw = readFileSync(process.argv[1]);
const gzip = gzipSync(raw, { level: 9 });
const brotli = brotliCompressSync(raw, { params: {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_SIZE_HINT]: raw.length,
} });
console.log(raw.length, gzip.length, brotli.length);
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_compressed_already_travels_as_it_is() {
        let webp = parse("still.webp".to_owned(), "1000 1010 1004").unwrap();
        assert_eq!((webp.raw, webp.gzip, webp.brotli), (1000, 1000, 1000));
        let wasm = parse("app_bg.wasm".to_owned(), "1000 400 300").unwrap();
        assert_eq!((wasm.raw, wasm.gzip, wasm.brotli), (1000, 400, 300));
        assert!(parse("app.js".to_owned(), "1000 400").is_err());
    }

    #[test]
    fn the_report_ends_with_the_total() {
        let files = [
            parse("index.html".to_owned(), "3000 1000 900").unwrap(),
            parse("app_bg.wasm".to_owned(), "400000 150000 120000").unwrap(),
        ];
        let report = report(&files);
        let last = report.lines().last().unwrap();
        assert_eq!(last, "total              403 000  151 000    120 900");
    }
}
