//! One fact, one place, one test that notices: every key, word, header and error number of the
//! wire, and every limit of the service, is renamed or changed by one in a copy of the core, and
//! the core's own tests must fail.

#![allow(clippy::expect_used, reason = "a test that cannot look must fail")]

mod support;

use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn no_renamed_key_or_changed_number_goes_unnoticed() {
    let copy = Copy::new();
    assert!(
        copy.passes(),
        "a mutant proves nothing unless the original passes"
    );
    let mut survivors = Vec::new();
    let mut tried = 0;
    for file in [
        "src/wire.rs",
        "src/wire/input.rs",
        "src/wire/schema.rs",
        "src/limits.rs",
    ] {
        for mutant in mutants(&copy.read(file)) {
            copy.write(file, &mutant.text);
            tried += 1;
            if copy.passes() {
                survivors.push(format!("{file}:{}: {}", mutant.line, mutant.change));
            }
        }
        copy.restore(file);
    }
    assert!(tried > 40, "only {tried} mutants were tried");
    assert_eq!(survivors, [""; 0], "of {tried} mutants");
}

/// A copy of the core in a folder of its own, with the workspace's lock and build folder.
struct Copy {
    root: PathBuf,
}

impl Copy {
    fn new() -> Self {
        let root = support::workspace()
            .join("target")
            .join("mutants")
            .join("copy");
        let from = support::workspace();
        if root.exists() {
            fs::remove_dir_all(&root).expect("the old copy goes");
        }
        copy_folder(&from.join("crates/kinora"), &root.join("crates/kinora"));
        fs::write(root.join("Cargo.toml"), alone(&from)).expect("a manifest");
        fs::copy(from.join("Cargo.lock"), root.join("Cargo.lock")).expect("a lock");
        Self { root }
    }

    fn path(&self, file: &str) -> PathBuf {
        self.root.join("crates/kinora").join(file)
    }

    fn read(&self, file: &str) -> String {
        fs::read_to_string(self.path(file)).expect("a source")
    }

    fn write(&self, file: &str, text: &str) {
        fs::write(self.path(file), text).expect("a mutant");
    }

    fn restore(&self, file: &str) {
        let original = support::workspace().join("crates/kinora").join(file);
        fs::copy(original, self.path(file)).expect("the original comes back");
    }

    fn passes(&self) -> bool {
        let run = support::cargo()
            .args([
                "test",
                "--quiet",
                "--offline",
                "--package",
                "kinora",
                "--lib",
            ])
            .arg("--target-dir")
            .arg(
                support::workspace()
                    .join("target")
                    .join("mutants")
                    .join("target"),
            )
            .current_dir(&self.root)
            .env("CARGO_PROFILE_TEST_DEBUG", "0")
            // A fact is held by a test that names it, not by luck among thousands of cases.
            .env("PROPTEST_CASES", "16")
            .output()
            .expect("cargo runs");
        let built = !String::from_utf8_lossy(&run.stderr).contains("could not compile");
        assert!(
            built,
            "a mutant must compile:\n{}",
            String::from_utf8_lossy(&run.stderr)
        );
        run.status.success()
    }
}

/// The workspace's manifest with the core as its only member.
fn alone(workspace: &Path) -> String {
    let manifest = fs::read_to_string(workspace.join("Cargo.toml")).expect("a manifest");
    let rest = manifest
        .find("[workspace.package]")
        .expect("the workspace's package table");
    format!(
        "[workspace]\nresolver = \"3\"\nmembers = [\"crates/kinora\"]\n\n{}",
        &manifest[rest..]
    )
}

struct Mutant {
    line: usize,
    change: String,
    text: String,
}

/// One mutant for each constant: a text gets another letter, a number grows by one.
fn mutants(source: &str) -> Vec<Mutant> {
    let lines: Vec<&str> = source.lines().collect();
    let changed = lines
        .iter()
        .enumerate()
        .filter_map(|(at, line)| Some((at, mutate(line)?)));
    changed
        .map(|(at, change)| {
            let mut text = lines.clone();
            text[at] = &change;
            Mutant {
                line: at + 1,
                text: text.join("\n"),
                change: change.trim().to_owned(),
            }
        })
        .collect()
}

fn mutate(line: &str) -> Option<String> {
    let (name, value) = line.split_once(" = ")?;
    if !name.trim_start().starts_with("pub const") {
        return None;
    }
    if let Some(text) = value.strip_prefix('"') {
        return Some(format!("{name} = \"x{text}"));
    }
    let number = value.find(|sign: char| sign.is_ascii_digit())?;
    let digits = value[number..].find(|sign: char| !sign.is_ascii_digit() && sign != '_')? + number;
    let grown: u64 = value[number..digits].replace('_', "").parse::<u64>().ok()? + 1;
    Some(format!(
        "{name} = {}{grown}{}",
        &value[..number],
        &value[digits..]
    ))
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder").filter_map(Result::ok) {
        let (path, name) = (entry.path(), entry.file_name());
        if path.is_dir() {
            copy_folder(&path, &to.join(name));
        } else {
            fs::copy(&path, to.join(name)).expect("a copy");
        }
    }
}
