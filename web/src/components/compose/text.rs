//! A text with a counter.

use leptos::prelude::*;

use crate::components::keys::control_id;
use crate::components::notices::{Notices, forbids, notices_id};
use crate::state::Session;

/// A labelled text of several lines, with the characters used and the messages at it.
#[component]
pub(super) fn TextField(
    /// The field's key.
    field: &'static str,
    /// Its label.
    label: &'static str,
    /// Its text.
    text: RwSignal<String>,
    /// An example.
    placeholder: &'static str,
    /// Whether something else makes the text meaningless for now; it is dimmed then.
    #[prop(optional, into)]
    overridden: Signal<bool>,
) -> impl IntoView {
    let compose = Session::here().compose;
    let (used, most) = (compose.used(field), compose.most(field));
    let notices = compose.notices(field);
    let near = move || (used.get() * 10 >= most * 9).then_some("");
    let over = move || (used.get() > most).then_some("");
    view! {
        <div class="field" data-overridden=move || overridden.get().to_string()>
            <div class="label">
                <label for=control_id(field)>{label}</label>
                <span class="count" data-near=near data-over=over>
                    {move || used.get()} " / " {most} <span class="sr">" characters"</span>
                </span>
            </div>
            <textarea
                class="input"
                id=control_id(field)
                rows="3"
                placeholder=placeholder
                aria-describedby=notices_id(field)
                aria-invalid=forbids(notices)
                prop:value=move || text.get()
                on:input=move |event| text.set(event_target_value(&event))
            ></textarea>
            <Notices field notices/>
        </div>
    }
}
