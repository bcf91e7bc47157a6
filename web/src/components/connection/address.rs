//! The service's address, and whose it is.

use leptos::prelude::*;

use crate::components::element::el;
use crate::components::keys::control_id;
use crate::components::notices::issue;
use crate::state::{HostKind, Session, Severity};

/// The address.
pub(super) fn address() -> AnyView {
    let service = Session::here().service;
    let label = el("label")
        .class("label")
        .attr("for", control_id("base"))
        .text("Service at");
    let input = el("input")
        .class("input")
        .attr("id", control_id("base"))
        .attr("type", "url")
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .attr("placeholder", "https://model-api.runcomfy.net")
        .attr("aria-describedby", "base-problem")
        .live_attr("aria-invalid", move || {
            service.base_problem.read().is_some().then_some("true")
        })
        .live_prop("value", move || service.base.get())
        .on("input", move |event| {
            service.set_base(event_target_value(&event));
        });
    el("div")
        .class("field")
        .child(label)
        .child(input)
        .child(problem("base-problem", service.base_problem))
        .view()
}

/// The switch for Kinora's own hosts.
pub(super) fn whose() -> AnyView {
    let host = Session::here().service.host;
    let input = el("input")
        .attr("type", "checkbox")
        .attr("role", "switch")
        .live_prop("checked", move || host.get() == HostKind::Kinora)
        .on("change", move |event| {
            host.set(if event_target_checked(&event) {
                HostKind::Kinora
            } else {
                HostKind::RunComfy
            });
        });
    let label = el("span")
        .class("label")
        .text("This is a Kinora relay or emulator");
    let meaning = el("span").class("small quiet").text(
        "Then a submit that is repeated makes one job, never two. Off for RunComfy itself: it \
         refuses the extra header.",
    );
    el("label")
        .class("switch")
        .child(input)
        .child(el("span").child(label).child(meaning))
        .view()
}

/// What is wrong with a field of the connection. The id is for `aria-describedby`.
pub(super) fn problem(id: &'static str, text: Signal<Option<String>>) -> AnyView {
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
