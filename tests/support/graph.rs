//! Which crate uses which, as Cargo resolved it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// Names of crates, each with the names it depends on outside tests and build scripts.
pub(crate) struct Graph(BTreeMap<String, BTreeSet<String>>);

impl Graph {
    /// A graph written down for a case.
    pub(crate) fn new(crates: &[(&str, &[&str])]) -> Self {
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        Self(
            crates
                .iter()
                .map(|(name, uses)| ((*name).to_owned(), owned(uses)))
                .collect(),
        )
    }

    /// The graph of this workspace, as it is built on this machine: what other systems need besides
    /// is not fetched here.
    pub(crate) fn of_workspace() -> Self {
        let metadata = super::cargo()
            .args(["metadata", "--format-version", "1", "--offline"])
            .args(["--filter-platform", &super::host()])
            .current_dir(super::workspace())
            .output()
            .expect("cargo runs");
        let error = String::from_utf8_lossy(&metadata.stderr);
        assert!(metadata.status.success(), "cargo metadata: {error}");
        let metadata: Value = serde_json::from_slice(&metadata.stdout).expect("JSON");
        let names: BTreeMap<&str, &str> = list(&metadata["packages"])
            .filter_map(|package| Some((package["id"].as_str()?, package["name"].as_str()?)))
            .collect();
        let nodes = list(&metadata["resolve"]["nodes"]);
        Self(
            nodes
                .filter_map(|node| Some((name(&names, &node["id"])?, uses(&names, node))))
                .collect(),
        )
    }

    /// What one crate pulls in when it is built alone with all its features.
    pub(crate) fn of_crate(name: &str) -> Self {
        let tree = super::cargo()
            .args([
                "tree",
                "--offline",
                "--edges",
                "normal",
                "--prefix",
                "none",
                "--all-features",
            ])
            .args(["--package", name])
            .current_dir(super::workspace())
            .output()
            .expect("cargo runs");
        let error = String::from_utf8_lossy(&tree.stderr);
        assert!(tree.status.success(), "cargo tree: {error}");
        let lines = String::from_utf8_lossy(&tree.stdout);
        let names = lines.lines().filter_map(|line| line.split(' ').next());
        let used = names.filter(|used| *used != name).map(str::to_owned);
        Self(BTreeMap::from([(name.to_owned(), used.collect())]))
    }

    fn uses(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0.get(name).into_iter().flatten().map(String::as_str)
    }

    fn closure(&self, name: &str) -> BTreeSet<&str> {
        let mut found = BTreeSet::new();
        let mut open: Vec<&str> = self.uses(name).collect();
        while let Some(next) = open.pop() {
            if found.insert(next) {
                open.extend(self.uses(next));
            }
        }
        found
    }
}

/// Arrows between crates of the workspace that point to their own row or above it.
pub(crate) fn upward_arrows(
    graph: &Graph,
    rows: &[&[&str]],
    exception: (&str, &str),
) -> Vec<String> {
    let row = |name: &str| rows.iter().position(|row| row.contains(&name));
    let ours = |name: &str| name.starts_with("kinora");
    let mut found = Vec::new();
    for name in graph.0.keys().filter(|name| ours(name)) {
        let Some(own) = row(name) else {
            found.push(format!("{name} stands in no row"));
            continue;
        };
        let bad = graph
            .uses(name)
            .filter(|used| ours(used) && (name.as_str(), *used) != exception);
        let bad = bad.filter(|used| row(used).is_none_or(|row| row >= own));
        found.extend(bad.map(|used| format!("{name} -> {used}")));
    }
    found
}

/// What a crate pulls in beyond what it may.
pub(crate) fn strangers(graph: &Graph, name: &str, allowed: &[&str]) -> Vec<String> {
    let closure = graph.closure(name).into_iter();
    closure
        .filter(|used| !allowed.contains(used))
        .map(str::to_owned)
        .collect()
}

/// Pairs of which the first pulls in the second.
pub(crate) fn forbidden(graph: &Graph, pairs: &[(&str, &str)]) -> Vec<String> {
    let carried = pairs
        .iter()
        .filter(|(name, never)| graph.closure(name).contains(never));
    carried
        .map(|(name, never)| format!("{name} carries {never}"))
        .collect()
}

fn uses(names: &BTreeMap<&str, &str>, node: &Value) -> BTreeSet<String> {
    list(&node["deps"])
        .filter(|dep| list(&dep["dep_kinds"]).any(|kind| kind["kind"].is_null()))
        .filter_map(|dep| name(names, &dep["pkg"]))
        .collect()
}

fn name(names: &BTreeMap<&str, &str>, id: &Value) -> Option<String> {
    names.get(id.as_str()?).map(|name| (*name).to_owned())
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}
