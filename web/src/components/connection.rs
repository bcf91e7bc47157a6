//! Where jobs are sent: the pill that says it and the sheet that changes it.

use kinora::BaseUrl;
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
    let is_live = move || service.mode.get() != Mode::Demo;
    let more = el("span").class("more").live_text(move || {
        if is_live() {
            let connection = service.connection.read();
            let base = connection.as_ref().map(|connection| connection.base());
            [" · ", host_of(base.map_or("", BaseUrl::as_str))].concat()
        } else {
            " · runs in your browser".to_owned()
        }
    });
    let text = el("span")
        .class("text")
        .live_text(move || match service.mode.get() {
            Mode::Demo => "Demo",
            Mode::Relay => "Relay",
            Mode::Direct => "Direct",
        })
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
            Mode::Relay,
            "Relay",
            "Sent to RunComfy by a relay, which keeps the token off this page.",
        ))
        .child(choice(
            Mode::Direct,
            "Direct",
            "Sent to RunComfy by this page, with your token in it. Where its host allows that.",
        ));
    let details = || vec![address::address(), token::token()].into_any();
    el("section")
        .class("sheet")
        .attr("id", SHEET)
        .attr("popover", "auto")
        .attr("aria-labelledby", "sheet-title")
        .child(title)
        .child(choices)
        .on("toggle", move |_| service.check_once())
        .when(move || service.mode.get() != Mode::Demo, details)
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
    let service = Session::here().service;
    let input = el("input")
        .attr("type", "radio")
        .attr("name", "mode")
        .live_prop("checked", move || service.mode.get() == mode)
        .on("change", move |_| service.choose(mode));
    el("label")
        .class("choice")
        .child(input)
        .child(el("span").class("label").text(label))
        .child(el("span").class("small quiet").text(meaning))
        .view()
}

/// The part of an address that tells people where it leads.
fn host_of(base: &str) -> &str {
    let rest = base.split_once("://").map_or(base, |(_, rest)| rest);
    let host = rest.split('/').next().unwrap_or_default();
    if host.is_empty() { "no address" } else { host }
}

/// The sheet's id.
const SHEET: &str = "connection";
