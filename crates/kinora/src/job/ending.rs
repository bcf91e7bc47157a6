//! Between the outcome of a run and what a record keeps of it.

use super::Outcome;
use crate::{Ending, Error, Failure, TransportError, TransportErrorKind};

/// What is kept of an outcome; nothing of one that leaves the job open.
pub(super) fn of(outcome: &Outcome) -> Option<Ending> {
    match outcome {
        Outcome::Succeeded(files) => Some(Ending::Succeeded(files.clone())),
        Outcome::Failed(failure) => Some(Ending::Failed(failure.words.clone())),
        Outcome::Cancelled => Some(Ending::Cancelled),
        Outcome::Refused(error) => Some(Ending::Refused(error.sentence())),
        Outcome::Expired => Some(Ending::Expired),
        Outcome::Uncertain(_) | Outcome::LostTouch(_) | Outcome::Overdue => None,
    }
}

pub(super) fn told_again(ending: Ending) -> Outcome {
    match ending {
        Ending::Succeeded(files) => Outcome::Succeeded(files),
        Ending::Failed(words) => Outcome::Failed(Failure {
            words,
            detail: None,
        }),
        Ending::Refused(words) => Outcome::Refused(Error::Remembered { words }),
        Ending::Cancelled => Outcome::Cancelled,
        Ending::Expired => Outcome::Expired,
    }
}

pub(super) fn interrupted() -> Error {
    no_answer("the page was closed before the answer came")
}

pub(super) fn called_off() -> Error {
    no_answer("the first answer was lost, and the second try called off")
}

fn no_answer(words: &str) -> Error {
    Error::Transport(TransportError {
        kind: TransportErrorKind::NoAnswer,
        words: words.to_owned(),
    })
}
