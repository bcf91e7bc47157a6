use core::time::Duration;

use super::*;
use crate::relay::tests::{ACCEPTED, Story, now, open, relay};
use crate::{Budgets, Decision, Flight, Upstream};

fn kept(policy: crate::Policy) -> Relay {
    relay(policy).keeping()
}

fn lands(relay: &mut Relay, flight: &Flight) {
    let told = Upstream::Answered {
        status: 200,
        headers: Vec::new(),
        body: ACCEPTED.into(),
    };
    relay.land(flight, told);
}

/// A host that stores what it is told to, and then the next one.
fn next_host(relay: &mut Relay, policy: crate::Policy, at: WallTime) -> Relay {
    let changes = relay.changes().into_iter();
    let stored = changes.filter_map(|change| Some((change.place, change.value?)));
    let mut next = kept(policy);
    next.recall(stored.collect(), at);
    next
}

fn wish() -> Story<'static> {
    Story::submit().with(kinora::wire::header::INTENT, "wish")
}

#[test]
fn the_next_host_answers_an_intent_alike() {
    let mut first = kept(open());
    let flight = wish().flies(&mut first);
    lands(&mut first, &flight);
    let wanted = wish().refused(&mut first);
    let mut next = next_host(&mut first, open(), now());
    assert_eq!(wish().refused(&mut next), wanted);
    assert_eq!(wanted.line.reason, "passed");
}

#[test]
fn a_submit_that_was_under_way_is_not_sent_again_by_the_next_host() {
    let mut first = kept(open());
    let flight = wish().flies(&mut first);
    let mut next = next_host(&mut first, open(), now());
    let other = Story::submit().flies(&mut next);
    assert_ne!(other.id(), flight.id(), "flights are not mixed up");
    let Decision::Join(of, dress) = wish().told(&mut next) else {
        panic!("sent again");
    };
    assert_eq!(of, flight.id());
    assert_eq!(dress.lost().line.reason, "answer_lost");
}

#[test]
fn jobs_and_submits_count_at_the_next_host() {
    for (jobs_at_once, submits_per_hour, reason) in
        [(1, 9, "too_many_jobs"), (9, 1, "too_many_submits")]
    {
        let mut policy = open();
        policy.budgets = Budgets {
            jobs_at_once,
            submits_per_hour,
            ..policy.budgets
        };
        let mut first = kept(policy.clone());
        let flight = Story::submit().flies(&mut first);
        lands(&mut first, &flight);
        let mut next = next_host(&mut first, policy, now());
        assert_eq!(Story::submit().refused(&mut next).line.reason, reason);
    }
}

#[test]
fn what_no_longer_counts_is_forgotten() {
    let mut first = kept(open());
    let flight = wish().flies(&mut first);
    lands(&mut first, &flight);
    let later = now().plus(Duration::from_secs(25 * 60 * 60));
    let mut next = next_host(&mut first, open(), later);
    let forgotten = next.changes();
    assert_eq!(forgotten.len(), 2, "{forgotten:?}");
    assert!(forgotten.iter().all(|change| change.value.is_none()));
}

#[test]
fn what_cannot_be_read_is_forgotten() {
    let mut relay = kept(open());
    let place = Place::Intent(0, IntentId::parse("wish").unwrap());
    for value in [
        Value::Null,
        Value::Object(Object::new().with("since", 1)),
        Value::Object(Object::new().with("since", 1).with("status", "x")),
    ] {
        relay.recall(vec![(place.clone(), value)], now());
        assert_eq!(relay.changes().len(), 1);
    }
    assert!(matches!(wish().told(&mut relay), Decision::Forward(_)));
}

#[test]
fn who_does_not_keep_notes_nothing() {
    let mut relay = relay(open());
    wish().flies(&mut relay);
    assert_eq!(relay.changes(), []);
}
