//! One job of the pretended service. Times are since the emulator began.

use core::time::Duration;

use kinora::{ModelId, Object, RequestId, ServiceState};

use crate::token::Account;

/// One accepted job.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Job {
    pub(crate) id: RequestId,
    pub(crate) model: ModelId,
    pub(crate) input: Object,
    pub(crate) account: Account,
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

    /// What a status call is told.
    pub(crate) fn service_state(&self) -> ServiceState {
        match &self.state {
            State::Queued => ServiceState::InQueue,
            State::Running { .. } => ServiceState::InProgress,
            State::Ended { state, .. } => state.clone(),
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

    pub(crate) fn start(&mut self, at: Duration) {
        self.state = State::Running {
            since: at,
            handed_out: false,
            made: None,
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
