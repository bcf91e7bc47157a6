//! What can happen in a world, and what it fills.

use kinora::retry::Call;
use kinora::{HttpRequest, HttpResponse, StoreError, TransportError, Value};

use super::fate::Fate;
use super::plan::{Around, Micros};

/// Something that happens at its time.
pub(crate) enum Moment {
    /// A call reaches the service.
    Arrives {
        call: Call,
        request: Box<HttpRequest>,
        slot: u64,
        fate: Box<Fate>,
    },
    /// A call reaches the service once more, and nobody hears the answer.
    ArrivesAgain(Call, Box<HttpRequest>),
    /// A call is answered, or known not to be.
    Fills(u64, Filling),
    /// A store comes to its end.
    Keeps(u64, Box<Value>, bool),
    /// Something happens around the job.
    Around(Around),
}

/// What a future waits for.
pub(crate) enum Filling {
    Woke,
    Stored(Result<(), StoreError>),
    Answered {
        call: Call,
        answer: Result<HttpResponse, TransportError>,
        wait: Option<Micros>,
        is_true: bool,
    },
}

/// What a step did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// Something happened; look again.
    Happened,
    /// The page went away.
    Reloaded,
    /// Nothing will ever happen.
    Nothing,
}
