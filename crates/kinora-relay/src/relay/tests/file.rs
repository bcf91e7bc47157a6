//! Result files.

use super::*;

#[test]
fn a_file_is_fetched_without_the_token_and_in_the_part_that_is_wished() {
    let address = "https://files.runcomfy.net/a.mp4";
    let target = format!("/v1/outputs?url={address}");
    let fetch = |range: &'static str| {
        let story = Story::get(&target)
            .with("range", range)
            .with("authorization", "Bearer x");
        match story.told(&mut relay(open())) {
            Decision::Fetch(fetch) => fetch,
            other => panic!("not fetched: {other:?}"),
        }
    };
    let part = fetch("bytes=0-99");
    assert_eq!(part.url, address);
    assert_eq!(
        part.headers,
        [("range".to_owned(), "bytes=0-99".to_owned())]
    );
    for odd in [
        "bytes=0-1,5-9",
        "bytes=-",
        "bytes=a-b",
        "items=0-1",
        "bytes=0-1\r\nx: y",
    ] {
        assert!(fetch(odd).headers.is_empty(), "{odd}");
    }
    let mut off = relay(Policy {
        outputs: None,
        ..open()
    });
    assert_eq!(
        Story::get(&target).refused(&mut off).line.reason,
        Reason::OutputsOff.code()
    );
}

#[test]
fn a_files_answer_is_judged_by_its_start() {
    let target = "/v1/outputs?url=https://files.runcomfy.net/a.mp4";
    let limits = Limits {
        output_bytes: 1000,
        ..Limits::default()
    };
    let mut relay = relay(Policy { limits, ..open() });
    let Decision::Fetch(fetch) = Story::get(target).with("origin", PAGE).told(&mut relay) else {
        panic!("not fetched");
    };
    let headers = |kind: &str, length: &str| {
        [
            ("content-type", kind),
            ("content-length", length),
            ("set-cookie", "a"),
            ("etag", TOKEN),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
    };
    let head = fetch.fetched(206, &headers("video/mp4", "1000")).unwrap();
    let names: Vec<_> = head.headers.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(head.status, 206);
    assert!(
        names.contains(&"content-security-policy")
            && names.contains(&"access-control-allow-origin")
    );
    assert!(
        !names.contains(&"set-cookie") && !names.contains(&"etag"),
        "{names:?}"
    );
    for (status, kind, length, reason) in [
        (302, "video/mp4", "1", Reason::Redirected),
        (404, "video/mp4", "1", Reason::NoSuchOutput),
        (416, "video/mp4", "1", Reason::BadRange),
        (500, "video/mp4", "1", Reason::OutputUnavailable),
        (200, "text/html", "1", Reason::NotAMedium),
        (200, "image/svg+xml", "1", Reason::NotAMedium),
        (200, "video/mp4", "1001", Reason::OutputTooLarge),
    ] {
        let answer = fetch.fetched(status, &headers(kind, length)).unwrap_err();
        assert_eq!(
            (answer.status, answer.line.reason),
            (reason.status(), reason.code())
        );
    }
    assert_eq!(fetch.failed().status, 502);
}
