//! Drawings by the symbols in `index.html`.

use leptos::prelude::*;

use super::element::{Element, el};

/// A small decorative icon, by the name of its symbol without the leading `i-`.
pub(super) fn icon(name: &'static str) -> AnyView {
    live_icon(move || name)
}

/// An icon that changes.
pub(super) fn live_icon(name: impl Fn() -> &'static str + Send + 'static) -> AnyView {
    let shape = el("use").live_attr("href", move || Some(["#i-", name()].concat()));
    decoration().class("icon").child(shape).view()
}

/// A decorative drawing of any size, by its symbol's id with `#`.
pub(super) fn drawing(view_box: &'static str, symbol: &'static str) -> AnyView {
    let shape = el("use").attr("href", symbol);
    decoration().attr("viewBox", view_box).child(shape).view()
}

fn decoration() -> Element {
    el("svg").attr("aria-hidden", "true")
}
