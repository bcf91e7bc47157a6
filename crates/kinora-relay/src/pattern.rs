//! Which models may be used: patterns of ids.

use core::fmt;

use kinora::ModelId;

/// A pattern of model ids: `*` stands for any run of characters within one part between slashes,
/// `**` as the last part for one part or more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelPattern(String);

impl ModelPattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// When a part is empty, has a character that no id has, or `**` is not alone and last.
    pub fn parse(text: &str) -> Result<Self, BadPattern> {
        let text = text.trim();
        let mut parts = text.split('/').peekable();
        while let Some(part) = parts.next() {
            let is_last = parts.peek().is_none();
            let fits = match part {
                "**" => is_last,
                _ => !part.is_empty() && !part.contains("**") && part.bytes().all(is_sign),
            };
            if !fits {
                return Err(BadPattern(text.to_owned()));
            }
        }
        Ok(Self(text.to_owned()))
    }

    /// Whether a model's id fits.
    pub fn fits(&self, model: &ModelId) -> bool {
        let mut parts = model.as_str().split('/');
        for pattern in self.0.split('/') {
            let Some(part) = parts.next() else {
                return false;
            };
            if pattern == "**" {
                return true;
            }
            if !part_fits(pattern, part) {
                return false;
            }
        }
        parts.next().is_none()
    }
}

/// The text is no pattern of model ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadPattern(String);

impl fmt::Display for BadPattern {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "\"{}\" is no pattern of model ids. Write an id such as wan-ai/wan-2-2/image-to-video, \
             with * for any part of it and /** at the end for all that begin so.",
            self.0
        )
    }
}

impl core::error::Error for BadPattern {}

/// Stars take as little as they can; what comes between two stars is looked for in order.
fn part_fits(pattern: &str, part: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else {
        return pattern == part;
    };
    let Some(mut part) = part.strip_prefix(start) else {
        return false;
    };
    let mut pieces: Vec<&str> = rest.split('*').collect();
    let end = pieces.pop().unwrap_or_default();
    for piece in pieces {
        let Some(at) = part.find(piece) else {
            return false;
        };
        part = part.get(at + piece.len()..).unwrap_or_default();
    }
    part.ends_with(end)
}

fn is_sign(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"_-.*".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pattern: &str, model: &str, wanted: bool) {
        let pattern = ModelPattern::parse(pattern).unwrap();
        let model = ModelId::parse(model).unwrap();
        assert_eq!(pattern.fits(&model), wanted, "{pattern:?} {model}");
    }

    #[test]
    fn an_id_fits_itself_alone() {
        let id = "wan-ai/wan-2-2/image-to-video";
        check(id, id, true);
        check(id, "wan-ai/wan-2-2/text-to-video", false);
        check(id, "wan-ai/wan-2-2", false);
        check(id, "wan-ai/wan-2-2/image-to-video/fast", false);
        check(id, "WAN-AI/wan-2-2/image-to-video", false);
    }

    #[test]
    fn a_star_stays_between_its_slashes() {
        check(
            "wan-ai/*/image-to-video",
            "wan-ai/wan-2-5/image-to-video",
            true,
        );
        check("wan-ai/*", "wan-ai/wan-2-5/image-to-video", false);
        check("*/*", "a/b", true);
        check(
            "wan-ai/wan-*-2/image-*",
            "wan-ai/wan-2-2/image-to-video",
            true,
        );
        check(
            "wan-ai/wan-*-2/image-*",
            "wan-ai/wan-2/image-to-video",
            false,
        );
        check("a/x*yx*y", "a/xyxy", true);
        check("a/x*yx*y", "a/xyx", false);
        check("a/ab*ba", "a/aba", false);
    }

    #[test]
    fn two_stars_take_the_rest_but_not_nothing() {
        check("**", "a/b/c", true);
        check("wan-ai/**", "wan-ai/wan-2-2/image-to-video", true);
        check("wan-ai/**", "wan-ai-evil/x", false);
        check("a/b/**", "a/b", false);
    }

    #[test]
    fn what_is_no_pattern_is_refused_with_the_way_to_write_one() {
        for text in [
            "", "/", "a//b", "a/", "a/**/b", "a/b**", "a b/c", "a/%2e", "ä/b", "a/b?c",
        ] {
            let bad = ModelPattern::parse(text).unwrap_err();
            assert!(bad.to_string().contains("Write an id such as"), "{text}");
        }
    }
}
