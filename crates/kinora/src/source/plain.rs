//! Addresses that need no second look: `https:`, a host in small letters. Nearly all that are ever
//! used are such, and finding that out takes a fraction of the code that judges all others.

use super::host::is_local;
use crate::ascii;

/// Whether [`SourceUrl::parse`](super::SourceUrl::parse) takes an address as it is, whoever is to
/// fetch it; else it has to be asked.
pub(crate) fn is_plain(text: &str) -> bool {
    let Some((host, rest)) = text.strip_prefix("https://").and_then(plain_host) else {
        return false;
    };
    let Some((_, last)) = ascii::cut_last(host, b'.') else {
        return false;
    };
    let is_public = last.bytes().all(|sign| sign.is_ascii_lowercase())
        && !matches!(last, "" | "localhost")
        && !is_local(last);
    let goes_on = matches!(rest.as_bytes().first(), None | Some(b'/' | b'?' | b'#'));
    is_public && goes_on && rest.bytes().all(is_plain_sign)
}

/// A host at the start of a text, if it is plain, and what follows it.
pub(crate) fn plain_host(text: &str) -> Option<(&str, &str)> {
    let is_sign = |sign| matches!(sign, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-');
    let end = text.bytes().position(|sign| !is_sign(sign));
    let (host, rest) = text.split_at_checked(end.unwrap_or(text.len()))?;
    let signs = host.as_bytes();
    let is_host = signs.first().is_some_and(u8::is_ascii_alphanumeric)
        && !signs.windows(2).any(|pair| pair == b"..");
    is_host.then_some((host, rest))
}

/// Whether a sign of an address stands for itself.
pub(crate) fn is_plain_sign(sign: u8) -> bool {
    sign.is_ascii_graphic() && sign != b'\\'
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::source::{Reach, SourceUrl};

    fn check(text: &str) {
        for reach in [Reach::Internet, Reach::Loopback, Reach::Page] {
            let source = SourceUrl::parse(text, reach);
            let taken = source.as_ref().map(SourceUrl::as_str);
            assert!(!is_plain(text) || taken == Ok(text), "{text}: {taken:?}");
        }
    }

    #[test]
    fn usual_addresses_are_plain() {
        for text in [
            "https://example.com/lake.jpg",
            "https://cdn-1.example.co/a/b%20c.png?width=5&x=@:!#top",
            "https://example.com",
            "https://3.example.com?a",
        ] {
            assert!(is_plain(text), "{text}");
            check(text);
        }
    }

    #[test]
    fn whatever_is_odd_gets_a_second_look() {
        for text in [
            "",
            "http://example.com/",
            "https://Example.com/",
            "https://localhost/",
            "https://me.localhost/",
            "https://printer.local/",
            "https://10.0.0.1/",
            "https://intranet/",
            "https://example.com./",
            "https://exa..mple.com/",
            "https://-example.com/",
            "https://.com/",
            "https://me@example.com/",
            "https://example.com:8443/",
            "https://example.com/a b",
            "https://example.com/a\\b",
            "https://example.com/\u{e9}",
            "https://[::1]/",
            "data:image/png;base64,AA==",
            " https://example.com/",
        ] {
            assert!(!is_plain(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_plain_is_taken_as_it_is(
            host in "[a-z0-9.-]{0,6}[.](com|local|test|arpa|[a-z0-9]{0,3})",
            rest in "([/?#:@][ -~]{0,6})?",
        ) {
            check(&format!("https://{host}{rest}"));
        }
    }
}
