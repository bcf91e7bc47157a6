//! What may stand in which file.

use super::support::source::{self, Source};

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
