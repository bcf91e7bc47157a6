//! What the page shows. A component takes values and callbacks, shows them, and reports intent.

use leptos::ev;
use leptos::prelude::*;

use crate::state::{Route, Session};

mod about;
mod compose;
mod connection;
mod element;
mod footer;
mod history;
mod icon;
mod keys;
mod notices;
mod stage;
mod top;

use element::{el, live};

/// The whole page.
pub(crate) fn page() -> AnyView {
    let session = Session::here();
    keys::focus_where_asked(session);
    let listener = window_event_listener(ev::keydown, move |event| {
        if keys::means_generate(&event) {
            event.prevent_default();
            session.generate();
        }
    });
    on_cleanup(move || listener.remove());
    let route = move || match session.route.get() {
        Route::Main => main(),
        Route::About => about::about(),
    };
    let status = el("p")
        .class("sr")
        .attr("role", "status")
        .live_text(move || session.stage.announcement.get());
    vec![
        top::top(),
        live(move || Some(route())),
        footer::foot(),
        status.view(),
    ]
    .into_any()
}

/// The form and what becomes of it.
fn main() -> AnyView {
    el("main")
        .class("page")
        .child(compose::compose_form())
        .child(stage::stage())
        .view()
}
