//! The job on the stage.

use leptos::prelude::*;

use super::{JobView, ResultView};

/// The stage: at most one job, and its video.
#[derive(Clone, Copy)]
pub(crate) struct Stage {
    /// The job.
    pub(crate) job: ReadSignal<Option<JobView>>,
    /// How far it is made: frames done, frames in all. Only the demo knows.
    pub(crate) progress: ReadSignal<Option<(u32, u32)>>,
    /// Time since it was begun, once a second while it goes on: `0:42`.
    pub(crate) elapsed: ReadSignal<String>,
    /// Its video.
    pub(crate) result: ReadSignal<Option<ResultView>>,
    /// Whether a job is under way, so that *Generate* waits.
    pub(crate) busy: Signal<bool>,
    /// Whether the video is being saved.
    pub(crate) saving: ReadSignal<bool>,
    /// What happens right now, in a few words for a screen reader; polite.
    pub(crate) announcement: ReadSignal<String>,
    set_job: WriteSignal<Option<JobView>>,
    set_progress: WriteSignal<Option<(u32, u32)>>,
    set_elapsed: WriteSignal<String>,
    set_result: WriteSignal<Option<ResultView>>,
    set_saving: WriteSignal<bool>,
    set_announcement: WriteSignal<String>,
}

impl Stage {
    pub(super) fn new() -> Self {
        let (job, set_job) = signal(None::<JobView>);
        let (progress, set_progress) = signal(None);
        let (elapsed, set_elapsed) = signal(String::new());
        let (result, set_result) = signal(None);
        let (saving, set_saving) = signal(false);
        let (announcement, set_announcement) = signal(String::new());
        let busy = Memo::new(move |_| {
            let job = job.read();
            job.as_ref().is_some_and(|job| !job.phase.is_over())
        });
        Self {
            job,
            progress,
            elapsed,
            result,
            busy: busy.into(),
            saving,
            announcement,
            set_job,
            set_progress,
            set_elapsed,
            set_result,
            set_saving,
            set_announcement,
        }
    }

    /// The player could not show the video.
    pub(crate) fn media_failed(self) {
        self.set_result.update(|result| {
            if let Some(result) = result {
                result.broken = !result.readable;
                result.readable = false;
            }
        });
    }
}
