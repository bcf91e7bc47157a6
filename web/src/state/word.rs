//! What the tabs of this site tell each other.

use kinora::Value;
use kinora_browser::channel::Channel;

/// Word between tabs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// The record of this intent changed.
    Changed(String),
    /// Whoever looks after the job of this intent shall cancel it.
    Cancel(String),
    /// The token of this base is to be forgotten.
    Forgot(String),
}

impl Word {
    /// The channel on which words come and go.
    pub(super) fn channel() -> Channel {
        Channel::join("kinora-records")
    }

    /// What came over the channel, if it is a word of ours.
    pub(super) fn of(value: &Value) -> Option<Self> {
        match value.as_str()?.split_once(' ')? {
            (CHANGED, intent) => Some(Self::Changed(intent.to_owned())),
            (CANCEL, intent) => Some(Self::Cancel(intent.to_owned())),
            (FORGOT, base) => Some(Self::Forgot(base.to_owned())),
            _ => None,
        }
    }

    /// The form in which it goes over the channel.
    pub(super) fn value(&self) -> Value {
        let (what, intent) = match self {
            Self::Changed(intent) => (CHANGED, intent),
            Self::Cancel(intent) => (CANCEL, intent),
            Self::Forgot(base) => (FORGOT, base),
        };
        Value::from([what, " ", intent].concat())
    }

    /// Tells it once.
    pub(super) fn post(&self) {
        Self::channel().post(&self.value());
    }
}

const CHANGED: &str = "changed";
const CANCEL: &str = "cancel";
const FORGOT: &str = "forgot";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_understood_as_it_was_meant() {
        for word in [
            Word::Changed("a1".to_owned()),
            Word::Cancel("b2".to_owned()),
            Word::Forgot("https://a.example.com".to_owned()),
        ] {
            assert_eq!(Word::of(&word.value()), Some(word));
        }
    }

    #[test]
    fn other_values_are_no_words() {
        for value in [Value::Null, "".into(), "a1".into(), "shout a1".into()] {
            assert_eq!(Word::of(&value), None);
        }
    }
}
