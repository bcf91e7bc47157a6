//! What goes wrong on purpose.

use core::time::Duration;

use kinora::retry::Call;
use kinora::wire::{answer, header};
use kinora::{Body, HttpResponse};

/// What a caller gets.
#[derive(Clone, Debug, PartialEq)]
pub enum Reply {
    /// An answer.
    Answer(HttpResponse),
    /// None: the connection closes before the first byte.
    Silence,
}

/// One thing that goes wrong: on which call, whether the service acts on it first, what the
/// caller gets, and how often.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// The call that it happens to.
    pub on: Call,
    /// Whether the service does what it was asked before the answer goes wrong.
    pub acted: bool,
    /// What the caller gets.
    pub reply: Reply,
    /// How often it happens; always when absent.
    pub times: Option<u32>,
}

impl Fault {
    /// Nothing is done, and this is answered.
    pub fn refused(on: Call, response: HttpResponse) -> Self {
        Self {
            on,
            acted: false,
            reply: Reply::Answer(response),
            times: None,
        }
    }

    /// What was asked is done, and nevertheless this is answered.
    pub fn misreported(on: Call, response: HttpResponse) -> Self {
        Self {
            on,
            acted: true,
            reply: Reply::Answer(response),
            times: None,
        }
    }

    /// What was asked is done, and the answer is lost.
    pub const fn lost(on: Call) -> Self {
        Self {
            on,
            acted: true,
            reply: Reply::Silence,
            times: None,
        }
    }

    /// Nothing is done, and nothing is answered.
    pub const fn unheard(on: Call) -> Self {
        Self {
            on,
            acted: false,
            reply: Reply::Silence,
            times: None,
        }
    }

    /// Too many requests: HTTP 429, with the wait to keep in whole seconds if one is given.
    pub fn too_many(on: Call, wait: Option<Duration>) -> Self {
        let mut response = gateway(429, "Too Many Requests");
        if let Some(wait) = wait {
            let seconds = wait.as_secs().to_string();
            response
                .headers
                .push((header::RETRY_AFTER.to_owned(), seconds));
        }
        Self::refused(on, response)
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

    /// The same, this often.
    #[must_use]
    pub fn times(self, times: u32) -> Self {
        Self {
            times: Some(times),
            ..self
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

    /// The fault that befalls this call, counted.
    pub(crate) fn strike(&mut self, call: Call) -> Option<Fault> {
        let (fault, happened) = self.0.iter_mut().find(|(fault, happened)| {
            fault.on == call && fault.times.is_none_or(|times| *happened < times)
        })?;
        *happened += 1;
        Some(fault.clone())
    }
}

pub(crate) fn gateway(status: u16, words: &str) -> HttpResponse {
    HttpResponse::json(status, answer::gateway_error(words))
}

const HTML: &str = "text/html; charset=utf-8";
const WEB_PAGE: &str = "<!doctype html>\n<title>Welcome</title>\n<h1>This is a web page.</h1>\n";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_happens_as_often_as_it_says_and_on_its_call_only() {
        let mut faults = Faults::new(&[
            Fault::lost(Call::Submit).times(1),
            Fault::gateway(Call::Submit, 500, "broken").times(2),
        ]);
        assert_eq!(faults.strike(Call::Status), None);
        let struck: Vec<_> = (0..4).map(|_| faults.strike(Call::Submit)).collect();
        let silent: Vec<_> = struck
            .iter()
            .map(|fault| fault.as_ref().map(|fault| fault.reply == Reply::Silence))
            .collect();
        assert_eq!(silent, [Some(true), Some(false), Some(false), None]);
    }

    #[test]
    fn a_fault_without_a_count_never_ends() {
        let mut faults = Faults::new(&[Fault::unheard(Call::Result)]);
        assert!((0..100).all(|_| faults.strike(Call::Result).is_some()));
    }
}
