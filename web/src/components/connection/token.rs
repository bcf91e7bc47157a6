//! The token, which lives in this page's memory only.

use leptos::prelude::*;

use super::address::problem;
use crate::components::element::el;
use crate::components::icon::icon;
use crate::components::keys::control_id;
use crate::state::Session;

/// The field for the token, hidden unless it is asked to show.
pub(super) fn token() -> AnyView {
    let service = Session::here().service;
    let shown = RwSignal::new(false);
    let label = el("label")
        .class("label")
        .attr("for", control_id("token"))
        .text("Token")
        .child(el("span").class("quiet").text("optional"));
    let fate = el("p").class("small quiet").attr("id", "token-fate").text(
        "It stays in this page's memory: a reload forgets it, and nothing stores it. It is sent \
         to the address above and nowhere else; another address forgets it too. A relay that \
         keeps the token itself needs none here, and is safer.",
    );
    let joined = el("div")
        .class("joined")
        .child(input(shown))
        .child(eye(shown))
        .child(forget());
    el("div")
        .class("field")
        .child(label)
        .child(joined)
        .child(problem("token-problem", service.token_problem))
        .child(fate)
        .view()
}

fn input(shown: RwSignal<bool>) -> AnyView {
    let service = Session::here().service;
    el("input")
        .class("input")
        .attr("id", control_id("token"))
        .live_attr("type", move || {
            Some(if shown.get() { "text" } else { "password" })
        })
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .attr("aria-describedby", "token-problem token-fate")
        .live_prop("value", move || service.token.get())
        .on("input", move |event| {
            service.set_token(event_target_value(&event));
        })
        .view()
}

fn eye(shown: RwSignal<bool>) -> AnyView {
    el("button")
        .class("button icon-only")
        .attr("type", "button")
        .attr("aria-label", "Show the token")
        .live_bool("aria-pressed", move || shown.get())
        .on("click", move |_| shown.update(|shown| *shown = !*shown))
        .child(icon("eye"))
        .view()
}

fn forget() -> AnyView {
    let service = Session::here().service;
    el("button")
        .class("button")
        .attr("type", "button")
        .flag("disabled", move || service.token.read().is_empty())
        .on("click", move |_| service.set_token(String::new()))
        .text("Forget")
        .view()
}
