//! Defects that a proxy of this kind is known to have: each is a test here.
//!
//! Found in `@fal-ai/server-proxy` 1.2.1; the first is told in
//! <https://github.com/fal-ai/fal-js/pull/227>.

use super::*;

#[test]
fn an_error_of_the_service_stays_an_error() {
    for status in 400..600 {
        for body in ["{\"message\":\"no\"}", "", "<html>no</html>"] {
            let story = Story::get("/v1/requests/r1/result");
            let answer = whole(&mut relay(open()), story, answered(status, body));
            assert_eq!(answer.status, status, "{body}");
        }
    }
    for status in [200, 202, 204] {
        let story = Story::get("/v1/requests/r1/result");
        let answer = whole(&mut relay(open()), story, answered(status, ""));
        assert_eq!(answer.status, status);
    }
}

#[test]
fn a_request_without_credentials_is_refused_where_credentials_are_asked_for() {
    let secret = Secret::parse("relay-secret").unwrap();
    let policy = Policy {
        callers: Callers::With(vec![secret]),
        ..open()
    };
    let story = || Story::submit().with("origin", PAGE);
    let refused = |story: Story<'_>| {
        let answer = story.refused(&mut relay(policy.clone()));
        let wanted = (401, Reason::CallerNotAllowed.code());
        assert_eq!((answer.status, answer.line.reason), wanted);
        let origin = header(&answer, "access-control-allow-origin");
        assert_eq!(origin, Some(PAGE), "the page can read it");
    };
    refused(story());
    for wrong in [
        "",
        " ",
        "Bearer",
        "Bearer ",
        "Bearer undefined",
        "null",
        "Basic relay-secret",
    ] {
        refused(story().with("authorization", wrong));
    }
    let right = || story().with("authorization", "Bearer relay-secret");
    refused(right().with("authorization", "Bearer relay-secret"));
    let request = right().flies(&mut relay(policy.clone())).request;
    assert!(
        !format!("{request:?}").contains("relay-secret"),
        "it is not passed on"
    );
}

#[test]
fn a_call_without_a_body_needs_none() {
    for (body, answer) in [(&b""[..], "{}"), (b"{}", ""), (b"not json", "{}")] {
        let story = Story {
            method: "POST",
            body,
            ..Story::get("/v1/requests/r1/cancel")
        };
        let flight = story.clone().flies(&mut relay(open()));
        assert_eq!(flight.request.body, b"", "and passes none on");
        assert_eq!(flight.request.headers.len(), 1, "nor says what it would be");
        let answer = whole(&mut relay(open()), story, answered(202, answer));
        assert_eq!(answer.status, 202);
    }
}

#[test]
fn nothing_passes_because_it_was_not_thought_of() {
    for target in [
        "/v1/storage/upload/initiate-multipart",
        "/v1/models/wan-ai/wan-2-2/image-to-video/../../x/y",
        "/v1/requests",
        "/v1/account",
        "/v1/tokens",
        "/v1",
    ] {
        for method in [
            "GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "TRACE", "CONNECT",
        ] {
            let story = Story {
                method,
                ..Story::get(target)
            };
            let answer = story.refused(&mut relay(open()));
            assert!((400..500).contains(&answer.status), "{method} {target}");
        }
    }
}
