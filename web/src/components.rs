//! What the page shows. A component takes values and callbacks, shows them, and reports intent.

// `#[component]` makes `pub` functions and builders of what is `pub(super)`.
#![allow(unreachable_pub)]

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

use about::About;
use compose::ComposeForm;
use footer::Foot;
use stage::StageView;
use top::Top;

/// The whole page.
#[component]
pub(crate) fn Page() -> impl IntoView {
    let session = Session::here();
    keys::focus_where_asked(session);
    let listener = window_event_listener(ev::keydown, move |event| {
        if keys::means_generate(&event) {
            event.prevent_default();
            session.generate();
        }
    });
    on_cleanup(move || listener.remove());
    view! {
        <Top/>
        {move || match session.route.get() {
            Route::Main => view! {
                <main class="page">
                    <ComposeForm/>
                    <StageView/>
                </main>
            }
                .into_any(),
            Route::About => view! { <About/> }.into_any(),
        }}
        <Foot/>
        <p class="sr" role="status">{move || session.stage.announcement.get()}</p>
    }
}
