//! The token, which lives in this page's memory only.

use leptos::prelude::*;

use super::address::Problem;
use crate::components::icon::Icon;
use crate::components::keys::control_id;
use crate::state::Session;

/// The field for the token, hidden unless it is asked to show.
#[component]
pub(super) fn TokenField() -> impl IntoView {
    let service = Session::here().service;
    let shown = RwSignal::new(false);
    view! {
        <div class="field">
            <label class="label" for=control_id("token")>
                "Token" <span class="quiet">"optional"</span>
            </label>
            <div class="joined">
                <input
                    class="input"
                    id=control_id("token")
                    type=move || if shown.get() { "text" } else { "password" }
                    autocomplete="off"
                    spellcheck="false"
                    aria-describedby="token-problem token-fate"
                    prop:value=move || service.token.get()
                    on:input=move |event| service.set_token(event_target_value(&event))
                />
                <button
                    class="button icon-only"
                    type="button"
                    aria-label="Show the token"
                    aria-pressed=move || shown.get().to_string()
                    on:click=move |_| shown.update(|shown| *shown = !*shown)
                >
                    <Icon name="eye"/>
                </button>
                <button
                    class="button"
                    type="button"
                    disabled=move || service.token.read().is_empty()
                    on:click=move |_| service.set_token(String::new())
                >
                    "Forget"
                </button>
            </div>
            <Problem id="token-problem" text=service.token_problem/>
            <p class="small quiet" id="token-fate">
                "It stays in this page's memory: a reload forgets it, and nothing stores it. It is \
                 sent to the address above and nowhere else; another address forgets it too. A \
                 relay that keeps the token itself needs none here, and is safer."
            </p>
        </div>
    }
}
