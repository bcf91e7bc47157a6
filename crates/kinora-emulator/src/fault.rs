//! What goes wrong on purpose.

use core::time::Duration;

use kinora::retry::Call;
use kinora::wire::{answer, header};
use kinora::{Body, HttpResponse, WallTime};

use crate::Switch;

mod read;
pub use read::BadFault;

/// What a caller gets.
#[derive(Clone, Debug, PartialEq)]
pub enum Reply {
    /// An answer.
    Answer(HttpResponse),
    /// None: the connection closes before the first byte.
    Reset,
    /// None, ever: the caller waits until it gives up.
    Silence,
}

/// One thing that goes wrong: on which call, whether the service acts on it first, what the
/// caller gets, and how often.
///
/// Scenario files and command lines write it as text, such as `submit=429:2*1`:
///
/// ```
/// use core::time::Duration;
/// use kinora::retry::Call;
/// use kinora_emulator::Fault;
///
/// let busy = Fault::too_many(Call::Submit, Some(Duration::from_secs(2))).times(1);
/// assert_eq!("submit=429:2*1".parse(), Ok(busy));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// The call that it happens to.
    pub on: Call,
    /// Whether the service does what it was asked before the answer goes wrong.
    pub acted: bool,
    /// What the caller gets.
    pub reply: Reply,
    /// How long the caller is asked to wait, if it is.
    pub wait: Option<(Duration, WaitForm)>,
    /// How often it happens; always when absent.
    pub times: Option<u32>,
}

/// How a wait is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WaitForm {
    /// `Retry-After` in whole seconds.
    #[default]
    Seconds,
    /// `Retry-After` as a date, beside the `Date` of now.
    Date,
    /// `retry-after-ms`, in milliseconds.
    Millis,
}

impl Switch for WaitForm {
    const CHOICES: &'static [(&'static str, Self, &'static str)] = &[
        ("seconds", Self::Seconds, "Retry-After in whole seconds"),
        ("date", Self::Date, "Retry-After as a date"),
        ("ms", Self::Millis, "a header of its own, in milliseconds"),
    ];
}

impl Fault {
    /// Nothing is done, and this is the reply.
    pub const fn new(on: Call, reply: Reply) -> Self {
        Self {
            on,
            acted: false,
            reply,
            wait: None,
            times: None,
        }
    }

    /// Nothing is done, and this is answered.
    pub const fn refused(on: Call, response: HttpResponse) -> Self {
        Self::new(on, Reply::Answer(response))
    }

    /// What was asked is done, and nevertheless this is answered.
    pub const fn misreported(on: Call, response: HttpResponse) -> Self {
        Self::refused(on, response).after_the_deed()
    }

    /// What was asked is done, and the answer is lost: the connection closes.
    pub const fn lost(on: Call) -> Self {
        Self::new(on, Reply::Reset).after_the_deed()
    }

    /// Nothing is done, and the connection closes.
    pub const fn unheard(on: Call) -> Self {
        Self::new(on, Reply::Reset)
    }

    /// What was asked is done, and no answer ever comes.
    pub const fn silent(on: Call) -> Self {
        Self::new(on, Reply::Silence).after_the_deed()
    }

    /// Too many requests: HTTP 429, with the wait to keep in whole seconds if one is given.
    pub fn too_many(on: Call, wait: Option<Duration>) -> Self {
        Self {
            wait: wait.map(|wait| (wait, WaitForm::Seconds)),
            ..Self::gateway(on, 429, "Too Many Requests")
        }
    }

    /// A gateway's refusal: this status and `{"message": words}`.
    pub fn gateway(on: Call, status: u16, words: &str) -> Self {
        Self::refused(on, gateway(status, words))
    }

    /// One of the service's own errors, under this status, which may be a 200.
    pub fn numbered(on: Call, status: u16, code: i64, words: &str) -> Self {
        Self::refused(on, HttpResponse::json(status, answer::error(code, words)))
    }

    /// A 503 of one of Kinora's own hosts, marked as proof that nothing was accepted.
    pub fn not_accepted(on: Call) -> Self {
        let mut response = gateway(503, "Service Unavailable");
        response
            .headers
            .push((header::ACCEPTED.to_owned(), "no".to_owned()));
        Self::refused(on, response)
    }

    /// A web page where JSON belongs, such as a captive portal's.
    pub fn web_page(on: Call) -> Self {
        Self::refused(
            on,
            HttpResponse {
                status: 200,
                headers: vec![(header::CONTENT_TYPE.to_owned(), HTML.to_owned())],
                body: Body::Text(WEB_PAGE.to_owned()),
            },
        )
    }

    /// The same, but what was asked is done first.
    #[must_use]
    pub const fn after_the_deed(mut self) -> Self {
        self.acted = true;
        self
    }

    /// The same, with a wait that the caller is asked to keep.
    #[must_use]
    pub fn asking_to_wait(self, wait: Duration, form: WaitForm) -> Self {
        Self {
            wait: Some((wait, form)),
            ..self
        }
    }

    /// The same, this often.
    #[must_use]
    pub fn times(self, times: u32) -> Self {
        Self {
            times: Some(times),
            ..self
        }
    }

    /// What the caller gets now.
    fn reply(&self, now: WallTime) -> Reply {
        let mut reply = self.reply.clone();
        if let (Reply::Answer(response), Some((wait, form))) = (&mut reply, self.wait) {
            response.headers.extend(form.headers(wait, now));
        }
        reply
    }
}

impl WaitForm {
    fn headers(self, wait: Duration, now: WallTime) -> Vec<(String, String)> {
        let header = |name: &str, number: u128| vec![(name.to_owned(), number.to_string())];
        match self {
            Self::Seconds => header(header::RETRY_AFTER, u128::from(wait.as_secs())),
            Self::Millis => header(header::RETRY_AFTER_MS, wait.as_millis()),
            Self::Date => answer::retry_after_date(now.plus(wait), now).to_vec(),
        }
    }
}

/// A scenario's faults, with how often each has happened.
#[derive(Clone, Debug)]
pub(crate) struct Faults(Vec<(Fault, u32)>);

impl Faults {
    pub(crate) fn new(faults: &[Fault]) -> Self {
        Self(faults.iter().map(|fault| (fault.clone(), 0)).collect())
    }

    /// What befalls this call, counted: whether the service acts first, and what it replies.
    pub(crate) fn strike(&mut self, call: Call, now: WallTime) -> Option<(bool, Reply)> {
        let (fault, happened) = self.0.iter_mut().find(|(fault, happened)| {
            fault.on == call && fault.times.is_none_or(|times| *happened < times)
        })?;
        *happened += 1;
        Some((fault.acted, fault.reply(now)))
    }
}

pub(crate) fn gateway(status: u16, words: &str) -> HttpResponse {
    HttpResponse::json(status, answer::gateway_error(words))
}

const HTML: &str = "text/html; charset=utf-8";
const WEB_PAGE: &str = "<!doctype html>\n<title>Welcome</title>\n<h1>This is a web page.</h1>\n";

#[cfg(test)]
mod tests;
