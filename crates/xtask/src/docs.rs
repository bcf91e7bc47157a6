//! `cargo xtask docs`: the npm package's API as pages, from its types.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, ExitCode};

use anyhow::Result;

use crate::package::{self, types};
use crate::test::install;
use crate::tools::node;
use crate::{process, workspace};

/// Writes the pages and says where they are.
///
/// # Errors
///
/// As [`build`].
pub(crate) fn run() -> Result<ExitCode> {
    println!("{}", build()?.join("index.html").display());
    Ok(ExitCode::SUCCESS)
}

/// Writes the pages and returns their folder.
///
/// # Errors
///
/// When Node is missing, or there is a warning: a link to nothing, or something without a word of
/// documentation.
pub(crate) fn build() -> Result<PathBuf> {
    node::ready()?;
    let tests = workspace::package_tests();
    install(&tests, "package")?;
    let folder = workspace::root().join("target/npm/types");
    fs::create_dir_all(&folder)?;
    types::copy(&folder)?;
    fs::write(folder.join("tsconfig.json"), SETTINGS)?;
    let pages = workspace::root().join("target/reference");
    let mut typedoc = Command::new(tests.join("node_modules/.bin/typedoc"));
    typedoc.current_dir(folder).arg("--options");
    typedoc.arg(tests.join("typedoc.json"));
    typedoc.arg("--readme");
    typedoc.arg(package::sources().join("README.md"));
    typedoc.arg("--out").arg(&pages);
    process::run(typedoc.args(types::names()))?;
    Ok(pages)
}

/// As consumers compile.
const SETTINGS: &str = r#"{
  "compilerOptions": {
    "module": "nodenext",
    "target": "es2022",
    "lib": ["es2022", "esnext.disposable", "dom", "dom.iterable"],
    "strict": true,
    "types": []
  },
  "include": ["*.d.ts"]
}"#;
