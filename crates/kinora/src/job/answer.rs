//! What an answer, or the lack of one, does to the job.

use super::{Cancel, CancelNews, Event, Job, Next, Outcome, PausedBy, State};
use crate::retry::{self, Call, Decision, Patience};
use crate::wire::read::{self, CancelAnswer, ResultAnswer};
use crate::{
    Error, HttpResponse, Now, RequestId, ServiceErrorKind, ServiceState, Stage, Status, Ticket,
    TransportError,
};

impl Job {
    pub(super) fn response(&mut self, response: &HttpResponse, now: Now) {
        let State::Asking(call) = self.state else {
            return;
        };
        let answered = match call {
            Call::Submit => read::submitted(response).map(|id| self.accepted(id, now)),
            Call::Status => read::status(response).map(|status| self.told(&status, response, now)),
            Call::Result => read::result(response).map(|answer| self.ended(answer, response, now)),
            Call::Cancel => read::cancelled(response).map(|answer| self.cancel_told(answer, now)),
        };
        if let Err(error) = answered {
            self.failed(call, error, Some(response), now);
        }
    }

    pub(super) fn unanswered(&mut self, error: TransportError, now: Now) {
        if let State::Asking(call) = self.state {
            self.failed(call, Error::Transport(error), None, now);
        }
    }

    fn accepted(&mut self, id: RequestId, now: Now) {
        self.failures.forget();
        let ticket = Ticket {
            id,
            model: self.record.model.clone(),
            connection: self.record.connection.clone(),
            submitted_at: now.wall,
        };
        self.record.stage = Stage::Accepted(ticket.clone());
        self.event(Event::Accepted(ticket));
        self.store(Next::Watch);
    }

    fn told(&mut self, status: &Status, response: &HttpResponse, now: Now) {
        self.failures.forget();
        self.watch.saw(&status.state, now.monotonic);
        self.news(status);
        match status.state {
            ServiceState::Completed | ServiceState::Succeeded | ServiceState::Failed => {
                self.ask(Call::Result, now);
            }
            ServiceState::Cancelled => self.end(Outcome::Cancelled),
            ServiceState::InQueue | ServiceState::InProgress | ServiceState::Unknown(_) => {
                self.wait(Call::Status, response, now);
            }
        }
    }

    /// Waits as planned, or longer when the answer asks for that.
    fn wait(&mut self, then: Call, response: &HttpResponse, now: Now) {
        self.pause(then, retry::after(response), now);
    }

    /// Tells a status once, and an unknown state once for ever.
    fn news(&mut self, status: &Status) {
        if self.status.as_ref() == Some(status) {
            return;
        }
        if let ServiceState::Unknown(word) = &status.state {
            let is_known = self.unknown_states.iter().any(|known| known == word);
            if is_known || self.unknown_states.len() >= UNKNOWN_STATES {
                return;
            }
            self.unknown_states.push(word.clone());
        }
        self.status = Some(status.clone());
        self.event(Event::Status(status.clone()));
    }

    fn ended(&mut self, answer: ResultAnswer, response: &HttpResponse, now: Now) {
        self.failures.forget();
        match answer {
            ResultAnswer::Succeeded(files) => self.end(Outcome::Succeeded(files)),
            ResultAnswer::Failed(_) if self.cancel == Cancel::Confirmed => {
                self.end(Outcome::Cancelled);
            }
            ResultAnswer::Failed(failure) => self.end(Outcome::Failed(failure)),
            ResultAnswer::Cancelled => self.end(Outcome::Cancelled),
            // A stopped job has no result to wait for.
            ResultAnswer::NotReady(Some(ServiceState::Completed))
                if self.cancel == Cancel::Confirmed =>
            {
                self.end(Outcome::Cancelled);
            }
            ResultAnswer::NotReady(_) => self.wait(Call::Result, response, now),
        }
    }

    /// Whatever a cancel's answer says, the status has the last word.
    fn cancel_told(&mut self, answer: CancelAnswer, now: Now) {
        self.failures.forget();
        let (cancel, news) = match answer {
            CancelAnswer::Cancelled => (Cancel::Confirmed, CancelNews::Confirmed),
            CancelAnswer::NotCancellable => (Cancel::TooLate, CancelNews::TooLate),
            CancelAnswer::Unknown(word) => (Cancel::NotWished, CancelNews::Unclear(word)),
        };
        self.cancel = cancel;
        self.event(Event::Cancel(news));
        self.ask(Call::Status, now);
    }

    fn failed(&mut self, call: Call, error: Error, response: Option<&HttpResponse>, now: Now) {
        match retry::decide(call, &error, response) {
            Decision::Again => self.try_again(call, error, response, now),
            Decision::Final => self.give_up(call, error, now),
            Decision::Uncertain => self.end(Outcome::Uncertain(error)),
        }
    }

    fn try_again(&mut self, call: Call, error: Error, response: Option<&HttpResponse>, now: Now) {
        if call == Call::Submit && self.cancel == Cancel::Wished {
            return self.end(Outcome::Cancelled);
        }
        if call != Call::Submit && self.cancel == Cancel::Wished {
            return self.ask_to_cancel(now);
        }
        let after = response.and_then(retry::after);
        let chance = self.chance.next();
        let patience = Patience::of(call);
        let Some(wait) = self
            .failures
            .another(&patience, chance, after, now.monotonic)
        else {
            return self.give_up(call, error, now);
        };
        let by = if after.is_some() {
            PausedBy::Service
        } else {
            PausedBy::Plan
        };
        self.pause_for(wait, call, by, now);
        self.event(Event::Trouble {
            error,
            again_in: wait,
        });
    }

    fn give_up(&mut self, call: Call, error: Error, now: Now) {
        let gone =
            matches!(&error, Error::Service(error) if error.kind == ServiceErrorKind::NotFound);
        match call {
            Call::Submit => self.end(Outcome::Refused(error)),
            Call::Status | Call::Result if gone && self.cancel == Cancel::Confirmed => {
                self.end(Outcome::Cancelled);
            }
            Call::Status | Call::Result if gone => self.end(Outcome::Expired),
            Call::Status | Call::Result => self.end(Outcome::LostTouch(error)),
            Call::Cancel => {
                self.cancel = Cancel::NotWished;
                self.failures.forget();
                self.event(Event::Cancel(CancelNews::Failed(error)));
                self.ask(Call::Status, now);
            }
        }
    }
}

/// The most unknown states that are told apart; a service that makes up more is odd enough.
const UNKNOWN_STATES: usize = 16;
