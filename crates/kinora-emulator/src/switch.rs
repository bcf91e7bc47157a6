//! Where the service's truth is unknown or contradicts itself: every choice, by its word.

use kinora::wire::{answer, read};
use kinora::{Media, Value};

/// A switch of a scenario. One list of words serves scenario files, command lines and their help.
pub trait Switch: Copy + 'static {
    /// Every choice: its word, itself, and what it means.
    const CHOICES: &'static [(&'static str, Self, &'static str)];

    /// The choice of this word.
    fn named(word: &str) -> Option<Self> {
        let choice = Self::CHOICES.iter().find(|(known, ..)| *known == word)?;
        Some(choice.1)
    }
}

/// How a missing or wrong token is refused. The first digits of the documented number say HTTP
/// 400, <https://docs.runcomfy.com/model-apis/error-codes>; RunComfy's own clients expect 401 and
/// 403, <https://github.com/runcomfy-com/runcomfy-cli> (both read 2026-11-22).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AuthRefusal {
    /// HTTP 400 with the number `400004`.
    #[default]
    Numbered,
    /// HTTP 401 with a gateway's `message`.
    Unauthorized,
    /// HTTP 403 with a gateway's `message`.
    Forbidden,
}

impl Switch for AuthRefusal {
    const CHOICES: &'static [(&'static str, Self, &'static str)] = &[
        ("numbered", Self::Numbered, "HTTP 400 with error 400004"),
        ("401", Self::Unauthorized, "a gateway's HTTP 401"),
        ("403", Self::Forbidden, "a gateway's HTTP 403"),
    ];
}

/// How an account without balance is refused. The number is documented,
/// <https://docs.runcomfy.com/model-apis/error-codes>; RunComfy's ComfyUI nodes expect 402,
/// <https://github.com/runcomfy-com/comfyui-runcomfy-partner-nodes> (both read 2026-11-22).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BalanceRefusal {
    /// HTTP 400 with the number `400002`.
    #[default]
    Numbered,
    /// HTTP 402 with a gateway's `message`.
    PaymentRequired,
}

impl Switch for BalanceRefusal {
    const CHOICES: &'static [(&'static str, Self, &'static str)] = &[
        ("numbered", Self::Numbered, "HTTP 400 with error 400002"),
        ("402", Self::PaymentRequired, "a gateway's HTTP 402"),
    ];
}

/// Under which HTTP status an error with a number of the service comes. RunComfy's clients guard
/// against both: <https://github.com/runcomfy-com/runcomfy-mcp> (read 2026-11-22).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ErrorStatus {
    /// The number's first three digits.
    #[default]
    Own,
    /// HTTP 200.
    Success,
}

impl Switch for ErrorStatus {
    const CHOICES: &'static [(&'static str, Self, &'static str)] = &[
        ("own", Self::Own, "the first three digits of its number"),
        ("200", Self::Success, "HTTP 200, as if nothing were wrong"),
    ];
}

/// How an accepted submit is answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SubmitAnswer {
    /// HTTP 200 with the id and three URLs, as the documentation says:
    /// <https://docs.runcomfy.com/model-apis/async-queue-endpoints> (read 2026-11-22).
    #[default]
    Full,
    /// HTTP 202 with the id and a state, as in the tests of RunComfy's Zapier app:
    /// <https://github.com/runcomfy-com/runcomfy-mcp> (read 2026-11-22).
    Bare,
}

impl Switch for SubmitAnswer {
    const CHOICES: &'static [(&'static str, Self, &'static str)] = &[
        ("full", Self::Full, "HTTP 200 with the id and its URLs"),
        ("bare", Self::Bare, "HTTP 202 with the id and a state only"),
    ];
}

/// How a result call is answered while there is no result.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NotReady {
    /// HTTP 200 with the state, as the documentation says:
    /// <https://docs.runcomfy.com/model-apis/async-queue-endpoints> (read 2026-11-22).
    #[default]
    State,
    /// HTTP 400 with the number `400005`, as in the tests of RunComfy's Zapier app:
    /// <https://github.com/runcomfy-com/runcomfy-mcp> (read 2026-11-22).
    Error,
}

impl Switch for NotReady {
    const CHOICES: &'static [(&'static str, Self, &'static str)] = &[
        ("state", Self::State, "HTTP 200 with the state"),
        ("error", Self::Error, "HTTP 400 with error 400005"),
    ];
}

/// How input that breaks the model's rules is refused. No body is documented; RunComfy's command
/// line reads both as such, <https://github.com/runcomfy-com/runcomfy-cli> (read 2026-11-22).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Violation {
    /// HTTP 422.
    #[default]
    Unprocessable,
    /// HTTP 400.
    BadRequest,
}

impl Violation {
    pub(crate) const fn status(self) -> u16 {
        match self {
            Self::Unprocessable => 422,
            Self::BadRequest => 400,
        }
    }
}

impl Switch for Violation {
    const CHOICES: &'static [(&'static str, Self, &'static str)] = &[
        ("422", Self::Unprocessable, "HTTP 422"),
        ("400", Self::BadRequest, "HTTP 400 without a number"),
    ];
}

/// The shape of a job's output. The page shows an object, the prose speaks of a text or an array:
/// <https://docs.runcomfy.com/model-apis/async-queue-endpoints> (read 2026-11-22).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OutputShape {
    /// An object of files by kind.
    #[default]
    Object,
    /// A list of addresses.
    List,
    /// One address; several are a list.
    Text,
}

impl OutputShape {
    pub(crate) fn of(self, media: &[Media]) -> Value {
        match self {
            Self::Object => answer::output_object(media),
            Self::List => answer::output_list(media),
            Self::Text => answer::output_text(media),
        }
    }
}

impl Switch for OutputShape {
    const CHOICES: &'static [(&'static str, Self, &'static str)] = &[
        ("object", Self::Object, "files by their kind"),
        ("list", Self::List, "a list of addresses"),
        ("text", Self::Text, "one address"),
    ];
}

/// The shape of a failed job's error, which is not documented: RunComfy's command line keeps any
/// JSON, <https://github.com/runcomfy-com/runcomfy-cli>; its other product answers a list (both
/// read 2026-11-22).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ErrorShape {
    /// Whatever the host hands in.
    #[default]
    Given,
    /// Its words.
    Text,
    /// An object with a `message`.
    Object,
    /// A list of objects with an `error`.
    List,
}

impl ErrorShape {
    pub(crate) fn of(self, error: Value) -> Value {
        let words = || Value::from(read::words_in(&error).unwrap_or_default());
        match self {
            Self::Given => error,
            Self::Text => words(),
            Self::Object => answer::error_object(words()),
            Self::List => answer::error_list(words()),
        }
    }
}

impl Switch for ErrorShape {
    const CHOICES: &'static [(&'static str, Self, &'static str)] = &[
        ("given", Self::Given, "as the host hands it in"),
        ("text", Self::Text, "its words"),
        ("object", Self::Object, "an object with a `message`"),
        ("list", Self::List, "a list of objects with an `error`"),
    ];
}

/// What a cancelled job is told to be. The documentation's sample, its prose and RunComfy's own
/// tests differ: <https://docs.runcomfy.com/model-apis/async-queue-endpoints>,
/// <https://github.com/runcomfy-com/comfyui-runcomfy-partner-nodes> (both read 2026-11-22).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CancelAnswer {
    /// The cancel is answered `completed`, `cancelled`; the status is `cancelled` from then on.
    #[default]
    Cancelled,
    /// The status is `completed` from then on; only the result says `cancelled`.
    Completed,
    /// The cancel is answered `cancelled`, `cancellation_requested`.
    Requested,
    /// The cancel is answered as it is printed, which is no JSON.
    AsPrinted,
}

impl Switch for CancelAnswer {
    const CHOICES: &'static [(&'static str, Self, &'static str)] = &[
        (
            "cancelled",
            Self::Cancelled,
            "the status is `cancelled` from then on",
        ),
        (
            "completed",
            Self::Completed,
            "the status is `completed`, the result `cancelled`",
        ),
        (
            "requested",
            Self::Requested,
            "the outcome is `cancellation_requested`",
        ),
        (
            "as-printed",
            Self::AsPrinted,
            "the sample as printed, which is no JSON",
        ),
    ];
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check<T: Switch + Default + PartialEq + core::fmt::Debug>() {
        let words: Vec<_> = T::CHOICES.iter().map(|(word, ..)| *word).collect();
        for (at, (word, choice, meaning)) in T::CHOICES.iter().enumerate() {
            assert_eq!(T::named(word), Some(*choice));
            assert!(!words[..at].contains(word), "{word} twice");
            assert!(!meaning.is_empty());
        }
        assert_eq!(T::CHOICES[0].1, T::default(), "the default comes first");
        assert_eq!(T::named("x"), None);
    }

    #[test]
    fn every_choice_has_a_word_of_its_own() {
        check::<AuthRefusal>();
        check::<BalanceRefusal>();
        check::<ErrorStatus>();
        check::<SubmitAnswer>();
        check::<NotReady>();
        check::<Violation>();
        check::<OutputShape>();
        check::<ErrorShape>();
        check::<CancelAnswer>();
    }
}
