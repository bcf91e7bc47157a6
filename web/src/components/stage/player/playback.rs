//! The state of a video element, as signals.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlVideoElement;

use crate::components::element::Any;
use crate::state::Watched;

/// A video and what is known of it. Copy it freely.
#[derive(Clone, Copy)]
pub(super) struct Playback {
    video: NodeRef<Any>,
    /// Whether it plays.
    pub(super) playing: Watched<bool>,
    /// Whether it begins again at its end.
    pub(super) looping: Watched<bool>,
    /// Whether it plays at half speed.
    pub(super) slow: Watched<bool>,
    /// Where it is, in seconds.
    pub(super) at: Watched<f64>,
    /// How long it is, in seconds; 0 until that is known.
    pub(super) length: Watched<f64>,
}

impl Playback {
    pub(super) fn of(video: NodeRef<Any>) -> Self {
        Self {
            video,
            playing: Watched::new(false),
            looping: Watched::new(true),
            slow: Watched::new(false),
            at: Watched::new(0.0),
            length: Watched::new(0.0),
        }
    }

    /// Plays when it pauses, and the other way round.
    pub(super) fn toggle(self) {
        let Some(video) = self.video() else {
            return;
        };
        if video.paused() {
            // Where the browser does not let it play, the `play` event simply does not come.
            drop(video.play());
        } else {
            // Pausing cannot fail on an element that is there.
            let _ = video.pause();
        }
    }

    /// Goes to this second.
    pub(super) fn seek(self, seconds: f64) {
        if let Some(video) = self.video() {
            video.set_current_time(seconds);
            self.at.set(seconds);
        }
    }

    /// Changes between full and half speed.
    pub(super) fn change_speed(self) {
        self.slow.set(!self.slow.get_untracked());
        if let Some(video) = self.video() {
            video.set_playback_rate(if self.slow.get_untracked() { 0.5 } else { 1.0 });
        }
    }

    pub(super) fn measured(self) {
        if let Some(video) = self.video() {
            self.length.set(video.duration());
        }
    }

    pub(super) fn moved(self) {
        if let Some(video) = self.video() {
            self.at.set(video.current_time());
        }
    }

    pub(super) fn started(self) {
        self.playing.set(true);
        self.follow();
    }

    pub(super) fn paused(self) {
        self.playing.set(false);
        self.moved();
    }

    fn video(self) -> Option<HtmlVideoElement> {
        self.video.get_untracked()?.dyn_into().ok()
    }

    /// Moves the scrub bar with every frame, which `timeupdate` is too seldom for.
    fn follow(self) {
        request_animation_frame(move || {
            // The player may be gone by now.
            if !self.playing.is_gone() && self.playing.get_untracked() {
                self.moved();
                self.follow();
            }
        });
    }
}
