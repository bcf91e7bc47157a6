//! The stage before the first job.

use leptos::prelude::*;

use crate::components::element::{Element, el};
use crate::state::{Mode, Session};

/// What will happen, and what the demo is not.
pub(super) fn empty() -> AnyView {
    let service = Session::here().service;
    let promise = el("div")
        .class("empty")
        .child(frames())
        .child(el("p").class("lead").text("Your video will play here."))
        .child(el("p").class("quiet").text(COURSE));
    let honest = el("p")
        .class("small quiet")
        .live_text(move || honest(service.mode.get()));
    let parts = [
        el("div").class("table").child(promise).view(),
        el("div").class("body").child(honest).view(),
    ];
    Vec::from(parts).into_any()
}

/// Five frames, each before the next; the last can be played.
fn frames() -> AnyView {
    el("svg")
        .attr("viewBox", "0 0 308 112")
        .attr("aria-hidden", "true")
        .children([
            frame(["8", "24", "112", "68"], "rotate(-10 64 58)"),
            frame(["52", "22", "120", "72"], "rotate(-6 112 58)"),
            frame(["100", "20", "128", "76"], "rotate(-3 164 58)"),
        ])
        .child(placed(el("rect").class("last"), ["156", "16", "144", "84"]))
        .child(el("path").class("last").attr("d", "M222 46v24l20-12Z"))
        .view()
}

fn frame(place: [&'static str; 4], turn: &'static str) -> AnyView {
    placed(el("rect"), place).attr("transform", turn).view()
}

/// Puts a frame at x and y, so wide and so high.
fn placed(frame: Element, [x, y, width, height]: [&'static str; 4]) -> Element {
    frame
        .attr("x", x)
        .attr("y", y)
        .attr("width", width)
        .attr("height", height)
        .attr("rx", "4")
}

const fn honest(mode: Mode) -> &'static str {
    match mode {
        Mode::Demo => {
            "The demo renders a real video of your image in this page; it is not the Wan model."
        }
        Mode::Relay | Mode::Direct => {
            "The service fetches your image and makes the video; this page asks now and then how \
             far it is."
        }
    }
}

/// What becomes of an image, in a sentence.
const COURSE: &str = "Choose an image, say what moves, and press Generate: it waits its turn in \
                      the queue, is made frame by frame, and plays as a five-second video.";
