//! The job on the stage.

use core::pin::pin;
use core::time::Duration;

use futures_channel::mpsc::UnboundedSender;
use futures_util::future::{AbortHandle, LocalBoxFuture, abortable, select};
use kinora::{Command, Event, Outcome, Record, RequestId};
use kinora_browser::file::FileUrl;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::clock::{stop_watch, time_of_day};
use super::{JobView, ResultView, Watched};

/// The stage: at most one job, and its video.
#[derive(Clone, Copy)]
pub(crate) struct Stage {
    /// The job.
    pub(crate) job: Watched<Option<JobView>>,
    /// How far it is made: frames done, frames in all. Only the demo knows.
    pub(crate) progress: Watched<Option<(u32, u32)>>,
    /// Time since it was begun, once a second while it goes on: `0:42`.
    pub(crate) elapsed: Watched<String>,
    /// Its video.
    pub(crate) result: Watched<Option<ResultView>>,
    /// Whether a job is under way, so that *Generate* waits.
    pub(crate) busy: Watched<bool>,
    /// Whether the video is being saved.
    pub(crate) saving: Watched<bool>,
    /// What happens right now, in a few words for a screen reader; polite.
    pub(crate) announcement: Watched<String>,
    file: StoredValue<Option<FileUrl>, LocalStorage>,
    under_way: StoredValue<Option<AbortHandle>, LocalStorage>,
    commands: StoredValue<Option<UnboundedSender<Command>>, LocalStorage>,
}

impl Stage {
    pub(super) fn new() -> Self {
        let job = Watched::new(None::<JobView>);
        let busy = Watched::of(move || {
            let job = job.read();
            job.as_ref().is_some_and(|job| !job.phase.is_over())
        });
        Self {
            job,
            progress: Watched::new(None),
            elapsed: Watched::new(String::new()),
            result: Watched::new(None),
            busy,
            saving: Watched::new(false),
            announcement: Watched::new(String::new()),
            file: StoredValue::new_local(None),
            under_way: StoredValue::new_local(None),
            commands: StoredValue::new_local(None),
        }
    }

    /// The player could not show the video.
    pub(crate) fn media_failed(self) {
        if let Some(mut result) = self.result.get_untracked() {
            result.failed();
            self.result.set(Some(result));
        }
    }

    /// Puts a job on stage in place of what was there, and runs what looks after it. What looked
    /// after the last one is dropped, which only stops watching.
    pub(super) fn enter(self, job: JobView, work: LocalBoxFuture<'static, ()>) {
        self.clear();
        self.job.set(Some(job));
        let (work, handle) = abortable(async move {
            select(work, pin!(self.tick())).await;
        });
        self.under_way.set_value(Some(handle));
        spawn_local(async {
            // Aborted, another job took the stage.
            let _ = work.await;
        });
    }

    /// Empties the stage.
    pub(super) fn clear(self) {
        if let Some(handle) = self.under_way.try_update_value(Option::take).flatten() {
            handle.abort();
        }
        self.commands.set_value(None);
        self.job.set(None);
        self.progress.set(None);
        self.elapsed.set(String::new());
        self.saving.set(false);
        self.show(None, None);
    }

    /// Where commands for the running job go from now on.
    pub(super) fn listen(self, commands: UnboundedSender<Command>) {
        self.commands.set_value(Some(commands));
    }

    /// Tells the running job, if this tab runs one.
    pub(super) fn command(self, command: Command) {
        self.commands.with_value(|commands| {
            if let Some(commands) = commands {
                // A job that just ended hears nothing any more.
                let _ = commands.unbounded_send(command);
            }
        });
    }

    /// Takes in news of the job.
    pub(super) fn tell(self, event: &Event) {
        self.change(|job| job.tell(event, time_of_day()));
    }

    /// Takes in how a run ended.
    pub(super) fn end(self, outcome: &Outcome) {
        self.change(|job| job.end(outcome, time_of_day()));
    }

    /// Takes in what a record tells.
    pub(super) fn follow(self, record: &Record, elsewhere: bool) {
        self.change(|job| {
            job.elsewhere = elsewhere;
            job.follow(record, time_of_day());
        });
    }

    /// Changes the job on stage, and says what is new.
    pub(super) fn change(self, change: impl FnOnce(&mut JobView)) {
        if let Some(mut job) = self.job.get_untracked() {
            let lines = job.timeline.len();
            change(&mut job);
            self.changed(job, lines);
        }
    }

    /// Notes how many frames of a job are done.
    pub(super) fn progressed(self, id: &RequestId, done: u32, all: u32) {
        let job = self.job.read_untracked();
        if job.as_ref().and_then(|job| job.request_id.as_ref()) == Some(id) {
            self.progress.set(Some((done, all)));
        }
    }

    /// Shows a video; `file` is what its address stands on, when that is a file of this page.
    pub(super) fn show(self, result: Option<ResultView>, file: Option<FileUrl>) {
        self.result.set(result);
        self.file.set_value(file);
    }

    /// Notes whether the video is being saved.
    pub(super) fn is_saving(self, saving: bool) {
        self.saving.set(saving);
    }

    /// Shows a changed job, which had so many lines before.
    fn changed(self, job: JobView, lines: usize) {
        if self.job.read_untracked().as_ref() == Some(&job) {
            return;
        }
        if job.timeline.len() > lines
            && let Some(entry) = job.timeline.last()
        {
            self.announcement.set(entry.sentence.clone());
        }
        self.job.set(Some(job));
        self.show_elapsed();
    }

    /// Counts the seconds, for as long as it is polled.
    async fn tick(self) {
        loop {
            self.show_elapsed();
            kinora_browser::sleep(TICK).await;
        }
    }

    fn show_elapsed(self) {
        let now = kinora_browser::now().wall;
        let elapsed = self
            .job
            .read_untracked()
            .as_ref()
            .map(|job| stop_watch(now.since(job.started_at)));
        self.elapsed.set(elapsed.unwrap_or_default());
    }
}

const TICK: Duration = Duration::from_secs(1);
