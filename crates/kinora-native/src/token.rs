//! The token, which only this crate's platform ever reads.

use std::fmt;

use kinora::BaseUrl;
use reqwest::Url;
use reqwest::header::HeaderValue;

/// A token and the one base it is sent to. Its text cannot be read back.
#[derive(Clone)]
pub struct Token {
    bearer: HeaderValue,
    base: BaseUrl,
}

impl Token {
    /// Takes a token as it stands in a variable or a file; white space around it is dropped.
    ///
    /// # Errors
    /// When nothing is left, or a character is in it that no token has.
    pub fn new(text: &str, base: BaseUrl) -> Result<Self, TokenProblem> {
        let text = text.trim();
        if text.is_empty() {
            return Err(TokenProblem::Empty);
        }
        if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(TokenProblem::OddCharacter);
        }
        let bearer = HeaderValue::from_str(&format!("Bearer {text}"));
        let mut bearer = bearer.map_err(|_| TokenProblem::OddCharacter)?;
        bearer.set_sensitive(true);
        Ok(Self { bearer, base })
    }

    /// The base it belongs to.
    pub fn base(&self) -> &BaseUrl {
        &self.base
    }

    /// The header's value for this URL, when the URL lies within the token's base: same scheme,
    /// host and port, and below its path once that is resolved.
    pub(crate) fn authorization(&self, url: &Url) -> Option<HeaderValue> {
        let base = Url::parse(self.base.as_str()).ok()?;
        let path = base.path().trim_end_matches('/');
        let rest = url.path().strip_prefix(path)?;
        let is_inside = url.origin() == base.origin() && rest.starts_with('/');
        // An escaped climb is the server's to resolve, and it may.
        let climbs = rest.to_ascii_lowercase().contains("%2e") || rest.contains('\\');
        (is_inside && !climbs).then(|| self.bearer.clone())
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
    /// There is white space, a control character, or one outside ASCII.
    OddCharacter,
}

impl fmt::Display for TokenProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Empty => "There is no token. Take the one from your RunComfy profile.",
            Self::OddCharacter => {
                "A token has only plain letters, digits and signs, and no spaces. Copy it again \
                 from where it was shown to you."
            }
        })
    }
}

impl std::error::Error for TokenProblem {}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_sent(base: &str, url: &str) -> bool {
        let base = BaseUrl::parse(base).expect("a base");
        let token = Token::new("canary", base).expect("a token");
        let url = Url::parse(url).expect("a URL");
        token.authorization(&url).is_some()
    }

    #[test]
    fn a_token_goes_below_its_base_only() {
        let base = "https://relay.example.com/kinora";
        assert!(is_sent(
            base,
            "https://relay.example.com/kinora/v1/models/a/b"
        ));
        for elsewhere in [
            "https://relay.example.com/v1/models/a/b",
            "https://relay.example.com/kinora-2/v1",
            "https://relay.example.com/kinora/../v1",
            "https://relay.example.com/kinora/%2E%2e/v1",
            "https://relay.example.com:8443/kinora/v1",
            "http://relay.example.com/kinora/v1",
            "https://relay.example.com.evil.example/kinora/v1",
            "https://evil.example/https://relay.example.com/kinora/v1",
        ] {
            assert!(!is_sent(base, elsewhere), "{elsewhere}");
        }
    }

    #[test]
    fn what_is_no_token_is_refused() {
        let base = BaseUrl::parse("https://relay.example.com").expect("a base");
        for (text, problem) in [
            ("", TokenProblem::Empty),
            (" \n", TokenProblem::Empty),
            ("two words", TokenProblem::OddCharacter),
            ("tök", TokenProblem::OddCharacter),
            ("a\u{7}b", TokenProblem::OddCharacter),
        ] {
            assert_eq!(
                Token::new(text, base.clone()).err(),
                Some(problem),
                "{text:?}"
            );
        }
    }

    #[test]
    fn a_token_is_never_shown() {
        let base = BaseUrl::parse("https://relay.example.com").expect("a base");
        let token = Token::new(" canary\n", base).expect("a token");
        let url = Url::parse("https://relay.example.com/v1").expect("a URL");
        let value = token.authorization(&url);
        assert!(!format!("{token:?} {value:?}").contains("canary"));
    }
}
