//! What the machine waits for, and how far a cancel got.

use super::Outcome;
use crate::Monotonic;
use crate::retry::Call;

#[derive(Clone, Debug)]
pub(super) enum State {
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
pub(super) enum Next {
    Submit,
    Watch,
    End(Outcome),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PausedBy {
    /// Our own plan, which a hint may shorten.
    Plan,
    /// The service's wish, which nothing shortens.
    Service,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cancel {
    NotWished,
    Wished,
    Asked,
    Confirmed,
    TooLate,
}
