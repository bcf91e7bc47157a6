//! The page's head: its name, and where it runs.

use leptos::prelude::*;

use super::connection::{pill, sheet};
use super::element::el;
use super::icon::drawing;

/// Name and connection.
pub(super) fn top() -> AnyView {
    let name = el("h1")
        .class("name")
        .child(drawing("0 0 24 24", "#i-reel"))
        .text("Kinora")
        .child(el("span").class("tagline").text("A still becomes a video"));
    el("header")
        .class("top")
        .child(name)
        .child(pill())
        .child(sheet())
        .view()
}
