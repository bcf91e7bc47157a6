//! Where an image may come from, judged by its address alone.
//!
//! The service fetches images itself, over public `https:`:
//! <https://www.runcomfy.com/models/wan-ai/wan-2-2/image-to-video/api>, "File inputs" (read
//! 2026-11-22). The in-page demo and an emulator on this machine can read more than that.

use core::fmt;

use crate::ascii;
use crate::sentence::join;

mod address;
mod data;
pub use data::DataUri;

mod host;
mod plain;
pub(crate) use host::{PORT_MOST, is_loopback};
use host::{host_of, is_private};
pub(crate) use plain::{is_plain, is_plain_sign, plain_host};

/// Who will fetch the image, and so which addresses can work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// A service somewhere on the internet.
    Internet,
    /// A service on this very machine.
    Loopback,
    /// This page itself.
    Page,
}

/// An image address that its reader can fetch, as far as the text tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceUrl(String);

impl SourceUrl {
    /// Scheme of pictures that exist only in the page: picked, dropped or pasted files.
    pub const PAGE_SCHEME: &'static str = "kinora-page";

    /// Reads an image address.
    ///
    /// # Errors
    /// When the text is no address, or one that this reader cannot or must not fetch.
    pub fn parse(text: &str, reach: Reach) -> Result<Self, SourceProblem> {
        let text = text.trim_ascii();
        if text.is_empty() {
            return Err(SourceProblem::Empty);
        }
        match scheme(text).as_deref() {
            Some("https" | "http") => web_address(text, reach)?,
            Some("data" | "blob" | Self::PAGE_SCHEME) => match reach {
                Reach::Page => {}
                Reach::Internet | Reach::Loopback => return Err(SourceProblem::PageOnly),
            },
            Some(other) => return Err(SourceProblem::Scheme(other.to_owned())),
            None => return Err(SourceProblem::Relative),
        }
        Ok(Self(text.to_owned()))
    }

    /// Whether a text is the address of a picture that exists only in the page, whoever is to fetch
    /// it.
    pub fn is_page_file(text: &str) -> bool {
        let rest = text.trim_ascii().strip_prefix(Self::PAGE_SCHEME);
        rest.is_some_and(|rest| rest.starts_with(':'))
    }

    /// The address as it is sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SourceUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Why an address cannot serve as an image's source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SourceProblem {
    /// Nothing was given.
    Empty,
    /// It has no scheme.
    Relative,
    /// It is plain `http:`; holds the same address with `https:`.
    Insecure(String),
    /// Its scheme is none that images are fetched by.
    Scheme(String),
    /// It has a user name or password in it.
    UserInfo,
    /// Its host is this machine or in a private network, where the service cannot reach.
    PrivateHost(String),
    /// It exists in this page only.
    PageOnly,
    /// Its host is missing or has characters that no host has.
    Malformed,
}

impl SourceProblem {
    /// A stable name for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "image_missing",
            Self::Relative => "url_relative",
            Self::Insecure(_) => "url_insecure",
            Self::Scheme(_) => "url_scheme",
            Self::UserInfo => "url_user_info",
            Self::PrivateHost(_) => "url_private_host",
            Self::PageOnly => "url_page_only",
            Self::Malformed => "url_malformed",
        }
    }

    /// An address that would do instead, when there is an obvious one.
    pub fn offer(&self) -> Option<&str> {
        match self {
            Self::Insecure(https) => Some(https),
            _ => None,
        }
    }
}

impl fmt::Display for SourceProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => formatter.write_str("Choose an image, or paste its https address."),
            Self::Relative => formatter.write_str(
                "This address is not complete. Start it with https:// and the name of the host.",
            ),
            Self::Insecure(_) => formatter.write_str(
                "Plain http addresses are not fetched. Most hosts offer the same file over https.",
            ),
            Self::Scheme(scheme) => write!(
                formatter,
                "Files cannot be fetched by \"{scheme}:\". Use an https:// address."
            ),
            Self::UserInfo => formatter.write_str(
                "The address has a name or password in it, which would be sent along. Use an \
                 address without one, such as a pre-signed link.",
            ),
            Self::PrivateHost(host) => write!(
                formatter,
                "\"{host}\" is only reachable from your own network, and the service fetches files \
                 itself. Put the file on a public host, or try it in Demo."
            ),
            Self::PageOnly => formatter.write_str(
                "This file is only on your device, and the service fetches files itself. Put it on \
                 a web host and paste its https address, or try it in Demo.",
            ),
            Self::Malformed => formatter.write_str(
                "This is not a web address that can be fetched. Check the name of the host, and \
                 write spaces and special signs percent-encoded.",
            ),
        }
    }
}

impl core::error::Error for SourceProblem {}

/// The parts of an absolute `scheme://authority…` URL.
pub(crate) struct Parts<'a> {
    pub(crate) scheme: String,
    /// Host and port, in lower case, without user info.
    pub(crate) authority: String,
    /// How much of the authority is the host.
    host: usize,
    pub(crate) has_user_info: bool,
    /// Path, query and fragment.
    pub(crate) rest: &'a str,
}

impl Parts<'_> {
    pub(crate) fn host(&self) -> &str {
        self.authority.get(..self.host).unwrap_or_default()
    }
}

/// Splits a URL, or refuses it. Whatever browsers and servers read differently (back slashes,
/// control characters, white space, odd hosts) is refused rather than repaired.
pub(crate) fn split(text: &str) -> Option<Parts<'_>> {
    if text
        .chars()
        .any(|sign| sign.is_control() || is_space(sign) || sign == '\\')
    {
        return None;
    }
    let scheme = scheme(text)?;
    let after = text.get(scheme.len()..)?.strip_prefix("://")?;
    let end = after
        .bytes()
        .position(|sign| matches!(sign, b'/' | b'?' | b'#'));
    let (authority, rest) = after.split_at_checked(end.unwrap_or(after.len()))?;
    let place = ascii::cut_last(authority, b'@').map(|(_, place)| place);
    let authority = place.unwrap_or(authority).to_ascii_lowercase();
    Some(Parts {
        scheme,
        host: host_of(&authority)?.len(),
        authority,
        has_user_info: place.is_some(),
        rest,
    })
}

fn web_address(text: &str, reach: Reach) -> Result<(), SourceProblem> {
    let parts = split(text).ok_or(SourceProblem::Malformed)?;
    if parts.has_user_info {
        return Err(SourceProblem::UserInfo);
    }
    let loopback = is_loopback(parts.host());
    match reach {
        Reach::Internet if loopback || is_private(parts.host()) => {
            return Err(SourceProblem::PrivateHost(parts.host().to_owned()));
        }
        Reach::Page | Reach::Loopback if loopback => return Ok(()),
        Reach::Internet | Reach::Page | Reach::Loopback => {}
    }
    if parts.scheme == "http" {
        let place = parts
            .authority
            .strip_suffix(":80")
            .unwrap_or(&parts.authority);
        let twin = join(&["https://", place, parts.rest]);
        return Err(SourceProblem::Insecure(twin));
    }
    Ok(())
}

fn scheme(text: &str) -> Option<String> {
    let (scheme, _) = ascii::cut(text, b':')?;
    let starts = scheme
        .as_bytes()
        .first()
        .is_some_and(u8::is_ascii_alphabetic);
    let goes_on = scheme
        .bytes()
        .all(|sign| sign.is_ascii_alphanumeric() || matches!(sign, b'+' | b'-' | b'.'));
    (starts && goes_on).then(|| scheme.to_ascii_lowercase())
}

/// White space, control signs aside, as Unicode has it, without a table:
/// <https://www.unicode.org/reports/tr44/#White_Space>
const fn is_space(sign: char) -> bool {
    matches!(
        sign,
        ' ' | '\u{a0}' | '\u{1680}' | '\u{2000}'
            ..='\u{200a}' | '\u{2028}' | '\u{2029}' | '\u{202f}' | '\u{205f}' | '\u{3000}'
    )
}

#[cfg(test)]
mod tests;
