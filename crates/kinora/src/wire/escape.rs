//! Texts inside a URL's query, escaped and read again.
//! <https://url.spec.whatwg.org/#urlencoded-parsing> (read 2026-11-25).

/// A text as it may stand in a query: everything but unreserved characters is escaped.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            escaped.push(char::from(byte));
        } else {
            escaped.push('%');
            escaped.extend([byte >> 4, byte & 0xF].map(digit));
        }
    }
    escaped
}

/// What an escaped text means; nothing when an escape is cut short or the bytes are no UTF-8.
pub(super) fn unescape(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => value(rest.next()?)? << 4 | value(rest.next()?)?,
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}

fn digit(four_bits: u8) -> char {
    char::from_digit(u32::from(four_bits), 16)
        .unwrap_or('0')
        .to_ascii_uppercase()
}

fn value(digit: u8) -> Option<u8> {
    let value = char::from(digit).to_digit(16)?;
    u8::try_from(value).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_means_something_in_a_url_is_escaped() {
        assert_eq!(escape("wan-2.2_~"), "wan-2.2_~");
        assert_eq!(
            escape("a b&c=d#e?f%g+h/i"),
            "a%20b%26c%3Dd%23e%3Ff%25g%2Bh%2Fi"
        );
        assert_eq!(escape("é\n"), "%C3%A9%0A");
    }

    #[test]
    fn what_is_escaped_can_be_read_again() {
        for text in [
            "",
            "wan",
            "a b&c=d",
            "100 %",
            "+",
            "Ünïcode 🎞",
            "\u{0}\u{7f}",
        ] {
            assert_eq!(unescape(&escape(text)).as_deref(), Some(text));
        }
    }

    #[test]
    fn forms_write_a_space_as_plus() {
        assert_eq!(
            unescape("image+to%20video").as_deref(),
            Some("image to video")
        );
    }

    #[test]
    fn a_broken_escape_means_nothing() {
        for text in ["%", "%2", "%zz", "%+1", "%ff", "%C3"] {
            assert_eq!(unescape(text), None, "{text}");
        }
    }
}
