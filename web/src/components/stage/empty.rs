//! The stage before the first job.

use leptos::prelude::*;

use crate::state::{Mode, Session};

/// What will happen, and what the demo is not.
#[component]
pub(super) fn Empty() -> impl IntoView {
    let service = Session::here().service;
    let honest = move || match service.mode.get() {
        Mode::Demo => {
            "The demo renders a real video of your image in this page; it is not the Wan model."
        }
        Mode::Service => {
            "The service fetches your image and makes the video; this page asks now and then how \
             far it is."
        }
    };
    view! {
        <div class="table">
            <div class="empty">
                <svg viewBox="0 0 308 112" aria-hidden="true">
                    <rect x="8" y="24" width="112" height="68" rx="4" transform="rotate(-10 64 58)"></rect>
                    <rect x="52" y="22" width="120" height="72" rx="4" transform="rotate(-6 112 58)"></rect>
                    <rect x="100" y="20" width="128" height="76" rx="4" transform="rotate(-3 164 58)"></rect>
                    <rect class="last" x="156" y="16" width="144" height="84" rx="4"></rect>
                    <path class="last" d="M222 46v24l20-12Z"></path>
                </svg>
                <p class="lead">"Your video will play here."</p>
                <p class="quiet">
                    "Choose an image, say what moves, and press Generate: it waits its turn in the \
                     queue, is made frame by frame, and plays as a five-second video."
                </p>
            </div>
        </div>
        <div class="body">
            <p class="small quiet">{honest}</p>
        </div>
    }
}
