//! The place that requests are sent to.

use core::fmt;

use crate::sentence::join;
use crate::source::{self, is_loopback};
use crate::{Connection, ascii};

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
        let text = text.trim_ascii();
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
