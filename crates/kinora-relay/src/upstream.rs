//! What goes to the service, and what becomes of it.

use core::time::Duration;

use kinora::{Auth, IntentId, Method, RequestId, TransportErrorKind};

use crate::answer::Dress;
use crate::call::Call;

/// A request to the service. Where it carries the mark, the host adds the token as it sends, and
/// follows no redirect.
#[derive(Clone, Debug, PartialEq)]
pub struct UpstreamRequest {
    /// The method.
    pub method: Method,
    /// The whole URL: the service's base, a path of ours, checked ids.
    pub url: String,
    /// Header names in lower case, with values. Never a token, and nothing of the caller's.
    pub headers: Vec<(String, String)>,
    /// The body, as it came.
    pub body: Vec<u8>,
    /// Whether the token goes with it.
    pub auth: Auth,
    /// After this long without a whole answer the host gives up on it.
    pub timeout: Duration,
    /// The most bytes of an answer that the host reads.
    pub answer_bytes: usize,
}

/// A request to the service that is under way. Hand what becomes of it to
/// [`Relay::land`](crate::Relay::land), also when the caller has gone away: somebody else may be
/// owed the answer.
#[derive(Debug)]
pub struct Flight {
    /// What to send.
    pub request: UpstreamRequest,
    pub(crate) id: FlightId,
    pub(crate) call: Call,
    pub(crate) caller: String,
    pub(crate) promise: Option<(usize, IntentId)>,
    pub(crate) dress: Dress,
}

impl Flight {
    /// Its name, for those who join it.
    pub fn id(&self) -> FlightId {
        self.id
    }

    /// How its answer is made the answer to the request that it came from.
    pub fn dress(&self) -> &Dress {
        &self.dress
    }

    /// The job that it is about, when it is about one that exists.
    pub(crate) fn request_id(&self) -> Option<&RequestId> {
        self.call.request_id()
    }
}

/// One flight among all of a relay's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FlightId(u64);

impl FlightId {
    pub(crate) const fn new(number: u64) -> Self {
        Self(number)
    }

    /// Its number among the relay's flights, for hosts that name it to somebody.
    pub const fn number(self) -> u64 {
        self.0
    }
}

/// What became of a request to the service.
#[derive(Clone, Debug, PartialEq)]
pub enum Upstream {
    /// It was answered, wholly.
    Answered {
        /// The status.
        status: u16,
        /// Header names in lower case, with values.
        headers: Vec<(String, String)>,
        /// The body.
        body: Vec<u8>,
    },
    /// It was not answered, or not wholly.
    Failed(TransportErrorKind),
    /// The answer had more bytes than were allowed.
    TooLarge,
}
