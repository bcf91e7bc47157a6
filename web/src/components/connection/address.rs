//! The address of a relay or service, and what was found there.

use leptos::prelude::*;

use crate::components::element::el;
use crate::components::keys::control_id;
use crate::components::notices::issue;
use crate::state::{Mode, Session, Severity, Watched, told};

/// The address, with a button to look at it again.
pub(super) fn address() -> AnyView {
    let service = Session::here().service;
    let is_relay = move || service.mode.get() == Mode::Relay;
    let label = el("label")
        .class("label")
        .attr("for", control_id("base"))
        .live_text(move || if is_relay() { "Relay at" } else { "Service at" });
    let input = el("input")
        .class("input")
        .attr("id", control_id("base"))
        .attr("type", "url")
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .live_attr("placeholder", move || {
            is_relay().then_some("where this page comes from")
        })
        .attr("aria-describedby", "base-problem base-found")
        .live_attr("aria-invalid", move || {
            service.base_problem.read().is_some().then_some("true")
        })
        .live_prop("value", move || service.address.get())
        .on("input", move |event| {
            service.set_address(event_target_value(&event));
        })
        .on("change", move |_| service.check_once());
    let check = el("button")
        .class("button")
        .attr("type", "button")
        .on("click", move |_| service.check())
        .text("Check");
    el("div")
        .class("field")
        .child(label)
        .child(el("div").class("joined").child(input).child(check))
        .child(problem("base-problem", service.base_problem))
        .child(found())
        .view()
}

/// What was found at the address.
fn found() -> AnyView {
    let service = Session::here().service;
    let line = move || {
        let page = service.page_origin();
        let has_token = service.tokens.here.get().is_some();
        let (severity, words) = told(service.look.get(), service.mode.get(), &page, has_token)?;
        Some(issue("issue", severity, el("span").text(words)).view())
    };
    el("div")
        .attr("id", "base-found")
        .attr("role", "status")
        .live(line)
        .view()
}

/// What is wrong with a field of the connection. The id is for `aria-describedby`.
pub(super) fn problem(id: &'static str, text: Watched<Option<String>>) -> AnyView {
    let line = |text: String| {
        let sentence = el("span").text(text);
        issue("issue", Severity::Error, sentence).view()
    };
    el("div")
        .attr("id", id)
        .attr("aria-live", "polite")
        .live(move || text.get().map(line))
        .view()
}
