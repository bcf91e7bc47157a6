//! The relay's rules for a host in JavaScript, which sends, waits and stores.
//!
//! ```text
//!  begin {options} ► admit {method, target, headers, address} ► decide {admitted, body}
//!                       │                                          │
//!                       ▼                                          ├─► {send, waiter} ► land {flight, …}
//!                    {answer}                        {answer} ◄────┤                      │
//!                                                                  ├─► {waiter} ◄─────────┘ {answers}
//!                                                                  └─► {fetch} ► fetched {fetch, status, …}
//! ```
//!
//! Whatever changes what is remembered is answered with `changes`, when they are to be stored.

use core::cell::RefCell;
use core::net::IpAddr;

use kinora::{IntentId, Object, Value, WallTime};
use kinora_relay::{Place, Relay, Secret, caller};

use crate::call::{read, told};
use crate::problem::Problem;
use crate::text::Writer;

mod answer;
mod keeper;
mod options;

use keeper::Keeper;

/// Begins with these options: `{ public, service, outputSeconds, closed }`.
pub fn begin(wish: &str) -> String {
    told(|to| {
        let wish = read(wish)?;
        let begun = options::read(&wish)?;
        let mut relay = Relay::new(begun.policy.clone(), Some(begun.token));
        if wish.get("keeping").and_then(Value::as_bool) == Some(true) {
            relay = relay.keeping();
        }
        to.text("public", begun.policy.public.as_str());
        to.text("service", begun.policy.service.as_str());
        let seconds = begun.policy.limits.output_timeout.as_secs();
        to.int("outputSeconds", i64::try_from(seconds).unwrap_or(i64::MAX));
        answer::texts("closed", &relay.what_is_closed(), to);
        let keeper = Keeper::new(relay, begun.proxies);
        KEEPER.with_borrow_mut(|place| *place = Some(keeper));
        Ok(())
    })
}

/// Remembers what was stored: `{ stored: [[kind, account, name, record], …] }` is answered with what
/// is to be forgotten, as `changes`.
pub fn recall(wish: &str, wall: f64) -> String {
    with(wish, |keeper, wish, to| {
        let stored = wish.get("stored").and_then(Value::as_list);
        let stored = stored.unwrap_or_default().iter().filter_map(place);
        keeper.relay.recall(stored.collect(), now(wall));
        answer::changes(keeper, to);
        Ok(())
    })
}

/// The token from now on: `{ token }`.
pub fn renew(wish: &str) -> String {
    with(wish, |keeper, wish, _| {
        let token = Secret::parse(wish.text("token").unwrap_or_default());
        keeper.relay.renew_token(token.map_err(options::bad_token)?);
        Ok(())
    })
}

/// Judges the start of a request, `{ method, target, headers, address, caller }`: `{ caller }` with
/// `answer`, or with `admitted`, `bodyBytes` and `bodyMs`.
pub fn admit(wish: &str, wall: f64) -> String {
    with(wish, |keeper, wish, to| {
        let headers = headers(wish);
        let name = name(keeper, wish, &headers);
        let incoming = kinora_relay::Incoming {
            method: wish.text("method").unwrap_or_default(),
            target: wish.text("target").unwrap_or_default(),
            headers: &headers,
            caller: &name,
        };
        let judged = keeper.relay.admit(&incoming, now(wall));
        to.text("caller", &name);
        match judged {
            Ok(admitted) => {
                let most = i64::try_from(admitted.body_bytes()).unwrap_or(i64::MAX);
                to.int("bodyBytes", most);
                let patience = admitted.body_timeout().as_millis();
                to.int("bodyMs", i64::try_from(patience).unwrap_or(i64::MAX));
                to.int("admitted", keeper.admitted(admitted));
            }
            Err(refusal) => answer::answer("answer", &refusal, to),
        }
        Ok(())
    })
}

/// Judges a request with its body, `{ admitted, body }`, where `body` is its text or else `is` says
/// why there is none.
pub fn decide(wish: &str, wall: f64) -> String {
    with(wish, |keeper, wish, to| {
        if let Some(decision) = keeper.decide(wish, now(wall)) {
            answer::decision(keeper, decision, to);
        }
        answer::changes(keeper, to);
        Ok(())
    })
}

/// What became of a flight, `{ flight, status, headers, body }` or `{ flight, is }`: `{ answers }`
/// for all that waited.
pub fn land(wish: &str) -> String {
    with(wish, |keeper, wish, to| {
        let answers = keeper.land(wish);
        to.key("answers");
        to.mark("[");
        for (waiter, answer) in &answers {
            to.mark("{");
            to.int("waiter", *waiter);
            answer::answer("answer", answer, to);
            to.mark("}");
        }
        to.mark("]");
        answer::changes(keeper, to);
        Ok(())
    })
}

/// The start of a file's answer, `{ fetch, status, headers }`, or none: `{ head }` or `{ answer }`.
pub fn fetched(wish: &str) -> String {
    with(wish, |keeper, wish, to| {
        let Some(fetch) = keeper.take_fetch(wish) else {
            return Ok(());
        };
        match status(wish) {
            None => answer::answer("answer", &fetch.failed(), to),
            Some(status) => match fetch.fetched(status, &headers(wish)) {
                Ok(head) => answer::head(&head, to),
                Err(refusal) => answer::answer("answer", &refusal, to),
            },
        }
        Ok(())
    })
}

thread_local! {
    static KEEPER: RefCell<Option<Keeper>> = const { RefCell::new(None) };
}

fn with(
    wish: &str,
    act: impl FnOnce(&mut Keeper, &Object, &mut Writer) -> Result<(), Problem>,
) -> String {
    told(|to| {
        let wish = read(wish)?;
        KEEPER.with_borrow_mut(|keeper| match keeper {
            Some(keeper) => act(keeper, &wish, to),
            None => Err(Problem::bad(
                "internal",
                "The relay has not begun.".to_owned(),
            )),
        })
    })
}

/// Who calls: as the host names it, or by an address, or everybody as one.
fn name(keeper: &Keeper, wish: &Object, headers: &[(String, String)]) -> String {
    if let Some(name) = wish.text("caller") {
        // It comes back in the log, and is kept.
        if keeper.relay.would_leak_by(name) {
            return EVERYBODY.to_owned();
        }
        return name.chars().take(CALLER_CHARS).collect();
    }
    let address = wish.text("address").map(str::parse::<IpAddr>);
    let Some(Ok(address)) = address else {
        return EVERYBODY.to_owned();
    };
    let forwarded = headers.iter().rfind(|(name, _)| name == "x-forwarded-for");
    let forwarded = forwarded.map(|(_, value)| value.as_str());
    caller(address, forwarded, &keeper.proxies)
}

fn place(stored: &Value) -> Option<(Place, Value)> {
    let [kind, account, name, record] = stored.as_list()? else {
        return None;
    };
    let place = match kind.as_str()? {
        "caller" => Place::Caller(name.as_str()?.to_owned()),
        _ => {
            let account = usize::try_from(account.as_int()?).ok()?;
            Place::Intent(account, IntentId::parse(name.as_str()?).ok()?)
        }
    };
    Some((place, record.clone()))
}

/// Pairs of name and value.
fn headers(wish: &Object) -> Vec<(String, String)> {
    let pairs = wish.get("headers").and_then(Value::as_list);
    let pairs = pairs.unwrap_or_default().iter();
    pairs
        .filter_map(|pair| match pair.as_list()? {
            [name, value] => Some((name.as_str()?.to_owned(), value.as_str()?.to_owned())),
            _ => None,
        })
        .collect()
}

fn status(wish: &Object) -> Option<u16> {
    let status = wish.get("status").and_then(Value::as_int)?;
    u16::try_from(status).ok()
}

fn now(wall: f64) -> WallTime {
    // A number of milliseconds beyond all years is none; the cast stops at the ends.
    WallTime::from_unix_millis(wall as u64)
}

/// The budget that all share who cannot be told apart.
const EVERYBODY: &str = "everybody";
/// Most characters of a caller's name: it is kept as long as the caller is.
const CALLER_CHARS: usize = 200;

#[cfg(test)]
mod tests;
