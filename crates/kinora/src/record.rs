//! What is kept of a job, so that a reload, a crash or another tab can go on with it.

use core::fmt;

use crate::sentence::join;
use crate::{Connection, IntentId, Media, ModelId, Object, RequestId, WallTime};

mod format;
pub use format::RecordProblem;

/// Everything that is kept of one intent, from before its submit to after its end.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Which wish this is.
    pub intent: IntentId,
    /// The model that is asked.
    pub model: ModelId,
    /// The service that is asked. Never its token.
    pub connection: Connection,
    /// What the model is given.
    pub input: Object,
    /// When the wish was made.
    pub created_at: WallTime,
    /// How far it got.
    pub stage: Stage,
}

impl Record {
    /// Format of the values that [`Record::to_value`](Self::to_value) writes.
    pub const VERSION: i64 = 1;

    /// A record for a job of which only the ticket is at hand, so that [`Job::resume`] can take it
    /// up. What the model was given is not known.
    ///
    /// [`Job::resume`]: crate::Job::resume
    pub fn of_ticket(ticket: Ticket, intent: IntentId) -> Self {
        Self {
            intent,
            model: ticket.model.clone(),
            connection: ticket.connection.clone(),
            input: Object::new(),
            created_at: ticket.submitted_at,
            stage: Stage::Accepted(ticket),
        }
    }

    /// The same record, once a person has found the job at the service after an uncertain submit.
    #[must_use]
    pub fn found(self, id: RequestId) -> Self {
        let ticket = Ticket {
            id,
            model: self.model.clone(),
            connection: self.connection.clone(),
            submitted_at: self.created_at,
        };
        Self {
            stage: Stage::Accepted(ticket),
            ..self
        }
    }

    /// The ticket, when the service is known to have accepted the job.
    pub fn ticket(&self) -> Option<&Ticket> {
        match &self.stage {
            Stage::Accepted(ticket) => Some(ticket),
            Stage::Ended { ticket, .. } => ticket.as_ref(),
            Stage::Sending | Stage::Uncertain => None,
        }
    }
}

/// How far a job got.
#[derive(Clone, Debug, PartialEq)]
pub enum Stage {
    /// The submit may be under way. Found after a reload, it is uncertain.
    Sending,
    /// The submit's answer was lost: the job may exist at the service.
    Uncertain,
    /// The service accepted it; it can be asked for.
    Accepted(Ticket),
    /// It is over.
    Ended {
        /// The ticket, if it ever got one.
        ticket: Option<Ticket>,
        /// How it ended.
        ending: Ending,
    },
}

/// How a job ended, as far as a history needs to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// It made these files.
    Succeeded(Vec<Media>),
    /// It went wrong; the service's words.
    Failed(String),
    /// It was stopped.
    Cancelled,
    /// The service refused it, or it was never sent; why.
    Refused(String),
    /// The service no longer knows it.
    Expired,
}

/// All that is needed to ask for an accepted job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticket {
    /// The service's name for it.
    pub id: RequestId,
    /// The model that makes it.
    pub model: ModelId,
    /// The service that has it.
    pub connection: Connection,
    /// When it was accepted.
    pub submitted_at: WallTime,
}

impl Ticket {
    /// Format of the values that [`Ticket::to_value`](Self::to_value) writes.
    pub const VERSION: i64 = 1;
}

/// A record could not be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoreError {
    /// The platform's own words.
    pub words: String,
}

impl StoreError {
    /// What happened, as a sentence, with the platform's own words.
    pub fn sentence(&self) -> String {
        join(&["The job's record could not be stored (", &self.words, ")."])
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.sentence())
    }
}

impl core::error::Error for StoreError {}
