//! What Kinora is, for those who ask.

use leptos::prelude::*;

/// The view of `#/about`.
#[component]
pub(super) fn About() -> impl IntoView {
    view! {
        <main class="about">
            <article class="panel">
                <h2>"What this is"</h2>
                <p>
                    "A kinora was a hand-cranked machine that made stills move. This one takes an \
                     image and a few words, sends them to a video model, and plays what comes back."
                </p>
                <h2>"What it is not"</h2>
                <p>
                    "The demo is not the Wan 2.2 model. It goes through the same queue and the same \
                     states, and renders a real video of your own image in this page, but by plain \
                     geometry: no AI model has seen it, nor read your words."
                </p>
                <p>
                    "A service is not part of this page either. What it accepts, how long it takes \
                     and what it costs are its own affairs; what Kinora cannot know before, it says."
                </p>
                <p>
                    <a class="button" href="#/">"Back"</a>
                </p>
            </article>
        </main>
    }
}
