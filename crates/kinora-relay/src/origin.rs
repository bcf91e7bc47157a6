//! Which pages may read answers: origins, exact or any sub-domain.

use core::fmt;

/// An origin that may read answers: `https://app.example.com`, or `https://*.example.com` for every
/// sub-domain of it and not itself. There is no pattern for all origins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OriginRule {
    scheme: String,
    /// The whole host, or after a `*` what it must end with, from its dot on.
    host: String,
    is_wildcard: bool,
    port: Option<u16>,
}

impl OriginRule {
    /// Reads a rule.
    ///
    /// # Errors
    /// When it is not scheme, host and perhaps a port, with `*.` at most at the host's start.
    pub fn parse(text: &str) -> Result<Self, BadOrigin> {
        let text = text.trim();
        let bad = || BadOrigin(text.to_owned());
        let lower = text.to_ascii_lowercase();
        let bare = lower.trim_end_matches('/').replacen("://*.", "://", 1);
        let is_wildcard = lower.contains("://*.");
        let (scheme, host, port) = split(&bare).ok_or_else(bad)?;
        let host = if is_wildcard {
            [".", host].concat()
        } else {
            host.to_owned()
        };
        // A whole top-level domain belongs to too many.
        if is_wildcard && host.matches('.').count() < 2 {
            return Err(bad());
        }
        Ok(Self {
            scheme: scheme.to_owned(),
            host,
            is_wildcard,
            port,
        })
    }

    /// Whether an `Origin` header names an origin that may. Nothing but an origin in the form that
    /// browsers send does: <https://www.rfc-editor.org/rfc/rfc6454#section-6.2>
    pub fn fits(&self, origin: &str) -> bool {
        let Some((scheme, host, port)) = split(origin) else {
            return false;
        };
        let same_host = if self.is_wildcard {
            host.len() > self.host.len() && host.ends_with(&self.host)
        } else {
            host == self.host
        };
        scheme == self.scheme && port == self.port && same_host
    }
}

/// The text is no rule for origins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadOrigin(String);

impl fmt::Display for BadOrigin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "\"{}\" is no origin. Write scheme, host and port, if it is not the usual one, as in \
             https://app.example.com or http://localhost:5173, or https://*.example.com for all \
             sub-domains. A * alone would let every page spend your balance.",
            self.0
        )
    }
}

impl core::error::Error for BadOrigin {}

/// Scheme, host and port of an origin in lower case, without a usual port.
fn split(origin: &str) -> Option<(&str, &str, Option<u16>)> {
    let (scheme, authority) = origin.split_once("://")?;
    let usual = match scheme {
        "https" => 443,
        "http" => 80,
        _ => return None,
    };
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, digits)) if !digits.ends_with(']') => (host, Some(port(digits)?)),
        Some(_) | None => (authority, None),
    };
    is_host(host).then_some((scheme, host, port.filter(|port| *port != usual)))
}

fn port(digits: &str) -> Option<u16> {
    let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|_| is_number)
}

fn is_host(host: &str) -> bool {
    if let Some(address) = host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'))
    {
        return address.parse::<core::net::Ipv6Addr>().is_ok();
    }
    is_name(host)
}

/// Whether this is a name of DNS, or an IPv4 address, in lower case.
pub(crate) fn is_name(host: &str) -> bool {
    let is_sign = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_');
    let is_label = |label: &str| {
        (1..=LABEL_CHARS).contains(&label.len())
            && label.bytes().all(is_sign)
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    host.len() <= NAME_CHARS && host.split('.').all(is_label)
}

/// Most characters of a name and of each of its labels:
/// <https://www.rfc-editor.org/rfc/rfc1035#section-2.3.4>
const NAME_CHARS: usize = 253;
const LABEL_CHARS: usize = 63;

#[cfg(test)]
mod tests {
    use super::*;

    fn check(rule: &str, origin: &str, wanted: bool) {
        let parsed = OriginRule::parse(rule).unwrap();
        assert_eq!(parsed.fits(origin), wanted, "{rule} {origin}");
    }

    #[test]
    fn an_exact_origin_fits_itself_alone() {
        check("https://app.example.com", "https://app.example.com", true);
        check("HTTPS://App.Example.com/", "https://app.example.com", true);
        check(
            "https://app.example.com:443",
            "https://app.example.com",
            true,
        );
        check("http://localhost:5173", "http://localhost:5173", true);
        check("http://[::1]:5173", "http://[::1]:5173", true);
        for other in [
            "http://app.example.com",
            "https://app.example.com:8443",
            "https://app.example.com.evil.com",
            "https://evil-app.example.com",
            "https://example.com",
            "https://app.example.com/",
            "https://app.example.com@evil.com",
            "https://evil.com#https://app.example.com",
            "https://evil.com\\.app.example.com",
            "null",
            "",
            "*",
        ] {
            check("https://app.example.com", other, false);
        }
    }

    #[test]
    fn a_wildcard_fits_sub_domains_and_not_the_domain() {
        let rule = "https://*.example.com";
        check(rule, "https://a.example.com", true);
        check(rule, "https://a.b.example.com", true);
        for other in [
            "https://example.com",
            "https://.example.com",
            "https://evilexample.com",
            "https://a.example.com.evil.com",
            "http://a.example.com",
            "https://a.example.com:8443",
            "https://a b.example.com",
            "https://evil.com/.example.com",
            "https://evil.com?.example.com",
            "https://*.example.com",
        ] {
            check(rule, other, false);
        }
        check(
            "https://*.example.com:8443",
            "https://a.example.com:8443",
            true,
        );
    }

    #[test]
    fn what_is_no_origin_is_refused_with_the_way_to_write_one() {
        for text in [
            "",
            "*",
            "null",
            "example.com",
            "https://",
            "https://*",
            "https://*.com",
            "https://a.*.example.com",
            "ftp://example.com",
            "https://example.com/path",
            "https://me@example.com",
            "https://example.com:99999",
            "https://example.com:+1",
            "https://exa mple.com",
        ] {
            let bad = OriginRule::parse(text).unwrap_err();
            assert!(
                bad.to_string().contains("https://app.example.com"),
                "{text}"
            );
        }
    }
}
