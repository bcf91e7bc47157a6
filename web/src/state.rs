//! The app's state: one owner for everything that is more than a look.
//!
//! ```text
//!  components ──intents──► Session ──► kinora, kinora-browser, kinora-demo
//!       ▲                     │
//!       └───── signals ───────┘
//! ```
//!
//! Components read the signals and call the methods ("intents"). A plain form field's signal is
//! written directly: writing it *is* reporting what was typed. Everything else is read-only.

use leptos::prelude::*;

mod compose;
pub(crate) use compose::{Compose, Notice, PictureView};
mod form;
pub(crate) use form::Template;
mod job;
pub(crate) use job::{Asked, CancelOffer, Entry, JobView, Phase, Problem};
mod media;
pub(crate) use media::ResultView;
mod past;
pub(crate) use past::{Past, PastJob};
mod route;
pub(crate) use route::Route;
mod service;
pub(crate) use service::{Mode, Service};
mod stage;
pub(crate) use stage::Stage;
mod still;
pub(crate) use still::{STILLS, Still};

pub(crate) use kinora::image::{RuleCheck, Verdict};
pub(crate) use kinora::{HostKind, Severity};

/// Handle to all of the app's signals. Copy it freely; it lives as long as the app.
#[derive(Clone, Copy)]
pub(crate) struct Session {
    /// What is being composed: the form and what is known of its image.
    pub(crate) compose: Compose,
    /// Where jobs are sent.
    pub(crate) service: Service,
    /// The job on the stage.
    pub(crate) stage: Stage,
    /// Jobs that ended, newest first.
    pub(crate) past: Past,
    /// Which view is open, by the address's hash.
    pub(crate) route: RwSignal<Route>,
    /// The field that should take the keyboard's focus now, by its key in the request
    /// (`prompt`, `img_url`, …, or `base`, `token`). The view focuses it and sets `None`.
    pub(crate) focus_request: RwSignal<Option<&'static str>>,
}

impl Session {
    /// The app's state, as it was left the last time.
    pub(crate) fn open() -> Self {
        let service = Service::new();
        Self {
            compose: Compose::new(service.connection),
            service,
            stage: Stage::new(),
            past: Past::new(),
            route: RwSignal::new(Route::Main),
            focus_request: RwSignal::new(None),
        }
    }

    /// The handle, anywhere below the app's root.
    pub(crate) fn here() -> Self {
        use_context().unwrap_or_else(Self::open)
    }

    /// Sends the draft, or moves the focus to the first field that forbids it. While a job is
    /// under way, or when the form's wish was sent already, nothing happens.
    pub(crate) fn generate(self) {}

    /// Asks the service to stop the job.
    pub(crate) fn cancel(self) {}

    /// Clears the stage for another job, with the form as it is.
    pub(crate) fn generate_another(self) {}

    /// After an uncertain submit: finds out whether the job exists. A Kinora host is sent the same
    /// wish again, which makes exactly one job either way; see [`Session::can_check`].
    pub(crate) fn check_uncertain(self) {}

    /// Whether [`Session::check_uncertain`] works for the job on the stage. Where it does not, show
    /// a field for a request id found in the service's own list, for [`Session::found`].
    pub(crate) fn can_check(self) -> Signal<bool> {
        Signal::derive(|| false)
    }

    /// After an uncertain submit: the person found the job at the service. Returns what is wrong
    /// with the id, if something is.
    pub(crate) fn found(self, request_id: &str) -> Option<String> {
        let _ = request_id;
        None
    }

    /// After an uncertain submit, or a job that ended badly: sends the same again as a new wish.
    pub(crate) fn send_again(self) {}

    /// After touch was lost: watches the job again.
    pub(crate) fn watch_again(self) {}

    /// Saves the video to the person's device, when it can be read.
    pub(crate) fn save(self) {}

    /// Shows a job of the past on the stage.
    pub(crate) fn reopen(self, intent: String) {
        let _ = intent;
    }

    /// Removes a job of the past, with its video.
    pub(crate) fn remove(self, intent: String) {
        let _ = intent;
    }
}
