//! The row below a video.

use leptos::prelude::*;
use leptos::web_sys::{Event, HtmlInputElement};

use super::PLAYER;
use super::clock::clock;
use super::playback::Playback;
use crate::components::element::{Element, el};
use crate::components::icon::{icon, live_icon};
use crate::components::keys;
use crate::state::{ResultView, Session};

/// Play, position, loop, speed, full screen and download.
pub(super) fn controls(playback: Playback, result: ResultView) -> AnyView {
    el("div")
        .class("controls")
        .attr("role", "group")
        .attr("aria-label", "Player")
        .child(play(playback))
        .child(time(playback))
        .child(scrub(playback))
        .child(repeat(playback))
        .child(speed(playback))
        .child(full_screen())
        .child(download(result))
        .view()
}

fn play(playback: Playback) -> Element {
    let by_state = move |playing, paused| {
        if playback.playing.get() {
            playing
        } else {
            paused
        }
    };
    icon_button()
        .live_attr("aria-label", move || Some(by_state("Pause", "Play")))
        .on("click", move |_| playback.toggle())
        .child(live_icon(move || by_state("pause", "play")))
}

fn time(playback: Playback) -> Element {
    el("span")
        .class("time")
        .live_text(move || clock(playback.at.get()))
        .text(" / ")
        .live_text(move || clock(playback.length.get()))
}

/// The position, to be dragged; arrow keys step by a frame.
fn scrub(playback: Playback) -> Element {
    let Playback { at, length, .. } = playback;
    let words = move || [clock(at.get()), clock(length.get())].join(" of ");
    let seek = move |event: Event| {
        let seconds = event_target::<HtmlInputElement>(&event).value_as_number();
        playback.seek(seconds);
    };
    el("input")
        .class("scrub")
        .attr("type", "range")
        .attr("aria-label", "Position")
        .live_attr("aria-valuetext", move || Some(words()))
        .attr("min", "0")
        .live_prop("max", move || length.get())
        .attr("step", FRAME)
        .live_style("--at", move || percent(at.get(), length.get()))
        .live_prop("value", move || at.get())
        .on("input", seek)
}

/// Whether it begins again at its end.
fn repeat(playback: Playback) -> Element {
    let looping = playback.looping;
    icon_button()
        .attr("aria-label", "Loop")
        .live_bool("aria-pressed", move || looping.get())
        .on("click", move |_| looping.set(!looping.get_untracked()))
        .child(icon("loop"))
}

fn speed(playback: Playback) -> Element {
    let slow = playback.slow;
    el("button")
        .class("button speed")
        .attr("type", "button")
        .on("click", move |_| playback.change_speed())
        .live_text(move || if slow.get() { "0.5×" } else { "1×" })
        .child(el("span").class("sr").text(" speed"))
}

fn full_screen() -> Element {
    icon_button()
        .attr("aria-label", "Full screen")
        .on("click", |_| toggle_full_screen())
        .child(icon("full"))
}

/// Saves the video; or says why this page cannot, and opens it by itself.
fn download(result: ResultView) -> Element {
    let session = Session::here();
    let saving = session.stage.saving;
    let title = ["Download ", &result.file_name].concat();
    if result.readable {
        icon_button()
            .attr("aria-label", "Download")
            .attr("title", title)
            .live_bool("aria-busy", move || saving.get())
            .on("click", move |_| session.save())
            .child(icon("save"))
    } else {
        el("a")
            .class("button icon-only")
            .attr("href", result.url)
            .attr("target", "_blank")
            .attr("rel", "noopener noreferrer")
            .attr("aria-label", "Open the video by itself")
            .attr("title", ELSEWHERE)
            .child(icon("save"))
    }
}

fn icon_button() -> Element {
    el("button")
        .class("button icon-only")
        .attr("type", "button")
}

fn toggle_full_screen() {
    if document().fullscreen_element().is_some() {
        document().exit_fullscreen();
    } else if let Some(player) = keys::element(PLAYER) {
        // A browser without full screen for elements leaves the page as it is.
        let _ = player.request_fullscreen();
    }
}

/// A part of a whole in percent, for a style.
fn percent(part: f64, whole: f64) -> String {
    let share = if whole > 0.0 { part / whole } else { 0.0 };
    let hundredths = (share * 10_000.0) as u32;
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

/// One frame at 24 per second, in seconds.
const FRAME: &str = "0.0416667";

/// Why a video cannot be saved from here.
const ELSEWHERE: &str =
    "Its host does not let this page read the video: open it by itself to save it.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_whole_is_shown_in_percent() {
        let check = |part, whole, shown: &str| assert_eq!(percent(part, whole), shown);
        check(1.0, 5.0, "20.00%");
        check(1.0, 3.0, "33.33%");
        check(5.0, 5.0, "100.00%");
    }

    #[test]
    fn a_part_of_an_unknown_whole_is_none() {
        let check = |part, whole| assert_eq!(percent(part, whole), "0.00%", "{part} of {whole}");
        check(1.0, 0.0);
        check(1.0, f64::NAN);
        check(1.0, f64::INFINITY);
        check(f64::NAN, 5.0);
    }
}
