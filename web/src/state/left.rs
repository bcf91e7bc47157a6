//! Leaving the page and coming back to it.

use core::time::Duration;

use futures_util::StreamExt;
use futures_util::future::abortable;
use gloo_events::EventListener;
use kinora::{Command, Record, Stage};
use kinora_browser::sleep;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Session;
use super::form::Form;
use super::keep::Left;
use super::word::Word;

impl Session {
    /// Keeps what the page would be left with: shortly after each change, and at once when the page
    /// is hidden or closed.
    pub(super) fn keep_left(self) {
        let on_stage = Memo::new(move |_| {
            let job = self.stage.job.read();
            job.as_ref().map(|job| job.intent.clone())
        });
        let left = move || Left {
            form: self.compose.form(),
            settings: self.service.settings(),
            intent: self.intent.get(),
            on_stage: on_stage.get(),
            pictures: self.kept.pictures(),
        };
        Effect::new(move |_| {
            let left = left();
            if self.is_back.get() {
                self.leave_soon(left);
            }
        });
        on_leaving(move || {
            if self.is_back.get_untracked() {
                let left = untrack(left);
                self.kept.leave_in_haste(&left);
                self.leave_soon(left);
            }
        });
    }

    /// Opens what is kept, fills in the form unless something was typed already, and goes on with
    /// the job that was on stage, or else with the newest that is under way.
    pub(super) async fn take_up_what_was_left(self) {
        let left = self.kept.open().await;
        let is_untouched = untrack(move || self.compose.form()) == Form::default();
        let on_stage = left.as_ref().and_then(|left| left.on_stage.clone());
        if let Some(left) = left
            && is_untouched
        {
            self.service.fill(left.settings);
            self.service.tokens.recall();
            self.compose.fill(left.form);
            self.intent.set(left.intent);
        }
        self.is_back.set(true);
        let records = self.tidy().await;
        if self.on_stage().is_none()
            && let Some(record) = to_take_up(&records, on_stage.as_deref())
        {
            self.enter(record, self.watch(record.intent.clone()));
        }
        self.hear_from_others().await;
    }

    /// Shows the jobs of the past as they are now.
    pub(super) async fn refresh_past(self) {
        let (records, _) = self.kept.records().await;
        self.show_past(records);
    }

    /// What is under way on stage is not past.
    fn show_past(self, mut records: Vec<Record>) {
        if self.stage.busy.get_untracked() {
            let on_stage = self.on_stage();
            records.retain(|record| Some(record.intent.as_str()) != on_stage.as_deref());
        }
        self.past.show(&records);
    }

    fn leave_soon(self, left: Left) {
        let (work, handle) = abortable(async move {
            sleep(SOON).await;
            self.kept.leave(&left).await;
        });
        let before = self
            .leaving
            .try_update_value(|leaving| leaving.replace(handle));
        if let Some(before) = before.flatten() {
            before.abort();
        }
        spawn_local(async {
            // Aborted, something newer is kept instead.
            let _ = work.await;
        });
    }

    /// Lets go of what is too old, and shows the rest.
    async fn tidy(self) -> Vec<Record> {
        let (records, old) = self.kept.records().await;
        for record in &old {
            self.kept.let_go(record).await;
        }
        let source = self.compose.source.get_untracked();
        self.kept.tidy_pictures(&source, &records).await;
        self.show_past(records.clone());
        let armed = self.armed();
        let settled = |record: &&Record| {
            record.intent == armed
                && matches!(record.stage, Stage::Accepted(_) | Stage::Ended { .. })
        };
        if records.iter().any(|record| settled(&record)) {
            self.arm();
        }
        records
    }

    /// Follows what other tabs do: their jobs join the past, and a job that another tab makes of
    /// the very wish that stands here is shown here too.
    async fn hear_from_others(self) {
        let mut others = Word::channel();
        while let Some(word) = others.next().await {
            match Word::of(&word) {
                Some(Word::Changed(intent)) => self.changed(intent).await,
                Some(Word::Cancel(intent)) if self.on_stage().as_ref() == Some(&intent) => {
                    self.stage.command(Command::Cancel);
                }
                Some(Word::Forgot(base)) => self.service.tokens.let_go(&base),
                Some(Word::Cancel(_)) | None => {}
            }
        }
    }

    async fn changed(self, intent: String) {
        self.refresh_past().await;
        let is_ours = *self.intent.read_untracked() == intent;
        let is_here = self.on_stage().as_ref() == Some(&intent);
        if is_ours && !is_here && !self.stage.busy.get_untracked() {
            self.reopen(intent);
        }
    }
}

/// Calls it whenever the page is hidden or goes away, for as long as the app runs.
fn on_leaving(leave: impl Fn() + Copy + 'static) {
    let Some(window) = web_sys::window() else {
        return;
    };
    let goes = EventListener::new(&window, "pagehide", move |_| leave());
    StoredValue::new_local(goes);
    let Some(document) = window.document() else {
        return;
    };
    let page = document.clone();
    let changed = move |_: &web_sys::Event| {
        if page.hidden() {
            leave();
        }
    };
    let hides = EventListener::new(&document, "visibilitychange", changed);
    StoredValue::new_local(hides);
}

/// The record to go on with: the one that was on stage, or else the newest that is under way.
fn to_take_up<'a>(records: &'a [Record], on_stage: Option<&str>) -> Option<&'a Record> {
    let was_on_stage = |record: &&Record| Some(record.intent.as_str()) == on_stage;
    let is_under_way =
        |record: &&Record| matches!(record.stage, Stage::Sending | Stage::Accepted(_));
    let under_way = records.iter().find(is_under_way);
    records.iter().find(was_on_stage).or(under_way)
}

/// How long after a change it is kept.
const SOON: Duration = Duration::from_millis(300);

#[cfg(test)]
mod tests {
    use kinora::{Connection, Ending, IntentId, ModelId, Object, WallTime};

    use super::*;

    fn record(number: u128, stage: Stage) -> Record {
        Record {
            intent: IntentId::mint(number),
            model: ModelId::WAN_2_2.clone(),
            connection: Connection::demo(),
            input: Object::new(),
            created_at: WallTime::from_unix_millis(0),
            stage,
        }
    }

    fn ended() -> Stage {
        Stage::Ended {
            ticket: None,
            ending: Ending::Cancelled,
        }
    }

    #[test]
    fn the_job_on_stage_comes_back_and_else_the_newest_under_way() {
        let records = [
            record(4, ended()),
            record(3, Stage::Uncertain),
            record(2, Stage::Sending),
            record(1, Stage::Sending),
        ];
        let check = |on_stage: Option<u128>, wanted: &Record| {
            let on_stage = on_stage.map(IntentId::mint);
            let found = to_take_up(&records, on_stage.as_ref().map(IntentId::as_str));
            assert_eq!(found, Some(wanted));
        };
        check(Some(4), &records[0]);
        check(Some(3), &records[1]);
        check(Some(1), &records[3]);
        check(Some(9), &records[2]);
        check(None, &records[2]);
        assert_eq!(to_take_up(&records[..2], None), None);
    }
}
