//! The player: a video, and controls that say what they do.

use leptos::html::Video;
use leptos::prelude::*;

use super::progress::still_of;
use crate::state::{ResultView, Session};

mod clock;
mod controls;
mod playback;

use controls::Controls;
use playback::Playback;

/// Shows the video, looping and muted; it starts by itself unless motion is unwelcome.
///
/// A video that may not be read is made anew without `crossorigin`: the session says so.
#[component]
pub(super) fn Player(
    /// The video.
    result: ResultView,
) -> impl IntoView {
    let session = Session::here();
    if result.broken {
        return view! { <Broken url=result.url/> }.into_any();
    }
    let video = NodeRef::<Video>::new();
    let playback = Playback::of(video);
    let poster = untrack(move || still_of(session));
    view! {
        <div class="player" id=PLAYER>
            <div class="table">
                <video
                    node_ref=video
                    crossorigin=result.readable.then_some("anonymous")
                    src=result.url.clone()
                    poster=poster
                    playsinline
                    preload="auto"
                    prop:muted=true
                    prop:loop=move || playback.looping.get()
                    autoplay=!unwelcome_motion()
                    aria-label="The video"
                    on:click=move |_| playback.toggle()
                    on:play=move |_| playback.started()
                    on:pause=move |_| playback.paused()
                    on:loadedmetadata=move |_| playback.measured()
                    on:timeupdate=move |_| playback.moved()
                    on:seeked=move |_| playback.moved()
                    on:error=move |_| session.stage.media_failed()
                ></video>
            </div>
            <Controls playback result/>
        </div>
    }
    .into_any()
}

/// A video that plays nowhere.
#[component]
fn Broken(
    /// Where it should be.
    url: String,
) -> impl IntoView {
    view! {
        <div class="table">
            <div class="over-table">
                <p>"The job is done, but its video does not play here."</p>
                <p class="small">
                    <a href=url target="_blank" rel="noopener noreferrer">"Open it by itself"</a>
                </p>
            </div>
        </div>
    }
}

/// Whether the system asks for less motion.
fn unwelcome_motion() -> bool {
    let query = window().match_media("(prefers-reduced-motion: reduce)");
    query.ok().flatten().is_some_and(|query| query.matches())
}

/// The player's id, for full screen.
const PLAYER: &str = "player";
