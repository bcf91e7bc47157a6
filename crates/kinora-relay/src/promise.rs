//! Intents that were answered once and are answered alike for a day.
//!
//! ```text
//!   unknown ──submit──► in flight ──a job, or nobody knows──► kept for a day
//!                           │
//!                           └──certainly no job──► unknown again
//! ```

use core::time::Duration;
use std::collections::{BTreeMap, VecDeque};

use kinora::{IntentId, WallTime};

use crate::answer::Reply;
use crate::memory::Marks;
use crate::{FlightId, Reason};

mod memory;

/// Whose intent: two accounts that name one alike mean two.
pub(crate) type Key = (usize, IntentId);

/// What is known of an intent.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Known {
    /// Nothing.
    Not,
    /// Its submit is under way.
    InFlight(FlightId),
    /// Its submit was answered.
    Answered(Reply),
}

/// All intents of a day.
#[derive(Debug, Default)]
pub(crate) struct Promises {
    known: BTreeMap<Key, Promise>,
    /// In the order of their submits.
    order: VecDeque<(WallTime, Key)>,
    /// Intents of which something changed that is worth storing.
    pub(crate) marks: Marks<Key>,
}

#[derive(Debug)]
struct Promise {
    since: WallTime,
    state: State,
}

#[derive(Debug)]
enum State {
    InFlight(FlightId),
    Answered(Reply),
}

impl Promises {
    /// What is known of an intent now.
    pub(crate) fn look(&mut self, key: &Key, now: WallTime) -> Known {
        self.forget_old(now);
        let Some(promise) = self.known.get(key) else {
            return Known::Not;
        };
        match &promise.state {
            State::Answered(reply) => Known::Answered(reply.clone()),
            State::InFlight(flight) if now.since(promise.since) < LOST_AFTER => {
                Known::InFlight(*flight)
            }
            // Its host went away with it. Nobody knows, so that is the answer.
            State::InFlight(_) => Known::Answered(Reply::refusal(Reason::AnswerLost)),
        }
    }

    /// Whether another intent can be remembered.
    pub(crate) fn has_room(&self) -> bool {
        self.known.len() < INTENTS_AT_MOST
    }

    /// The submit of an intent is under way.
    pub(crate) fn begin(&mut self, key: Key, flight: FlightId, now: WallTime) {
        self.order.push_back((now, key.clone()));
        let promise = Promise {
            since: now,
            state: State::InFlight(flight),
        };
        self.marks.mark(&key);
        self.known.insert(key, promise);
    }

    /// The submit of an intent was answered.
    pub(crate) fn settle(&mut self, key: &Key, flight: FlightId, reply: &Reply) {
        let Some(promise) = self.known.get_mut(key) else {
            return;
        };
        if !matches!(promise.state, State::InFlight(of) if of == flight) {
            return;
        }
        self.marks.mark(key);
        if reply.is_untaken {
            self.known.remove(key);
        } else {
            promise.state = State::Answered(reply.clone());
        }
    }

    fn forget_old(&mut self, now: WallTime) {
        while let Some((since, key)) = self.order.front()
            && now.since(*since) >= KEPT
        {
            // The same intent may have begun anew since.
            if self
                .known
                .get(key)
                .is_some_and(|promise| promise.since == *since)
            {
                self.known.remove(key);
                self.marks.mark(key);
            }
            self.order.pop_front();
        }
    }
}

/// How long an intent is answered alike. Ours to say: no service knows intents.
const KEPT: Duration = Duration::from_secs(24 * 60 * 60);
/// Longer than any submit may take.
const LOST_AFTER: Duration = Duration::from_secs(5 * 60);
/// How many intents are remembered; some fifty megabytes.
const INTENTS_AT_MOST: usize = 50_000;

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> WallTime {
        WallTime::from_unix_millis(1_000_000_000_000 + seconds * 1000)
    }

    fn key(number: u128) -> Key {
        (0, IntentId::mint(number))
    }

    fn answered() -> Reply {
        Reply {
            is_untaken: false,
            ..Reply::words(200, Reason::Passed)
        }
    }

    #[test]
    fn an_answered_intent_is_kept_for_a_day_and_not_longer() {
        let mut promises = Promises::default();
        assert_eq!(promises.look(&key(1), at(0)), Known::Not);
        promises.begin(key(1), FlightId::new(7), at(0));
        assert_eq!(
            promises.look(&key(1), at(1)),
            Known::InFlight(FlightId::new(7))
        );
        promises.settle(&key(1), FlightId::new(7), &answered());
        assert_eq!(
            promises.look(&key(1), at(86_399)),
            Known::Answered(answered())
        );
        assert_eq!(promises.look(&key(1), at(86_400)), Known::Not);
        assert_eq!((promises.known.len(), promises.order.len()), (0, 0));
    }

    #[test]
    fn what_was_certainly_not_accepted_may_be_tried_again() {
        let mut promises = Promises::default();
        promises.begin(key(1), FlightId::new(1), at(0));
        promises.settle(
            &key(1),
            FlightId::new(1),
            &Reply::refusal(Reason::ServiceDown),
        );
        assert_eq!(promises.look(&key(1), at(1)), Known::Not);
        promises.begin(key(1), FlightId::new(2), at(10));
        promises.settle(&key(1), FlightId::new(2), &answered());
        let later = promises.look(&key(1), at(86_405));
        assert_eq!(
            later,
            Known::Answered(answered()),
            "the day begins with the last try"
        );
    }

    #[test]
    fn what_nobody_knows_stays_unknown() {
        let mut promises = Promises::default();
        let lost = Reply::refusal(Reason::AnswerLost);
        promises.begin(key(1), FlightId::new(1), at(0));
        assert_eq!(
            promises.look(&key(1), at(299)),
            Known::InFlight(FlightId::new(1))
        );
        assert_eq!(
            promises.look(&key(1), at(300)),
            Known::Answered(lost.clone())
        );
        promises.settle(&key(1), FlightId::new(1), &lost);
        assert_eq!(promises.look(&key(1), at(301)), Known::Answered(lost));
    }

    #[test]
    fn accounts_do_not_share_intents() {
        let mut promises = Promises::default();
        promises.begin(key(1), FlightId::new(1), at(0));
        assert_eq!(promises.look(&(1, IntentId::mint(1)), at(0)), Known::Not);
    }

    #[test]
    fn the_memory_is_bounded() {
        let mut promises = Promises::default();
        for number in 0..INTENTS_AT_MOST as u128 {
            assert!(promises.has_room());
            promises.begin(key(number), FlightId::new(1), at(0));
        }
        assert!(!promises.has_room());
        promises.look(&key(0), at(86_400));
        assert!(promises.has_room());
    }
}
