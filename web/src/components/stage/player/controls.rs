//! The row below a video.

use leptos::prelude::*;

use super::PLAYER;
use super::clock::clock;
use super::playback::Playback;
use crate::components::icon::Icon;
use crate::components::keys;
use crate::state::{ResultView, Session};

/// Play, position, loop, speed, full screen and download.
#[component]
pub(super) fn Controls(
    /// The video and its state.
    playback: Playback,
    /// What is played.
    result: ResultView,
) -> impl IntoView {
    let Playback {
        playing,
        looping,
        slow,
        at,
        length,
        ..
    } = playback;
    view! {
        <div class="controls" role="group" aria-label="Player">
            <button
                class="button icon-only"
                type="button"
                aria-label=move || if playing.get() { "Pause" } else { "Play" }
                on:click=move |_| playback.toggle()
            >
                <Icon name=Signal::derive(move || if playing.get() { "pause" } else { "play" })/>
            </button>
            <span class="time">{move || clock(at.get())} " / " {move || clock(length.get())}</span>
            <Scrub playback/>
            <button
                class="button icon-only"
                type="button"
                aria-label="Loop"
                aria-pressed=move || looping.get().to_string()
                on:click=move |_| looping.update(|looping| *looping = !*looping)
            >
                <Icon name="loop"/>
            </button>
            <button
                class="button speed"
                type="button"
                on:click=move |_| playback.change_speed()
            >
                {move || if slow.get() { "0.5×" } else { "1×" }}
                <span class="sr">" speed"</span>
            </button>
            <button
                class="button icon-only"
                type="button"
                aria-label="Full screen"
                on:click=move |_| toggle_full_screen()
            >
                <Icon name="full"/>
            </button>
            <Download result/>
        </div>
    }
}

/// The position, to be dragged; arrow keys step by a frame.
#[component]
fn Scrub(
    /// The video and its state.
    playback: Playback,
) -> impl IntoView {
    let Playback { at, length, .. } = playback;
    let percent = move || format!("{}%", share(at.get(), length.get()) * 100.0);
    let seek = move |event| {
        if let Ok(seconds) = event_target_value(&event).parse() {
            playback.seek(seconds);
        }
    };
    view! {
        <input
            class="scrub"
            type="range"
            aria-label="Position"
            aria-valuetext=move || format!("{} of {}", clock(at.get()), clock(length.get()))
            min="0"
            max=move || length.get().to_string()
            step=FRAME
            style=("--at", percent)
            prop:value=move || at.get().to_string()
            on:input=seek
        />
    }
}

/// Saves the video; or says why this page cannot, and opens it by itself.
#[component]
fn Download(
    /// What is played.
    result: ResultView,
) -> impl IntoView {
    let session = Session::here();
    let saving = session.stage.saving;
    if result.readable {
        view! {
            <button
                class="button icon-only"
                type="button"
                aria-label="Download"
                title=format!("Download {}", result.file_name)
                aria-busy=move || saving.get().to_string()
                on:click=move |_| session.save()
            >
                <Icon name="save"/>
            </button>
        }
        .into_any()
    } else {
        view! {
            <a
                class="button icon-only"
                href=result.url
                target="_blank"
                rel="noopener noreferrer"
                aria-label="Open the video by itself"
                title="Its host does not let this page read the video: open it by itself to save it."
            >
                <Icon name="save"/>
            </a>
        }
        .into_any()
    }
}

fn toggle_full_screen() {
    if document().fullscreen_element().is_some() {
        document().exit_fullscreen();
    } else if let Some(player) = keys::element(PLAYER) {
        // A browser without full screen for elements leaves the page as it is.
        let _ = player.request_fullscreen();
    }
}

fn share(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

/// One frame at 24 per second, in seconds.
const FRAME: &str = "0.0416667";
