//! Running jobs: one wish, one job, looked after by one tab.
//!
//! ```text
//!  generate ─► start ── lock free, no record ──► send ──────┐
//!                │  └── lock free, a record ──► take_up ────┼──► drive ──► show
//!                └───── lock taken ───────────► watch ──────┘
//!  reload, reopen ────────────────────────────► watch: follow, or take over when it is free
//! ```

use core::pin::pin;
use core::time::Duration;

use futures_channel::mpsc::unbounded;
use futures_util::future::select;
use futures_util::{StreamExt, stream};
use kinora::{
    Connection, Draft, Event, Facts, HostKind, IntentId, Job, ModelSpec, Outcome, Pace, Record,
    Request, Stage, WallTime,
};
use kinora_browser::lock::{Held, try_hold};
use kinora_browser::{hints, now, random, sleep};
use kinora_demo::Progress;

use super::Session;
use super::clock::time_of_day;
use super::host::{Host, is_demo};
use super::learned::Learned;
use super::word::Word;

/// A checked request, and where it is to go.
pub(super) struct Wish {
    pub(super) request: Request,
    pub(super) connection: Connection,
}

impl Wish {
    /// What a record asked for, to be sent once more.
    pub(super) fn of(record: &Record) -> Option<Self> {
        // Only a person's wish lets a file of the page into a record of a service's job.
        let facts = Facts::new(record.connection.reach()).with_page_files();
        let draft = Draft::new(record.input.clone());
        let request = draft.check(&ModelSpec::wan_2_2(), &facts).request?;
        Some(Self {
            request,
            connection: record.connection.clone(),
        })
    }

    /// The record that its job begins with.
    pub(super) fn record(&self, intent: IntentId) -> Record {
        Record {
            intent,
            model: self.request.model().clone(),
            connection: self.connection.clone(),
            input: self.request.input().clone(),
            created_at: now().wall,
            stage: Stage::Sending,
        }
    }

    fn job(self, intent: IntentId) -> Job {
        let pace = pace(&self.connection);
        let seed = random() as u64;
        Job::new(self.request, self.connection, intent, pace, seed, now())
    }

    fn is_of(&self, record: &Record) -> bool {
        record.input == *self.request.input() && record.connection == self.connection
    }
}

impl Session {
    /// Sends a wish under the armed intent, unless that was done before: then the job of that time
    /// is looked after. A form that was changed since is another wish.
    pub(super) async fn start(self, wish: Wish) {
        let intent = self.armed();
        let Some(held) = hold(&intent).await else {
            return self.watch(intent).await;
        };
        match self.kept.record(&intent).await {
            None => self.drive(wish.job(intent), held).await,
            Some(known) if wish.is_of(&known) => self.take_up(known, held).await,
            Some(_) => {
                let intent = self.arm();
                if let Some(held) = hold(&intent).await {
                    self.stage
                        .change(|job| job.intent = intent.as_str().to_owned());
                    self.drive(wish.job(intent), held).await;
                }
            }
        }
    }

    /// Looks after a job that was begun before: follows it while another tab does so, and takes
    /// over when that tab is gone.
    pub(super) async fn watch(self, intent: IntentId) {
        let mut others = Word::channel();
        loop {
            let held = hold(&intent).await;
            let record = self.kept.record(&intent).await;
            match (held, record) {
                (Some(_), None) => return self.stage.clear(),
                (Some(held), Some(record)) => return self.resume(record, held).await,
                (None, Some(record)) => {
                    self.stage.follow(&record, true);
                    self.settle(&record);
                    if matches!(record.stage, Stage::Ended { .. } | Stage::Uncertain) {
                        return self.show_ended(&record).await;
                    }
                }
                (None, None) => {}
            }
            select(pin!(sleep(BETWEEN_LOOKS)), others.next()).await;
        }
    }

    /// Sends the wish of an uncertain job again under its own intent: a host of ours makes one job
    /// of it at most. That it is refused or called off now says nothing of the first time.
    pub(super) async fn check(self, record: Record, held: Held) {
        let may_send = can_check(record.connection.host(), record.created_at, now().wall);
        let Some(wish) = Wish::of(&record).filter(|_| may_send) else {
            return self.resume(record, held).await;
        };
        let pace = pace(&record.connection);
        let job = Job::again(record, wish.request, pace, random() as u64);
        let ended = self.run(job).await;
        match &ended.1 {
            Outcome::Uncertain(error) => self
                .stage
                .change(|job| job.still_uncertain(error, time_of_day())),
            _ => self.close(ended).await,
        }
        drop(held);
    }

    /// Runs a job to its end, and shows that.
    async fn drive(self, job: Job, held: Held) {
        let ended = self.run(job).await;
        self.close(ended).await;
        drop(held);
    }

    async fn take_up(self, record: Record, held: Held) {
        match &record.stage {
            Stage::Sending | Stage::Uncertain => self.check(record, held).await,
            Stage::Accepted(_) | Stage::Ended { .. } => self.resume(record, held).await,
        }
    }

    async fn resume(self, record: Record, held: Held) {
        self.stage.follow(&record, false);
        if let Stage::Ended { .. } = record.stage {
            self.settle(&record);
            return self.show_ended(&record).await;
        }
        if let Stage::Accepted(_) = record.stage
            && self.service.tokens.are_missing(&record.connection).await
        {
            return self.stage.change(|job| job.lacks_token(time_of_day()));
        }
        let pace = pace(&record.connection);
        self.drive(Job::resume(record, pace, random() as u64), held)
            .await;
    }

    async fn run(self, mut job: Job) -> (Record, Outcome) {
        let host = self.host(job.record()).await;
        let learned = Learned::new(self.kept.opened().await);
        if !is_demo(&job.record().connection) {
            let history = learned.history(job.record()).await;
            job = job.with_history(history);
        }
        let (commands, wishes) = unbounded();
        self.stage.listen(commands);
        let intent = job.record().intent.clone();
        let hear = |event: Event| {
            self.stage.tell(&event);
            if let Event::Accepted(_) = event {
                self.settled(&intent);
            }
        };
        let commands = stream::select(wishes, hints());
        let outcome = kinora::drive(&mut job, &host, commands, hear).await;
        if let (Some(took), false) = (job.took(), is_demo(&job.record().connection)) {
            learned.learn(job.record(), took).await;
        }
        (job.record().clone(), outcome)
    }

    async fn close(self, (record, outcome): (Record, Outcome)) {
        match &outcome {
            Outcome::Succeeded(_) => self.show_ended(&record).await,
            Outcome::LostTouch(error) if self.lacks_secret(&record, error).await => {
                return self.stage.change(|job| job.lacks_token(time_of_day()));
            }
            Outcome::Uncertain(_) | Outcome::LostTouch(_) | Outcome::Overdue => {}
            Outcome::Failed(_) | Outcome::Cancelled | Outcome::Refused(_) | Outcome::Expired => {
                self.settled(&record.intent);
            }
        }
        self.stage.end(&outcome);
        self.refresh_past().await;
    }

    async fn host(self, record: &Record) -> Host {
        let store = self.kept.opened().await;
        if !is_demo(&record.connection) {
            let token = self.service.tokens.of(record.connection.base()).await;
            return Host::service(store, token);
        }
        let waiting = || {
            self.stage
                .change(|job| job.trouble = Some(WAITS_FOR_TAB.to_owned()));
        };
        let stage = self.stage;
        let progressed = move |progress: Progress| {
            stage.progressed(&progress.id, progress.done, progress.all);
        };
        Host::demo(store, waiting, progressed).await
    }

    /// Arms the form anew when a record shows that its intent is settled.
    fn settle(self, record: &Record) {
        if matches!(record.stage, Stage::Accepted(_) | Stage::Ended { .. }) {
            self.settled(&record.intent);
        }
    }
}

/// The lock of an intent: whoever has it looks after its job.
pub(super) async fn hold(intent: &IntentId) -> Option<Held> {
    try_hold(&["kinora-job/", intent.as_str()].concat()).await
}

/// Whether a wish that was made at `created_at` can be sent again without making a second job.
pub(super) fn can_check(host: HostKind, created_at: WallTime, now: WallTime) -> bool {
    host == HostKind::Kinora && now.since(created_at) < PROMISE_KEPT
}

fn pace(connection: &Connection) -> Pace {
    if is_demo(connection) {
        Pace::IN_PAGE
    } else {
        Pace::REMOTE
    }
}

/// For how long a host of ours knows an intent again.
const PROMISE_KEPT: Duration = Duration::from_secs(24 * 60 * 60);

/// How often a job of another tab is looked at, when that tab tells nothing.
const BETWEEN_LOOKS: Duration = Duration::from_millis(500);

const WAITS_FOR_TAB: &str =
    "Another tab is making a video. This one begins when that is done, or the tab is closed.";

#[cfg(test)]
mod tests {
    use super::*;

    const BEGUN: WallTime = WallTime::from_unix_millis(1_000);

    #[test]
    fn only_a_host_that_still_knows_the_intent_is_asked_again() {
        let day = Duration::from_secs(24 * 60 * 60);
        let last = BEGUN.plus(day - Duration::from_millis(1));
        assert!(can_check(HostKind::Kinora, BEGUN, last));
        assert!(!can_check(HostKind::Kinora, BEGUN, BEGUN.plus(day)));
        assert!(!can_check(HostKind::RunComfy, BEGUN, BEGUN));
    }
}
