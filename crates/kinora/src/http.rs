//! Requests and responses as values. A response is not a failure: a 404 is an answer too.

use core::fmt;
use core::time::Duration;

use crate::ascii;
use crate::sentence::join;
use crate::source::{self, is_loopback};
use crate::{Connection, Object, Value};

/// What is to be sent. The platform resolves [`Auth`] and the timeout, and follows no redirect.
#[derive(Clone, Debug, PartialEq)]
pub struct HttpRequest {
    /// The method.
    pub method: Method,
    /// The whole URL: a checked base, a path of ours, checked ids.
    pub url: String,
    /// Header names in lower case, with values. Never a token.
    pub headers: Vec<(String, String)>,
    /// What is sent along.
    pub body: Body,
    /// Whether the base's token goes with it.
    pub auth: Auth,
    /// After this long without a whole answer the platform gives up on it.
    pub timeout: Duration,
}

impl HttpRequest {
    /// The value of a header, by its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        find(&self.headers, name)
    }
}

/// The two methods that the service uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// `GET`: asks, may be repeated.
    Get,
    /// `POST`: submits or cancels.
    Post,
}

impl Method {
    /// The method's name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
        }
    }
}

/// Whose token a request carries. The token itself is known to the platform alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Auth {
    /// Nobody's.
    None,
    /// The one that belongs to the request's base, if the person gave one.
    Base,
}

/// A body. The edge parses: what is no JSON is text.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// No bytes.
    Empty,
    /// JSON.
    Json(Value),
    /// Not JSON: its first [`Body::TEXT_BYTES`] bytes.
    Text(String),
}

impl Body {
    /// How much of a body that is not JSON is kept, in bytes.
    pub const TEXT_BYTES: usize = 2048;

    /// The JSON object, when the body is one.
    pub fn object(&self) -> Option<&Object> {
        match self {
            Self::Json(value) => value.as_object(),
            Self::Empty | Self::Text(_) => None,
        }
    }
}

/// An answer, whatever it says.
#[derive(Clone, Debug, PartialEq)]
pub struct HttpResponse {
    /// The status code.
    pub status: u16,
    /// Header names in lower case, with values.
    pub headers: Vec<(String, String)>,
    /// What came along.
    pub body: Body,
}

impl HttpResponse {
    /// An answer of JSON without further headers.
    pub fn json(status: u16, body: impl Into<Value>) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Body::Json(body.into()),
        }
    }

    /// The value of a header, by its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        find(&self.headers, name)
    }
}

/// Why no answer came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransportError {
    /// What it means for a repeat.
    pub kind: TransportErrorKind,
    /// The platform's own words, for a log. Never a token or a body.
    pub words: String,
}

impl TransportError {
    /// What happened, as a sentence, with the platform's own words.
    pub fn sentence(&self) -> String {
        let what = match self.kind {
            TransportErrorKind::NotSent => "The request was not sent",
            TransportErrorKind::NoAnswer => "No readable answer came",
            TransportErrorKind::TimedOut => "No answer came in time",
        };
        join(&[what, " (", &self.words, ")."])
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.sentence())
    }
}

impl core::error::Error for TransportError {}

/// How far a request got before it failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TransportErrorKind {
    /// It certainly did not leave, so even a submit may be repeated.
    NotSent,
    /// It may have arrived: connection lost, answer unreadable, or kept from us by CORS.
    NoAnswer,
    /// It may have arrived, but the answer took longer than the request's timeout.
    TimedOut,
}

/// Where a service lives: scheme, host and port, perhaps a path; no `/v1`, no trailing slash.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct BaseUrl(String);

impl BaseUrl {
    /// RunComfy's own. <https://docs.runcomfy.com/model-apis/quickstart> (read 2026-11-22).
    pub const RUNCOMFY: &'static str = "https://model-api.runcomfy.net";

    /// Reads a base. A trailing slash and a trailing `/v1` are dropped: RunComfy's own tools
    /// disagree about whether the version belongs to the base.
    ///
    /// # Errors
    /// When it is no absolute `https:` URL of a host (`http:` passes for loopback hosts), or has
    /// user info, a query or a fragment.
    pub fn parse(text: &str) -> Result<Self, BaseUrlProblem> {
        let text = text.trim();
        let parts = source::split(text).ok_or(BaseUrlProblem::NotAbsolute)?;
        match parts.scheme.as_str() {
            "https" => {}
            "http" if is_loopback(parts.host()) => {}
            "http" => return Err(BaseUrlProblem::Insecure),
            _ => return Err(BaseUrlProblem::NotAbsolute),
        }
        if parts.has_user_info {
            return Err(BaseUrlProblem::UserInfo);
        }
        if parts.rest.bytes().any(|sign| matches!(sign, b'?' | b'#')) {
            return Err(BaseUrlProblem::Query);
        }
        let path = ascii::without_last(parts.rest, b'/');
        let path = ascii::without_last(path.strip_suffix("/v1").unwrap_or(path), b'/');
        Ok(Self(join(&[&parts.scheme, "://", &parts.authority, path])))
    }

    pub(crate) fn demo() -> Self {
        Self(Connection::DEMO.to_owned())
    }

    /// The base as text, without a trailing slash.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the host is this very machine.
    pub fn is_loopback(&self) -> bool {
        source::split(&self.0).is_some_and(|parts| is_loopback(parts.host()))
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Why a text is no base.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BaseUrlProblem {
    /// It is not an absolute web address.
    NotAbsolute,
    /// It is plain `http:` to another machine, which would send the token in the clear.
    Insecure,
    /// It has a user name or password in it.
    UserInfo,
    /// It has a query or a fragment.
    Query,
}

impl BaseUrlProblem {
    /// What is wrong with it, as a sentence.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::NotAbsolute => {
                "This is not a service address. Write it whole, such as https://relay.example.com."
            }
            Self::Insecure => {
                "Plain http would send your token readable by others. Use https, or a service on \
                 this computer such as http://127.0.0.1:8787."
            }
            Self::UserInfo => {
                "The address has a name or password in it. Remove that part; a token has its own \
                 field."
            }
            Self::Query => "The address must end before any ? or #. Remove that part.",
        }
    }
}

impl fmt::Display for BaseUrlProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.sentence())
    }
}

impl core::error::Error for BaseUrlProblem {}

fn find<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    headers
        .iter()
        .find(|(known, _)| known == name)
        .map(|(_, value)| value.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, wanted: Result<&str, BaseUrlProblem>) {
        let base = BaseUrl::parse(text);
        assert_eq!(
            base.as_ref().map(BaseUrl::as_str),
            wanted.as_ref().copied(),
            "{text}"
        );
    }

    #[test]
    fn a_base_loses_its_version_and_slash() {
        check(
            "https://model-api.runcomfy.net/v1",
            Ok("https://model-api.runcomfy.net"),
        );
        check(
            " https://relay.example.com/kinora/ ",
            Ok("https://relay.example.com/kinora"),
        );
        check(
            "HTTPS://Relay.Example.com/v1/",
            Ok("https://relay.example.com"),
        );
    }

    #[test]
    fn plain_http_is_for_this_machine_only() {
        check("http://127.0.0.1:8787", Ok("http://127.0.0.1:8787"));
        check("http://[::1]:80", Ok("http://[::1]:80"));
        check("http://localhost", Ok("http://localhost"));
        check("http://example.com", Err(BaseUrlProblem::Insecure));
        check(
            "http://127.0.0.1.example.com",
            Err(BaseUrlProblem::Insecure),
        );
    }

    #[test]
    fn the_demos_base_is_one_that_can_be_read() {
        check(Connection::DEMO, Ok(BaseUrl::demo().as_str()));
    }

    #[test]
    fn a_base_is_nothing_but_a_place() {
        check("relay.example.com", Err(BaseUrlProblem::NotAbsolute));
        check("ftp://example.com", Err(BaseUrlProblem::NotAbsolute));
        check("https://me:pw@example.com", Err(BaseUrlProblem::UserInfo));
        check("https://example.com/?a=b", Err(BaseUrlProblem::Query));
        check("https://exa mple.com", Err(BaseUrlProblem::NotAbsolute));
    }
}
