//! Requests and responses as values. A response is not a failure: a 404 is an answer too.

use core::fmt;
use core::time::Duration;

use crate::sentence::join;
use crate::{Object, Value};

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
    #[inline(never)]
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
            TransportErrorKind::NoToken => "There is no token to send",
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
    /// It did not leave, since the token that belongs to it could not be had. Whoever submits is told
    /// so at once; a job that is watched waits for the token to come back.
    NoToken,
    /// It may have arrived: connection lost, answer unreadable, or kept from us by CORS.
    NoAnswer,
    /// It may have arrived, but the answer took longer than the request's timeout.
    TimedOut,
}

fn find<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    headers
        .iter()
        .find(|(known, _)| known == name)
        .map(|(_, value)| value.as_str())
}
