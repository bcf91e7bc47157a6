//! The image: bundled, by address, or a file that is picked, dropped or pasted.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Event, HtmlInputElement};

use super::checks::Checks;
use super::drop::DropZone;
use super::stills::Stills;
use crate::components::icon::Icon;
use crate::components::keys::control_id;
use crate::components::notices::{Notices, forbids, notices_id};
use crate::state::{Notice, Session};

/// All about the image.
#[component]
pub(super) fn ImageCard() -> impl IntoView {
    let compose = Session::here().compose;
    let empty = move || compose.source.read().is_empty();
    view! {
        <section class="group" aria-labelledby="image-title">
            <div class="head">
                <h2 id="image-title">"Image"</h2>
                <Show when=move || !empty()>
                    <button class="link" type="button" on:click=move |_| compose.remove_image()>
                        "Remove"
                    </button>
                </Show>
            </div>
            <DropZone/>
            <Stills/>
            <Checks/>
            <YourOwn/>
        </section>
    }
}

/// The address field and the file button.
#[component]
fn YourOwn() -> impl IntoView {
    let compose = Session::here().compose;
    let all = compose.notices("img_url");
    // What the list of checks says already is not said twice.
    let notices = Signal::derive(move || {
        let rules = compose.rules.read();
        let repeated = |notice: &Notice| rules.iter().any(|rule| rule.advice == notice.message);
        let mut notices = all.get();
        notices.retain(|notice| !repeated(notice));
        notices
    });
    view! {
        <div class="field">
            <label class="label" for=control_id("img_url")>"Image address"</label>
            <div class="joined wraps">
                <input
                    class="input"
                    id=control_id("img_url")
                    type="url"
                    inputmode="url"
                    autocomplete="off"
                    spellcheck="false"
                    placeholder="https://…, or paste"
                    aria-describedby=notices_id("img_url")
                    aria-invalid=forbids(all)
                    prop:value=move || compose.shown_source().get()
                    on:input=move |event| compose.source.set(event_target_value(&event))
                />
                <label class="button">
                    <input
                        class="sr"
                        type="file"
                        accept="image/jpeg,image/png,image/bmp,image/webp"
                        on:change=move |event| take_file(&event)
                    />
                    <Icon name="file"/>
                    "Choose file"
                </label>
            </div>
            <Show when=move || compose.file_name().get().is_some()>
                <p class="small quiet">"From " {move || compose.file_name().get()}</p>
            </Show>
            <Notices field="img_url" notices/>
        </div>
    }
}

/// Hands on the picked file, and empties the input so that the same file can be picked again.
fn take_file(event: &Event) {
    let target = event.target();
    let Some(input) = target.and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else {
        return;
    };
    if let Some(file) = input.files().and_then(|files| files.get(0)) {
        Session::here().compose.pick_file(file);
    }
    input.set_value("");
}
