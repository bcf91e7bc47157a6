//! Icons, drawn by the symbols in `index.html`.

use leptos::prelude::*;

/// A small decorative icon.
#[component]
pub(super) fn Icon(
    /// Name of its symbol, without the leading `i-`. May change.
    #[prop(into)]
    name: Signal<&'static str>,
) -> impl IntoView {
    view! {
        <svg class="icon" aria-hidden="true">
            <use href=move || format!("#i-{}", name.get())></use>
        </svg>
    }
}
