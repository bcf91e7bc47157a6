//! What is under way in one relay, by numbers that JavaScript keeps.

use core::net::IpAddr;
use std::collections::BTreeMap;

use kinora::{Object, TransportErrorKind, Value, WallTime};
use kinora_relay::{
    Admitted, Answer, Decision, Dress, Fetch, Flight, FlightId, Received, Relay, Upstream,
};

use super::{headers, status};

/// A relay, and what is under way in it.
pub(super) struct Keeper {
    pub(super) relay: Relay,
    pub(super) proxies: Vec<IpAddr>,
    last: i64,
    admitted: BTreeMap<i64, Admitted>,
    flights: BTreeMap<FlightId, Flying>,
    fetches: BTreeMap<i64, Fetch>,
}

/// A flight, and those who are owed its reply.
struct Flying {
    flight: Flight,
    waiters: Vec<(i64, Dress)>,
}

impl Keeper {
    pub(super) fn new(relay: Relay, proxies: Vec<IpAddr>) -> Self {
        Self {
            relay,
            proxies,
            last: 0,
            admitted: BTreeMap::new(),
            flights: BTreeMap::new(),
            fetches: BTreeMap::new(),
        }
    }

    pub(super) fn admitted(&mut self, admitted: Admitted) -> i64 {
        let number = self.number();
        self.admitted.insert(number, admitted);
        number
    }

    /// Nothing, when no such request was admitted.
    pub(super) fn decide(&mut self, wish: &Object, now: WallTime) -> Option<Decision> {
        let number = wish.get("admitted").and_then(Value::as_int)?;
        let admitted = self.admitted.remove(&number)?;
        let body = match (wish.text("body"), wish.text("is")) {
            (Some(text), _) => Received::Whole(text.as_bytes()),
            (None, Some("too_large")) => Received::TooLarge,
            (None, Some("too_slow")) => Received::TooSlow,
            (None, Some("binary")) => Received::Whole(NO_TEXT),
            (None, _) => Received::Cut,
        };
        Some(self.relay.decide(admitted, body, now))
    }

    /// The first who waits for a flight is the one who made it.
    pub(super) fn take_off(&mut self, flight: Flight) -> i64 {
        let waiter = self.number();
        let waiters = vec![(waiter, flight.dress().clone())];
        self.flights.insert(flight.id(), Flying { flight, waiters });
        waiter
    }

    /// One more who waits; or the answer, when the flight was an earlier host's.
    pub(super) fn join(&mut self, flight: FlightId, dress: Dress) -> Result<i64, Answer> {
        let waiter = self.number();
        match self.flights.get_mut(&flight) {
            Some(flying) => {
                flying.waiters.push((waiter, dress));
                Ok(waiter)
            }
            None => Err(dress.lost()),
        }
    }

    pub(super) fn fetch(&mut self, fetch: Fetch) -> i64 {
        let number = self.number();
        self.fetches.insert(number, fetch);
        number
    }

    pub(super) fn take_fetch(&mut self, wish: &Object) -> Option<Fetch> {
        let number = wish.get("fetch").and_then(Value::as_int)?;
        self.fetches.remove(&number)
    }

    /// The answers of all who waited.
    pub(super) fn land(&mut self, wish: &Object) -> Vec<(i64, Answer)> {
        let number = wish.get("flight").and_then(Value::as_int);
        let mut ids = self.flights.keys().copied();
        let id = ids.find(|id| i64::try_from(id.number()).ok() == number);
        let Some(Flying { flight, waiters }) = id.and_then(|id| self.flights.remove(&id)) else {
            return Vec::new();
        };
        let reply = self.relay.land(&flight, upstream(wish));
        let waiters = waiters.into_iter();
        waiters
            .map(|(waiter, dress)| (waiter, dress.answer(&reply)))
            .collect()
    }

    fn number(&mut self) -> i64 {
        self.last += 1;
        self.last
    }
}

fn upstream(wish: &Object) -> Upstream {
    let Some(status) = status(wish) else {
        return match wish.text("is") {
            Some("too_large") => Upstream::TooLarge,
            Some("not_sent") => Upstream::Failed(TransportErrorKind::NotSent),
            Some("timed_out") => Upstream::Failed(TransportErrorKind::TimedOut),
            _ => Upstream::Failed(TransportErrorKind::NoAnswer),
        };
    };
    let body = wish.text("body").map_or(NO_TEXT, str::as_bytes);
    Upstream::Answered {
        status,
        headers: headers(wish),
        body: body.to_vec(),
    }
}

/// Bytes that are no text stand for all bytes that are none: the rules look at nothing else of them.
const NO_TEXT: &[u8] = &[0xff];
