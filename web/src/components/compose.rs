//! The left column: what is to become a video, and how.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::state::Session;

mod checks;
mod drop;
mod image;
mod motion;
mod settings;
mod stills;
mod submit;
mod text;

use image::ImageCard;
use motion::Motion;
use settings::Settings;
use submit::SubmitBar;

/// The form.
#[component]
pub(super) fn ComposeForm() -> impl IntoView {
    let session = Session::here();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        session.generate();
    };
    view! {
        <form class="compose panel" aria-label="Compose" novalidate on:submit=submit>
            <ImageCard/>
            <Motion/>
            <Settings/>
            <SubmitBar/>
        </form>
    }
}
