//! Which failure is followed by another try, and after how long.

use core::time::Duration;

use crate::ascii;
use crate::number::{self, within};
use crate::wire::{self, Accepted, header};
use crate::{Error, HttpResponse, Monotonic, TransportErrorKind};

mod date;
pub use date::in_seconds;

/// One of the service's calls. Only [`Call::Submit`] is not safe to repeat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Call {
    /// Starts a job.
    Submit,
    /// Asks where it stands.
    Status,
    /// Asks what it made.
    Result,
    /// Asks to stop it.
    Cancel,
}

/// What follows a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Another try.
    Again,
    /// Nothing: the failure stands.
    Final,
    /// Nothing, and it is open whether the call took effect.
    Uncertain,
}

/// What follows when `call` was answered with `error`, `response` being the answer if any came.
///
/// A submit is repeated only when the answer proves that nothing was accepted; every other call is
/// repeated unless a repeat must fail alike.
pub fn decide(call: Call, error: &Error, response: Option<&HttpResponse>) -> Decision {
    match (call, error, response.map(wire::accepted)) {
        (Call::Submit, Error::Transport(error), _) => match error.kind {
            TransportErrorKind::NotSent => Decision::Again,
            TransportErrorKind::NoToken => Decision::Final,
            TransportErrorKind::NoAnswer | TransportErrorKind::TimedOut => Decision::Uncertain,
        },
        (Call::Submit, _, Some(Accepted::No)) => Decision::Again,
        (Call::Submit, _, Some(Accepted::Refused)) => Decision::Final,
        (Call::Submit, _, Some(Accepted::Unknown) | None) => Decision::Uncertain,
        (Call::Status | Call::Result | Call::Cancel, error, _) => match error.retryable() {
            true => Decision::Again,
            false => Decision::Final,
        },
    }
}

/// How often and how long one call is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// The most tries in a row.
    pub tries: u32,
    /// The longest time from the first failure on.
    pub total: Duration,
    /// Upper bound of the first wait; it doubles with every further try.
    pub first: Duration,
    /// Upper bound of any wait that the service does not ask for itself.
    pub longest: Duration,
}

impl Patience {
    /// The patience for the catalogue, which a person waits for and may ask again.
    pub const CATALOG: Self = Self {
        tries: 5,
        total: Duration::from_secs(30),
        first: Duration::from_millis(500),
        longest: Duration::from_secs(8),
    };

    /// The patience for a call. A submit is what a person waits for; the others must outlive an
    /// hour without a network, since the job goes on and is paid for.
    pub const fn of(call: Call) -> Self {
        match call {
            Call::Submit => Self {
                tries: 6,
                total: Duration::from_secs(120),
                first: Duration::from_secs(1),
                longest: Duration::from_secs(20),
            },
            // Short, since no status is asked meanwhile; the person may press it again.
            Call::Cancel => Self {
                tries: 5,
                total: Duration::from_secs(60),
                first: Duration::from_secs(1),
                longest: Duration::from_secs(10),
            },
            Call::Status | Call::Result => Self {
                tries: 400,
                total: Duration::from_secs(60 * 60),
                first: Duration::from_secs(1),
                longest: Duration::from_secs(30),
            },
        }
    }
}

/// Failures in a row of one call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Failures {
    count: u32,
    since: Option<Monotonic>,
}

impl Failures {
    /// Counts a failure and says how long to wait before the next try; nothing when patience
    /// ends.
    ///
    /// `chance` is uniform in 0..1. The wait is spread over all of `0..bound` ("full jitter",
    /// <https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/>), and never
    /// shorter than what the service asks for in `after`.
    pub fn another(
        &mut self,
        patience: &Patience,
        chance: f64,
        after: Option<Duration>,
        now: Monotonic,
    ) -> Option<Duration> {
        let since = *self.since.get_or_insert(now);
        self.count += 1;
        let doublings = f64::from(1_u32 << (self.count - 1).min(16));
        let bound = patience.first.as_secs_f64() * doublings;
        let bound = bound.min(patience.longest.as_secs_f64());
        let micros = bound * within(chance, 0.0, 1.0) * 1_000_000.0;
        let wait = Duration::from_micros(micros as u64).max(after.unwrap_or_default());
        let in_time = now.plus(wait) <= since.plus(patience.total);
        (self.count < patience.tries && in_time).then_some(wait)
    }

    /// Forgets them: something worked.
    pub fn forget(&mut self) {
        *self = Self::default();
    }
}

/// The longest wait that a service may ask for and is given.
pub const LONGEST_RETRY_AFTER: Duration = Duration::from_secs(10 * 60);

/// How long the service asks us to wait: `Retry-After` in seconds, and `retry-after-ms`. Part of a
/// second or millisecond counts as a whole one. Of a date [`in_seconds`] makes seconds before.
/// <https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3>
pub fn after(response: &HttpResponse) -> Option<Duration> {
    let millis = response.header(header::RETRY_AFTER_MS).and_then(rounded_up);
    let wait = match millis {
        Some(millis) => Duration::from_millis(millis),
        None => Duration::from_secs(response.header(header::RETRY_AFTER).and_then(rounded_up)?),
    };
    Some(wait.min(LONGEST_RETRY_AFTER))
}

/// How long all jobs should leave the service alone after this answer, if it asks for that.
pub fn hold(response: &HttpResponse) -> Option<Duration> {
    match (response.status, after(response)) {
        (429 | 503, Some(wait)) => Some(wait),
        (429, None) => Some(HOLD),
        _ => None,
    }
}

fn rounded_up(text: &str) -> Option<u64> {
    let text = text.trim_ascii();
    let (whole, part) = ascii::cut(text, b'.').unwrap_or((text, ""));
    if !part.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let more = part.bytes().any(|digit| digit != b'0');
    Some(number::whole(whole)?.saturating_add(more.into()))
}

/// How long a service that gets too many requests is left alone when it does not say how long.
const HOLD: Duration = Duration::from_secs(1);

#[cfg(test)]
mod tests;
