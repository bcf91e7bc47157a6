//! What everything but an answer does to the job: its store, its clock, its person, its page.

use core::time::Duration;

use super::{Cancel, CancelNews, Event, Hint, Job, Next, Outcome, Output, PausedBy, State, ending};
use crate::retry::Call;
use crate::{Error, Now, StoreError, Waiting, wire};

impl Job {
    pub(super) fn stored(&mut self, now: Now) {
        let next = match core::mem::replace(&mut self.state, State::Done) {
            State::Storing(next) => next,
            other => {
                self.state = other;
                return;
            }
        };
        match next {
            Next::Submit if self.cancel == Cancel::Wished => self.end(Outcome::Cancelled),
            Next::Submit if self.is_overdue(now) => self.end(Outcome::Refused(Error::Deadline)),
            Next::Submit => {
                self.event(Event::Submitting);
                self.send(Call::Submit);
            }
            Next::Watch => {
                self.watch.begin(now.monotonic);
                self.pause(Call::Status, None, now);
            }
            Next::End(outcome) => self.finish(outcome),
        }
    }

    /// Without its first record a job is not begun; without a later one it goes on.
    pub(super) fn store_failed(&mut self, error: StoreError, now: Now) {
        match &self.state {
            State::Storing(Next::Submit) => {
                let outcome = self.in_doubt(Outcome::Refused(Error::Store(error)));
                self.finish(outcome);
            }
            State::Storing(_) => {
                self.event(Event::NotKept(error));
                self.stored(now);
            }
            State::Asking(_) | State::Pausing { .. } | State::Done => {}
        }
    }

    pub(super) fn woke(&mut self, now: Now) {
        if let State::Pausing { until, then, .. } = self.state
            && until <= now.monotonic
        {
            self.ask(then, now);
        }
    }

    pub(super) fn cancel(&mut self, now: Now) {
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
                self.ask_to_cancel(now);
            }
            State::Storing(_) | State::Asking(_) => self.cancel = Cancel::Wished,
        }
    }

    pub(super) fn hint(&mut self, hint: Hint, now: Now) {
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
            } if returned => {
                self.watch.ask_aside();
                self.ask(then, now);
            }
            State::Pausing { .. } | State::Storing(_) | State::Asking(_) | State::Done => {}
        }
    }

    /// Asks, unless the deadline has passed.
    pub(super) fn ask(&mut self, call: Call, now: Now) {
        match (self.is_overdue(now), call) {
            (false, _) => self.send(call),
            (true, Call::Submit) => self.end(Outcome::Refused(Error::Deadline)),
            (true, Call::Status | Call::Result | Call::Cancel) => self.finish(Outcome::Overdue),
        }
    }

    pub(super) fn send(&mut self, call: Call) {
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
        self.put_out(Output::Send(request));
    }

    pub(super) fn ask_to_cancel(&mut self, now: Now) {
        self.cancel = Cancel::Asked;
        self.failures.forget();
        self.event(Event::Cancel(CancelNews::Asked));
        self.ask(Call::Cancel, now);
    }

    /// Waits as the pace says, or longer as the service wishes, unless there is a wish to cancel.
    pub(super) fn pause(&mut self, then: Call, wish: Option<Duration>, now: Now) {
        if self.cancel == Cancel::Wished {
            return self.ask_to_cancel(now);
        }
        let elapsed = self.elapsed(now);
        let status = self.status.as_ref();
        let wait = self.pace.next(&Waiting {
            elapsed,
            asked: self.watch.asked(),
            is_told: status.is_some(),
            queue_position: status.and_then(|status| status.queue_position),
            hidden: self.hidden,
        });
        match wish {
            Some(wish) if wish > wait => self.pause_for(wish, then, PausedBy::Service, now),
            Some(_) | None => self.pause_for(wait, then, PausedBy::Plan, now),
        }
    }

    /// Waits this long, or until the deadline.
    pub(super) fn pause_for(&mut self, wait: Duration, then: Call, by: PausedBy, now: Now) {
        let until = now.monotonic.plus(wait);
        self.state = State::Pausing {
            until: self.deadline.map_or(until, |deadline| deadline.min(until)),
            then,
            by,
            asleep: false,
        };
    }

    /// A request that only asks is given up at the deadline.
    pub(super) fn in_time(&self, mut output: Output, now: Now) -> Output {
        if let (Output::Send(request), Some(deadline)) = (&mut output, self.deadline)
            && !matches!(self.state, State::Asking(Call::Submit))
        {
            request.timeout = request.timeout.min(deadline.since(now.monotonic));
        }
        output
    }

    /// What a try that was not accepted says of a wish whose first try may have been.
    pub(super) fn in_doubt(&self, outcome: Outcome) -> Outcome {
        match outcome {
            _ if !self.is_in_doubt || self.record.ticket().is_some() => outcome,
            Outcome::Refused(error) => Outcome::Uncertain(error),
            Outcome::Cancelled => Outcome::Uncertain(ending::called_off()),
            Outcome::Succeeded(_)
            | Outcome::Failed(_)
            | Outcome::Uncertain(_)
            | Outcome::Expired
            | Outcome::LostTouch(_)
            | Outcome::Overdue => outcome,
        }
    }

    fn is_overdue(&self, now: Now) -> bool {
        self.deadline
            .is_some_and(|deadline| deadline <= now.monotonic)
    }

    /// A job that was resumed counts from its acceptance: until then by the wall clock, from then
    /// on by the other, since a wall clock that stands or steps back must not make it ask faster.
    fn elapsed(&mut self, now: Now) -> Duration {
        match (self.watch.elapsed(now.monotonic), self.record.ticket()) {
            (Some(elapsed), _) => elapsed,
            (None, Some(ticket)) => {
                let before = now.wall.since(ticket.submitted_at);
                self.watch.resumed(before, now.monotonic)
            }
            (None, None) => Duration::ZERO,
        }
    }
}
