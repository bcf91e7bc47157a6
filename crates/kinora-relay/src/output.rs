//! Result files: which addresses may be fetched for a page, and what of the answer it gets.
//!
//! A file is fetched without the token, follows no redirect, and comes from the service's own hosts
//! only. Their names: <https://github.com/runcomfy-com/runcomfy-cli>, `src/download.rs` (read
//! 2026-11-22).

use kinora::wire::header;

use crate::answer::{Dress, Reply};
use crate::log::Line;
use crate::origin::is_name;
use crate::{Answer, Reason};

/// Where result files may be fetched from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OutputHosts {
    /// Domains of which every sub-domain may serve files over https.
    domains: Vec<String>,
    /// Further places, as `scheme://host:port`: an emulator on this machine.
    places: Vec<String>,
}

impl OutputHosts {
    /// The service's own.
    pub fn runcomfy() -> Self {
        Self {
            domains: ["runcomfy.net", "runcomfy.com"].map(str::to_owned).into(),
            places: Vec::new(),
        }
    }

    /// Those of a service: an emulator on this machine has its files where it is itself.
    pub fn of(service: &kinora::BaseUrl) -> Self {
        if service.is_loopback() {
            Self::default().with_place(service)
        } else {
            Self::runcomfy()
        }
    }

    /// The same with an emulator's outputs, at `base`.
    #[must_use]
    pub fn with_place(mut self, base: &kinora::BaseUrl) -> Self {
        self.places.push(base.as_str().to_owned());
        self
    }

    /// Whether this address may be fetched. It must be written as every reader of addresses would
    /// write it: nothing in it is read in two ways, so nobody can be fooled about its host.
    pub(crate) fn allow(&self, address: &str) -> bool {
        let Some((scheme_and_authority, rest)) = split(address) else {
            return false;
        };
        if self
            .places
            .iter()
            .any(|place| place == scheme_and_authority)
        {
            return is_plain(rest);
        }
        let Some(host) = scheme_and_authority.strip_prefix("https://") else {
            return false;
        };
        // Names in other scripts are written in a code that has to be checked; the service has none.
        let is_host = is_name(host) && !host.contains("xn--");
        is_host && self.domains.iter().any(|domain| is_below(host, domain)) && is_plain(rest)
    }
}

/// A result file to be fetched for a page, without any token and without following a redirect.
#[derive(Clone, Debug, PartialEq)]
pub struct Fetch {
    /// The whole address.
    pub url: String,
    /// Headers to send: at most a `range`.
    pub headers: Vec<(String, String)>,
    /// The most bytes to pass on. The host stops there.
    pub most_bytes: u64,
    pub(crate) dress: Dress,
}

/// The start of a file's answer; the host passes the bytes on as they come.
#[derive(Clone, Debug, PartialEq)]
pub struct FetchedHead {
    /// The status.
    pub status: u16,
    /// All headers.
    pub headers: Vec<(String, String)>,
    /// What to log.
    pub line: Line,
}

impl Fetch {
    /// What a page gets of the answer to a fetch, judged by its start.
    ///
    /// # Errors
    /// The answer to give instead, when the file is no medium, too large or not there.
    pub fn fetched(
        &self,
        status: u16,
        headers: &[(String, String)],
    ) -> Result<FetchedHead, Box<Answer>> {
        let refuse = |reason| Box::new(self.dress.answer(&Reply::refusal(reason)));
        match status {
            200 | 206 => {}
            300..400 => return Err(refuse(Reason::Redirected)),
            404 | 410 => return Err(refuse(Reason::NoSuchOutput)),
            416 => return Err(refuse(Reason::BadRange)),
            _ => return Err(refuse(Reason::OutputUnavailable)),
        }
        let kind = find(headers, header::CONTENT_TYPE).unwrap_or_default();
        if !is_medium(kind) {
            return Err(refuse(Reason::NotAMedium));
        }
        let length = find(headers, "content-length").and_then(|text| text.parse::<u64>().ok());
        if length.is_some_and(|length| length > self.most_bytes) {
            return Err(refuse(Reason::OutputTooLarge));
        }
        let passed = headers
            .iter()
            .filter(|(name, value)| PASSED.contains(&name.as_str()) && !self.dress.leaks(value));
        let mut kept: Vec<_> = passed.cloned().collect();
        let added = ADDED.map(|(name, value)| (name.to_owned(), value.to_owned()));
        kept.extend(added);
        kept.extend(self.dress.cors());
        Ok(FetchedHead {
            status,
            headers: kept,
            line: self.dress.line(status, Reason::Passed),
        })
    }

    /// The answer when no answer came.
    pub fn failed(&self) -> Answer {
        self.dress
            .answer(&Reply::refusal(Reason::OutputUnavailable))
    }
}

/// `scheme://host:port` and the rest, which begins with a slash.
fn split(address: &str) -> Option<(&str, &str)> {
    if address.len() > ADDRESS_CHARS {
        return None;
    }
    let start = address.find("://")? + "://".len();
    let end = start + address.get(start..)?.find('/')?;
    Some(address.split_at(end))
}

fn is_below(host: &str, domain: &str) -> bool {
    let before = host.strip_suffix(domain);
    before.is_some_and(|before| before.len() > 1 && before.ends_with('.'))
}

/// Whether a path and query are in no need of repair: no dot segments, no stray signs, no
/// fragment. <https://www.rfc-editor.org/rfc/rfc3986#section-2>
fn is_plain(rest: &str) -> bool {
    let mut bytes = rest.bytes();
    while let Some(byte) = bytes.next() {
        let fits = match byte {
            b'%' => [bytes.next(), bytes.next()]
                .iter()
                .all(|digit| digit.is_some_and(|digit| digit.is_ascii_hexdigit())),
            _ => byte.is_ascii_alphanumeric() || b"-._~!$&()*+,;=:@/?".contains(&byte),
        };
        if !fits {
            return false;
        }
    }
    let path = rest.split('?').next().unwrap_or_default();
    let undotted = |segment: &str| {
        let plain = segment.to_ascii_lowercase().replace("%2e", ".");
        plain != "." && plain != ".."
    };
    path.split('/').all(undotted)
}

/// Pictures that carry scripts are documents, not media.
fn is_medium(kind: &str) -> bool {
    let kind = kind.split(';').next().unwrap_or_default().trim();
    let kind = kind.to_ascii_lowercase();
    let is_of = |group: &str| kind.starts_with(group) && !kind.contains("xml");
    ["video/", "image/", "audio/"].into_iter().any(is_of) || kind == "application/octet-stream"
}

fn find<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    headers
        .iter()
        .find(|(known, _)| known == name)
        .map(|(_, value)| value.as_str())
}

/// The longest address that is fetched.
const ADDRESS_CHARS: usize = 2048;

/// What of a file's headers a page gets.
const PASSED: [&str; 7] = [
    "content-type",
    "content-length",
    "content-range",
    "accept-ranges",
    "last-modified",
    "etag",
    "date",
];

/// Whatever the file is, it is not a page of this origin.
const ADDED: [(&str, &str); 4] = [
    ("content-security-policy", "default-src 'none'; sandbox"),
    ("x-content-type-options", "nosniff"),
    ("cross-origin-resource-policy", "cross-origin"),
    ("cache-control", "private, max-age=3600"),
];

#[cfg(test)]
mod tests;
