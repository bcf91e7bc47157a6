//! Bad input, from callers and from the service.

use super::*;

#[test]
fn a_body_that_may_be_large_may_take_longer() {
    for (bytes, seconds) in [(0, 20), (1 << 20, 20), (9_000_000, 150)] {
        assert_eq!(body_timeout(bytes), Duration::from_secs(seconds), "{bytes}");
    }
}

#[test]
fn bad_inputs_are_refused_before_the_service() {
    let check = |story: Story<'_>, reason: Reason| {
        let answer = story.refused(&mut relay(open()));
        assert_eq!(answer.line.reason, reason.code());
        assert_eq!(answer.status, reason.status());
        let body = String::from_utf8(answer.body.clone()).unwrap();
        assert!(
            body.contains(
                reason
                    .sentence()
                    .trim_end_matches('.')
                    .split('"')
                    .next()
                    .unwrap()
            ),
            "{body}"
        );
        if answer.line.call == "submit" {
            assert_eq!(header(&answer, "kinora-accepted"), Some("no"), "{reason:?}");
        }
    };
    let with_body = |body: &'static [u8]| Story {
        body,
        ..Story::submit()
    };
    check(with_body(b""), Reason::BodyNotJson);
    check(with_body(b"[]"), Reason::BodyNotJson);
    check(with_body(b"{\"a\":1}x"), Reason::BodyNotJson);
    let deep = ["{\"a\":", &"[".repeat(40), &"]".repeat(40), "}"].concat();
    check(
        Story {
            body: deep.as_bytes(),
            ..Story::submit()
        },
        Reason::BodyTooDeep,
    );
    let large = ["{\"a\":\"", &"x".repeat(1 << 20), "\"}"].concat();
    check(
        Story {
            body: large.as_bytes(),
            ..Story::submit()
        },
        Reason::BodyTooLarge,
    );
    check(
        Story::submit().with("content-length", "1048577"),
        Reason::BodyTooLarge,
    );
    check(
        Story::submit().with("kinora-intent", "a b"),
        Reason::BadIntent,
    );
    check(
        Story::submit()
            .with("kinora-intent", "a")
            .with("kinora-intent", "b"),
        Reason::BadIntent,
    );
    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/jsonx",
        "",
    ] {
        let story = Story {
            headers: vec![("content-type", kind)],
            ..Story::submit()
        };
        check(story, Reason::NotAnnouncedAsJson);
    }
    check(
        Story {
            target: "/v1/models/kling/x/y",
            ..Story::submit()
        },
        Reason::ModelNotAllowed,
    );
    check(
        Story {
            target: "/v1/models/wan-ai/../x",
            ..Story::submit()
        },
        Reason::BadId,
    );
    check(Story::get("/v1/models?limit=x"), Reason::BadQuery);
    check(Story::get("/v1/requests/a%0d/status"), Reason::BadId);
    check(
        Story::get("/v1/outputs?url=https://evil.com/a"),
        Reason::OutputNotAllowed,
    );
    check(Story::get("/v1/outputs"), Reason::BadQuery);
    check(
        Story {
            method: "PUT",
            ..Story::submit()
        },
        Reason::WrongMethod,
    );
}

#[test]
fn an_id_that_is_the_token_is_not_told_again() {
    let target = format!("/v1/requests/{TOKEN}/status");
    let answer = Story::get(&target).refused(&mut relay(open()));
    assert_eq!(answer.line.reason, Reason::BadId.code());
}

#[test]
fn what_became_of_reading_a_body_has_an_answer() {
    for (received, reason) in [
        (Received::TooLarge, Reason::BodyTooLarge),
        (Received::TooSlow, Reason::BodyTooSlow),
        (Received::Cut, Reason::BodyCut),
    ] {
        let mut relay = relay(open());
        let headers = [("content-type".to_owned(), "application/json".to_owned())];
        let incoming = Incoming {
            method: "POST",
            target: SUBMIT,
            headers: &headers,
            caller: "a",
        };
        let admitted = relay.admit(&incoming, now()).unwrap();
        assert_eq!(admitted.body_bytes(), Limits::default().body_bytes);
        let Decision::Answer(answer) = relay.decide(admitted, received, now()) else {
            panic!("not answered");
        };
        assert_eq!(answer.line.reason, reason.code());
        assert_eq!(header(&answer, "kinora-accepted"), Some("no"));
    }
}

#[test]
fn what_came_of_asking_the_service_has_an_answer() {
    let deep = ["[".repeat(70), "]".repeat(70)].concat();
    let token = format!("{{\"detail\":\"bad token {TOKEN}\"}}");
    let escaped = format!(
        "{{\"a\":[\"\\u00{:x}{}\"]}}",
        TOKEN.as_bytes()[0],
        &TOKEN[1..]
    );
    for (upstream, reason) in [
        (
            Upstream::Failed(TransportErrorKind::NotSent),
            Reason::ServiceDown,
        ),
        (
            Upstream::Failed(TransportErrorKind::NoAnswer),
            Reason::AnswerLost,
        ),
        (
            Upstream::Failed(TransportErrorKind::TimedOut),
            Reason::AnswerLate,
        ),
        (Upstream::TooLarge, Reason::AnswerTooLarge),
        (answered(302, "{}"), Reason::Redirected),
        (answered(101, "{}"), Reason::AnswerLost),
        (answered(200, "<html>"), Reason::AnswerNotJson),
        (answered(200, &deep), Reason::AnswerNotJson),
        (answered(200, &token), Reason::AnswerWithheld),
        (answered(401, &token), Reason::AnswerWithheld),
        (answered(200, &escaped), Reason::AnswerWithheld),
        (
            answered(500, &[TOKEN, "<html>"].concat()),
            Reason::AnswerWithheld,
        ),
    ] {
        let answer = whole(
            &mut relay(open()),
            Story::get("/v1/requests/r1/status"),
            upstream,
        );
        assert_eq!(
            (answer.status, answer.line.reason),
            (reason.status(), reason.code())
        );
    }
}
