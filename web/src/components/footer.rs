//! The page's foot: its limits, stated plainly, and the theme.

use leptos::prelude::*;

/// Limits, source and theme.
#[component]
pub(super) fn Foot() -> impl IntoView {
    view! {
        <footer class="foot">
            <div class="limits small">
                <p>
                    "Videos are five seconds long; the model makes no other. In the demo nothing is \
                     uploaded. With a service, it fetches your image and makes the video, and its \
                     terms and prices hold."
                </p>
                <p>
                    <a href="#/about">"What this is, and what it is not"</a>
                    ". Kinora is free software under MIT or Apache-2.0."
                </p>
            </div>
            <fieldset class="segments small">
                <legend class="sr">"Theme"</legend>
                <Theme value="auto" label="Auto"/>
                <Theme value="light" label="Light"/>
                <Theme value="dark" label="Dark"/>
            </fieldset>
        </footer>
    }
}

/// One theme. `boot.js` applies and keeps the choice, so that it holds before the module is there.
#[component]
fn Theme(
    /// Its name in the page's root.
    value: &'static str,
    /// Its name for people.
    label: &'static str,
) -> impl IntoView {
    view! {
        <label>
            <input class="sr" type="radio" name="theme" value=value/>
            <span>{label}</span>
        </label>
    }
}
