//! The place that requests are sent to.

use core::fmt;

use crate::number::whole;
use crate::sentence::join;
use crate::source::{self, PORT_MOST, is_loopback, is_plain_sign, plain_host};
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
        Ok(Self::of(
            &[&parts.scheme, "://", &parts.authority],
            parts.rest,
        ))
    }

    /// Reads a base in its usual form as [`BaseUrl::parse`] does, with a fraction of its code;
    /// nothing when that has to be asked.
    pub fn plain(text: &str) -> Option<Self> {
        let (_, mut path) = match text.strip_prefix("https://") {
            Some(after) => plain_host(after)?,
            None => plain_host(text.strip_prefix("http://")?)
                .filter(|(host, _)| matches!(*host, "localhost" | "127.0.0.1"))?,
        };
        if let Some(after) = path.strip_prefix(':') {
            let end = after.bytes().position(|sign| !sign.is_ascii_digit());
            let (port, rest) = after.split_at_checked(end.unwrap_or(after.len()))?;
            whole(port).filter(|port| *port <= PORT_MOST)?;
            path = rest;
        }
        let is_sign = |sign| is_plain_sign(sign) && !matches!(sign, b'?' | b'#');
        let is_path = matches!(path.as_bytes().first(), None | Some(b'/'));
        let place = text.get(..text.len() - path.len())?;
        (is_path && path.bytes().all(is_sign)).then(|| Self::of(&[place], path))
    }

    /// A base as [`BaseUrl::parse`] made it before, which another part of the program passes on.
    pub fn passed_on(base: &str) -> Self {
        Self(base.to_owned())
    }

    fn of(place: &[&str], path: &str) -> Self {
        let path = ascii::without_last(path, b'/');
        let path = ascii::without_last(path.strip_suffix("/v1").unwrap_or(path), b'/');
        Self(join(&[&join(place), path]))
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
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, wanted: Result<&str, BaseUrlProblem>) {
        let base = BaseUrl::parse(text);
        assert_eq!(
            base.as_ref().map(BaseUrl::as_str),
            wanted.as_ref().copied(),
            "{text}"
        );
        let plain = BaseUrl::plain(text);
        assert!(plain.is_none() || plain == base.ok(), "{text}: {plain:?}");
    }

    #[test]
    fn usual_bases_are_plain() {
        for text in [
            "https://model-api.runcomfy.net",
            "https://relay.example.com:8443/kinora/v1/",
            "https://10.0.0.1",
            "http://localhost:8787",
            "http://127.0.0.1:65535/v1",
            Connection::DEMO,
        ] {
            assert_eq!(BaseUrl::plain(text), BaseUrl::parse(text).ok(), "{text}");
            assert!(BaseUrl::plain(text).is_some(), "{text}");
        }
    }

    #[test]
    fn whatever_is_odd_gets_a_second_look() {
        for text in [
            "http://example.com",
            "http://127.0.0.2",
            "https://me@example.com",
            "https://relay.example.com:",
            "https://relay.example.com:65536",
            "https://relay.example.com:1a",
            "https://relay.example.com/?a",
            "https://relay.example.com/#a",
            "https://relay.example.com/a b",
            "https://Relay.example.com",
            "https://[::1]",
            "https://",
            "",
        ] {
            assert_eq!(BaseUrl::plain(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_plain_base_is_read_as_any_other(text in "https?://(localhost|[a-z0-9.-]{0,8})(:[0-9]{0,5})?(/[ -~]{0,6})?(/v1)?/{0,2}") {
            let plain = BaseUrl::plain(&text);
            prop_assert!(plain.is_none() || plain == BaseUrl::parse(&text).ok(), "{}", text);
        }
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
