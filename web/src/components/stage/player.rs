//! The player: a video, and controls that say what they do.

use leptos::prelude::*;

use super::progress::still_of;
use crate::components::element::{Any, Element, el};
use crate::state::{ResultView, Session};

mod clock;
mod controls;
mod playback;

use controls::controls;
use playback::Playback;

/// Shows the video, looping and muted; it starts by itself unless motion is unwelcome.
///
/// A video that may not be read is made anew without `crossorigin`: the session says so.
pub(super) fn player(result: ResultView) -> AnyView {
    if result.broken {
        return broken(result.url);
    }
    let node = NodeRef::<Any>::new();
    let playback = Playback::of(node);
    let video = following(video(&result, playback), playback).node(node);
    el("div")
        .class("player")
        .attr("id", PLAYER)
        .child(el("div").class("table").child(video))
        .child(controls(playback, result))
        .view()
}

/// The video. It is muted before it gets its source: browsers start no sound by themselves.
fn video(result: &ResultView, playback: Playback) -> Element {
    let session = Session::here();
    let readable = result.readable;
    let poster = untrack(move || still_of(session));
    el("video")
        .live_prop("muted", || true)
        .live_attr("crossorigin", move || readable.then_some("anonymous"))
        .attr("src", result.url.clone())
        .live_attr("poster", move || poster.clone())
        .attr("playsinline", "")
        .attr("preload", "auto")
        .live_prop("loop", move || playback.looping.get())
        .flag("autoplay", || !unwelcome_motion())
        .attr("aria-label", "The video")
        .on("error", move |_| session.media_failed())
}

/// Tells the playback what becomes of the video.
fn following(video: Element, playback: Playback) -> Element {
    video
        .on("click", move |_| playback.toggle())
        .on("play", move |_| playback.started())
        .on("pause", move |_| playback.paused())
        .on("loadedmetadata", move |_| playback.measured())
        .on("timeupdate", move |_| playback.moved())
        .on("seeked", move |_| playback.moved())
}

/// A video that plays nowhere, and where it should be.
fn broken(url: String) -> AnyView {
    let link = el("a")
        .attr("href", url)
        .attr("target", "_blank")
        .attr("rel", "noopener noreferrer")
        .text("Open it by itself");
    let words = el("div")
        .class("over-table")
        .child(el("p").text("The job is done, but its video does not play here."))
        .child(el("p").class("small").child(link));
    el("div").class("table").child(words).view()
}

/// Whether the system asks for less motion.
fn unwelcome_motion() -> bool {
    let query = window().match_media("(prefers-reduced-motion: reduce)");
    query.ok().flatten().is_some_and(|query| query.matches())
}

/// The player's id, for full screen.
const PLAYER: &str = "player";
