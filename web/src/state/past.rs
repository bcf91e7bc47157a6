//! Jobs that ended.

use leptos::prelude::*;

/// The jobs that ended, newest first.
#[derive(Clone, Copy)]
pub(crate) struct Past {
    /// The last few.
    pub(crate) jobs: ReadSignal<Vec<PastJob>>,
    set_jobs: WriteSignal<Vec<PastJob>>,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PastJob {
    /// Which wish it was; a key for lists.
    pub(crate) intent: String,
    /// Its prompt, or its effect where there was none.
    pub(crate) title: String,
    /// How and when it ended: `Done · 23 Nov, 14:05`.
    pub(crate) line: String,
    /// Whether it has a video.
    pub(crate) succeeded: bool,
}

impl Past {
    pub(super) fn new() -> Self {
        let (jobs, set_jobs) = signal(Vec::new());
        Self { jobs, set_jobs }
    }
}
