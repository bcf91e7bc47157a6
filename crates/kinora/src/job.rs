//! One job, from the wish to its outcome, as a machine without I/O.
//!
//! ```text
//!             Stored               accepted             Stored
//!  ► Storing ────────► Asking ──────────────► Storing ────────► Pausing ◄───────────┐
//!    (intent)          (Submit)               (ticket)            │   ▲             │ still
//!      │ StoreFailed     │  ▲ again, when                    Woke │   │ failed,     │ running
//!      │                 │  │ nothing was                         ▼   │ try again   │
//!      │                 │  Pausing  accepted                   Asking (Status) ────┤
//!      │                 │                            Cancel ▲  │       │ completed  │
//!      │                 │ refused,            Asking (Cancel) ◄┘       ▼            │
//!      │                 │ uncertain                             Asking (Result) ────┘
//!      ▼                 ▼                                              │ not ready
//!    Done ◄──────────── Storing (end) ◄─────────────────────────────────┘
//! ```
//!
//! - *Storing*: a record is on its way to the store. Nothing is sent before the intent is kept,
//!   nothing is asked before the ticket is.
//! - *Asking*: a call is under way. A cancel wish is remembered until the answer is there.
//! - *Pausing*: a wait until the next question. A cancel ends it at once.
//! - *Done*: the outcome has been told. Every further input is ignored.
//!
//! A deadline, if there is one, ends *Asking* and *Pausing* of an accepted job: watching is over,
//! the record stays *accepted*, and a resume goes on. A submit that is under way is waited for,
//! since only its answer tells whether there is a job; one that was never accepted is not repeated
//! after the deadline.
//!
//! Call [`Job::poll`] until it returns nothing or asks for something; then do what it asks and
//! hand the result to [`Job::handle`]. An input that does not fit the state changes nothing.

use core::time::Duration;

use crate::retry::{Call, Failures};
use crate::{
    Connection, Ending, History, IntentId, Monotonic, Now, Pace, Record, Request, Stage, Status,
};

mod answer;
mod chance;
use chance::Chance;
mod ending;
mod message;
pub use message::{CancelNews, Event, Hint, Input, Outcome, Output};
mod state;
use state::{Cancel, Next, PausedBy, State};
mod step;
mod watch;
use watch::Watch;

/// The machine.
#[derive(Debug)]
pub struct Job {
    record: Record,
    request: Option<Request>,
    pace: Pace,
    chance: Chance,
    state: State,
    /// Those that were given out already are empty places: taking one out of a list would link the
    /// words of its panic.
    outputs: Vec<Option<Output>>,
    given: usize,
    failures: Failures,
    cancel: Cancel,
    hidden: bool,
    offline: bool,
    status: Option<Status>,
    unknown_states: Vec<String>,
    watch: Watch,
    deadline: Option<Monotonic>,
    /// An earlier submit of the same wish may have been accepted unheard.
    is_in_doubt: bool,
}

impl Job {
    /// A new job. `seed` feeds the jitter of its waits.
    pub fn new(
        request: Request,
        connection: Connection,
        intent: IntentId,
        pace: Pace,
        seed: u64,
        now: Now,
    ) -> Self {
        let record = Record {
            intent,
            model: request.model().clone(),
            connection,
            input: request.input().clone(),
            created_at: now.wall,
            stage: Stage::Sending,
        };
        let mut job = Self::of(record, Some(request), pace, seed);
        job.store(Next::Submit);
        job
    }

    /// A job that was begun before. What was being sent when its page went away is uncertain.
    pub fn resume(record: Record, pace: Pace, seed: u64) -> Self {
        let is_ended = matches!(record.stage, Stage::Ended { .. });
        let outcome = Outcome::of_record(&record);
        let mut job = Self::of(record, None, pace, seed);
        match outcome {
            Some(outcome) if is_ended => job.finish(outcome),
            Some(outcome) => job.end(outcome),
            None => job.send(Call::Status),
        }
        job
    }

    /// A job that the service accepted, as the record says, taken up again. Of a record that says
    /// something else nothing becomes: [`Job::resume`] takes any.
    pub fn watch(record: Record, pace: Pace, seed: u64) -> Self {
        let mut job = Self::of(record, None, pace, seed);
        job.send(Call::Status);
        job
    }

    /// The same job, watched until then at the longest: [`Outcome::Overdue`] leaves it to go on,
    /// and [`Job::resume`] takes it up again.
    #[must_use]
    pub fn with_deadline(self, deadline: Monotonic) -> Self {
        Self {
            deadline: Some(deadline),
            ..self
        }
    }

    /// Sends an uncertain job's wish again under its own intent: a host that knows intents makes one
    /// job of both. Until one is accepted the first may still exist, so that a refusal or a cancel
    /// of this try ends [`Outcome::Uncertain`] too.
    ///
    /// A job that is not uncertain, and a request that is another wish, are never sent: then this is
    /// [`Job::resume`].
    pub fn again(mut record: Record, request: Request, pace: Pace, seed: u64) -> Self {
        let is_open = matches!(record.stage, Stage::Sending | Stage::Uncertain);
        if !is_open || record.model != *request.model() || record.input != *request.input() {
            return Self::resume(record, pace, seed);
        }
        record.stage = Stage::Sending;
        let mut job = Self::of(record, Some(request), pace, seed);
        job.is_in_doubt = true;
        job.store(Next::Submit);
        job
    }

    /// The same job, asked at the times when such jobs ended before.
    #[must_use]
    pub fn with_history(mut self, history: History) -> Self {
        self.pace.history = history;
        self
    }

    fn of(record: Record, request: Option<Request>, pace: Pace, seed: u64) -> Self {
        Self {
            record,
            request,
            pace,
            chance: Chance::new(seed),
            state: State::Done,
            outputs: Vec::new(),
            given: 0,
            failures: Failures::default(),
            cancel: Cancel::NotWished,
            hidden: false,
            offline: false,
            status: None,
            unknown_states: Vec::new(),
            watch: Watch::default(),
            deadline: None,
            is_in_doubt: false,
        }
    }

    /// Takes in what happened.
    pub fn handle(&mut self, input: Input, now: Now) {
        if let State::Pausing { asleep, .. } = &mut self.state {
            *asleep = false;
        }
        match input {
            Input::Stored => self.stored(now),
            Input::StoreFailed(error) => self.store_failed(error, now),
            Input::Response(response) => self.response(&response, now),
            Input::Failed(error) => self.unanswered(error, now),
            Input::Woke => self.woke(now),
            Input::Cancel => self.cancel(now),
            Input::Hint(hint) => self.hint(hint, now),
        }
    }

    /// The next thing the job wants, if it wants one now.
    pub fn poll(&mut self, now: Now) -> Option<Output> {
        if let Some(output) = self.outputs.get_mut(self.given) {
            let output = output.take()?;
            self.given += 1;
            return Some(self.in_time(output, now));
        }
        self.outputs.clear();
        self.given = 0;
        match &mut self.state {
            State::Pausing { until, asleep, .. } if !*asleep => {
                *asleep = true;
                Some(Output::Sleep(until.since(now.monotonic)))
            }
            State::Pausing { .. } | State::Storing(_) | State::Asking(_) | State::Done => None,
        }
    }

    /// The record as it stands.
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// What the service last said.
    pub fn status(&self) -> Option<&Status> {
        self.status.as_ref()
    }

    /// How long it took the service to make it, for [`Histories::add`](crate::Histories::add):
    /// known once it is made, if it was watched closely enough.
    pub fn took(&self) -> Option<Duration> {
        match &self.record.stage {
            Stage::Ended {
                ending: Ending::Succeeded(_),
                ..
            } => self.watch.took(),
            Stage::Ended { .. } | Stage::Sending | Stage::Uncertain | Stage::Accepted(_) => None,
        }
    }

    /// Whether a wish to cancel waits for the call that is under way.
    pub(crate) fn is_to_be_cancelled(&self) -> bool {
        self.cancel == Cancel::Wished
    }

    fn store(&mut self, next: Next) {
        self.state = State::Storing(next);
        self.put_out(Output::Store(self.record.clone()));
    }

    /// Keeps how it ended, then tells.
    fn end(&mut self, outcome: Outcome) {
        let outcome = self.in_doubt(outcome);
        match ending::of(&outcome) {
            Some(ending) => {
                let ticket = self.record.ticket().cloned();
                self.record.stage = Stage::Ended { ticket, ending };
            }
            None if matches!(outcome, Outcome::Uncertain(_)) => {
                self.record.stage = Stage::Uncertain;
            }
            None => return self.finish(outcome),
        }
        self.store(Next::End(outcome));
    }

    fn finish(&mut self, outcome: Outcome) {
        self.state = State::Done;
        self.put_out(Output::Done(outcome));
    }

    fn put_out(&mut self, output: Output) {
        self.outputs.push(Some(output));
    }

    fn event(&mut self, event: Event) {
        self.put_out(Output::Event(event));
    }
}

#[cfg(test)]
mod tests;
