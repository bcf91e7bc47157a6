//! Every crate that is built here may be used, and comes from the registry: the offline part of
//! what `cargo deny check licenses sources` says by `deny.toml`, without that program.

#![allow(clippy::expect_used, reason = "a test that cannot look must fail")]

mod support;

use std::fs;

use serde_json::Value;

#[test]
fn every_crate_has_a_licence_of_the_list() {
    let allowed = allowed();
    assert!(allowed.len() > 5, "{allowed:?}");
    let bad: Vec<_> = packages()
        .iter()
        .filter(|package| !is_allowed(text(package, "license"), &allowed))
        .map(|package| format!("{}: {}", text(package, "name"), text(package, "license")))
        .collect();
    assert_eq!(bad, [""; 0], "list it in deny.toml, or use another crate");
}

#[test]
fn every_crate_comes_from_the_registry_or_from_here() {
    let strange: Vec<_> = packages()
        .iter()
        .filter(|package| !["", REGISTRY].contains(&text(package, "source")))
        .map(|package| text(package, "name").to_owned())
        .collect();
    assert_eq!(strange, [""; 0]);
}

#[test]
fn an_expression_is_read_as_it_is_meant() {
    let allowed = ["MIT", "Zlib"].map(str::to_owned);
    for good in [
        "MIT",
        "GPL-3.0 OR MIT",
        "GPL-3.0/MIT",
        "MIT AND Zlib",
        "(MIT OR GPL-3.0) AND Zlib",
    ] {
        assert!(is_allowed(good, &allowed), "{good}");
    }
    for bad in [
        "",
        "GPL-3.0",
        "MIT AND GPL-3.0",
        "(MIT OR Zlib) AND GPL-3.0",
        "MIT WITH x",
    ] {
        assert!(!is_allowed(bad, &allowed), "{bad}");
    }
}

/// What is built on this machine, tests and build scripts included.
fn packages() -> Vec<Value> {
    let metadata = support::cargo()
        .args(["metadata", "--format-version", "1", "--offline"])
        .args(["--filter-platform", &support::host()])
        .current_dir(support::workspace())
        .output()
        .expect("cargo runs");
    let metadata: Value = serde_json::from_slice(&metadata.stdout).expect("JSON");
    let nodes = metadata["resolve"]["nodes"].as_array().expect("nodes");
    let built: Vec<_> = nodes.iter().map(|node| &node["id"]).collect();
    let packages = metadata["packages"].as_array().expect("packages");
    let packages = packages
        .iter()
        .filter(|package| built.contains(&&package["id"]));
    packages.cloned().collect()
}

fn text<'a>(package: &'a Value, key: &str) -> &'a str {
    package[key].as_str().unwrap_or_default()
}

/// The list in `deny.toml`.
fn allowed() -> Vec<String> {
    let file = support::workspace().join("deny.toml");
    let file = fs::read_to_string(file).expect("deny.toml");
    let (_, after) = file.split_once("allow = [").expect("a list");
    let (list, _) = after.split_once(']').expect("its end");
    let quoted = list.split('"').skip(1).step_by(2);
    quoted.map(str::to_owned).collect()
}

/// All parts of an `AND`, any part of an `OR`; the old slash is an `OR`. No licence has both signs
/// in its name. <https://spdx.github.io/spdx-spec/v2.3/SPDX-license-expressions/>
fn is_allowed(expression: &str, allowed: &[String]) -> bool {
    let expression = expression.replace('/', " OR ");
    let parts = outside_brackets(&expression, " AND ");
    if parts.len() > 1 {
        return parts.iter().all(|part| is_allowed(part, allowed));
    }
    let parts = outside_brackets(&expression, " OR ");
    if parts.len() > 1 {
        return parts.iter().any(|part| is_allowed(part, allowed));
    }
    let one = expression.trim();
    match one.strip_prefix('(').and_then(|one| one.strip_suffix(')')) {
        Some(inner) => is_allowed(inner, allowed),
        None => allowed.iter().any(|allowed| allowed == one),
    }
}

fn outside_brackets<'a>(text: &'a str, word: &str) -> Vec<&'a str> {
    let (mut parts, mut from, mut depth) = (Vec::new(), 0, 0);
    for (at, sign) in text.char_indices() {
        match sign {
            '(' => depth += 1,
            ')' => depth -= 1,
            ' ' if depth == 0 && text[at..].starts_with(word) => {
                parts.push(&text[from..at]);
                from = at + word.len();
            }
            _ => {}
        }
    }
    parts.push(&text[from..]);
    parts
}

const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";
