use super::*;
use crate::{ServiceError, ServiceErrorKind, TransportError, WallTime};

fn transport(kind: TransportErrorKind) -> Error {
    Error::Transport(TransportError {
        kind,
        words: String::new(),
    })
}

fn service(kind: ServiceErrorKind, status: u16) -> Error {
    Error::Service(ServiceError {
        kind,
        status,
        code: None,
        words: None,
    })
}

fn response(status: u16, headers: &[(&str, &str)]) -> HttpResponse {
    let headers = headers
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    HttpResponse {
        status,
        headers: headers.collect(),
        body: crate::Body::Empty,
    }
}

#[test]
fn a_submit_is_repeated_only_when_nothing_was_accepted() {
    let check = |error: &Error, response: Option<&HttpResponse>, wanted| {
        assert_eq!(
            decide(Call::Submit, error, response),
            wanted,
            "{error:?} {response:?}"
        );
    };
    check(
        &transport(TransportErrorKind::NotSent),
        None,
        Decision::Again,
    );
    check(
        &transport(TransportErrorKind::NoToken),
        None,
        Decision::Final,
    );
    check(
        &transport(TransportErrorKind::NoAnswer),
        None,
        Decision::Uncertain,
    );
    check(
        &transport(TransportErrorKind::TimedOut),
        None,
        Decision::Uncertain,
    );
    let busy = service(ServiceErrorKind::Busy, 429);
    check(&busy, Some(&response(429, &[])), Decision::Again);
    let down = service(ServiceErrorKind::Unavailable, 503);
    check(&down, Some(&response(503, &[])), Decision::Uncertain);
    check(
        &down,
        Some(&response(503, &[("kinora-accepted", "no")])),
        Decision::Again,
    );
    let broken = service(ServiceErrorKind::Unavailable, 500);
    check(&broken, Some(&response(500, &[])), Decision::Uncertain);
    let refused = service(ServiceErrorKind::Rejected, 422);
    check(&refused, Some(&response(422, &[])), Decision::Final);
    let nameless = Error::NoRequestId { status: 200 };
    check(&nameless, Some(&response(200, &[])), Decision::Uncertain);
}

#[test]
fn a_question_is_repeated_unless_a_repeat_must_fail_alike() {
    for call in [Call::Status, Call::Result, Call::Cancel] {
        let check =
            |error: Error, wanted| assert_eq!(decide(call, &error, None), wanted, "{error:?}");
        check(transport(TransportErrorKind::NoToken), Decision::Again);
        check(transport(TransportErrorKind::NoAnswer), Decision::Again);
        check(transport(TransportErrorKind::TimedOut), Decision::Again);
        check(Error::Unreadable { status: 200 }, Decision::Again);
        check(service(ServiceErrorKind::Unavailable, 502), Decision::Again);
        check(service(ServiceErrorKind::Busy, 429), Decision::Again);
        check(service(ServiceErrorKind::BadToken, 401), Decision::Final);
        check(service(ServiceErrorKind::NotFound, 404), Decision::Final);
        check(service(ServiceErrorKind::NotYours, 403), Decision::Final);
    }
}

const PATIENCE: Patience = Patience {
    tries: 5,
    total: Duration::from_secs(100),
    first: Duration::from_secs(1),
    longest: Duration::from_secs(3),
};

fn at(seconds: u64) -> Monotonic {
    Monotonic::after_origin(Duration::from_secs(seconds))
}

#[test]
fn waits_double_up_to_a_bound_and_are_spread_over_all_of_it() {
    let mut failures = Failures::default();
    let mut wait = |chance| failures.another(&PATIENCE, chance, None, at(0));
    assert_eq!(wait(1.0), Some(Duration::from_secs(1)));
    assert_eq!(wait(0.5), Some(Duration::from_secs(1)));
    assert_eq!(wait(1.0), Some(Duration::from_secs(3)));
    assert_eq!(wait(0.0), Some(Duration::ZERO));
    assert_eq!(wait(0.0), None, "the fifth failure is the last");
}

#[test]
fn patience_ends_by_time_too() {
    let mut failures = Failures::default();
    assert!(failures.another(&PATIENCE, 1.0, None, at(0)).is_some());
    assert_eq!(failures.another(&PATIENCE, 1.0, None, at(99)), None);
    failures.forget();
    assert!(failures.another(&PATIENCE, 1.0, None, at(200)).is_some());
}

#[test]
fn the_services_own_wish_is_the_least_wait() {
    let mut failures = Failures::default();
    let wish = Some(Duration::from_secs(7));
    assert_eq!(failures.another(&PATIENCE, 0.0, wish, at(0)), wish);
}

#[test]
fn a_wished_wait_is_read_in_every_form() {
    let now = WallTime::from_unix_millis(784_111_777_000);
    let check = |headers: &[(&str, &str)], wanted: Option<Duration>| {
        let mut response = response(429, headers);
        in_seconds(&mut response, now);
        assert_eq!(after(&response), wanted, "{headers:?}");
    };
    check(&[("retry-after", "3")], Some(Duration::from_secs(3)));
    check(
        &[("retry-after", "Sun, 06 Nov 1994 08:49:47 GMT")],
        Some(Duration::from_secs(10)),
    );
    check(
        &[
            ("retry-after", "Sun, 06 Nov 1994 08:49:47 GMT"),
            ("date", "Sun, 06 Nov 1994 08:49:42 GMT"),
        ],
        Some(Duration::from_secs(5)),
    );
    check(
        &[("retry-after", "Sun, 06 Nov 1994 08:00:00 GMT")],
        Some(Duration::ZERO),
    );
    check(
        &[("retry-after-ms", "250"), ("retry-after", "3")],
        Some(Duration::from_millis(250)),
    );
    check(&[("retry-after", " 1.5 ")], Some(Duration::from_secs(2)));
    check(&[("retry-after", "2.0")], Some(Duration::from_secs(2)));
    check(
        &[("retry-after-ms", "0.25")],
        Some(Duration::from_millis(1)),
    );
    check(
        &[("retry-after", "Sunday, 06-Nov-94 08:49:47 GMT")],
        Some(Duration::from_secs(10)),
    );
    let half_a_second_ago = WallTime::from_unix_millis(784_111_776_500);
    let mut late = response(429, &[("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT")]);
    assert_eq!(after(&late), None, "a date as it is");
    in_seconds(&mut late, half_a_second_ago);
    assert_eq!(after(&late), Some(Duration::from_secs(1)));
    check(&[("retry-after", "-1")], None);
    check(&[("retry-after", "1.x")], None);
    check(
        &[("retry-after-ms", "soon"), ("retry-after", "3")],
        Some(Duration::from_secs(3)),
    );
    check(&[("retry-after", "999999999")], Some(LONGEST_RETRY_AFTER));
    check(&[("retry-after", "soon")], None);
    check(&[], None);
}

#[test]
fn a_service_that_is_overrun_is_left_alone_by_all() {
    let wish = [("retry-after", "3")];
    let check = |status, headers: &[(&str, &str)], wanted| {
        assert_eq!(
            hold(&response(status, headers)),
            wanted,
            "{status} {headers:?}"
        );
    };
    check(429, &wish, Some(Duration::from_secs(3)));
    check(503, &wish, Some(Duration::from_secs(3)));
    check(429, &[], Some(HOLD));
    check(503, &[], None);
    check(200, &wish, None);
}
