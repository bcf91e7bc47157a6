//! The image: bundled, by address, or a file that is picked, dropped or pasted.

use kinora::limits::DATA_IMAGE_BYTES;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Event, HtmlInputElement};

use super::batch::batch;
use super::checks::checks;
use super::drop::drop_zone;
use super::head;
use super::mend::mend;
use super::settings::switch;
use super::stills::stills;
use crate::components::element::el;
use crate::components::icon::icon;
use crate::components::keys::control_id;
use crate::components::notices::{forbids, notices_at, notices_id};
use crate::state::{Notice, Session, Watched, input};

/// All about the image.
pub(super) fn image() -> AnyView {
    let compose = Session::here().compose;
    let remove = move || {
        el("button")
            .class("link")
            .attr("type", "button")
            .on("click", move |_| compose.remove_image())
            .text("Remove")
            .view()
    };
    let is_there = move || !compose.source.read().is_empty();
    el("section")
        .class("group")
        .attr("aria-labelledby", "image-title")
        .child(head("image-title", "Image").when(is_there, remove))
        .child(drop_zone())
        .child(stills())
        .child(checks())
        .child(mend())
        .child(your_own())
        .child(batch())
        .view()
}

/// The address field and the file button.
fn your_own() -> AnyView {
    let compose = Session::here().compose;
    let all = compose.notices(input::IMAGE);
    // What the list of checks says already is not said twice.
    let notices = Watched::of(move || {
        let rules = compose.rules.read();
        let repeated = |notice: &Notice| rules.iter().any(|rule| rule.advice == notice.message);
        let mut notices = all.get();
        notices.retain(|notice| !repeated(notice));
        notices
    });
    let label = el("label")
        .class("label")
        .attr("for", control_id(input::IMAGE))
        .text("Image address");
    let joined = el("div")
        .class("joined wraps")
        .child(address(all))
        .child(file_button());
    el("div")
        .class("field")
        .child(label)
        .child(joined)
        .when(move || compose.file_name().get().is_some(), file_name)
        .when(move || compose.may_send_file.get(), send_file)
        .child(notices_at(input::IMAGE, notices))
        .view()
}

fn address(notices: Watched<Vec<Notice>>) -> AnyView {
    let compose = Session::here().compose;
    let shown = compose.shown_source();
    el("input")
        .class("input")
        .attr("id", control_id(input::IMAGE))
        .attr("type", "url")
        .attr("inputmode", "url")
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .attr("placeholder", "https://…, or paste")
        .attr("aria-describedby", notices_id(input::IMAGE))
        .live_attr("aria-invalid", forbids(notices))
        .live_prop("value", move || shown.get())
        .on("input", move |event| {
            compose.source.set(event_target_value(&event));
        })
        .view()
}

fn file_button() -> AnyView {
    let input = el("input")
        .class("sr")
        .attr("type", "file")
        .attr("accept", "image/jpeg,image/png,image/bmp,image/webp")
        .on("change", |event| take_file(&event));
    el("label")
        .class("button")
        .child(input)
        .child(icon("file"))
        .text("Choose file")
        .view()
}

fn file_name() -> AnyView {
    let name = Session::here().compose.file_name();
    el("p")
        .class("small quiet")
        .text("From ")
        .live_text(move || name.get().unwrap_or_default())
        .view()
}

/// The wish to send the file itself. Nobody documents that it works, and that is said.
fn send_file() -> AnyView {
    let is_wished = Session::here().compose.sends_file;
    let limits = [
        "Inside the request, at most ",
        &DATA_IMAGE_BYTES.to_string(),
        "; unproven for this model.",
    ];
    switch("Send the picture itself", limits.concat(), is_wished)
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
