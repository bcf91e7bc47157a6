//! What the service was asked.

use kinora::{Method, WallTime};

/// One call that reached the service. It says whether a token came along, never which.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// When.
    pub at: WallTime,
    /// The method.
    pub method: Method,
    /// The path and query, without the base.
    pub path: String,
    /// The intent that it named, as it came.
    pub intent: Option<String>,
    /// Whether a bearer token came along.
    pub bearer: bool,
    /// The HTTP status of the answer; none when the connection was closed without one.
    pub answered: Option<u16>,
}

/// How many calls are remembered; the oldest are forgotten first.
pub(crate) const LOG_LENGTH: usize = 1000;
