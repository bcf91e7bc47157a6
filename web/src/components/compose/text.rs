//! A text with a counter.

use leptos::prelude::*;

use crate::components::element::{Element, el};
use crate::components::keys::control_id;
use crate::components::notices::{forbids, notices_at, notices_id};
use crate::state::{Session, Watched};

/// What a text field needs to know.
#[derive(Clone, Copy)]
pub(super) struct TextField {
    /// The field's key.
    pub(super) key: &'static str,
    /// Its label.
    pub(super) label: &'static str,
    /// Its text.
    pub(super) text: Watched<String>,
    /// An example.
    pub(super) placeholder: &'static str,
    /// Whether something else makes the text meaningless for now; it is dimmed then.
    pub(super) is_overridden: Watched<bool>,
}

/// A labelled text of several lines, with the characters used and the messages at it.
pub(super) fn text_field(field: TextField) -> AnyView {
    let TextField {
        key,
        label,
        text,
        placeholder,
        is_overridden,
    } = field;
    let notices = Session::here().compose.notices(key);
    let label = el("label").attr("for", control_id(key)).text(label);
    let input = el("textarea")
        .class("input")
        .attr("id", control_id(key))
        .attr("rows", "3")
        .attr("placeholder", placeholder)
        .attr("aria-describedby", notices_id(key))
        .live_attr("aria-invalid", forbids(notices))
        .live_prop("value", move || text.get())
        .on("input", move |event| text.set(event_target_value(&event)));
    el("div")
        .class("field")
        .live_bool("data-overridden", move || is_overridden.get())
        .child(el("div").class("label").child(label).child(count(key)))
        .child(input)
        .child(notices_at(key, notices))
        .view()
}

/// How many characters are used, of how many.
fn count(key: &'static str) -> Element {
    let compose = Session::here().compose;
    let (used, most) = (compose.used(key), compose.most(key));
    el("span")
        .class("count")
        .flag("data-near", move || used.get() * 10 >= most * 9)
        .flag("data-over", move || used.get() > most)
        .live_text(move || used.get().to_string())
        .text(" / ")
        .text(most.to_string())
        .child(el("span").class("sr").text(" characters"))
}
