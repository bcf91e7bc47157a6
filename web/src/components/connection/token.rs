//! The token of a service, or a relay's secret: entered once, and never shown again.

use leptos::prelude::*;
use leptos::web_sys::Event;

use super::address::problem;
use crate::components::element::{Element, el};
use crate::components::icon::icon;
use crate::components::keys::control_id;
use crate::state::{Fate, Mode, Session, Watched};

/// The token that is here, or else the field for one, where one has a place.
pub(super) fn token() -> AnyView {
    let service = Session::here().service;
    let shown = Watched::of(move || {
        let takes = service.takes_token();
        takes.then(|| {
            let here = service.tokens.here.get();
            (here, service.mode.get(), service.wants_secret())
        })
    });
    el("div")
        .class("field")
        .live(move || {
            let (here, mode, is_unknown) = shown.get()?;
            Some(match here {
                Some(fate) if !is_unknown => held(fate, mode),
                _ => entry(mode, here.is_some()),
            })
        })
        .view()
}

/// Where the token is, and how it is got rid of.
fn held(fate: Fate, mode: Mode) -> AnyView {
    let not_kept = Session::here().service.tokens.not_kept;
    let where_it_is = match fate {
        Fate::Memory => "It is in this page's memory, until a reload.",
        Fate::Tab => "It is kept encrypted for this tab, until that is closed.",
        Fate::Device => "It is kept encrypted on this device.",
    };
    let words = [name(mode), " is here. ", where_it_is].concat();
    el("div")
        .class("notice")
        .child(el("p").class("small").attr("role", "status").text(words))
        .child(problem(
            "token-problem",
            Watched::of(move || not_kept.get().then(|| NOT_KEPT.to_owned())),
        ))
        .child(forget(mode).attr("id", control_id("token")))
        .view()
}

fn forget(mode: Mode) -> Element {
    let session = Session::here();
    el("button")
        .class("button")
        .attr("type", "button")
        .on("click", move |_| session.forget_token())
        .text(if mode == Mode::Relay {
            "Forget secret"
        } else {
            "Forget token"
        })
}

/// The field, and where what is entered is kept. What was entered before can still be forgotten.
fn entry(mode: Mode, has_one: bool) -> AnyView {
    let session = Session::here();
    let shown = Watched::new(false);
    let label = el("label")
        .class("label")
        .attr("for", control_id("token"))
        .text(name(mode));
    let take = el("button")
        .class("button")
        .attr("type", "submit")
        .text("Use");
    let joined = el("div")
        .class("joined")
        .child(input(shown))
        .child(eye(shown))
        .child(take);
    let submit = move |event: Event| {
        event.prevent_default();
        session.take_token();
    };
    el("form")
        .class("field")
        .attr("novalidate", "")
        .on("submit", submit)
        .child(label)
        .child(joined)
        .child(problem("token-problem", session.service.tokens.problem))
        .child(keep())
        .children(has_one.then(|| forget(mode).view()))
        .view()
}

fn input(shown: Watched<bool>) -> AnyView {
    let tokens = Session::here().service.tokens;
    el("input")
        .class("input")
        .attr("id", control_id("token"))
        .live_attr("type", move || {
            Some(if shown.get() { "text" } else { "password" })
        })
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .attr("aria-describedby", "token-problem token-fate")
        .live_prop("value", move || tokens.typed.get())
        .on("input", move |event| {
            tokens.typed.set(event_target_value(&event));
        })
        .view()
}

fn eye(shown: Watched<bool>) -> AnyView {
    el("button")
        .class("button icon-only")
        .attr("type", "button")
        .attr("aria-label", "Show what is typed")
        .live_bool("aria-pressed", move || shown.get())
        .on("click", move |_| shown.set(!shown.get_untracked()))
        .child(icon("eye"))
        .view()
}

/// Where it is to be kept, and what that means.
fn keep() -> AnyView {
    let fate = Session::here().service.tokens.fate;
    let label = el("label")
        .class("label")
        .attr("for", control_id("fate"))
        .text("Keep it");
    let choice = el("select")
        .class("input")
        .attr("id", control_id("fate"))
        .attr("aria-describedby", "token-fate")
        .on("change", move |event| {
            let chosen = event_target_value(&event);
            let found = FATES.iter().find(|(_, value, ..)| *value == chosen);
            fate.set(found.map_or(Fate::Memory, |(fate, ..)| *fate));
        })
        .children(FATES.map(|(each, value, words, _)| {
            el("option")
                .attr("value", value)
                .live_prop("selected", move || fate.get() == each)
                .text(words)
                .view()
        }));
    let meaning = el("p")
        .class("small quiet")
        .attr("id", "token-fate")
        .live_text(move || {
            let fate = fate.get();
            let found = FATES.iter().find(|(each, ..)| *each == fate);
            found.map_or("", |(.., meaning)| meaning)
        });
    el("div")
        .class("field")
        .child(label)
        .child(choice)
        .child(meaning)
        .view()
}

const fn name(mode: Mode) -> &'static str {
    match mode {
        Mode::Relay => "Secret of this relay",
        Mode::Demo | Mode::Direct => "Token",
    }
}

/// Where a token may be kept: by value, name and meaning.
const FATES: [(Fate, &str, &str, &str); 3] = [
    (
        Fate::Memory,
        "memory",
        "Until this page is left",
        "It stays in this page's memory. It is sent to the address above and nowhere else, and is \
         not shown again.",
    ),
    (
        Fate::Tab,
        "tab",
        "In this tab",
        "It is encrypted for this tab and outlives a reload. It is sent to the address above and \
         nowhere else, and is not shown again.",
    ),
    (
        Fate::Device,
        "device",
        "On this device",
        "It is encrypted on this device until you forget it, by a key that no page can read out. \
         Whoever can use this browser can send jobs with it.",
    ),
];

const NOT_KEPT: &str = "This browser has no place to keep it, so it stays in this page's memory. \
                        Allow this site to store data, then enter it again.";
