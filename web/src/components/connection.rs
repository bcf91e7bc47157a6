//! Where jobs are sent: the pill that says it and the sheet that changes it.

use leptos::prelude::*;

use super::icon::Icon;
use super::keys;
use crate::state::{Mode, Session};

mod address;
use address::Address;
mod token;
use token::TokenField;

/// Opens the sheet, if it is not open.
pub(super) fn open_sheet() {
    if let Some(sheet) = keys::element(SHEET) {
        // Fails only when it is open already.
        let _ = sheet.show_popover();
    }
}

/// Says where jobs run, and opens the sheet.
#[component]
pub(super) fn Pill() -> impl IntoView {
    let service = Session::here().service;
    let live = move || (service.mode.get() == Mode::Service).then_some("");
    let text = move || match service.mode.get() {
        Mode::Demo => ("Demo", " · runs in your browser".to_owned()),
        Mode::Service => ("Service", format!(" · {}", host_of(&service.base.read()))),
    };
    view! {
        <button class="button pill" type="button" popovertarget=SHEET>
            <span class="dot" data-live=live></span>
            <span class="text">{move || text().0} <span class="more">{move || text().1}</span></span>
            <Icon name="down"/>
        </button>
    }
}

/// The choice between the demo and a service. Esc closes it.
#[component]
pub(super) fn Sheet() -> impl IntoView {
    let service = Session::here().service;
    view! {
        <section class="sheet" id=SHEET popover="auto" aria-labelledby="sheet-title">
            <div class="title">
                <h2 id="sheet-title">"Where it runs"</h2>
                <button
                    class="button plain icon-only"
                    type="button"
                    popovertarget=SHEET
                    popovertargetaction="hide"
                    aria-label="Close"
                >
                    <Icon name="close"/>
                </button>
            </div>
            <fieldset class="choices">
                <legend class="sr">"Where it runs"</legend>
                <Choice mode=Mode::Demo label="Demo">
                    "Rendered in this page from your image. No account, no upload, no AI model."
                </Choice>
                <Choice mode=Mode::Service label="Service">
                    "Sent to RunComfy's model API, or to a relay or emulator that speaks it."
                </Choice>
            </fieldset>
            <Show when=move || service.mode.get() == Mode::Service>
                <Address/>
                <TokenField/>
            </Show>
        </section>
    }
}

/// One of the two places.
#[component]
fn Choice(
    /// What it stands for.
    mode: Mode,
    /// Its name.
    label: &'static str,
    /// What it means.
    children: Children,
) -> impl IntoView {
    let service = Session::here().service;
    view! {
        <label class="choice">
            <input
                type="radio"
                name="mode"
                prop:checked=move || service.mode.get() == mode
                on:change=move |_| service.mode.set(mode)
            />
            <span class="label">{label}</span>
            <span class="small quiet">{children()}</span>
        </label>
    }
}

/// The part of an address that tells people where it leads.
fn host_of(base: &str) -> String {
    let rest = base.split_once("://").map_or(base, |(_, rest)| rest);
    let host = rest.split('/').next().unwrap_or_default();
    if host.is_empty() { "no address" } else { host }.to_owned()
}

/// The sheet's id.
const SHEET: &str = "connection";
