//! What goes out through `fetch`, and what comes back.

use core::future::Future;
use core::pin::pin;
use core::time::Duration;

use futures_util::future::{Either, select};
use kinora::{Auth, Body, HttpRequest, Method, Object, Platform, TransportErrorKind, Value};
use kinora_browser::{Browser, Store, Token, js};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{
    Fakes, a_while, answer, asked, base, blob_of, count, count_cleared, get, headers, never_answer,
    refuse, work_here,
};

const BASE: &str = "https://relay.example.com/kinora";

fn browser() -> Browser {
    let token = Token::new(" Bearer canary-123 ", base(BASE)).unwrap();
    Browser::new(Store::in_memory(), Some(token))
}

/// The `authorization` that went along with a request to this URL.
async fn sent_with(url: &str, auth: Auth) -> Option<String> {
    let _fakes = Fakes;
    answer(200, &headers(&[]), "{}");
    let request = HttpRequest { auth, ..get(url) };
    browser().send(request).await.unwrap();
    let headers = asked()[0].get("headers").unwrap().clone();
    headers
        .as_object()
        .unwrap()
        .text("authorization")
        .map(str::to_owned)
}

#[wasm_bindgen_test]
async fn the_token_goes_to_its_base_and_nowhere_else() {
    let inside = format!("{BASE}/v1/requests/a/status");
    let sent = sent_with(&inside, Auth::Base).await;
    assert_eq!(sent.as_deref(), Some("Bearer canary-123"));
    assert_eq!(sent_with(&inside, Auth::None).await, None);
    for outside in [
        "https://relay.example.com/v1/requests/a/status",
        "https://relay.example.com/kinora-else/v1",
        "https://relay.example.com/kinora/../else",
        "https://relay.example.com.evil.example/kinora/v1",
        "https://evil.example/?https://relay.example.com/kinora/v1",
        "http://relay.example.com/kinora/v1",
    ] {
        assert_eq!(sent_with(outside, Auth::Base).await, None, "{outside}");
    }
}

#[wasm_bindgen_test]
async fn a_request_is_sent_as_it_stands_and_as_shy_as_possible() {
    let _fakes = Fakes;
    answer(200, &headers(&[]), "{}");
    let request = HttpRequest {
        method: Method::Post,
        headers: vec![("kinora-intent".to_owned(), "i1".to_owned())],
        body: Body::Json(Object::new().with("seed", 7).into()),
        ..get(&format!("{BASE}/v1/models/a/b"))
    };
    browser().send(request).await.unwrap();
    let asked = &asked()[0];
    for (key, wanted) in [
        ("url", "https://relay.example.com/kinora/v1/models/a/b"),
        ("method", "POST"),
        ("redirect", "error"),
        ("cache", "no-store"),
        ("credentials", "omit"),
        ("referrerPolicy", "no-referrer"),
        ("mode", "cors"),
    ] {
        assert_eq!(asked.text(key), Some(wanted), "{key}");
    }
    let headers = asked.get("headers").and_then(Value::as_object).unwrap();
    assert_eq!(headers.text("kinora-intent"), Some("i1"));
}

/// What is sent of a request for a video of the page's picture, over a store with these bytes.
async fn sent_with_picture(bytes: Option<&[u8]>) -> Result<Option<Value>, TransportErrorKind> {
    work_here();
    answer(200, &headers(&[]), "{}");
    let store = Store::in_memory();
    if let Some(bytes) = bytes {
        store.put_blob("picture/1", &blob_of(bytes)).await.unwrap();
    }
    let input = Object::new()
        .with("prompt", "kinora-page:1")
        .with("img_url", "kinora-page:1");
    let request = HttpRequest {
        method: Method::Post,
        body: Body::Json(input.into()),
        ..get(&format!("{BASE}/v1/models/a/b"))
    };
    let sent = Browser::new(store, None).send(request).await;
    sent.map_err(|error| error.kind)?;
    Ok(js::parse(asked()[0].text("body").unwrap()))
}

#[wasm_bindgen_test]
async fn a_picture_of_the_page_goes_as_what_it_is_in_place_of_its_address() {
    let _fakes = Fakes;
    let jpeg = b"\xFF\xD8\xFF\xE0\x00\x10JFIF\x00\x01";
    for (bytes, uri) in [
        (&jpeg[..], "data:image/jpeg;base64,/9j/4AAQSkZJRgAB"),
        (&jpeg[..11], "data:image/jpeg;base64,/9j/4AAQSkZJRgA="),
        (&jpeg[..10], "data:image/jpeg;base64,/9j/4AAQSkZJRg=="),
        (b"\x89PNG\r\n\x1A\n", "data:image/png;base64,iVBORw0KGgo="),
    ] {
        let wanted = Object::new()
            .with("prompt", "kinora-page:1")
            .with("img_url", uri);
        let sent = sent_with_picture(Some(bytes)).await.unwrap();
        assert_eq!(sent, Some(wanted.into()));
    }
}

#[wasm_bindgen_test]
async fn without_the_picture_nothing_is_sent() {
    let _fakes = Fakes;
    let sent = sent_with_picture(None).await;
    assert_eq!(sent, Err(TransportErrorKind::NotSent));
    assert!(asked().is_empty());
}

async fn body_of(text: &str) -> Body {
    let _fakes = Fakes;
    answer(418, &headers(&[]), text);
    let response = browser().send(get(BASE)).await.unwrap();
    assert_eq!(response.status, 418);
    response.body
}

#[wasm_bindgen_test]
async fn a_body_is_json_or_the_beginning_of_a_text() {
    let wanted = Object::new().with("a", 1).with("b", Value::Float(0.5));
    assert_eq!(
        body_of(r#"{"a":1,"b":0.5}"#).await,
        Body::Json(wanted.into())
    );
    assert_eq!(body_of("").await, Body::Empty);
    assert_eq!(
        body_of("<!doctype html>").await,
        Body::Text("<!doctype html>".to_owned())
    );
    let long = body_of(&"x\u{e9}".repeat(2000)).await;
    let Body::Text(text) = long else {
        panic!("{long:?}")
    };
    assert_eq!(text.len(), Body::TEXT_BYTES - 1);
}

#[wasm_bindgen_test]
async fn headers_that_someone_reads_come_back_in_lower_case() {
    let _fakes = Fakes;
    let sent = [
        ("Retry-After", "7"),
        ("Kinora-Accepted", "no"),
        ("X-Other", "x"),
    ];
    answer(503, &headers(&sent), "{}");
    let response = browser().send(get(BASE)).await.unwrap();
    assert_eq!(response.header("retry-after"), Some("7"));
    assert_eq!(response.header("kinora-accepted"), Some("no"));
    assert_eq!(response.header("x-other"), None);
}

async fn failure(request: HttpRequest) -> TransportErrorKind {
    let error = browser().send(request).await.unwrap_err();
    assert!(!error.words.contains("canary"), "{error}");
    error.kind
}

#[wasm_bindgen_test]
async fn failures_say_how_far_a_request_got() {
    let _fakes = Fakes;
    refuse();
    assert_eq!(failure(get(BASE)).await, TransportErrorKind::NoAnswer);
    never_answer();
    let timeout = Duration::from_millis(20);
    let slow = HttpRequest {
        timeout,
        ..get(BASE)
    };
    assert_eq!(failure(slow).await, TransportErrorKind::TimedOut);
    assert_eq!(asked()[0].get("aborted"), Some(&Value::Bool(true)));
    let malformed = failure(get("https://")).await;
    assert_eq!(malformed, TransportErrorKind::NotSent);
    let disguised = failure(get("https://relay.example.com@evil.example/kinora/v1")).await;
    assert_eq!(disguised, TransportErrorKind::NotSent);
}

#[wasm_bindgen_test]
async fn a_host_that_is_not_there_gives_no_answer() {
    assert_eq!(
        failure(get("http://127.0.0.1:9/")).await,
        TransportErrorKind::NoAnswer
    );
}

/// Polls a future for a while, then drops it.
async fn drop_unfinished<T>(future: impl Future<Output = T>) {
    match select(pin!(future), pin!(a_while())).await {
        Either::Left(_) => panic!("it ended"),
        Either::Right(_) => {}
    }
}

#[wasm_bindgen_test]
async fn dropping_a_send_aborts_its_fetch() {
    let _fakes = Fakes;
    never_answer();
    drop_unfinished(browser().send(get(BASE))).await;
    a_while().await;
    assert_eq!(asked()[0].get("aborted"), Some(&Value::Bool(true)));
}

#[wasm_bindgen_test]
async fn dropping_a_sleep_clears_its_timer() {
    let _fakes = Fakes;
    let cleared = count_cleared();
    {
        let mut sleep = pin!(kinora_browser::sleep(Duration::from_secs(3600)));
        assert!(futures_util::poll!(sleep.as_mut()).is_pending());
        assert_eq!(count(&cleared), 0.0);
    }
    assert_eq!(count(&cleared), 1.0);
}

#[wasm_bindgen_test]
async fn a_sleep_lasts_as_long_as_it_says() {
    let before = kinora_browser::now();
    kinora_browser::sleep(Duration::from_millis(50)).await;
    let slept = kinora_browser::now().monotonic.since(before.monotonic);
    assert!(slept >= Duration::from_millis(49), "{slept:?}");
    assert!(before.wall.unix_millis() > 1_700_000_000_000);
}
