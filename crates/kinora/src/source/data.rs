//! Files that are part of the request, as `data:` URIs.

use crate::image::ByteSize;

/// A file written out in its own address: `data:image/png;base64,…`.
///
/// The service's page asks for public addresses, but RunComfy's own ComfyUI nodes send files this
/// way: <https://github.com/runcomfy-com/comfyui-runcomfy-partner-nodes> (read 2026-11-22).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DataUri<'a> {
    media_type: &'a str,
    bytes: u64,
}

impl<'a> DataUri<'a> {
    /// Reads a `data:` URI of a file in base64, without decoding it.
    pub fn parse(text: &'a str) -> Option<Self> {
        let rest = text.get(SCHEME.len()..).filter(|_| Self::is_meant(text))?;
        let (head, base64) = rest.split_once(',')?;
        let media_type = head.strip_suffix(";base64")?;
        let digits = base64.trim_end_matches('=');
        let padding = base64.len() - digits.len();
        let whole = base64.len().is_multiple_of(4) && padding <= 2 && !digits.is_empty();
        (whole && is_base64(digits)).then(|| Self {
            media_type,
            bytes: (base64.len() / 4 * 3 - padding) as u64,
        })
    }

    /// Most characters that a file of this size takes, with the longest media type of an image.
    pub(crate) fn length(file: ByteSize) -> u64 {
        let head = "data:image/jpeg;base64,".len() as u64;
        head + file.count().div_ceil(3) * 4
    }

    /// Whether a text is meant as one, well-formed or not.
    pub(crate) fn is_meant(text: &str) -> bool {
        let begins = text.trim_start().get(..SCHEME.len());
        begins.is_some_and(|begin| begin.eq_ignore_ascii_case(SCHEME))
    }

    /// What it says it is: `image/png`.
    pub fn media_type(&self) -> &str {
        self.media_type
    }

    /// Size of the file, in bytes.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }
}

/// A plain loop, since files are long and tests are not optimised.
fn is_base64(digits: &str) -> bool {
    for byte in digits.as_bytes() {
        if !matches!(byte, b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'+' | b'/') {
            return false;
        }
    }
    true
}

const SCHEME: &str = "data:";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_in_base64_tells_its_type_and_size() {
        for (text, media_type, bytes) in [
            ("data:image/png;base64,AAAA", "image/png", 3),
            ("DATA:video/mp4;base64,AAA=", "video/mp4", 2),
            (
                "data:image/svg+xml;charset=utf-8;base64,AA==",
                "image/svg+xml;charset=utf-8",
                1,
            ),
            ("data:;base64,AAAA+/09", "", 6),
        ] {
            let data = DataUri::parse(text).expect(text);
            assert_eq!(
                (data.media_type(), data.bytes()),
                (media_type, bytes),
                "{text}"
            );
        }
    }

    #[test]
    fn a_file_is_a_third_larger_in_base64() {
        for text in [
            "data:image/jpeg;base64,AAAA",
            "data:image/jpeg;base64,AAAAAA==",
        ] {
            let bytes = DataUri::parse(text).expect(text).bytes();
            assert_eq!(DataUri::length(ByteSize::bytes(bytes)), text.len() as u64);
        }
    }

    #[test]
    fn what_is_not_base64_is_no_file() {
        for text in [
            "",
            "data",
            "data:",
            "data:image/png;base64,",
            "data:image/png;base64,====",
            "data:image/png;base64,AAA",
            "data:image/png;base64,A===",
            "data:image/png,AAAA",
            "data:image/png;base64,AA A",
            "data:image/png;base64,ÄÄÄÄ",
            "date:image/png;base64,AAAA",
        ] {
            assert_eq!(DataUri::parse(text), None, "{text}");
        }
    }
}
