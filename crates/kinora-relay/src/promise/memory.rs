//! A promise as a record: `{ since, flight }` under way, or `{ since, status, headers, body, why }`;
//! the time in milliseconds of Unix time.

use kinora::{Object, Value, WallTime};

use super::{Key, Promise, Promises, State};
use crate::answer::Reply;
use crate::memory::{int, number, time};
use crate::{FlightId, Reason};

impl Promises {
    /// An intent's record; none, when it was forgotten.
    pub(crate) fn kept(&self, key: &Key) -> Option<Value> {
        let promise = self.known.get(key)?;
        let record = Object::new().with("since", int(promise.since.unix_millis()));
        Some(Value::Object(match &promise.state {
            State::InFlight(flight) => record.with("flight", int(flight.number())),
            State::Answered(reply) => answered(record, reply),
        }))
    }

    /// Takes a record up; the number of a flight in it. Call [`put_in_order`](Self::put_in_order)
    /// after the last.
    pub(crate) fn recall(&mut self, key: Key, record: &Object) -> u64 {
        let Some(promise) = recalled(record) else {
            self.marks.mark(&key);
            return 0;
        };
        let last = match &promise.state {
            State::InFlight(flight) => flight.number(),
            State::Answered(_) => 0,
        };
        self.order.push_back((promise.since, key.clone()));
        self.known.insert(key, promise);
        last
    }

    /// Puts what was taken up in the order of time, and forgets what is old.
    pub(crate) fn put_in_order(&mut self, now: WallTime) {
        self.order.make_contiguous().sort();
        self.forget_old(now);
    }
}

fn answered(record: Object, reply: &Reply) -> Object {
    let headers = reply
        .headers
        .iter()
        .map(|(name, value)| Value::List(vec![name.as_str().into(), value.as_str().into()]));
    record
        .with("status", int(u64::from(reply.status)))
        .with("headers", Value::List(headers.collect()))
        .with("body", String::from_utf8_lossy(&reply.body).into_owned())
        .with("why", reply.reason.code())
}

fn recalled(record: &Object) -> Option<Promise> {
    let since = time(record, "since")?;
    if let Some(flight) = number(record, "flight") {
        let state = State::InFlight(FlightId::new(flight));
        return Some(Promise { since, state });
    }
    let headers = record.get("headers").and_then(Value::as_list)?.iter();
    let headers = headers.map(|pair| match pair.as_list()? {
        [name, value] => Some((name.as_str()?.to_owned(), value.as_str()?.to_owned())),
        _ => None,
    });
    let reply = Reply {
        status: u16::try_from(number(record, "status")?).ok()?,
        headers: headers.collect::<Option<_>>()?,
        body: record.text("body")?.as_bytes().to_vec(),
        reason: Reason::of_kept(record.text("why")?)?,
        // A reply that proves that there is no job is not kept.
        is_untaken: false,
    };
    let state = State::Answered(reply);
    Some(Promise { since, state })
}
