//! Where jobs are sent: the pill that says it and the sheet that changes it.

use leptos::prelude::*;

use super::element::el;
use super::icon::icon;
use super::keys;
use crate::state::{Mode, Session};

mod address;
mod token;

/// Opens the sheet, if it is not open.
pub(super) fn open_sheet() {
    if let Some(sheet) = keys::element(SHEET) {
        // Fails only when it is open already.
        let _ = sheet.show_popover();
    }
}

/// Says where jobs run, and opens the sheet.
pub(super) fn pill() -> AnyView {
    let service = Session::here().service;
    let is_live = move || service.mode.get() == Mode::Service;
    let more = el("span").class("more").live_text(move || {
        if is_live() {
            [" · ", &host_of(&service.base.read())].concat()
        } else {
            " · runs in your browser".to_owned()
        }
    });
    let text = el("span")
        .class("text")
        .live_text(move || if is_live() { "Service" } else { "Demo" })
        .child(more);
    el("button")
        .class("button pill")
        .attr("type", "button")
        .attr("popovertarget", SHEET)
        .child(el("span").class("dot").flag("data-live", is_live))
        .child(text)
        .child(icon("down"))
        .view()
}

/// The choice between the demo and a service. Esc closes it.
pub(super) fn sheet() -> AnyView {
    let service = Session::here().service;
    let title = el("div")
        .class("title")
        .child(el("h2").attr("id", "sheet-title").text("Where it runs"))
        .child(close());
    let choices = el("fieldset")
        .class("choices")
        .child(el("legend").class("sr").text("Where it runs"))
        .child(choice(
            Mode::Demo,
            "Demo",
            "Rendered in this page from your image. No account, no upload, no AI model.",
        ))
        .child(choice(
            Mode::Service,
            "Service",
            "Sent to RunComfy's model API, or to a relay or emulator that speaks it.",
        ));
    let details = || vec![address::address(), address::whose(), token::token()].into_any();
    el("section")
        .class("sheet")
        .attr("id", SHEET)
        .attr("popover", "auto")
        .attr("aria-labelledby", "sheet-title")
        .child(title)
        .child(choices)
        .when(move || service.mode.get() == Mode::Service, details)
        .view()
}

fn close() -> AnyView {
    el("button")
        .class("button plain icon-only")
        .attr("type", "button")
        .attr("popovertarget", SHEET)
        .attr("popovertargetaction", "hide")
        .attr("aria-label", "Close")
        .child(icon("close"))
        .view()
}

/// One of the two places: its name, and what it means.
fn choice(mode: Mode, label: &'static str, meaning: &'static str) -> AnyView {
    let chosen = Session::here().service.mode;
    let input = el("input")
        .attr("type", "radio")
        .attr("name", "mode")
        .live_prop("checked", move || chosen.get() == mode)
        .on("change", move |_| chosen.set(mode));
    el("label")
        .class("choice")
        .child(input)
        .child(el("span").class("label").text(label))
        .child(el("span").class("small quiet").text(meaning))
        .view()
}

/// The part of an address that tells people where it leads.
fn host_of(base: &str) -> String {
    let rest = base.split_once("://").map_or(base, |(_, rest)| rest);
    let host = rest.split('/').next().unwrap_or_default();
    if host.is_empty() { "no address" } else { host }.to_owned()
}

/// The sheet's id.
const SHEET: &str = "connection";
