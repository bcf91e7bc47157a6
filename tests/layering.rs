//! The invariants between crates: what may depend on what, and what may stand where.
//!
//! Every rule is a function from a plain description to its violations, so that each has a case
//! beside it that shows it failing.

mod support;

use support::graph::{self, Graph};
use support::source::{self, Source};

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

#[test]
fn a_platform_is_a_crate_and_not_a_cfg() {
    let sources = source::of_crates(|path| !path.starts_with("crates/xtask/"));
    assert_eq!(source::lines_with(&sources, source::is_target_cfg), [""; 0]);
}

#[test]
fn a_platform_cfg_is_found() {
    let bad = [Source::new(
        "a.rs",
        "#[cfg(all(test, target_arch = \"wasm32\"))]\nfn a() {}",
    )];
    assert_eq!(source::lines_with(&bad, source::is_target_cfg), ["a.rs:1"]);
    let fine = [Source::new(
        "a.rs",
        "#[cfg(test)]\n// no cfg(target_os) here\n",
    )];
    assert_eq!(source::lines_with(&fine, source::is_target_cfg), [""; 0]);
}

/// Keys that only the wire module writes. `request_id` is also a key of our own records.
const WIRE_KEYS: &[&str] = &[
    "queue_position",
    "status_url",
    "result_url",
    "cancel_url",
    "error_code",
    "error_message",
    "in_queue",
    "in_progress",
    "not_cancellable",
    "model_id",
    "display_name",
    "base_price_usd",
    "required_inputs",
    "include_schema",
    "kinora-intent",
    "kinora-accepted",
    "retry-after",
    "/v1/requests/",
    "/v1/models/",
];

#[test]
fn keys_and_paths_of_the_service_stand_in_the_wire_module_only() {
    let sources = source::of_crates(|path| !path.starts_with("crates/kinora/src/wire"));
    let written = source::lines_with(&sources, |line| source::quotes_any(line, WIRE_KEYS));
    assert_eq!(written, [""; 0]);
}

#[test]
fn a_key_written_elsewhere_is_found() {
    let bad = [Source::new(
        "a.rs",
        "let path = \"/v1/requests/\";\nobject.text(\"status_url\")",
    )];
    let found = source::lines_with(&bad, |line| source::quotes_any(line, WIRE_KEYS));
    assert_eq!(found, ["a.rs:1", "a.rs:2"]);
}

/// What a component has no business with: requests, storage, serialisation, the other crates'
/// machinery.
const NOT_IN_COMPONENTS: &[&str] = &[
    "gloo_net",
    "serde",
    "fetch(",
    "kinora_browser::",
    "kinora_demo::",
    "HttpRequest",
    "BaseUrl::parse",
    "inner_html",
    "style=\"",
];

fn in_components(line: &str) -> bool {
    NOT_IN_COMPONENTS.iter().any(|word| line.contains(word))
}

#[test]
fn components_show_and_ask_and_do_nothing_else() {
    let components = source::of_crates(|path| path.starts_with("web/src/components"));
    assert!(!components.is_empty(), "there are components");
    assert_eq!(source::lines_with(&components, in_components), [""; 0]);
}

#[test]
fn a_component_that_fetches_is_found() {
    let bad = [Source::new(
        "a.rs",
        "use gloo_net::http::Request;\nview! { <p style=\"x\"/> }",
    )];
    assert_eq!(
        source::lines_with(&bad, in_components),
        ["a.rs:1", "a.rs:2"]
    );
}

#[test]
fn leptos_is_known_to_the_app_alone() {
    let others = source::of_crates(|path| !path.starts_with("web/"));
    assert_eq!(
        source::lines_with(&others, |line| line.contains("leptos::")),
        [""; 0]
    );
}

/// The types whose bytes leave the program. What the app keeps goes through [`kinora::Value`].
const SERIALIZED: &[&str] = &[
    "crates/kinora/src/value/json.rs Object",
    "crates/kinora/src/value/json.rs Value",
];

#[test]
fn only_what_leaves_the_program_is_serialized() {
    let mut found = source::serialized_types(&source::of_crates(|_| true));
    found.sort();
    assert_eq!(found, SERIALIZED);
}

#[test]
fn a_stray_serialize_is_found() {
    let text = "#[derive(Clone, Serialize)]\n#[serde(default)]\npub(crate) struct A {\n}\nimpl Serialize for B {";
    assert_eq!(
        source::serialized_types(&[Source::new("a.rs", text)]),
        ["a.rs A", "a.rs B"]
    );
}

#[test]
fn every_crate_takes_the_workspaces_lints() {
    let manifests = source::manifests();
    let without: Vec<_> = manifests
        .iter()
        .filter(|manifest| !manifest.text.contains("[lints]\nworkspace = true"))
        .map(|manifest| manifest.path.as_str())
        .collect();
    assert_eq!(without, [""; 0]);
}

/// Machinery that forgets to clean up after itself, or that dies on what a browser throws.
const LEAKS: &[&str] = &[
    ".forget()",
    "unwrap_throw",
    "expect_throw",
    "unreachable!",
    "into_js_value()",
];

/// Methods of ours by that name, which forget a value and leak nothing.
const OWN_FORGET: &[&str] = &["failures.forget()", "self.forget()"];

fn leaks(line: &str) -> bool {
    LEAKS
        .iter()
        .any(|word| line.contains(word) && !OWN_FORGET.iter().any(|own| line.contains(own)))
}

#[test]
fn the_browsers_edge_cleans_up_after_itself() {
    let edges = source::of_crates(|path| {
        ["crates/kinora-browser/", "crates/kinora-demo/", "web/"]
            .iter()
            .any(|edge| path.starts_with(edge))
    });
    let mut found = source::lines_with(&edges, leaks);
    // A value that is kept without its type comes back as the type it was kept as.
    found.retain(|place| !place.starts_with("web/src/state/watched.rs:"));
    assert_eq!(found, [""; 0]);
}

#[test]
fn a_forgotten_closure_is_found() {
    let bad = [Source::new("a.rs", "closure.forget();")];
    assert_eq!(source::lines_with(&bad, leaks), ["a.rs:1"]);
}
