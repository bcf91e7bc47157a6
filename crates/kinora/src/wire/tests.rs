//! Texts written from the service's pages pin what is sent and read, each on its own.

use super::*;
use crate::image::Look;
use crate::wire::read::{CancelAnswer, ResultAnswer};
use crate::{
    BaseUrl, Draft, Error, Facts, HostKind, HttpResponse, Media, MediaKind, ModelSpec, Object,
    Reach, ServiceErrorKind, ServiceState, Status, WallTime,
};

mod trouble;

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("the fixture is JSON")
}

fn answer(status: u16, text: &str) -> HttpResponse {
    HttpResponse::json(status, json(text))
}

fn connection(host: HostKind) -> Connection {
    let base = match host {
        HostKind::Kinora => "https://relay.example.com",
        HostKind::RunComfy => "https://model-api.runcomfy.net",
    };
    let base = BaseUrl::parse(base).expect("a base");
    Connection::new(base, host)
}

fn request() -> Request {
    let mut draft = Draft::default();
    draft.set("prompt", "");
    draft.set("img_url", "https://example.com/a.png");
    let facts = Facts::new(Reach::Internet).with_look("img_url", Look::Pending);
    draft
        .check(&ModelSpec::wan_2_2(), &facts)
        .request
        .expect("it may be sent")
}

fn id() -> RequestId {
    RequestId::parse("7f3a-1").expect("an id")
}

/// The API page's own sample call.
#[test]
fn a_submit_is_the_input_flat_as_json() {
    let intent = IntentId::mint(1);
    let sent = submit(&connection(HostKind::RunComfy), &request(), &intent);
    assert_eq!(sent.method, Method::Post);
    assert_eq!(
        sent.url,
        "https://model-api.runcomfy.net/v1/models/wan-ai/wan-2-2/image-to-video"
    );
    assert_eq!(
        sent.headers,
        [("content-type".to_owned(), "application/json".to_owned())]
    );
    assert_eq!(sent.auth, Auth::Base);
    assert_eq!(sent.timeout, Duration::from_secs(60));
    let Body::Json(body) = sent.body else {
        panic!("a JSON body")
    };
    let text = serde_json::to_string(&body).expect("JSON");
    assert_eq!(
        text,
        r#"{"prompt":"","img_url":"https://example.com/a.png"}"#
    );
}

#[test]
fn the_intent_is_told_to_our_own_hosts_only() {
    let intent = IntentId::mint(0xAB);
    let to = |host| submit(&connection(host), &request(), &intent);
    let told = to(HostKind::Kinora);
    assert_eq!(
        told.header("kinora-intent"),
        Some("000000000000000000000000000000ab")
    );
    assert_eq!(to(HostKind::RunComfy).header("kinora-intent"), None);
    let mistaken = Connection::new(
        connection(HostKind::RunComfy).base().clone(),
        HostKind::Kinora,
    );
    let sent = submit(&mistaken, &request(), &intent);
    assert_eq!(sent.header("kinora-intent"), None);
}

#[test]
fn questions_are_built_from_the_base_and_the_id() {
    let connection = connection(HostKind::RunComfy);
    for (sent, method, url) in [
        (
            status(&connection, &id()),
            "GET",
            "/v1/requests/7f3a-1/status",
        ),
        (
            result(&connection, &id()),
            "GET",
            "/v1/requests/7f3a-1/result",
        ),
        (
            cancel(&connection, &id()),
            "POST",
            "/v1/requests/7f3a-1/cancel",
        ),
    ] {
        assert_eq!(sent.method.as_str(), method);
        assert_eq!(sent.url, format!("https://model-api.runcomfy.net{url}"));
        assert_eq!(
            (sent.headers, sent.body, sent.auth),
            (Vec::new(), Body::Empty, Auth::Base)
        );
    }
}

#[test]
fn a_question_does_not_wait_for_ever() {
    let sent = status(&connection(HostKind::RunComfy), &id());
    assert_eq!(sent.timeout, Duration::from_secs(30));
}

/// <https://www.iana.org/assignments/http-fields/http-fields.xhtml>
#[test]
fn the_token_travels_in_the_registered_header() {
    assert_eq!(header::AUTHORIZATION, "authorization");
}

/// `include_cost` as RunComfy's own nodes send it; the other two are promises to our own pages.
#[test]
fn what_relays_read_is_spelled_as_it_is_sent() {
    assert_eq!(key::INCLUDE_COST, "include_cost");
    assert_eq!((route::OUTPUTS, key::URL), ("/v1/outputs", "url"));
    for path in ["/v1/models/a", "/v1/models/", "/v1/requests/a/b"] {
        assert!(route::names_something(path), "{path}");
    }
    for path in ["/v1/models", "/v1/modelsx/a", "/v1/requests", "/v1/outputs"] {
        assert!(!route::names_something(path), "{path}");
    }
}

#[test]
fn every_route_is_recognised_by_its_path() {
    use route::{Route, recognise};
    let model = crate::ModelId::WAN_2_2.clone();
    let submit = "/v1/models/wan-ai/wan-2-2/image-to-video";
    assert_eq!(recognise(Method::Post, submit), Some(Route::Submit(model)));
    assert_eq!(
        recognise(Method::Get, "/v1/requests/a/status"),
        Some(status_route())
    );
    assert_eq!(recognise(Method::Post, "/v1/requests/a/status"), None);
    assert_eq!(recognise(Method::Get, "/v1/requests/a/status/b"), None);
    assert_eq!(recognise(Method::Get, "/v1/requests/a%2e/status"), None);
    assert_eq!(recognise(Method::Post, "/v1/models/../requests"), None);

    fn status_route() -> Route {
        Route::Status(RequestId::parse("a").expect("an id"))
    }
}

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

#[test]
fn the_emulators_answers_are_those_of_the_pages() {
    let base = connection(HostKind::RunComfy).base().clone();
    let text = |object: Object| serde_json::to_string(&Value::Object(object)).expect("JSON");
    assert_eq!(
        text(answer::submitted(&base, &id())),
        r#"{"request_id":"7f3a-1","status_url":"https://model-api.runcomfy.net/v1/requests/7f3a-1/status","result_url":"https://model-api.runcomfy.net/v1/requests/7f3a-1/result","cancel_url":"https://model-api.runcomfy.net/v1/requests/7f3a-1/cancel"}"#
    );
    let queued = Status {
        state: ServiceState::InQueue,
        queue_position: Some(3),
    };
    assert_eq!(
        text(answer::status(&base, &id(), &queued)),
        r#"{"request_id":"7f3a-1","status":"in_queue","queue_position":3,"status_url":"https://model-api.runcomfy.net/v1/requests/7f3a-1/status","result_url":"https://model-api.runcomfy.net/v1/requests/7f3a-1/result"}"#
    );
    let video = Media {
        kind: MediaKind::Video,
        url: "https://x/a.mp4".to_owned(),
    };
    assert_eq!(
        text(answer::succeeded(&id(), answer::output_object(&[video]))),
        r#"{"request_id":"7f3a-1","status":"succeeded","output":{"video":"https://x/a.mp4"}}"#
    );
    assert_eq!(
        text(answer::cancelled(
            &id(),
            &ServiceState::Completed,
            &CancelAnswer::Cancelled
        )),
        r#"{"request_id":"7f3a-1","status":"completed","outcome":"cancelled"}"#
    );
    assert_eq!(
        text(answer::cancelled(
            &id(),
            &ServiceState::InProgress,
            &CancelAnswer::NotCancellable
        )),
        r#"{"request_id":"7f3a-1","status":"in_progress","outcome":"not_cancellable"}"#
    );
    assert_eq!(
        text(answer::error(404_001, "gone")),
        r#"{"error_code":404001,"error_message":"gone"}"#
    );
}

#[test]
fn an_output_is_answered_in_three_shapes() {
    let media = |kind, name: &str| Media {
        kind,
        url: format!("https://x/{name}"),
    };
    let one = [media(MediaKind::Video, "a.mp4")];
    let many = [
        media(MediaKind::Video, "a.mp4"),
        media(MediaKind::Image, "a.png"),
    ];
    let text = |value: Value| serde_json::to_string(&value).expect("JSON");
    let list = r#"["https://x/a.mp4","https://x/a.png"]"#;
    for (output, wanted) in [
        (
            answer::output_object(&many),
            r#"{"image":"https://x/a.png","video":"https://x/a.mp4"}"#,
        ),
        (answer::output_list(&many), list),
        (answer::output_list(&one), r#"["https://x/a.mp4"]"#),
        (answer::output_text(&one), r#""https://x/a.mp4""#),
        (answer::output_text(&many), list),
        (answer::output_object(&[]), "{}"),
    ] {
        assert_eq!(text(output), wanted);
    }
}

#[test]
fn a_cancel_is_answered_in_the_words_of_each_source() {
    let requested = CancelAnswer::Unknown(word::CANCELLATION_REQUESTED.to_owned());
    let answered = answer::cancelled(&id(), &ServiceState::Cancelled, &requested);
    assert_eq!(
        serde_json::to_string(&Value::Object(answered)).expect("JSON"),
        r#"{"request_id":"7f3a-1","status":"cancelled","outcome":"cancellation_requested"}"#
    );
    assert_eq!(
        answer::cancelled_as_printed(&id()),
        r#"{"request_id":"7f3a-1","status":"completed" "outcome":"cancelled"}"#
    );
}

#[test]
fn a_wait_until_a_date_comes_with_the_date_of_now() {
    let now = WallTime::from_unix_millis(1_795_305_600_000);
    let wait = Duration::from_secs(7);
    let response = HttpResponse {
        headers: answer::retry_after_date(now.plus(wait), now).to_vec(),
        ..answer(429, "{}")
    };
    assert_eq!(
        response.header("retry-after"),
        Some("Sun, 22 Nov 2026 00:00:07 GMT")
    );
    assert_eq!(
        response.header("date"),
        Some("Sun, 22 Nov 2026 00:00:00 GMT")
    );
    assert_eq!(
        crate::retry::after(&response, WallTime::from_unix_millis(0)),
        Some(wait)
    );
}

#[test]
fn a_result_comes_with_its_cost_when_asked() {
    assert!(route::wants_cost(
        "/v1/requests/a/result?x=y&include_cost=true"
    ));
    assert!(!route::wants_cost(
        "/v1/requests/a/result?include_cost=false"
    ));
    assert!(!route::wants_cost("/v1/requests/include_cost=true/result"));
    let answer = answer::with_cost(Object::new(), 0.25);
    assert_eq!(
        serde_json::to_string(&Value::Object(answer)).expect("JSON"),
        r#"{"cost":0.25}"#
    );
}
