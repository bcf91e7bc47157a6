//! The service's address, and whose it is.

use leptos::prelude::*;

use crate::components::keys::control_id;
use crate::state::{HostKind, Session};

/// The address and the switch for Kinora's own hosts.
#[component]
pub(super) fn Address() -> impl IntoView {
    let service = Session::here().service;
    let ours = move || service.host.get() == HostKind::Kinora;
    let set_ours = move |ours| {
        let host = if ours {
            HostKind::Kinora
        } else {
            HostKind::RunComfy
        };
        service.host.set(host);
    };
    view! {
        <div class="field">
            <label class="label" for=control_id("base")>"Service at"</label>
            <input
                class="input"
                id=control_id("base")
                type="url"
                autocomplete="off"
                spellcheck="false"
                placeholder="https://model-api.runcomfy.net"
                aria-describedby="base-problem"
                aria-invalid=move || service.base_problem.read().is_some().then_some("true")
                prop:value=move || service.base.get()
                on:input=move |event| service.set_base(event_target_value(&event))
            />
            <Problem id="base-problem" text=service.base_problem/>
        </div>
        <label class="switch">
            <input
                type="checkbox"
                role="switch"
                prop:checked=ours
                on:change=move |event| set_ours(event_target_checked(&event))
            />
            <span>
                <span class="label">"This is a Kinora relay or emulator"</span>
                <span class="small quiet">
                    "Then a submit that is repeated makes one job, never two. Off for RunComfy \
                     itself: it refuses the extra header."
                </span>
            </span>
        </label>
    }
}

/// What is wrong with a field of the connection.
#[component]
pub(super) fn Problem(
    /// For `aria-describedby`.
    id: &'static str,
    /// The sentence, if something is wrong.
    text: Signal<Option<String>>,
) -> impl IntoView {
    let line = |text| {
        view! {
            <p class="issue" data-severity="error">
                <span class="mark" aria-hidden="true">"✕"</span>
                <span>{text}</span>
            </p>
        }
    };
    view! { <div id=id aria-live="polite">{move || text.get().map(line)}</div> }
}
