//! Pages of listed origins, and of others.

use super::*;

#[test]
fn pages_of_other_origins_learn_nothing() {
    for origin in [
        "https://evil.com",
        "null",
        "",
        "https://app.example.com.evil.com",
    ] {
        let answer = Story::get("/v1/models")
            .with("origin", origin)
            .refused(&mut relay(open()));
        assert_eq!(answer.status, 403, "{origin}");
        assert_eq!(
            header(&answer, "access-control-allow-origin"),
            None,
            "{origin}"
        );
        assert_eq!(header(&answer, "vary"), Some("Origin"), "{origin}");
    }
    let twice = Story::get("/v1/models")
        .with("origin", PAGE)
        .with("origin", "https://evil.com");
    assert_eq!(twice.refused(&mut relay(open())).status, 403);
}

#[test]
fn a_preflight_is_answered_for_a_day_and_only_to_listed_origins() {
    let preflight = |origin| {
        let story = Story {
            method: "OPTIONS",
            ..Story::get(SUBMIT)
        };
        let story = story
            .with("origin", origin)
            .with("access-control-request-method", "POST");
        story.refused(&mut relay(open()))
    };
    let answer = preflight(PAGE);
    assert_eq!((answer.status, answer.body.as_slice()), (204, &b""[..]));
    assert_eq!(header(&answer, "access-control-allow-origin"), Some(PAGE));
    assert_eq!(
        header(&answer, "access-control-allow-methods"),
        Some("GET, POST")
    );
    assert_eq!(
        header(&answer, "access-control-allow-headers"),
        Some("authorization, content-type, kinora-intent, range")
    );
    assert_eq!(header(&answer, "access-control-max-age"), Some("86400"));
    assert_eq!(
        header(&answer, "access-control-allow-private-network"),
        None
    );
    assert_eq!(preflight("https://evil.com").status, 403);
    let none = Story {
        method: "OPTIONS",
        ..Story::get(SUBMIT)
    };
    assert_eq!(none.refused(&mut relay(open())).status, 405);
}
