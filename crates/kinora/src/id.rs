//! Identifiers that go into URLs and headers. Each exists only when it is safe to put there.

use core::fmt;
use std::borrow::Cow;

use crate::limits::{INTENT_ID_CHARS, MODEL_ID_CHARS, REQUEST_ID_CHARS};
use crate::sentence::join;

/// An identifier was refused: it has no form that may go into a URL or a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadId {
    what: What,
    why: Why,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    Model,
    Request,
    Intent,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Why {
    Empty,
    Long,
    Signs,
    NoSlash,
    Segment,
    ModelSigns,
}

impl BadId {
    /// What is wrong with it, as a sentence.
    pub fn sentence(&self) -> String {
        let what = match self.what {
            What::Model => "a model",
            What::Request => "a request",
            What::Intent => "an intent",
        };
        let why = match self.why {
            Why::Empty => "it is empty",
            Why::Long => "it is too long",
            Why::Signs => "only letters, digits, \"_\" and \"-\" are allowed",
            Why::NoSlash => "it needs at least one slash, as in \"maker/model\"",
            Why::Segment => "a part between slashes is empty or only dots",
            Why::ModelSigns => "only letters, digits, \"_\", \".\", \"-\" and \"/\" are allowed",
        };
        join(&["This is not ", what, " id: ", why, "."])
    }
}

impl fmt::Display for BadId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.sentence())
    }
}

impl core::error::Error for BadId {}

/// A model's name in the catalogue, such as `wan-ai/wan-2-2/image-to-video`.
///
/// Two or more segments of ASCII letters, digits, `_`, `.` and `-`, none empty or only dots, at most
/// [`MODEL_ID_CHARS`] in all; slashes are sent as they are. So no id can leave its place in a path,
/// whichever of the many readings of escapes and dots a server takes.
/// <https://docs.runcomfy.com/model-apis/model-catalog-endpoints> (read 2026-11-22).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ModelId(Cow<'static, str>);

impl ModelId {
    /// The model that ships inside: `wan-ai/wan-2-2/image-to-video`.
    pub const WAN_2_2: &'static Self = &Self::OWN_WAN_2_2;

    pub(crate) const OWN_WAN_2_2: Self = Self(Cow::Borrowed("wan-ai/wan-2-2/image-to-video"));

    /// Reads a model id.
    ///
    /// # Errors
    /// When there are fewer than two segments, an empty or dot-only one, another character, or too
    /// many.
    pub fn parse(text: &str) -> Result<Self, BadId> {
        let bad = |why| BadId {
            what: What::Model,
            why,
        };
        if text.len() > MODEL_ID_CHARS {
            return Err(bad(Why::Long));
        }
        if !text.bytes().any(|byte| byte == b'/') {
            return Err(bad(Why::NoSlash));
        }
        for segment in text.as_bytes().split(|byte| *byte == b'/') {
            if segment.iter().all(|byte| *byte == b'.') {
                return Err(bad(Why::Segment));
            }
            if !segment.iter().all(|byte| is_word(*byte) || *byte == b'.') {
                return Err(bad(Why::ModelSigns));
            }
        }
        Ok(Self(Cow::Owned(text.to_owned())))
    }

    /// The id as it stands in a URL's path.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ModelId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// The service's name for one accepted job: 1 to [`REQUEST_ID_CHARS`] of `[A-Za-z0-9_-]`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RequestId(String);

impl RequestId {
    /// Reads a request id.
    ///
    /// # Errors
    /// When it is empty, too long, or has a character that does not belong into a path segment.
    pub fn parse(text: &str) -> Result<Self, BadId> {
        word(What::Request, text, REQUEST_ID_CHARS).map(Self)
    }

    /// The id as it stands in a URL's path.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Our name for one wish to have one video: same id, one job, however often it is sent.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct IntentId(String);

impl IntentId {
    /// Mints an id from 128 random bits of the platform.
    pub fn mint(random: u128) -> Self {
        Self(format!("{random:032x}"))
    }

    /// Reads an intent id.
    ///
    /// # Errors
    /// When it is empty, longer than [`INTENT_ID_CHARS`], or not of `[A-Za-z0-9_-]`.
    pub fn parse(text: &str) -> Result<Self, BadId> {
        word(What::Intent, text, INTENT_ID_CHARS).map(Self)
    }

    /// The id as it stands in a header.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for IntentId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

fn word(what: What, text: &str, longest: usize) -> Result<String, BadId> {
    let bad = |why| BadId { what, why };
    if text.is_empty() {
        return Err(bad(Why::Empty));
    }
    if text.len() > longest {
        return Err(bad(Why::Long));
    }
    if !text.bytes().all(is_word) {
        return Err(bad(Why::Signs));
    }
    Ok(text.to_owned())
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn model_ids_of_the_catalogue_are_read() {
        for id in [
            "wan-ai/wan-2-2/image-to-video",
            "kling/kling-video-o3/4K/image-to-video",
            "bytedance/seedance-v1.5-pro/image-to-video",
            "maker/My_Model",
            "a/b",
            "a/b/c/d/e",
            "a/..b/.c",
        ] {
            assert_eq!(
                ModelId::parse(id).map(|id| id.to_string()),
                Ok(id.to_owned())
            );
        }
    }

    /// An id that is refused, and a word of the reason.
    #[test]
    fn model_ids_that_could_leave_their_path_are_refused() {
        let longest = ["a/", &"b".repeat(254)].concat();
        assert!(ModelId::parse(&longest).is_ok());
        let longer = [&longest, "b"].concat();
        for (id, why) in [
            ("", "slash"),
            ("a", "slash"),
            ("categories", "slash"),
            ("a/", "empty"),
            ("/a", "empty"),
            ("//", "empty"),
            ("a//b", "empty"),
            ("/a/b", "empty"),
            ("a/b/", "empty"),
            ("a/../b", "dots"),
            ("../a", "dots"),
            ("a/.", "dots"),
            ("a/...", "dots"),
            ("a/b?c", "only letters"),
            ("a/b#c", "only letters"),
            ("a/%2e%2e/b", "only letters"),
            ("a/%2E", "only letters"),
            ("a/b%2fc", "only letters"),
            ("a/%00", "only letters"),
            ("a\\b", "slash"),
            ("a/b\\..\\c", "only letters"),
            ("a/b;c", "only letters"),
            ("a/b c", "only letters"),
            (" a/b", "only letters"),
            ("a/b\n", "only letters"),
            ("a/b\0", "only letters"),
            ("a/b:80", "only letters"),
            ("https://a.example/b", "only letters"),
            ("a@b/c", "only letters"),
            ("ä/b", "only letters"),
            ("a/\u{ff0e}\u{ff0e}", "only letters"),
            ("a/\u{2215}b", "only letters"),
            (&longer, "too long"),
        ] {
            let problem = ModelId::parse(id).expect_err(id).to_string();
            assert!(problem.contains(why), "{id:?}: {problem}");
        }
    }

    #[test]
    fn request_ids_stay_inside_one_path_segment() {
        let longest = "a".repeat(128);
        assert!(RequestId::parse(&longest).is_ok());
        for id in ["", "a/b", "..", "a b", "é", &format!("{longest}a")] {
            assert!(RequestId::parse(id).is_err(), "{id}");
        }
    }

    #[test]
    fn a_minted_intent_can_be_read_again() {
        let minted = IntentId::mint(7);
        assert_eq!(IntentId::parse(minted.as_str()), Ok(minted));
    }

    #[test]
    fn an_intent_fits_into_a_header() {
        let longest = "a".repeat(64);
        assert!(IntentId::parse(&longest).is_ok());
        for id in ["", "a\nb", "a, b", &format!("{longest}a")] {
            assert!(IntentId::parse(id).is_err(), "{id}");
        }
    }
}
