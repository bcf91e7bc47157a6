//! The left column: what is to become a video, and how.

use leptos::prelude::*;

use super::element::{Element, el};
use crate::state::Session;

mod batch;
mod checks;
mod drop;
mod image;
mod mend;
mod motion;
mod settings;
mod stills;
mod submit;
mod text;

/// The form.
pub(super) fn compose_form() -> AnyView {
    let session = Session::here();
    el("form")
        .class("compose panel")
        .attr("aria-label", "Compose")
        .attr("novalidate", "")
        .on("submit", move |event| {
            event.prevent_default();
            session.generate();
        })
        .child(image::image())
        .child(motion::motion())
        .child(settings::settings())
        .child(submit::submit())
        .view()
}

/// The head of a group, by the id of its title.
fn head(id: &'static str, title: &'static str) -> Element {
    el("div")
        .class("head")
        .child(el("h2").attr("id", id).text(title))
}
