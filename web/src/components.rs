//! What the page shows. A component takes values and callbacks, shows them, and reports intent.

use leptos::prelude::*;

use crate::state::Session;

/// The whole page.
#[component]
pub(crate) fn Page() -> impl IntoView {
    let session = Session::here();
    view! { <button on:click=move |_| session.generate()>"Generate"</button> }
}
