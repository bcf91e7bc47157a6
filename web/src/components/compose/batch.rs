//! Many images at once: which of them fit?

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Event, File, FileList, HtmlInputElement};

use super::checks::verdict_look;
use crate::components::element::{Element, el};
use crate::components::icon::icon;
use crate::state::{Batch, BatchImage, Session, Watched};

/// The part that is folded away until many images are to be checked.
pub(super) fn batch() -> AnyView {
    let session = Session::here();
    let batch = session.compose.batch;
    let has_some = move || {
        let is_there = !batch.images.read().is_empty() || batch.left_out.get() > 0;
        is_there || batch.is_running.get()
    };
    el("details")
        .class("many")
        .live_prop("open", has_some)
        .child(
            el("summary")
                .child(icon("chevron"))
                .text("Check many images"),
        )
        .child(given())
        .when(has_some, move || progress(batch))
        .child(found(batch))
        .view()
}

/// All files of a list.
pub(super) fn files(list: Option<&FileList>) -> Vec<File> {
    let count = list.map_or(0, FileList::length);
    (0..count)
        .filter_map(|place| list.and_then(|list| list.get(place)))
        .collect()
}

/// Addresses, files, or a folder.
fn given() -> AnyView {
    let compose = Session::here().compose;
    let lines = Watched::new(String::new());
    let text = el("textarea")
        .class("input")
        .attr("rows", "3")
        .attr("aria-label", "Addresses to check, one a line")
        .attr("placeholder", "https://…, one a line")
        .on("input", move |event| lines.set(event_target_value(&event)));
    let check = el("button")
        .class("button")
        .attr("type", "button")
        .text("Check addresses")
        .on("click", move |_| {
            compose
                .batch
                .check_addresses(&lines.get_untracked(), compose.reach());
        });
    let buttons = el("div")
        .class("joined wraps")
        .child(check)
        .child(picker("Pick files", "multiple"))
        .child(picker("Pick a folder", "webkitdirectory"));
    el("div").class("field").child(text).child(buttons).view()
}

/// A button for files; `kind` is the attribute that makes it one for many, or for a folder.
fn picker(words: &'static str, kind: &'static str) -> Element {
    let input = el("input")
        .class("sr")
        .attr("type", "file")
        .attr(kind, "")
        .on("change", |event| take_files(&event));
    el("label").class("button").child(input).text(words)
}

fn take_files(event: &Event) {
    let target = event.target();
    if let Some(input) = target.and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) {
        Session::here()
            .compose
            .batch
            .check_files(files(input.files().as_ref()));
        input.set_value("");
    }
}

/// How far it is, and a way to stop it.
fn progress(batch: Batch) -> AnyView {
    let progress = batch.progress();
    let stop = move || {
        el("button")
            .class("link")
            .attr("type", "button")
            .text("Stop")
            .on("click", move |_| batch.stop())
            .view()
    };
    let words = move || {
        let left_out = batch.left_out.get();
        match progress.get() {
            (_, 0) if left_out == 0 => "Reading the folder… ".to_owned(),
            (done, all) if left_out == 0 => format!("{done} of {all} checked "),
            (done, all) => {
                format!("{done} of {all} checked, {left_out} left out as they are no images ")
            }
        }
    };
    el("p")
        .class("small quiet")
        .attr("role", "status")
        .child(el("span").live_text(words))
        .when(move || batch.is_running.get(), stop)
        .view()
}

fn found(batch: Batch) -> AnyView {
    let lines = move || {
        let images = batch.images.get().into_iter().enumerate();
        let lines: Vec<_> = images
            .map(|(place, image)| line(batch, place, image))
            .collect();
        Some(lines.into_any())
    };
    el("ul").class("checks").live(lines).view()
}

/// One image, how it came out, and a way to take it.
fn line(batch: Batch, place: usize, image: BatchImage) -> AnyView {
    let (word, mark, meaning) = image
        .verdict
        .map_or(("pending", "…", "not yet checked"), verdict_look);
    let compose = Session::here().compose;
    let can_use = batch.can_choose(place);
    let choose = move || {
        el("button")
            .class("link")
            .attr("type", "button")
            .text("Use")
            .on("click", move |_| batch.choose(place, compose))
            .view()
    };
    let line = el("li").class("check").attr("data-verdict", word);
    let line = match image.thumbnail {
        // Its name stands beside it.
        Some(url) => line.child(
            el("img")
                .class("thumb")
                .attr("src", url.as_str().to_owned())
                .attr("alt", ""),
        ),
        None => line,
    };
    line.child(
        el("span")
            .class("mark")
            .attr("aria-hidden", "true")
            .text(mark),
    )
    .child(el("span").class("rule").text(image.name))
    .child(el("span").class("sr").text(meaning))
    .when(move || can_use, choose)
    .child(el("span").class("advice").text(image.words))
    .view()
}
