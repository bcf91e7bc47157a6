//! Who may ask.

use core::fmt;

/// The tokens that are accepted. Each stands for an account of its own.
#[derive(Clone, PartialEq, Eq)]
pub struct Tokens(Option<Vec<String>>);

impl Tokens {
    /// Anybody may ask, with any token or none; everything belongs to one account.
    pub const fn any() -> Self {
        Self(None)
    }

    /// Only these.
    pub fn only<T: Into<String>>(tokens: impl IntoIterator<Item = T>) -> Self {
        Self(Some(tokens.into_iter().map(Into::into).collect()))
    }

    /// The account that an `Authorization` header belongs to, if it may ask.
    pub(crate) fn account(&self, authorization: Option<&str>) -> Option<Account> {
        let Some(tokens) = &self.0 else {
            return Some(Account(0));
        };
        let given = bearer(authorization?)?;
        tokens.iter().position(|token| token == given).map(Account)
    }
}

/// Shows how many there are, never one of them.
impl fmt::Debug for Tokens {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            None => formatter.write_str("Tokens(any)"),
            Some(tokens) => write!(formatter, "Tokens({})", tokens.len()),
        }
    }
}

/// Whose a job is: the place of its token in the scenario. The token itself is kept nowhere else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Account(pub(crate) usize);

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
    fn each_token_is_an_account_of_its_own() {
        let tokens = Tokens::only(["one", "two"]);
        assert_eq!(tokens.account(Some("Bearer one")), Some(Account(0)));
        assert_eq!(tokens.account(Some("bearer two")), Some(Account(1)));
        for refused in [
            None,
            Some("one"),
            Some("Basic one"),
            Some("Bearer "),
            Some("Bearer three"),
        ] {
            assert_eq!(tokens.account(refused), None, "{refused:?}");
        }
    }

    #[test]
    fn anybody_may_ask_where_no_token_is_named() {
        assert_eq!(Tokens::any().account(None), Some(Account(0)));
        assert_eq!(Tokens::any().account(Some("Bearer x")), Some(Account(0)));
    }

    #[test]
    fn a_token_is_never_shown() {
        assert_eq!(format!("{:?}", Tokens::only(["secret"])), "Tokens(1)");
    }
}
