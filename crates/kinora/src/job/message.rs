//! What goes into the machine and what comes out.

use core::time::Duration;

use super::ending;
use crate::{
    Error, Failure, HttpRequest, HttpResponse, Media, Record, Stage, Status, StoreError, Ticket,
    TransportError,
};

/// What the world tells the job.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// The record is kept.
    Stored,
    /// The record could not be kept.
    StoreFailed(StoreError),
    /// The call was answered.
    Response(HttpResponse),
    /// The call was not answered.
    Failed(TransportError),
    /// The pause is over.
    Woke,
    /// The person wants the job to be stopped.
    Cancel,
    /// Something changed around the page.
    Hint(Hint),
}

/// Changes around the page that bear on when to ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hint {
    /// Someone looks again: ask now.
    Visible,
    /// Nobody looks: ask seldom.
    Hidden,
    /// The network is back: ask now.
    Online,
    /// The network is gone.
    Offline,
}

/// What the job wants from the world. The first three want an input in return.
#[derive(Clone, Debug, PartialEq)]
pub enum Output {
    /// Keep this record; then [`Input::Stored`] or [`Input::StoreFailed`].
    Store(Record),
    /// Send this; then [`Input::Response`] or [`Input::Failed`].
    Send(HttpRequest),
    /// Wait this long; then [`Input::Woke`]. Any other input ends the wait.
    Sleep(Duration),
    /// News for the person.
    Event(Event),
    /// It is over.
    Done(Outcome),
}

/// News of a job.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The submit is on its way.
    Submitting,
    /// The service accepted the job.
    Accepted(Ticket),
    /// The service said where the job stands, and it is news.
    Status(Status),
    /// A call failed and will be tried again.
    Trouble {
        /// What happened.
        error: Error,
        /// Time until the next try.
        again_in: Duration,
    },
    /// News of a cancel.
    Cancel(CancelNews),
    /// A later record could not be kept: after a reload the job may look uncertain.
    NotKept(StoreError),
}

/// What became of the wish to cancel.
#[derive(Clone, Debug, PartialEq)]
pub enum CancelNews {
    /// The service is being asked.
    Asked,
    /// The service stopped the job.
    Confirmed,
    /// The job runs already; it goes on to its end.
    TooLate,
    /// The service answered with a word we do not know.
    Unclear(String),
    /// The service could not be asked.
    Failed(Error),
}

/// How it ended, for this run of the page.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// The service made these files.
    Succeeded(Vec<Media>),
    /// The service tried and failed.
    Failed(Failure),
    /// It was stopped.
    Cancelled,
    /// The service refused the submit, or the wish could not be kept; no job exists.
    Refused(Error),
    /// The submit's answer was lost: a job may exist. A person decides what to do.
    Uncertain(Error),
    /// The service no longer knows the job.
    Expired,
    /// The service could not be asked for too long, or not with this token. The job may go on
    /// there, and watching it can be taken up again.
    LostTouch(Error),
    /// The deadline passed. The job may go on, and watching it can be taken up again.
    Overdue,
}

impl Outcome {
    /// How a stored job ended, as far as the record tells; nothing when the service is to be asked.
    /// What was being sent when its page went away is uncertain.
    pub fn of_record(record: &Record) -> Option<Self> {
        match &record.stage {
            Stage::Sending | Stage::Uncertain => Some(Self::Uncertain(ending::interrupted())),
            Stage::Accepted(_) => None,
            Stage::Ended { ending, .. } => Some(ending::told_again(ending.clone())),
        }
    }

    /// A stable name for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Succeeded(_) => "succeeded",
            Self::Failed(_) => "failed",
            Self::Cancelled => "cancelled",
            Self::Refused(error) => error.code(),
            Self::Uncertain(_) => "uncertain",
            Self::Expired => "expired",
            Self::LostTouch(_) => "lost_touch",
            Self::Overdue => "overdue",
        }
    }

    /// What went wrong on the way, if something did.
    pub const fn error(&self) -> Option<&Error> {
        match self {
            Self::Refused(error) | Self::Uncertain(error) | Self::LostTouch(error) => Some(error),
            Self::Succeeded(_)
            | Self::Failed(_)
            | Self::Cancelled
            | Self::Expired
            | Self::Overdue => None,
        }
    }

    /// Whether a program may send the same wish again: there is no job, and what was in the way
    /// passes by itself. Never after a submit whose answer was lost.
    pub const fn retryable(&self) -> bool {
        match self {
            Self::Refused(error) => error.retryable(),
            Self::Succeeded(_)
            | Self::Failed(_)
            | Self::Cancelled
            | Self::Uncertain(_)
            | Self::Expired
            | Self::LostTouch(_)
            | Self::Overdue => false,
        }
    }

    /// Whether the job may go on at the service, so that watching it can be taken up again.
    pub const fn resumable(&self) -> bool {
        match self {
            Self::LostTouch(_) | Self::Overdue => true,
            Self::Succeeded(_)
            | Self::Failed(_)
            | Self::Cancelled
            | Self::Refused(_)
            | Self::Uncertain(_)
            | Self::Expired => false,
        }
    }

    /// What the person can do about it.
    pub const fn next_step(&self) -> &'static str {
        match self {
            Self::Succeeded(_) => "Keep the files soon: the service does not keep them for ever.",
            Self::Failed(_) => "Read what the service says, change the input, and generate again.",
            Self::Cancelled => "Generate again, if you want it after all.",
            Self::Refused(error) => error.next_step(),
            Self::Uncertain(_) => {
                "Look for the job in your account at the service before you send it again: it may \
                 exist, and cost money."
            }
            Self::Expired => "Generate again: the service keeps jobs only for a while.",
            Self::LostTouch(error) => error.next_step(),
            Self::Overdue => "Watch it again: the job may go on at the service.",
        }
    }
}
