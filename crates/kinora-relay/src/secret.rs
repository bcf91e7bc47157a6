//! Texts that must not be seen: the service's token, and what callers prove themselves with.

use core::fmt;

use subtle::ConstantTimeEq;

/// A secret. It has no `Display`, and its `Debug` shows nothing of it.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// The fewest characters of a secret. A shorter one is guessed, and is found by chance in
    /// texts that have nothing to do with it.
    pub const CHARS_AT_LEAST: usize = 8;

    /// Reads a secret. White space around it is dropped: files end with a line break.
    ///
    /// # Errors
    /// When it is too short, or has a character that cannot stand in a header.
    pub fn parse(text: &str) -> Result<Self, BadSecret> {
        let text = text.trim();
        if text.len() < Self::CHARS_AT_LEAST {
            return Err(BadSecret::TooShort);
        }
        if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(BadSecret::BadCharacter);
        }
        Ok(Self(text.to_owned()))
    }

    /// The value of the `Authorization` header that carries it.
    pub fn bearer(&self) -> String {
        format!("Bearer {}", self.0)
    }

    /// Whether this is the same text, in a time that only its length changes.
    pub(crate) fn is(&self, text: &str) -> bool {
        self.0.as_bytes().ct_eq(text.as_bytes()).into()
    }

    /// Whether a text has it in it.
    pub(crate) fn is_in(&self, text: &[u8]) -> bool {
        let secret = self.0.as_bytes();
        text.windows(secret.len()).any(|window| window == secret)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret(…)")
    }
}

/// Why a text is no secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadSecret {
    /// It has fewer than [`Secret::CHARS_AT_LEAST`] characters.
    TooShort,
    /// It has a character that cannot stand in a header.
    BadCharacter,
}

impl fmt::Display for BadSecret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooShort => write!(
                formatter,
                "It is shorter than {} characters and could be guessed. Use a longer one, such as \
                 the output of `openssl rand -hex 16`.",
                Secret::CHARS_AT_LEAST
            ),
            Self::BadCharacter => formatter.write_str(
                "It has a space or another character that cannot be sent in a header. Use letters, \
                 digits and signs of ASCII.",
            ),
        }
    }
}

impl core::error::Error for BadSecret {}

/// The token inside an `Authorization` header. The scheme's case does not matter:
/// <https://www.rfc-editor.org/rfc/rfc9110#section-11.1>
pub(crate) fn bearer(authorization: &str) -> Option<&str> {
    let (scheme, token) = authorization.split_once(' ')?;
    (scheme.eq_ignore_ascii_case("bearer") && !token.trim().is_empty()).then(|| token.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_long_enough_and_fits_into_a_header() {
        assert!(Secret::parse(" 12345678\n").is_ok());
        assert_eq!(Secret::parse("1234567"), Err(BadSecret::TooShort));
        assert_eq!(Secret::parse(""), Err(BadSecret::TooShort));
        for text in ["two words", "näher daran", "line\nbreak"] {
            assert_eq!(Secret::parse(text), Err(BadSecret::BadCharacter), "{text}");
        }
    }

    #[test]
    fn only_the_very_same_text_is_the_secret() {
        let secret = Secret::parse("correct-horse").unwrap();
        assert!(secret.is("correct-horse"));
        for other in [
            "",
            "correct",
            "correct-horse-",
            "Correct-horse",
            "correct-horsf",
        ] {
            assert!(!secret.is(other), "{other}");
        }
    }

    #[test]
    fn a_secret_is_found_wherever_it_stands_and_never_shown() {
        let secret = Secret::parse("correct-horse").unwrap();
        assert!(secret.is_in(b"a correct-horse b"));
        assert!(secret.is_in(b"correct-horse"));
        assert!(!secret.is_in(b"correct-hors"));
        assert!(!secret.is_in(b""));
        assert!(!format!("{secret:?}").contains("correct"));
    }

    #[test]
    fn a_bearer_is_read_whatever_the_case_of_its_scheme() {
        assert_eq!(bearer("bEaReR  x "), Some("x"));
        for none in ["", "Bearer", "Bearer ", "Basic x", "x"] {
            assert_eq!(bearer(none), None, "{none}");
        }
    }
}
