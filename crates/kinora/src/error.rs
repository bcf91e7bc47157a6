//! What can go wrong between a request and its outcome, with a next step for the person.

use core::fmt;

use crate::number::digits;
use crate::sentence::join;
use crate::{StoreError, TransportError, TransportErrorKind};

/// Why something that Kinora tried did not work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// No answer came.
    Transport(TransportError),
    /// The service answered with an error.
    Service(ServiceError),
    /// An answer came that is none of this service's: a web page, or JSON of another shape.
    Unreadable {
        /// Its HTTP status.
        status: u16,
    },
    /// A submit was answered with success but without a usable request id.
    NoRequestId {
        /// Its HTTP status.
        status: u16,
    },
    /// The record of the job could not be stored.
    Store(StoreError),
    /// The job's deadline passed before the service accepted it.
    Deadline,
    /// A refusal of an earlier visit, of which only the words were kept.
    Remembered {
        /// What the error said then.
        words: String,
    },
}

impl Error {
    /// A stable name for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Transport(error) => match error.kind {
                TransportErrorKind::NotSent => "not_sent",
                TransportErrorKind::NoToken => "bad_token",
                TransportErrorKind::NoAnswer => "no_answer",
                TransportErrorKind::TimedOut => "timed_out",
            },
            Self::Service(error) => error.kind.code(),
            Self::Unreadable { .. } => "unreadable",
            Self::NoRequestId { .. } => "no_request_id",
            Self::Store(_) => "not_stored",
            Self::Deadline => "deadline",
            Self::Remembered { .. } => "refused",
        }
    }

    /// The HTTP status of the answer, if one came.
    pub const fn status(&self) -> Option<u16> {
        match self {
            Self::Service(error) => Some(error.status),
            Self::Unreadable { status } | Self::NoRequestId { status } => Some(*status),
            Self::Transport(_) | Self::Store(_) | Self::Deadline | Self::Remembered { .. } => None,
        }
    }

    /// Whether it may pass by itself, so that the same question may be answered later. For a
    /// submit that is not enough: see [`retry::decide`](crate::retry::decide) and
    /// [`Outcome::retryable`](crate::Outcome::retryable).
    pub const fn retryable(&self) -> bool {
        match self {
            Self::Service(error) => error.kind.is_passing(),
            Self::Transport(_) | Self::Unreadable { .. } => true,
            Self::NoRequestId { .. }
            | Self::Store(_)
            | Self::Deadline
            | Self::Remembered { .. } => false,
        }
    }

    /// What happened, as a sentence.
    pub fn sentence(&self) -> String {
        match self {
            Self::Transport(error) => error.sentence(),
            Self::Service(error) => error.sentence(),
            Self::Unreadable { status } => answer(*status, "was not one of this service."),
            Self::NoRequestId { status } => answer(*status, "named no usable request id."),
            Self::Store(error) => error.sentence(),
            Self::Deadline => {
                "The time for this job was over before the service accepted it.".to_owned()
            }
            Self::Remembered { words } => words.clone(),
        }
    }

    /// What the person can do about it.
    pub const fn next_step(&self) -> &'static str {
        match self {
            Self::Transport(error) if matches!(error.kind, TransportErrorKind::NoToken) => {
                "Check where the token comes from; nothing was sent."
            }
            Self::Transport(_) => {
                "Check your connection and the service's address. A browser also hides answers of \
                 a service that does not allow web pages to read it (CORS); use a relay then."
            }
            Self::Service(error) => error.kind.next_step(),
            Self::Unreadable { .. } | Self::NoRequestId { .. } => {
                "Check the service's address: something else seems to answer there."
            }
            Self::Store(_) => {
                "Allow this site to store data, or leave private browsing, then try again."
            }
            Self::Deadline => "Give it more time, then generate again.",
            Self::Remembered { .. } => "Mend what it says, then generate again.",
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.sentence())
    }
}

fn answer(status: u16, what: &str) -> String {
    join(&["The answer (HTTP ", &digits(status.into()), ") ", what])
}

impl core::error::Error for Error {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Transport(error) => Some(error),
            Self::Service(error) => Some(error),
            Self::Store(error) => Some(error),
            Self::Unreadable { .. }
            | Self::NoRequestId { .. }
            | Self::Deadline
            | Self::Remembered { .. } => None,
        }
    }
}

/// An error that the service itself, or a gateway before it, answered with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceError {
    /// What it means.
    pub kind: ServiceErrorKind,
    /// The HTTP status, which may be a 200.
    pub status: u16,
    /// The service's own number, where it gave one.
    pub code: Option<i64>,
    /// The service's own words, where it gave some.
    pub words: Option<String>,
}

impl ServiceError {
    /// What happened, as a sentence, with the service's own words and number.
    pub fn sentence(&self) -> String {
        let (label, number) = match self.code {
            Some(code) => (" (error ", code),
            None => (" (HTTP ", self.status.into()),
        };
        let (says, words) = match &self.words {
            Some(words) => (" It says: ", words.as_str()),
            None => ("", ""),
        };
        join(&[
            self.kind.sentence(),
            says,
            words,
            label,
            &digits(number),
            ")",
        ])
    }
}

impl fmt::Display for ServiceError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.sentence())
    }
}

impl core::error::Error for ServiceError {}

/// What an error of the service means.
///
/// Numbers: <https://docs.runcomfy.com/model-apis/error-codes>; statuses: as RunComfy's own
/// command line reads them, <https://github.com/runcomfy-com/runcomfy-cli> (both read 2026-11-22).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServiceErrorKind {
    /// The token is missing, wrong, expired or revoked, or the account is inactive.
    BadToken,
    /// The account has no balance.
    NoBalance,
    /// There is no such model.
    UnknownModel,
    /// The job belongs to someone else.
    NotYours,
    /// There is no such job, or no longer.
    NotFound,
    /// The result is not ready.
    NotReady,
    /// The input was refused.
    Rejected,
    /// The request was too large.
    TooLarge,
    /// Too many requests.
    Busy,
    /// The service is in trouble.
    Unavailable,
}

impl ServiceErrorKind {
    /// A stable name for programs.
    pub const fn code(self) -> &'static str {
        self.row().0
    }

    /// What happened, as a sentence.
    pub const fn sentence(self) -> &'static str {
        self.row().1
    }

    /// What the person can do about it.
    pub const fn next_step(self) -> &'static str {
        self.row().2
    }

    /// Whether it may pass by itself.
    pub const fn is_passing(self) -> bool {
        match self {
            Self::Busy | Self::Unavailable | Self::NotReady => true,
            Self::BadToken
            | Self::NoBalance
            | Self::UnknownModel
            | Self::NotYours
            | Self::NotFound
            | Self::Rejected
            | Self::TooLarge => false,
        }
    }

    const fn row(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::BadToken => (
                "bad_token",
                "The service did not accept the token.",
                "Check the token in your RunComfy profile, and paste it again.",
            ),
            Self::NoBalance => (
                "no_balance",
                "The account has no balance left.",
                "Add balance in your RunComfy account, then generate again.",
            ),
            Self::UnknownModel => (
                "unknown_model",
                "The service does not know this model.",
                "Check the service's address; it may serve other models.",
            ),
            Self::NotYours => (
                "not_yours",
                "This job belongs to another account.",
                "Use the token that the job was started with.",
            ),
            Self::NotFound => (
                "not_found",
                "The service does not know what was asked for, or no longer.",
                "Check the service's address; jobs are only kept for a while.",
            ),
            Self::NotReady => (
                "not_ready",
                "The result is not ready yet.",
                "Wait a little; it is asked for again.",
            ),
            Self::Rejected => (
                "rejected",
                "The service refused the input.",
                "Read what it says, change the input, and generate again.",
            ),
            Self::TooLarge => (
                "too_large",
                "The request is too large for the service.",
                "Use an image address instead of image data, or a smaller image.",
            ),
            Self::Busy => (
                "busy",
                "The service gets too many requests.",
                "Wait a minute, then generate again.",
            ),
            Self::Unavailable => (
                "unavailable",
                "The service is in trouble.",
                "Try again in a few minutes.",
            ),
        }
    }
}
