//! What is sent: paths, headers and bodies, to the letter.

use super::*;

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
fn more_bytes_have_more_time() {
    assert_eq!(upload_time(0), Duration::ZERO);
    assert_eq!(upload_time(6_000), Duration::from_millis(100));
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

/// `include_cost` as RunComfy's own nodes send it; the others are promises to our own pages.
#[test]
fn what_relays_read_is_spelled_as_it_is_sent() {
    assert_eq!(key::INCLUDE_COST, "include_cost");
    assert_eq!((route::OUTPUTS, key::URL), ("/v1/outputs", "url"));
    assert_eq!(route::RELAY, "/v1/relay");
    assert_eq!(
        route::output("https://a.example.com/b.mp4?c=d"),
        "/v1/outputs?url=https%3A%2F%2Fa.example.com%2Fb.mp4%3Fc%3Dd"
    );
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
