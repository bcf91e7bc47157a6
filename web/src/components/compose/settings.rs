//! Resolution, length, seed and magic prompt.

use leptos::prelude::*;

use super::head;
use crate::components::element::{Text, el};
use crate::components::icon::icon;
use crate::components::keys::control_id;
use crate::components::notices::{forbids, notices_at, notices_id};
use crate::state::{Notice, Session, Watched, input};

/// The settings.
pub(super) fn settings() -> AnyView {
    let settings = el("div")
        .class("settings")
        .child(resolutions())
        .child(length())
        .child(seed())
        .child(magic_prompt());
    el("section")
        .class("group")
        .attr("aria-labelledby", "settings-title")
        .child(head("settings-title", "Settings"))
        .child(settings)
        .view()
}

fn resolutions() -> AnyView {
    let names = Session::here().compose.resolutions().iter();
    let segments = el("span")
        .class("segments")
        .children(names.map(|name| resolution(name)));
    el("fieldset")
        .class("field")
        .child(el("legend").class("label").text("Resolution"))
        .child(segments)
        .view()
}

/// One resolution, by its name at the service.
fn resolution(name: &'static str) -> AnyView {
    let chosen = Session::here().compose.resolution;
    let input = el("input")
        .class("sr")
        .attr("type", "radio")
        .attr("name", input::RESOLUTION)
        .live_prop("checked", move || chosen.get() == name)
        .on("change", move |_| chosen.set(name));
    el("label").child(input).child(el("span").text(name)).view()
}

/// The length, which nobody chooses.
fn length() -> AnyView {
    let reason = el("span").class("small quiet").text("fixed by the model");
    el("div")
        .class("field")
        .child(el("span").class("label").text("Length"))
        .child(el("span").class("fixed").text("5 s").child(reason))
        .view()
}

/// The seed, with a die and a way back to none.
fn seed() -> AnyView {
    let notices = Session::here().compose.notices(input::SEED);
    let label = el("label")
        .class("label")
        .attr("for", control_id(input::SEED))
        .text("Seed");
    let joined = el("div")
        .class("joined")
        .child(seed_input(notices))
        .child(roll())
        .child(clear());
    el("div")
        .class("field wide")
        .child(label)
        .child(joined)
        .child(notices_at(input::SEED, notices))
        .view()
}

fn seed_input(notices: Watched<Vec<Notice>>) -> AnyView {
    let seed = Session::here().compose.seed;
    el("input")
        .class("input")
        .attr("id", control_id(input::SEED))
        .attr("inputmode", "numeric")
        .attr("autocomplete", "off")
        .attr("placeholder", "Random")
        .attr("aria-describedby", notices_id(input::SEED))
        .live_attr("aria-invalid", forbids(notices))
        .live_prop("value", move || seed.get())
        .on("input", move |event| seed.set(event_target_value(&event)))
        .view()
}

fn roll() -> AnyView {
    let compose = Session::here().compose;
    el("button")
        .class("button icon-only")
        .attr("type", "button")
        .attr("aria-label", "Roll a seed")
        .on("click", move |_| compose.roll_seed())
        .child(icon("dice"))
        .view()
}

fn clear() -> AnyView {
    let seed = Session::here().compose.seed;
    el("button")
        .class("button icon-only")
        .attr("type", "button")
        .attr("aria-label", "Clear the seed")
        .flag("disabled", move || seed.read().is_empty())
        .on("click", move |_| seed.set(String::new()))
        .child(icon("close"))
        .view()
}

fn magic_prompt() -> AnyView {
    let meaning = "The service may enrich your prompt before it is used.";
    let is_on = Session::here().compose.prompt_extend;
    switch("Magic prompt", meaning, is_on)
}

/// A switch with its name, and what it means.
pub(super) fn switch(
    name: &'static str,
    meaning: impl Into<Text>,
    is_on: Watched<bool>,
) -> AnyView {
    let input = el("input")
        .attr("type", "checkbox")
        .attr("role", "switch")
        .live_prop("checked", move || is_on.get())
        .on("change", move |event| {
            is_on.set(event_target_checked(&event));
        });
    let words = el("span")
        .child(el("span").class("label").text(name))
        .child(el("span").class("small quiet").text(meaning));
    el("label")
        .class("switch wide")
        .child(input)
        .child(words)
        .view()
}
