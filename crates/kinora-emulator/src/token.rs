//! Who may ask.

use core::fmt;

/// The tokens that are accepted. Each stands for an account of its own.
#[derive(Clone, PartialEq, Eq)]
pub struct Tokens(Option<Vec<Token>>);

#[derive(Clone, PartialEq, Eq)]
struct Token {
    text: String,
    balance: Option<u32>,
}

impl Tokens {
    /// Anybody may ask, with any token or none; everything belongs to one account.
    pub const fn any() -> Self {
        Self(None)
    }

    /// Only these.
    pub fn only<T: Into<String>>(tokens: impl IntoIterator<Item = T>) -> Self {
        let none = Self(Some(Vec::new()));
        tokens.into_iter().fold(none, Self::with)
    }

    /// Those before and this one; when anybody might ask before, now only this one.
    #[must_use]
    pub fn with(self, token: impl Into<String>) -> Self {
        self.and(token.into(), None)
    }

    /// The same, for an account that can pay for so many jobs, ever.
    #[must_use]
    pub fn with_balance(self, token: impl Into<String>, balance: u32) -> Self {
        self.and(token.into(), Some(balance))
    }

    fn and(self, text: String, balance: Option<u32>) -> Self {
        let mut tokens = self.0.unwrap_or_default();
        tokens.push(Token { text, balance });
        Self(Some(tokens))
    }

    /// The account that an `Authorization` header belongs to, if it may ask.
    pub(crate) fn account(&self, authorization: Option<&str>) -> Option<Account> {
        let Some(tokens) = &self.0 else {
            return Some(Account(0));
        };
        let given = bearer(authorization?)?;
        tokens
            .iter()
            .position(|token| token.text == given)
            .map(Account)
    }

    /// How many jobs an account can pay for by its own token.
    pub(crate) fn balance(&self, account: Account) -> Option<u32> {
        self.0.as_ref()?.get(account.0)?.balance
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
        let tokens = Tokens::only(["one"]).with_balance("two", 3);
        assert_eq!(tokens.account(Some("Bearer one")), Some(Account(0)));
        assert_eq!(tokens.account(Some("bearer two")), Some(Account(1)));
        assert_eq!(tokens.balance(Account(0)), None);
        assert_eq!(tokens.balance(Account(1)), Some(3));
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
        assert_eq!(Tokens::any().balance(Account(0)), None);
    }

    #[test]
    fn a_token_is_never_shown() {
        let tokens = Tokens::only(["secret"]).with_balance("other", 1);
        assert_eq!(format!("{tokens:?}"), "Tokens(2)");
    }
}
