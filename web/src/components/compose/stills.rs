//! The bundled stills, to try it with.

use leptos::prelude::*;

use crate::state::{STILLS, Session, Still};

/// A row of small pictures, one of which can be chosen.
#[component]
pub(super) fn Stills() -> impl IntoView {
    let choices = STILLS.iter().enumerate();
    view! {
        <fieldset class="stills">
            <legend class="sr">"Bundled images"</legend>
            {choices.map(|(index, still)| view! { <Choice index still/> }).collect_view()}
        </fieldset>
    }
}

/// One still.
#[component]
fn Choice(
    /// Its place in the list.
    index: usize,
    /// The still.
    still: &'static Still,
) -> impl IntoView {
    let compose = Session::here().compose;
    let chosen = compose.chosen_still();
    let title = match still.note {
        Some(note) => format!("{}: {note}", still.title),
        None => still.title.to_owned(),
    };
    let name = title.clone();
    view! {
        <label class="still" title=title>
            <input
                class="sr"
                type="radio"
                name="still"
                aria-label=name
                prop:checked=move || chosen.get() == Some(index)
                on:change=move |_| compose.choose_still(index)
            />
            <img src=still.thumb alt="" loading="lazy" width="64" height="48"/>
        </label>
    }
}
