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
//! Call [`Job::poll`] until it returns nothing or asks for something; then do what it asks and
//! hand the result to [`Job::handle`]. An input that does not fit the state changes nothing.

use core::time::Duration;
use std::collections::VecDeque;

use crate::retry::{Call, Failures};
use crate::{
    Connection, Error, IntentId, Monotonic, Now, Pace, Record, Request, Stage, Status, StoreError,
    Waiting, wire,
};

mod answer;
mod chance;
use chance::Chance;
mod ending;
mod message;
pub use message::{CancelNews, Event, Hint, Input, Outcome, Output};

/// The machine.
#[derive(Debug)]
pub struct Job {
    record: Record,
    request: Option<Request>,
    pace: Pace,
    chance: Chance,
    state: State,
    outputs: VecDeque<Output>,
    failures: Failures,
    cancel: Cancel,
    hidden: bool,
    offline: bool,
    status: Option<Status>,
    unknown_states: Vec<String>,
    watched_since: Option<Monotonic>,
}

#[derive(Clone, Debug)]
enum State {
    Storing(Next),
    Asking(Call),
    Pausing {
        until: Monotonic,
        then: Call,
        by: PausedBy,
        asleep: bool,
    },
    Done,
}

/// What follows when the record is kept.
#[derive(Clone, Debug)]
enum Next {
    Submit,
    Watch,
    End(Outcome),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PausedBy {
    /// Our own plan, which a hint may shorten.
    Plan,
    /// The service's wish, which nothing shortens.
    Service,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cancel {
    NotWished,
    Wished,
    Asked,
    Confirmed,
    TooLate,
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
        let stage = record.stage.clone();
        let mut job = Self::of(record, None, pace, seed);
        match stage {
            Stage::Sending | Stage::Uncertain => job.end(Outcome::Uncertain(ending::interrupted())),
            Stage::Accepted(_) => job.ask(Call::Status),
            Stage::Ended { ending, .. } => job.finish(ending::told_again(ending)),
        }
        job
    }

    fn of(record: Record, request: Option<Request>, pace: Pace, seed: u64) -> Self {
        Self {
            record,
            request,
            pace,
            chance: Chance::new(seed),
            state: State::Done,
            outputs: VecDeque::new(),
            failures: Failures::default(),
            cancel: Cancel::NotWished,
            hidden: false,
            offline: false,
            status: None,
            unknown_states: Vec::new(),
            watched_since: None,
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
            Input::Cancel => self.cancel(),
            Input::Hint(hint) => self.hint(hint),
        }
    }

    /// The next thing the job wants, if it wants one now.
    pub fn poll(&mut self, now: Now) -> Option<Output> {
        if let Some(output) = self.outputs.pop_front() {
            return Some(output);
        }
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

    fn stored(&mut self, now: Now) {
        let State::Storing(next) = &self.state else {
            return;
        };
        match next.clone() {
            Next::Submit if self.cancel == Cancel::Wished => self.end(Outcome::Cancelled),
            Next::Submit => {
                self.event(Event::Submitting);
                self.ask(Call::Submit);
            }
            Next::Watch => self.watch(now),
            Next::End(outcome) => self.finish(outcome),
        }
    }

    /// Without its first record a job is not begun; without a later one it goes on.
    fn store_failed(&mut self, error: StoreError, now: Now) {
        match &self.state {
            State::Storing(Next::Submit) => self.finish(Outcome::Refused(Error::Store(error))),
            State::Storing(_) => {
                self.event(Event::NotKept(error));
                self.stored(now);
            }
            State::Asking(_) | State::Pausing { .. } | State::Done => {}
        }
    }

    fn woke(&mut self, now: Now) {
        if let State::Pausing { until, then, .. } = self.state
            && until <= now.monotonic
        {
            self.ask(then);
        }
    }

    fn cancel(&mut self) {
        if self.cancel != Cancel::NotWished {
            return;
        }
        match self.state {
            State::Done | State::Storing(Next::End(_)) => {}
            State::Pausing {
                then: Call::Submit, ..
            } => self.end(Outcome::Cancelled),
            State::Pausing { .. } => {
                self.cancel = Cancel::Wished;
                self.ask_to_cancel();
            }
            State::Storing(_) | State::Asking(_) => self.cancel = Cancel::Wished,
        }
    }

    fn hint(&mut self, hint: Hint) {
        let (hidden, offline) = (self.hidden, self.offline);
        match hint {
            Hint::Visible => self.hidden = false,
            Hint::Hidden => self.hidden = true,
            Hint::Online => self.offline = false,
            Hint::Offline => self.offline = true,
        }
        let returned = (hidden && !self.hidden) || (offline && !self.offline);
        match self.state {
            State::Pausing {
                then: Call::Submit, ..
            } => {}
            State::Pausing {
                then,
                by: PausedBy::Plan,
                ..
            } if returned => self.ask(then),
            State::Pausing { .. } | State::Storing(_) | State::Asking(_) | State::Done => {}
        }
    }

    /// Goes on with an accepted job whose ticket is kept.
    fn watch(&mut self, now: Now) {
        self.watched_since = Some(now.monotonic);
        self.pause(Call::Status, now);
    }

    fn ask(&mut self, call: Call) {
        let request = match (call, &self.request, self.record.ticket()) {
            (Call::Submit, Some(request), _) => {
                wire::submit(&self.record.connection, request, &self.record.intent)
            }
            (Call::Status, _, Some(ticket)) => wire::status(&ticket.connection, &ticket.id),
            (Call::Result, _, Some(ticket)) => wire::result(&ticket.connection, &ticket.id),
            (Call::Cancel, _, Some(ticket)) => wire::cancel(&ticket.connection, &ticket.id),
            (Call::Submit, None, _) | (Call::Status | Call::Result | Call::Cancel, _, None) => {
                return;
            }
        };
        self.state = State::Asking(call);
        self.outputs.push_back(Output::Send(request));
    }

    fn ask_to_cancel(&mut self) {
        self.cancel = Cancel::Asked;
        self.failures.forget();
        self.event(Event::Cancel(CancelNews::Asked));
        self.ask(Call::Cancel);
    }

    /// Waits as the pace says, unless there is a wish to cancel.
    fn pause(&mut self, then: Call, now: Now) {
        if self.cancel == Cancel::Wished {
            return self.ask_to_cancel();
        }
        let waiting = Waiting {
            elapsed: self.elapsed(now),
            queue_position: self
                .status
                .as_ref()
                .and_then(|status| status.queue_position),
            hidden: self.hidden,
        };
        let until = now.monotonic.plus(self.pace.next(&waiting));
        self.state = State::Pausing {
            until,
            then,
            by: PausedBy::Plan,
            asleep: false,
        };
    }

    /// A job that was resumed counts from its acceptance, by the wall clock.
    fn elapsed(&self, now: Now) -> Duration {
        match (self.watched_since, self.record.ticket()) {
            (Some(since), _) => now.monotonic.since(since),
            (None, Some(ticket)) => now.wall.since(ticket.submitted_at),
            (None, None) => Duration::ZERO,
        }
    }

    fn store(&mut self, next: Next) {
        self.state = State::Storing(next);
        self.outputs.push_back(Output::Store(self.record.clone()));
    }

    /// Keeps how it ended, then tells.
    fn end(&mut self, outcome: Outcome) {
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
        self.outputs.push_back(Output::Done(outcome));
    }

    fn event(&mut self, event: Event) {
        self.outputs.push_back(Output::Event(event));
    }
}

#[cfg(test)]
mod tests;
