//! One job of the pretended service. Times are since the emulator began.

use core::time::Duration;

use kinora::wire::answer;
use kinora::{ModelId, Object, RequestId, ServiceState};

use crate::Scenario;
use crate::token::Account;

/// One accepted job.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Job {
    pub(crate) id: RequestId,
    pub(crate) model: ModelId,
    pub(crate) input: Object,
    pub(crate) account: Account,
    /// Whether it fails by itself, without the host.
    pub(crate) fails: bool,
    pub(crate) accepted_at: Duration,
    pub(crate) state: State,
}

/// Where a job stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum State {
    /// In line.
    Queued,
    /// Being made by the host.
    Running {
        since: Duration,
        /// Whether the host knows.
        handed_out: bool,
        /// What the host has made, held back until the run is over.
        made: Option<Made>,
    },
    /// Over.
    Ended {
        at: Duration,
        /// What a status call is told.
        state: ServiceState,
        /// What a result call is told.
        answer: Object,
    },
}

/// What the host handed in.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Made {
    pub(crate) at: Duration,
    /// What a result call will be told.
    pub(crate) answer: Object,
}

impl Job {
    pub(crate) fn is_queued(&self) -> bool {
        self.state == State::Queued
    }

    pub(crate) fn is_running(&self) -> bool {
        matches!(self.state, State::Running { .. })
    }

    /// Where it stands.
    pub(crate) fn service_state(&self) -> ServiceState {
        match &self.state {
            State::Queued => ServiceState::InQueue,
            State::Running { .. } => ServiceState::InProgress,
            State::Ended { state, .. } => state.clone(),
        }
    }

    /// What a status call is told at this time.
    pub(crate) fn told_state(&self, now: Duration, scenario: &Scenario) -> ServiceState {
        match (&self.state, &scenario.odd_state) {
            (State::Running { since, .. }, Some(odd))
                if now.saturating_sub(*since) < scenario.run / 2 =>
            {
                ServiceState::Unknown(odd.clone())
            }
            _ => self.service_state(),
        }
    }

    /// What a result call is told at this time, once there is a result.
    pub(crate) fn result(&self, now: Duration, late: Duration) -> Option<&Object> {
        match &self.state {
            State::Ended { at, state, answer } => {
                let held_back = *state == ServiceState::Completed && now < at.saturating_add(late);
                (!held_back).then_some(answer)
            }
            State::Queued | State::Running { .. } => None,
        }
    }

    /// When it ends, once its result is in: not before it has run for `run`.
    pub(crate) fn ends_at(&self, run: Duration) -> Option<Duration> {
        match &self.state {
            State::Running {
                since,
                made: Some(made),
                ..
            } => Some(made.at.max(since.saturating_add(run))),
            State::Queued | State::Running { .. } | State::Ended { .. } => None,
        }
    }

    /// Begins to run. What fails by itself is not handed out: there is nothing to make.
    pub(crate) fn start(&mut self, at: Duration, scenario: &Scenario) {
        let error = || scenario.error.of(answer::error_object(ON_PURPOSE));
        self.state = State::Running {
            since: at,
            handed_out: self.fails,
            made: self.fails.then(|| Made {
                at,
                answer: answer::failed(&self.id, error()),
            }),
        };
    }

    /// Ends a job whose result is in.
    pub(crate) fn complete(&mut self, at: Duration) {
        if let State::Running {
            made: Some(made), ..
        } = &mut self.state
        {
            let answer = core::mem::take(&mut made.answer);
            self.state = State::Ended {
                at,
                state: ServiceState::Completed,
                answer,
            };
        }
    }
}

const ON_PURPOSE: &str = "The job failed on purpose.";
