//! The preview, which is also where files are dropped; pasting works anywhere in the page.

use leptos::ev;
use leptos::prelude::*;
use leptos::web_sys::{ClipboardEvent, DataTransfer, DragEvent, File};

use crate::state::{PictureView, Session};

/// The picture on its table.
#[component]
pub(super) fn DropZone() -> impl IntoView {
    let compose = Session::here().compose;
    let over = RwSignal::new(false);
    let paste = window_event_listener(ev::paste, move |event: ClipboardEvent| {
        if let Some(file) = event.clipboard_data().as_ref().and_then(first_file) {
            event.prevent_default();
            compose.pick_file(file);
        }
    });
    on_cleanup(move || paste.remove());
    let drag = move |event: DragEvent| {
        event.prevent_default();
        over.set(true);
    };
    let drop = move |event: DragEvent| {
        event.prevent_default();
        over.set(false);
        if let Some(file) = event.data_transfer().as_ref().and_then(first_file) {
            compose.pick_file(file);
        }
    };
    view! {
        <div
            class="drop"
            data-over=move || over.get().to_string()
            aria-busy=move || compose.looking.get().to_string()
            on:dragenter=drag
            on:dragover=drag
            on:dragleave=move |_| over.set(false)
            on:drop=drop
        >
            <div class="preview">
                {move || match compose.picture.get() {
                    Some(picture) => view! { <Preview picture/> }.into_any(),
                    None => view! { <p class="small">{hint(compose.looking.get())}</p> }.into_any(),
                }}
            </div>
            <div class="over" aria-hidden="true">"Drop to use this image"</div>
        </div>
    }
}

/// The picture, in its real aspect, and its size.
#[component]
fn Preview(
    /// The picture.
    picture: PictureView,
) -> impl IntoView {
    let compose = Session::here().compose;
    let known = compose.chosen_still().get_untracked();
    let still = known.and_then(|index| crate::state::STILLS.get(index));
    let alt = still.map_or("Your image", |still| still.alt);
    let (width, height) = (picture.width, picture.height);
    view! {
        <img
            src=picture.url
            alt=alt
            width=width.to_string()
            height=height.to_string()
            referrerpolicy="no-referrer"
        />
        <span class="size">{format!("{width} × {height}")}</span>
    }
}

const fn hint(looking: bool) -> &'static str {
    if looking {
        "Looking at the image…"
    } else {
        "Drop an image here, paste one, or take one of these"
    }
}

fn first_file(data: &DataTransfer) -> Option<File> {
    data.files()?.get(0)
}
