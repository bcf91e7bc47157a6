//! Resolution, length, seed and magic prompt.

use leptos::prelude::*;

use crate::components::icon::Icon;
use crate::components::keys::control_id;
use crate::components::notices::{Notices, forbids, notices_id};
use crate::state::Session;

/// The settings.
#[component]
pub(super) fn Settings() -> impl IntoView {
    let compose = Session::here().compose;
    let resolutions = compose.resolutions().iter();
    view! {
        <section class="group" aria-labelledby="settings-title">
            <div class="head">
                <h2 id="settings-title">"Settings"</h2>
            </div>
            <div class="settings">
                <fieldset class="field">
                    <legend class="label">"Resolution"</legend>
                    <span class="segments">
                        {resolutions.map(|name| view! { <Resolution name/> }).collect_view()}
                    </span>
                </fieldset>
                <div class="field">
                    <span class="label">"Length"</span>
                    <span class="fixed">"5 s" <span class="small quiet">"fixed by the model"</span></span>
                </div>
                <Seed/>
                <label class="switch wide">
                    <input
                        type="checkbox"
                        role="switch"
                        prop:checked=move || compose.prompt_extend.get()
                        on:change=move |event| compose.prompt_extend.set(event_target_checked(&event))
                    />
                    <span>
                        <span class="label">"Magic prompt"</span>
                        <span class="small quiet">
                            "The service may enrich your prompt before it is used."
                        </span>
                    </span>
                </label>
            </div>
        </section>
    }
}

/// One resolution.
#[component]
fn Resolution(
    /// Its name at the service.
    name: &'static str,
) -> impl IntoView {
    let chosen = Session::here().compose.resolution;
    view! {
        <label>
            <input
                class="sr"
                type="radio"
                name="resolution"
                prop:checked=move || chosen.get() == name
                on:change=move |_| chosen.set(name)
            />
            <span>{name}</span>
        </label>
    }
}

/// The seed, with a die and a way back to none.
#[component]
fn Seed() -> impl IntoView {
    let compose = Session::here().compose;
    let notices = compose.notices("seed");
    view! {
        <div class="field wide">
            <label class="label" for=control_id("seed")>"Seed"</label>
            <div class="joined">
                <input
                    class="input"
                    id=control_id("seed")
                    inputmode="numeric"
                    autocomplete="off"
                    placeholder="Random"
                    aria-describedby=notices_id("seed")
                    aria-invalid=forbids(notices)
                    prop:value=move || compose.seed.get()
                    on:input=move |event| compose.seed.set(event_target_value(&event))
                />
                <button
                    class="button icon-only"
                    type="button"
                    aria-label="Roll a seed"
                    on:click=move |_| compose.roll_seed()
                >
                    <Icon name="dice"/>
                </button>
                <button
                    class="button icon-only"
                    type="button"
                    aria-label="Clear the seed"
                    disabled=move || compose.seed.read().is_empty()
                    on:click=move |_| compose.seed.set(String::new())
                >
                    <Icon name="close"/>
                </button>
            </div>
            <Notices field="seed" notices/>
        </div>
    }
}
