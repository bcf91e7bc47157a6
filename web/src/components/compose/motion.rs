//! What moves: an effect, or words.

use leptos::prelude::*;

use super::text::TextField;
use crate::components::icon::Icon;
use crate::components::keys::control_id;
use crate::components::notices::{Notices, notices_id};
use crate::state::{Session, Template};

/// Effects, prompt and negative prompt.
#[component]
pub(super) fn Motion() -> impl IntoView {
    let compose = Session::here().compose;
    let named = compose.templates().iter();
    let other = move || match compose.template.get() {
        Template::Other(name) => Some(name),
        Template::None | Template::Named(_) => None,
    };
    view! {
        <section class="group" aria-labelledby="motion-title">
            <div class="head">
                <h2 id="motion-title">"Motion"</h2>
            </div>
            <fieldset class="tiles">
                <legend class="sr">"Effect"</legend>
                <Tile template=Template::None/>
                {named.map(|name| view! { <Tile template=Template::Named(name)/> }).collect_view()}
                <Tile template=Template::Other(String::new())/>
            </fieldset>
            <Show when=move || other().is_some()>
                <div class="field">
                    <label class="label" for=control_id("template")>"Name of the effect"</label>
                    <input
                        class="input"
                        id=control_id("template")
                        autocomplete="off"
                        spellcheck="false"
                        aria-describedby=notices_id("template")
                        prop:value=move || other().unwrap_or_default()
                        on:input=move |event| {
                            compose.template.set(Template::Other(event_target_value(&event)));
                        }
                    />
                </div>
            </Show>
            <Notices field="template" notices=compose.notices("template")/>
            <TextField
                field="prompt"
                label="Prompt"
                text=compose.prompt
                placeholder="What moves, and how: the mist drifts, the camera glides forward"
                overridden=Signal::derive(move || compose.template.get() != Template::None)
            />
            <details>
                <summary>
                    <Icon name="chevron"/>
                    "Negative prompt"
                    <span class="quiet">{move || chosen_mark(&compose.negative_prompt.read())}</span>
                </summary>
                <TextField
                    field="negative_prompt"
                    label="What must not be seen"
                    text=compose.negative_prompt
                    placeholder="blur, flicker, text"
                />
            </details>
        </section>
    }
}

/// One effect.
#[component]
fn Tile(
    /// What it stands for. Every other name counts as the one `Other`.
    template: Template,
) -> impl IntoView {
    let chosen = Session::here().compose.template;
    let (symbol, label) = tile_look(&template);
    let matching = template.clone();
    let checked = move || same_tile(&chosen.read(), &matching);
    view! {
        <label class="tile">
            <input
                class="sr"
                type="radio"
                name="template"
                prop:checked=checked
                on:change=move |_| chosen.set(template.clone())
            />
            <svg viewBox="0 0 40 28" aria-hidden="true">
                <use href=format!("#m-{symbol}")></use>
            </svg>
            <span>{label}</span>
        </label>
    }
}

fn same_tile(one: &Template, another: &Template) -> bool {
    match (one, another) {
        (Template::Other(_), Template::Other(_)) => true,
        (one, another) => one == another,
    }
}

/// Symbol and label of a tile. An effect without a drawing of its own takes the one of `Other`.
fn tile_look(template: &Template) -> (&'static str, String) {
    match template {
        Template::None => ("none", "None".to_owned()),
        Template::Named(name) if ["squish", "flying", "carousel"].contains(name) => {
            (name, capitalised(name))
        }
        Template::Named(name) => ("other", capitalised(name)),
        Template::Other(_) => ("other", "Other…".to_owned()),
    }
}

fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

const fn chosen_mark(text: &str) -> &'static str {
    if text.is_empty() { "" } else { "in use" }
}
