//! The token, which only this crate ever reads.

use core::fmt;

use kinora::BaseUrl;

/// A token and the one base it is sent to. Its text cannot be read back.
#[derive(Clone)]
pub struct Token {
    text: String,
    base: BaseUrl,
}

impl Token {
    /// Takes a token as people paste it, perhaps with `Bearer ` before it.
    ///
    /// # Errors
    /// When nothing is left, or a character is in it that no token has.
    pub fn new(text: &str, base: BaseUrl) -> Result<Self, TokenProblem> {
        let text = text.trim();
        let text = match text.split_at_checked(SCHEME.len()) {
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case(SCHEME) => rest.trim_start(),
            _ => text,
        };
        if text.is_empty() || text.eq_ignore_ascii_case(SCHEME.trim_end()) {
            return Err(TokenProblem::Empty);
        }
        if text.chars().any(char::is_whitespace) {
            return Err(TokenProblem::WhiteSpace);
        }
        if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(TokenProblem::OddCharacter);
        }
        Ok(Self {
            text: text.to_owned(),
            base,
        })
    }

    /// The base it belongs to.
    pub fn base(&self) -> &BaseUrl {
        &self.base
    }

    /// The token itself, for its way to the module that keeps it.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The header's value for this URL, when the URL lies within the token's base.
    pub(crate) fn authorization(&self, url: &str) -> Option<String> {
        let rest = url.strip_prefix(self.base.as_str())?;
        let inside = rest.is_empty() || rest.starts_with(['/', '?', '#']);
        // A path that climbs could leave the base for a neighbour on the same host.
        let climbs = rest.contains("..") || rest.contains('\\');
        (inside && !climbs).then(|| [SCHEME, &self.text].concat())
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Token(…)")
    }
}

/// Why a text is no token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenProblem {
    /// There is nothing in it.
    Empty,
    /// There is a space, tab or line break inside.
    WhiteSpace,
    /// There is a control character, or one outside ASCII.
    OddCharacter,
}

impl fmt::Display for TokenProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Empty => "There is no token. Paste the one from your RunComfy profile.",
            Self::WhiteSpace => {
                "A token has no spaces or line breaks in it. Copy it again, and nothing around it."
            }
            Self::OddCharacter => {
                "A token has only plain letters, digits and signs. Copy it again from where it was \
                 shown to you."
            }
        })
    }
}

impl core::error::Error for TokenProblem {}

const SCHEME: &str = "Bearer ";
