//! The workspace's own source, as text.

use std::fs;
use std::path::Path;

use super::workspace;

/// One file.
pub(crate) struct Source {
    /// Its path from the workspace's folder, with forward slashes.
    pub(crate) path: String,
    /// What stands in it.
    pub(crate) text: String,
}

impl Source {
    /// A file written down for a case.
    pub(crate) fn new(path: &str, text: &str) -> Self {
        Self {
            path: path.to_owned(),
            text: text.to_owned(),
        }
    }
}

/// Every Rust file below a `src` folder that `wanted` takes by its path, tests left out.
pub(crate) fn of_crates(wanted: impl Fn(&str) -> bool) -> Vec<Source> {
    let mut found = Vec::new();
    for folder in ["crates", "web"] {
        collect(&workspace().join(folder), "rs", &mut found);
    }
    found.retain(|source| {
        source.path.contains("/src/") && !is_test(&source.path) && wanted(&source.path)
    });
    for source in &mut found {
        if let Some(start) = source.text.find("#[cfg(test)]\nmod tests {") {
            source.text.truncate(start);
        }
    }
    found
}

/// Every crate's manifest.
pub(crate) fn manifests() -> Vec<Source> {
    let mut found = Vec::new();
    for folder in ["crates", "web", "tests"] {
        collect(&workspace().join(folder), "toml", &mut found);
    }
    found.retain(|source| source.path.ends_with("/Cargo.toml"));
    found
}

/// `path:line` of every line of code for which `is_bad` holds; comments do not count.
pub(crate) fn lines_with(sources: &[Source], is_bad: impl Fn(&str) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources {
        for (number, line) in source.text.lines().enumerate() {
            if !line.trim_start().starts_with("//") && is_bad(line) {
                found.push(format!("{}:{}", source.path, number + 1));
            }
        }
    }
    found
}

/// Whether a line decides by target.
pub(crate) fn is_target_cfg(line: &str) -> bool {
    let is_cfg = line.contains("cfg(") || line.contains("cfg!(") || line.contains("cfg_attr(");
    is_cfg
        && [
            "target_arch",
            "target_os",
            "target_family",
            "target_env",
            "(wasm",
            "(unix",
            "(windows",
        ]
        .iter()
        .any(|word| line.contains(word))
}

/// Whether a line has one of these as, or at the start of, a string literal.
pub(crate) fn quotes_any(line: &str, words: &[&str]) -> bool {
    words.iter().any(|word| line.contains(&format!("\"{word}")))
}

/// `path Type` of every type for which `Serialize` is derived or written.
pub(crate) fn serialized_types(sources: &[Source]) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources {
        let mut derived = false;
        for line in source.text.lines() {
            derived |= line.contains("derive(") && line.contains("Serialize");
            let name = match line.split_once("Serialize for ") {
                Some((_, name)) => Some(name),
                None if derived => line
                    .split_once("struct ")
                    .or_else(|| line.split_once("enum "))
                    .map(|(_, name)| name),
                None => None,
            };
            if let Some(name) = name {
                let name = name
                    .split(|sign: char| !sign.is_alphanumeric())
                    .next()
                    .unwrap_or(name);
                found.push(format!("{} {name}", source.path));
                derived = false;
            }
        }
    }
    found
}

fn is_test(path: &str) -> bool {
    path.ends_with("/tests.rs") || path.contains("/tests/") || path.contains("/fuzz/")
}

fn collect(folder: &Path, extension: &str, found: &mut Vec<Source>) {
    let mut entries: Vec<_> = fs::read_dir(folder)
        .expect("a folder")
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .collect();
    entries.sort();
    for path in entries {
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        if path.is_dir() && !["node_modules", "target", "dist"].contains(&name) {
            collect(&path, extension, found);
        } else if path.extension().is_some_and(|found| found == extension) {
            let text = fs::read_to_string(&path).expect("text");
            let path = path
                .strip_prefix(workspace())
                .expect("inside")
                .to_string_lossy();
            found.push(Source {
                path: path.replace('\\', "/"),
                text,
            });
        }
    }
}
