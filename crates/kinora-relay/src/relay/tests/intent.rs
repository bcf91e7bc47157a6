//! One intent, one job.

use super::*;

fn wish() -> Story<'static> {
    Story::submit().with("kinora-intent", "wish-1")
}

fn at(seconds: u64) -> Story<'static> {
    Story {
        at: now().plus(Duration::from_secs(seconds)),
        ..wish()
    }
}

fn generous() -> Relay {
    let budgets = Budgets {
        jobs_at_once: 100,
        ..Budgets::default()
    };
    relay(Policy { budgets, ..open() })
}

#[test]
fn a_repeated_intent_is_answered_alike_for_a_day_and_never_sent_again() {
    let mut relay = generous();
    let first = whole(&mut relay, wish(), answered(200, ACCEPTED));
    for seconds in [0, 1, 3600, 86_399] {
        let again = at(seconds).refused(&mut relay);
        assert_eq!((again.status, &again.body), (first.status, &first.body));
    }
    at(86_400).flies(&mut relay);
}

#[test]
fn a_duplicate_joins_the_first_while_that_is_under_way() {
    let mut relay = generous();
    let flight = wish().flies(&mut relay);
    let join = |relay: &mut Relay| match wish().with("origin", PAGE).told(relay) {
        Decision::Join(id, dress) if id == flight.id() => dress,
        other => panic!("not joined: {other:?}"),
    };
    let dresses = [join(&mut relay), join(&mut relay)];
    let reply = relay.land(&flight, answered(200, ACCEPTED));
    let first = flight.dress().answer(&reply);
    assert_eq!(header(&first, "access-control-allow-origin"), None);
    for dress in dresses {
        let joined = dress.answer(&reply);
        assert_eq!((joined.status, &joined.body), (200, &first.body));
        let origin = header(&joined, "access-control-allow-origin");
        assert_eq!(origin, Some(PAGE), "in its own dress");
    }
}

#[test]
fn what_was_certainly_not_accepted_is_marked_and_may_be_sent_again() {
    for (upstream, status) in [
        (Upstream::Failed(TransportErrorKind::NotSent), 503),
        (answered(429, "{}"), 429),
        (answered(400, "{\"error_code\":400002}"), 400),
        (answered(422, "<html>"), 422),
        (answered(200, "{\"error_code\":400001}"), 200),
    ] {
        let mut relay = generous();
        let answer = whole(&mut relay, wish(), upstream);
        assert_eq!(answer.status, status);
        assert_eq!(header(&answer, "kinora-accepted"), Some("no"), "{status}");
        wish().flies(&mut relay);
    }
}

#[test]
fn what_nobody_knows_is_not_marked_and_never_sent_again() {
    for upstream in [
        Upstream::Failed(TransportErrorKind::NoAnswer),
        Upstream::Failed(TransportErrorKind::TimedOut),
        Upstream::TooLarge,
        answered(302, ""),
        answered(408, "{}"),
        answered(500, "{\"error_code\":500000}"),
        answered(503, "{}"),
        answered(502, "<html>"),
        answered(200, ""),
        answered(200, "{}"),
        answered(200, "<html>"),
        answered(200, "{\"request_id\":\"../x\"}"),
        answered(200, &["{\"request_id\":\"", TOKEN, "\"}"].concat()),
    ] {
        let mut relay = generous();
        let what = format!("{upstream:?}");
        let answer = whole(&mut relay, wish(), upstream);
        assert_eq!(header(&answer, "kinora-accepted"), None, "{what}");
        let again = at(86_399).refused(&mut relay);
        assert_eq!((again.status, &again.body), (answer.status, &answer.body));
        assert_eq!(header(&again, "kinora-accepted"), None, "{what}");
    }
}

#[test]
fn a_flight_that_never_lands_is_unknown_in_the_end() {
    let mut relay = generous();
    wish().flies(&mut relay);
    assert!(matches!(at(299).told(&mut relay), Decision::Join(..)));
    let reason = at(300).refused(&mut relay).line.reason;
    assert_eq!(reason, Reason::AnswerLost.code());
}

#[test]
fn a_repeat_costs_no_submit_and_no_place() {
    let budgets = Budgets {
        submits_per_hour: 1,
        jobs_at_once: 1,
        ..Budgets::default()
    };
    let mut relay = relay(Policy { budgets, ..open() });
    whole(&mut relay, wish(), answered(200, ACCEPTED));
    assert_eq!(wish().refused(&mut relay).status, 200);
    assert_eq!(Story::submit().refused(&mut relay).status, 429);
}

#[test]
fn callers_with_different_secrets_have_different_intents() {
    let secrets = ["first-secret", "second-secret"].map(|text| Secret::parse(text).unwrap());
    let callers = Callers::With(secrets.into());
    let mut relay = relay(Policy { callers, ..open() });
    let by = |secret| wish().with("authorization", secret);
    whole(
        &mut relay,
        by("Bearer first-secret"),
        answered(200, ACCEPTED),
    );
    by("Bearer second-secret").flies(&mut relay);
    assert_eq!(by("Bearer first-secret").refused(&mut relay).status, 200);
}

#[test]
fn an_intent_of_another_call_means_nothing() {
    let mut relay = generous();
    let story = || Story::get("/v1/requests/r1/status").with("kinora-intent", "a b");
    story().flies(&mut relay);
    story().flies(&mut relay);
}
