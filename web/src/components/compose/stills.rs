//! The bundled stills, to try it with.

use leptos::prelude::*;

use crate::components::element::el;
use crate::state::{STILLS, Session, Still};

/// A row of small pictures, one of which can be chosen.
pub(super) fn stills() -> AnyView {
    let choices = STILLS.iter().enumerate();
    el("fieldset")
        .class("stills")
        .child(el("legend").class("sr").text("Bundled images"))
        .children(choices.map(|(index, still)| choice(index, still)))
        .view()
}

/// One still, by its place in the list.
fn choice(index: usize, still: &'static Still) -> AnyView {
    let compose = Session::here().compose;
    let chosen = compose.chosen_still();
    let title = match still.note {
        Some(note) => [still.title, ": ", note].concat(),
        None => still.title.to_owned(),
    };
    let input = el("input")
        .class("sr")
        .attr("type", "radio")
        .attr("name", "still")
        .attr("aria-label", title.clone())
        .live_prop("checked", move || chosen.get() == Some(index))
        .on("change", move |_| compose.choose_still(index));
    let picture = el("img")
        .attr("loading", "lazy")
        .attr("alt", "")
        .attr("width", "64")
        .attr("height", "48")
        .attr("src", still.thumb);
    el("label")
        .class("still")
        .attr("title", title)
        .child(input)
        .child(picture)
        .view()
}
