//! What of a relay's memory outlives its host, for hosts that are started anew at any time.
//!
//! Submits, jobs under way and intents are worth storing; requests of the last minute are not. A
//! host asks for [`Relay::changes`] after each decision and stores them before it acts on it; the
//! next host begins with [`Relay::recall`].

use std::collections::BTreeSet;

use kinora::{IntentId, Object, Value, WallTime};

use crate::Relay;

/// Where one thing is kept.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// What a caller has spent.
    Caller(String),
    /// What an account was promised for an intent. Accounts are numbered as the configuration lists
    /// their secrets.
    Intent(usize, IntentId),
}

/// What there is to be stored at a place; nothing, when it is to be forgotten.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Where.
    pub place: Place,
    /// What.
    pub value: Option<Value>,
}

impl Relay {
    /// The same relay, which notes what there is to be stored.
    #[must_use]
    pub fn keeping(mut self) -> Self {
        self.ledger.marks.begin();
        self.promises.marks.begin();
        self
    }

    /// What changed since this was asked last. Nothing, unless it is [`keeping`](Self::keeping).
    pub fn changes(&mut self) -> Vec<Change> {
        let callers = self.ledger.marks.take().into_iter().map(|caller| Change {
            value: self.ledger.kept(&caller),
            place: Place::Caller(caller),
        });
        let intents = self.promises.marks.take().into_iter().map(|key| Change {
            value: self.promises.kept(&key),
            place: Place::Intent(key.0, key.1),
        });
        callers.chain(intents).collect()
    }

    /// Remembers what was stored before. What no longer counts, or cannot be read, comes out again
    /// as a change: to be forgotten.
    pub fn recall(&mut self, stored: Vec<(Place, Value)>, now: WallTime) {
        for (place, value) in stored {
            let value = value.as_object().cloned().unwrap_or_else(Object::new);
            let last = match place {
                Place::Caller(caller) => self.ledger.recall(caller, &value, now),
                Place::Intent(account, intent) => self.promises.recall((account, intent), &value),
            };
            // Flights of an earlier host are not those of this one.
            self.flights = self.flights.max(last);
        }
        self.promises.put_in_order(now);
    }
}

/// What changed, if anybody wants to know.
#[derive(Debug)]
pub(crate) struct Marks<K>(Option<BTreeSet<K>>);

impl<K> Default for Marks<K> {
    fn default() -> Self {
        Self(None)
    }
}

impl<K: Ord> Marks<K> {
    pub(crate) fn mark<Q>(&mut self, key: &Q)
    where
        Q: ToOwned<Owned = K> + ?Sized,
    {
        if let Some(marked) = &mut self.0 {
            marked.insert(key.to_owned());
        }
    }

    fn begin(&mut self) {
        self.0 = Some(BTreeSet::new());
    }

    fn take(&mut self) -> BTreeSet<K> {
        self.0.as_mut().map(core::mem::take).unwrap_or_default()
    }
}

/// A number of a record of ours that is none below zero.
pub(crate) fn number(record: &Object, key: &str) -> Option<u64> {
    record
        .get(key)
        .and_then(Value::as_int)
        .and_then(|number| u64::try_from(number).ok())
}

/// The same for writing.
pub(crate) fn int(number: u64) -> Value {
    Value::Int(i64::try_from(number).unwrap_or(i64::MAX))
}

/// A time of a record of ours.
pub(crate) fn time(record: &Object, key: &str) -> Option<WallTime> {
    number(record, key).map(WallTime::from_unix_millis)
}

#[cfg(test)]
mod tests;
