//! Where an image may come from, judged by its address alone.
//!
//! The service fetches images itself, over public `https:`:
//! <https://www.runcomfy.com/models/wan-ai/wan-2-2/image-to-video/api>, "File inputs" (read
//! 2026-11-22). The in-page demo and an emulator on this machine can read more than that.

use core::fmt;

mod data;
pub use data::DataUri;

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
        let text = text.trim();
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
                "Nothing can be fetched by \"{scheme}:\". Use an https:// address."
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
pub(crate) struct Parts {
    pub(crate) scheme: String,
    /// Host and port, in lower case, without user info.
    pub(crate) authority: String,
    pub(crate) host: String,
    pub(crate) has_user_info: bool,
    /// Path, query and fragment.
    pub(crate) rest: String,
}

/// Splits a URL, or refuses it. Whatever browsers and servers read differently (back slashes,
/// control characters, white space, odd hosts) is refused rather than repaired.
pub(crate) fn split(text: &str) -> Option<Parts> {
    if text
        .chars()
        .any(|sign| sign.is_control() || sign.is_whitespace() || sign == '\\')
    {
        return None;
    }
    let scheme = scheme(text)?;
    let after = text.get(scheme.len()..)?.strip_prefix("://")?;
    let end = after.find(['/', '?', '#']).unwrap_or(after.len());
    let (authority, rest) = after.split_at(end);
    let (has_user_info, authority) = match authority.rsplit_once('@') {
        Some((_, place)) => (true, place),
        None => (false, authority),
    };
    let authority = authority.to_ascii_lowercase();
    let host = host_of(&authority)?.to_owned();
    Some(Parts {
        scheme,
        authority,
        host,
        has_user_info,
        rest: rest.to_owned(),
    })
}

/// Whether a host (lower case, IPv6 in brackets) is this very machine.
/// <https://www.w3.org/TR/secure-contexts/#is-origin-trustworthy>
pub(crate) fn is_loopback(host: &str) -> bool {
    let v4 = ipv4(host).is_some_and(|[first, ..]| first == 127);
    v4 || host == "localhost" || host.ends_with(".localhost") || host == "[::1]"
}

fn web_address(text: &str, reach: Reach) -> Result<(), SourceProblem> {
    let parts = split(text).ok_or(SourceProblem::Malformed)?;
    if parts.has_user_info {
        return Err(SourceProblem::UserInfo);
    }
    let loopback = is_loopback(&parts.host);
    let private = loopback || is_private(&parts.host);
    match reach {
        Reach::Internet if private => return Err(SourceProblem::PrivateHost(parts.host)),
        Reach::Page | Reach::Loopback if loopback => return Ok(()),
        Reach::Internet | Reach::Page | Reach::Loopback => {}
    }
    if parts.scheme == "http" {
        let place = parts
            .authority
            .strip_suffix(":80")
            .unwrap_or(&parts.authority);
        let twin = format!("https://{place}{}", parts.rest);
        return Err(SourceProblem::Insecure(twin));
    }
    Ok(())
}

fn scheme(text: &str) -> Option<String> {
    let (scheme, _) = text.split_once(':')?;
    let mut signs = scheme.chars();
    let starts = signs.next().is_some_and(|sign| sign.is_ascii_alphabetic());
    let goes_on = signs.all(|sign| sign.is_ascii_alphanumeric() || "+-.".contains(sign));
    (starts && goes_on).then(|| scheme.to_ascii_lowercase())
}

fn host_of(authority: &str) -> Option<&str> {
    let host = match authority.rfind(']') {
        Some(end) => authority.get(..=end)?,
        None => authority.split(':').next()?,
    };
    let port = authority.get(host.len()..)?;
    let port_is_fine = match port.strip_prefix(':') {
        Some(digits) => digits.parse::<u16>().is_ok(),
        None => port.is_empty(),
    };
    (port_is_fine && is_host(host)).then_some(host)
}

fn is_host(host: &str) -> bool {
    if let Some(address) = host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'))
    {
        return address.parse::<core::net::Ipv6Addr>().is_ok();
    }
    let named = host
        .chars()
        .all(|sign| sign.is_ascii_alphanumeric() || "-._".contains(sign) || is_letter(sign));
    named && !host.is_empty() && !host.starts_with(['.', '-']) && !host.contains("..")
}

/// Letters of living scripts. Signs that browsers read as others in a host, such as full-width dots
/// and digits in circles, lie elsewhere.
fn is_letter(sign: char) -> bool {
    const SCRIPTS: [core::ops::RangeInclusive<char>; 4] = [
        '\u{c0}'..='\u{1fff}',
        '\u{3041}'..='\u{31ff}',
        '\u{3400}'..='\u{9fff}',
        '\u{ac00}'..='\u{d7a3}',
    ];
    SCRIPTS.iter().any(|script| script.contains(&sign))
}

/// Hosts that no server on the internet can reach: RFC 1918, RFC 6598, RFC 3927, RFC 4193 and
/// the names of local networks (RFC 6762, RFC 8375). Numbers in odd notations count too.
fn is_private(host: &str) -> bool {
    if let Some(address) = ipv4(host) {
        return is_private_v4(address);
    }
    if let Some(address) = host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'))
    {
        return address
            .parse::<core::net::Ipv6Addr>()
            .is_ok_and(is_private_v6);
    }
    let last = host
        .trim_end_matches('.')
        .rsplit('.')
        .next()
        .unwrap_or(host);
    let numeric = last.bytes().all(|byte| byte.is_ascii_digit()) || last.starts_with("0x");
    let local = [
        "local", "internal", "lan", "home", "arpa", "test", "invalid",
    ]
    .contains(&last);
    numeric || local || !host.trim_end_matches('.').contains('.')
}

fn is_private_v4([a, b, ..]: [u8; 4]) -> bool {
    matches!((a, b), (0 | 10, _) | (192, 168) | (169, 254))
        || (a == 172 && (16..32).contains(&b))
        || (a == 100 && (64..128).contains(&b))
}

fn is_private_v6(address: core::net::Ipv6Addr) -> bool {
    let [first, ..] = address.segments();
    let unique_local = first & 0xfe00 == 0xfc00;
    let link_local = first & 0xffc0 == 0xfe80;
    let mapped = address
        .to_ipv4_mapped()
        .is_some_and(|v4| v4.is_loopback() || is_private_v4(v4.octets()));
    address.is_loopback() || address.is_unspecified() || unique_local || link_local || mapped
}

fn ipv4(host: &str) -> Option<[u8; 4]> {
    host.parse::<core::net::Ipv4Addr>()
        .ok()
        .map(|address| address.octets())
}

#[cfg(test)]
mod tests;
