//! What comes back, and what it is read as.

use super::*;

#[test]
fn a_submit_answer_needs_nothing_but_an_id() {
    let full = r#"{"request_id":"7f3a-1",
        "status_url":"https://model-api.runcomfy.net/v1/requests/7f3a-1/status",
        "result_url":"https://model-api.runcomfy.net/v1/requests/7f3a-1/result",
        "cancel_url":"https://model-api.runcomfy.net/v1/requests/7f3a-1/cancel"}"#;
    assert_eq!(read::submitted(&answer(200, full)), Ok(id()));
    let bare = r#"{"request_id":"7f3a-1","status":"in_queue"}"#;
    assert_eq!(read::submitted(&answer(202, bare)), Ok(id()));
    let no_error = r#"{"request_id":"7f3a-1","error_code":0}"#;
    assert_eq!(read::submitted(&answer(200, no_error)), Ok(id()));
    for bad in [r"{}", r#"{"request_id":7}"#, r#"{"request_id":"../x"}"#] {
        assert_eq!(
            read::submitted(&answer(200, bad)),
            Err(Error::NoRequestId { status: 200 }),
            "{bad}"
        );
    }
}

#[test]
fn each_documented_state_is_read() {
    let check = |text: &str, state, queue_position| {
        assert_eq!(
            read::status(&answer(200, text)),
            Ok(Status {
                state,
                queue_position
            }),
            "{text}"
        );
    };
    check(
        r#"{"request_id":"7f3a-1","status":"in_queue","queue_position":3,
            "status_url":"https://x/status","result_url":"https://x/result"}"#,
        ServiceState::InQueue,
        Some(3),
    );
    check(
        r#"{"status":"in_queue","queue_position":0}"#,
        ServiceState::InQueue,
        Some(0),
    );
    check(
        r#"{"status":"in_queue","queue_position":-1}"#,
        ServiceState::InQueue,
        None,
    );
    check(r#"{"status":"in_queue"}"#, ServiceState::InQueue, None);
    check(
        r#"{"status":"in_progress","queue_position":3}"#,
        ServiceState::InProgress,
        None,
    );
    check(r#"{"status":"completed"}"#, ServiceState::Completed, None);
    check(r#"{"status":"cancelled"}"#, ServiceState::Cancelled, None);
    check(
        r#"{"status":"warming"}"#,
        ServiceState::Unknown("warming".to_owned()),
        None,
    );
}

#[test]
fn only_a_result_tells_success_from_failure() {
    let read = |text: &str| read::result(&answer(200, text)).expect("an answer");
    let sample = r#"{"request_id":"7f3a-1","status":"succeeded","created_at":"2026-11-22T10:00:00+00:00",
        "output":{"images":["https://x/a.png"],"videos":["https://x/a.mp4","https://x/b.mp4"]}}"#;
    let media = |kind, url: &str| Media {
        kind,
        url: url.to_owned(),
    };
    assert_eq!(
        read(sample),
        ResultAnswer::Succeeded(vec![
            media(MediaKind::Image, "https://x/a.png"),
            media(MediaKind::Video, "https://x/a.mp4"),
            media(MediaKind::Video, "https://x/b.mp4"),
        ])
    );
    let one_each =
        r#"{"status":"succeeded","output":{"image":"https://x/a.png","video":"https://x/a.mp4"}}"#;
    assert_eq!(
        read(one_each),
        ResultAnswer::Succeeded(vec![
            media(MediaKind::Image, "https://x/a.png"),
            media(MediaKind::Video, "https://x/a.mp4"),
        ])
    );
    let single = ResultAnswer::Succeeded(vec![media(MediaKind::Other, "https://x/a.mp4")]);
    assert_eq!(
        read(r#"{"status":"succeeded","output":"https://x/a.mp4"}"#),
        single
    );
    assert_eq!(
        read(r#"{"status":"succeeded","output":["https://x/a.mp4",7]}"#),
        single
    );
    assert_eq!(
        read(r#"{"status":"completed","output":["https://x/a.mp4"]}"#),
        single
    );
    assert_eq!(read(r#"{"status":"cancelled"}"#), ResultAnswer::Cancelled);
    let waiting = |state| ResultAnswer::NotReady(Some(state));
    assert_eq!(
        read(r#"{"status":"in_queue"}"#),
        waiting(ServiceState::InQueue)
    );
    assert_eq!(
        read(r#"{"status":"completed"}"#),
        waiting(ServiceState::Completed)
    );
    let empty = r#"{"status":"completed","output":null}"#;
    assert_eq!(read(empty), waiting(ServiceState::Completed));
}

#[test]
fn a_failure_keeps_the_words_in_whatever_shape_they_come() {
    for (error, words) in [
        (r#""out of memory""#, "out of memory"),
        (r#"{"message":"out of memory"}"#, "out of memory"),
        (
            r#"[{"errorCode":"E1","error":"out of memory","debugInfo":"x"}]"#,
            "out of memory",
        ),
        (
            r#"{"detail":[{"message":"out of memory"}]}"#,
            "out of memory",
        ),
        (
            r#"{"detail":[{"loc":["body","prompt"],"msg":"too long"}]}"#,
            "too long",
        ),
        (r#"{"reason":" ","nsfw":["not allowed"]}"#, "not allowed"),
        ("7", "The service gave no reason."),
        ("{}", "The service gave no reason."),
    ] {
        let text = format!(r#"{{"status":"failed","error":{error}}}"#);
        let Ok(ResultAnswer::Failed(failure)) = read::result(&answer(200, &text)) else {
            panic!("{text} is a failure");
        };
        assert_eq!(failure.words, words, "{text}");
        assert_eq!(failure.detail, Some(json(error)));
    }
}

#[test]
fn a_result_that_is_not_ready_comes_in_two_forms() {
    let error = r#"{"error_code":400005,"error_message":"not ready"}"#;
    assert_eq!(
        read::result(&answer(400, error)),
        Ok(ResultAnswer::NotReady(None))
    );
}

#[test]
fn a_cancel_that_came_too_late_is_an_answer() {
    let read = |text: &str| read::cancelled(&answer(202, text)).expect("an answer");
    let done = r#"{"request_id":"7f3a-1","status":"completed","outcome":"cancelled"}"#;
    assert_eq!(read(done), CancelAnswer::Cancelled);
    assert_eq!(
        read(r#"{"outcome":"not_cancellable"}"#),
        CancelAnswer::NotCancellable
    );
    let bare = HttpResponse {
        status: 202,
        headers: Vec::new(),
        body: Body::Empty,
    };
    assert_eq!(
        read::cancelled(&bare),
        Ok(CancelAnswer::Unknown(String::new()))
    );
    let other = CancelAnswer::Unknown("cancellation_requested".to_owned());
    assert_eq!(read(r#"{"outcome":"cancellation_requested"}"#), other);
}

#[test]
fn each_error_means_one_thing() {
    use ServiceErrorKind as Kind;
    let check = |status, text: &str, wanted| {
        let Err(Error::Service(error)) = classify(&answer(status, text)).map(Object::len) else {
            panic!("HTTP {status} {text} is an error");
        };
        assert_eq!(error.kind, wanted, "HTTP {status} {text}");
    };
    check(
        400,
        r#"{"error_code":400001,"error_message":"x"}"#,
        Kind::UnknownModel,
    );
    check(400, r#"{"error_code":400002}"#, Kind::NoBalance);
    check(400, r#"{"error_code":400004}"#, Kind::BadToken);
    check(400, r#"{"error_code":"400004"}"#, Kind::BadToken);
    check(403, r#"{"error_code":403001}"#, Kind::NotYours);
    check(404, r#"{"error_code":404001}"#, Kind::NotFound);
    check(400, r#"{"error_code":404001}"#, Kind::NotFound);
    check(
        200,
        r#"{"error_code":400004,"error_message":"bad token"}"#,
        Kind::BadToken,
    );
    check(200, r#"{"error_code":429001}"#, Kind::Busy);
    check(401, r#"{"message":"Unauthorized"}"#, Kind::BadToken);
    check(403, r#"{"message":"Unauthorized"}"#, Kind::BadToken);
    check(402, "{}", Kind::NoBalance);
    check(404, "{}", Kind::NotFound);
    check(413, "{}", Kind::TooLarge);
    check(
        422,
        r#"{"detail":[{"message":"prompt too long"}]}"#,
        Kind::Rejected,
    );
    check(429, "{}", Kind::Busy);
    check(500, "{}", Kind::Unavailable);
    check(503, "{}", Kind::Unavailable);
    check(302, "{}", Kind::Unavailable);
}

#[test]
fn a_web_page_is_no_answer_of_this_service() {
    let page = |status| HttpResponse {
        status,
        headers: Vec::new(),
        body: Body::Text("<!doctype html><title>hi</title>".to_owned()),
    };
    assert_eq!(classify(&page(200)), Err(Error::Unreadable { status: 200 }));
    assert!(matches!(classify(&page(502)), Err(Error::Service(error)) if error.words.is_none()));
}

#[test]
fn only_some_answers_prove_that_nothing_was_accepted() {
    let check =
        |response: &HttpResponse, wanted| assert_eq!(accepted(response), wanted, "{response:?}");
    let marked = |status, mark: &str| HttpResponse {
        status,
        headers: vec![("kinora-accepted".to_owned(), mark.to_owned())],
        body: Body::Empty,
    };
    check(&answer(429, "{}"), Accepted::No);
    check(&marked(503, "no"), Accepted::No);
    check(&marked(503, "yes"), Accepted::Unknown);
    check(&answer(503, "{}"), Accepted::Unknown);
    check(&marked(500, "no"), Accepted::Unknown);
    check(&answer(408, "{}"), Accepted::Unknown);
    check(&answer(400, "{}"), Accepted::Refused);
    check(&answer(422, "{}"), Accepted::Refused);
    check(&answer(200, r#"{"error_code":400002}"#), Accepted::Refused);
    check(&answer(200, r#"{"error_code":503001}"#), Accepted::Unknown);
    check(&answer(200, "{}"), Accepted::Unknown);
    check(&answer(302, "{}"), Accepted::Unknown);
}

#[test]
fn the_words_of_an_error_are_short_and_its_own() {
    let long = format!(r#"{{"error_message":"{}"}}"#, "x".repeat(5000));
    let Err(Error::Service(error)) = classify(&answer(400, &long)).map(Object::len) else {
        panic!("an error");
    };
    assert_eq!(error.words.map(|words| words.len()), Some(300));
}
