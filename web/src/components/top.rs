//! The page's head: its name, and where it runs.

use leptos::prelude::*;

use super::connection::{Pill, Sheet};

/// Name and connection.
#[component]
pub(super) fn Top() -> impl IntoView {
    view! {
        <header class="top">
            <h1 class="name">
                <svg viewBox="0 0 24 24" aria-hidden="true">
                    <use href="#i-reel"></use>
                </svg>
                "Kinora"
                <span class="tagline">"A still becomes a video"</span>
            </h1>
            <Pill/>
            <Sheet/>
        </header>
    }
}
