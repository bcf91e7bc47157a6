//! The invariants between crates: what may depend on what, and what may stand where.
//!
//! Every rule is a function from a plain description to its violations, so that each has a case
//! beside it that shows it failing.

#[path = "layering/sources.rs"]
mod sources;
mod support;

use support::graph::{self, Graph};

/// Rows of the house, from the core up. A crate uses rows below its own.
const ROWS: &[&[&str]] = &[
    &["kinora"],
    &["kinora-emulator", "kinora-motion", "kinora-relay"],
    &["kinora-browser", "kinora-demo", "kinora-native"],
    &["kinora-npm", "kinora-server", "kinora-web", "kinora-tests"],
];

/// The one arrow within a row.
const WITHIN_A_ROW: (&str, &str) = ("kinora-demo", "kinora-browser");

/// Crates that know no clock, file, network, randomness, browser or executor.
const PURE: &[&str] = &["kinora", "kinora-emulator", "kinora-motion", "kinora-relay"];

/// All that pure crates may pull in, however indirectly.
const PURE_CLOSURE: &[&str] = &[
    "kinora",
    "kinora-emulator",
    "kinora-motion",
    "kinora-relay",
    // Comparison in constant time.
    "subtle",
    // Streams, and waiting for whichever comes first. No executor, no I/O.
    "futures-core",
    "futures-task",
    "futures-util",
    "pin-project-lite",
    "slab",
    // JSON for native hosts, behind a feature.
    "serde",
    "serde_core",
    "serde_derive",
    "proc-macro2",
    "quote",
    "syn",
    "unicode-ident",
    "serde_json",
    "equivalent",
    "foldhash",
    "hashbrown",
    "indexmap",
    "itoa",
    "memchr",
    "zmij",
];

#[test]
fn arrows_point_from_the_hosts_to_the_core() {
    assert_eq!(
        graph::upward_arrows(&Graph::of_workspace(), ROWS, WITHIN_A_ROW),
        [""; 0]
    );
}

#[test]
fn an_arrow_up_or_sideways_is_found() {
    let graph = Graph::new(&[
        ("kinora", &["kinora-browser"]),
        ("kinora-emulator", &["kinora", "kinora-motion"]),
        ("kinora-demo", &["kinora-browser"]),
        ("kinora-new", &["kinora"]),
    ]);
    assert_eq!(
        graph::upward_arrows(&graph, ROWS, WITHIN_A_ROW),
        [
            "kinora -> kinora-browser",
            "kinora-emulator -> kinora-motion",
            "kinora-new stands in no row",
        ]
    );
}

#[test]
fn pure_crates_pull_in_nothing_but_the_listed() {
    for name in PURE {
        let graph = Graph::of_crate(name);
        assert_eq!(
            graph::strangers(&graph, name, PURE_CLOSURE),
            [""; 0],
            "{name}"
        );
    }
}

#[test]
fn a_stranger_deep_in_the_closure_is_found() {
    let graph = Graph::new(&[
        ("kinora", &["futures-util"]),
        ("futures-util", &["js-sys"]),
        ("js-sys", &["wasm-bindgen"]),
    ]);
    assert_eq!(
        graph::strangers(&graph, "kinora", PURE_CLOSURE),
        ["js-sys", "wasm-bindgen"]
    );
}

/// What does not use the demo does not carry it, and only the app knows Leptos.
const NEVER: &[(&str, &str)] = &[
    ("kinora-browser", "kinora-emulator"),
    ("kinora-browser", "kinora-motion"),
    ("kinora-browser", "leptos"),
    ("kinora-demo", "leptos"),
    ("kinora-server", "leptos"),
];

#[test]
fn no_crate_carries_what_it_must_not_know() {
    assert_eq!(graph::forbidden(&Graph::of_workspace(), NEVER), [""; 0]);
}

#[test]
fn a_carried_crate_is_found() {
    let graph = Graph::new(&[
        ("kinora-browser", &["kinora-demo"]),
        ("kinora-demo", &["kinora-emulator", "leptos"]),
    ]);
    assert_eq!(
        graph::forbidden(&graph, NEVER),
        [
            "kinora-browser carries kinora-emulator",
            "kinora-browser carries leptos",
            "kinora-demo carries leptos",
        ]
    );
}
