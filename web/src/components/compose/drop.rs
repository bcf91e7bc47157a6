//! The preview, which is also where files are dropped; pasting works anywhere in the page.

use leptos::ev;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{ClipboardEvent, DataTransfer, DragEvent, Event, File};

use super::batch::files;
use crate::components::element::el;
use crate::state::{Compose, PictureView, STILLS, Session, Watched};

/// The picture on its table.
pub(super) fn drop_zone() -> AnyView {
    let compose = Session::here().compose;
    take_pasted(compose);
    let over = Watched::new(false);
    let drag = move |event: Event| {
        event.prevent_default();
        over.set(true);
    };
    let picture = move || match compose.picture.get() {
        Some(picture) => preview(picture),
        None => {
            let hint = hint(compose.looking.get());
            el("p").class("small").text(hint).view()
        }
    };
    let shade = el("div")
        .class("over")
        .attr("aria-hidden", "true")
        .text("Drop to use this image");
    el("div")
        .class("drop")
        .live_bool("data-over", move || over.get())
        .live_bool("aria-busy", move || compose.looking.get())
        .on("dragenter", drag)
        .on("dragover", drag)
        .on("dragleave", move |_| over.set(false))
        .on("drop", move |event| {
            event.prevent_default();
            over.set(false);
            take_dropped(compose, &event);
        })
        .child(el("div").class("preview").live(move || Some(picture())))
        .child(shade)
        .view()
}

/// Takes a file that is pasted, while the zone is there.
fn take_pasted(compose: Compose) {
    let paste = window_event_listener(ev::paste, move |event: ClipboardEvent| {
        if let Some(file) = event.clipboard_data().as_ref().and_then(first_file) {
            event.prevent_default();
            compose.pick_file(file);
        }
    });
    on_cleanup(move || paste.remove());
}

fn take_dropped(compose: Compose, event: &Event) {
    let Some(data) = event.dyn_ref().and_then(DragEvent::data_transfer) else {
        return;
    };
    compose.take_dropped(&data, files(data.files().as_ref()));
}

/// The picture, in its real aspect, and its size.
fn preview(picture: PictureView) -> AnyView {
    let compose = Session::here().compose;
    let known = compose.chosen_still().get_untracked();
    let still = known.and_then(|index| STILLS.get(index));
    let alt = still.map_or("Your image", |still| still.alt);
    let (width, height) = (picture.width.to_string(), picture.height.to_string());
    let size = [&width, " × ", &height].concat();
    let image = el("img")
        .attr("alt", alt)
        .attr("width", width)
        .attr("height", height)
        .attr("referrerpolicy", "no-referrer")
        .attr("src", picture.url);
    let size = el("span").class("size").text(size);
    vec![image.view(), size.view()].into_any()
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
