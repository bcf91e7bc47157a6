//! Whatever comes in, from callers or from the service: the token goes to the service as a mark
//! alone, and stands in no answer, no log line and no request to anybody else.

#![allow(clippy::unwrap_used, reason = "a test that cannot look must fail")]

use kinora::{Auth, BaseUrl, TransportErrorKind, WallTime};
use kinora_relay::{
    Answer, Callers, Decision, Incoming, ModelPattern, OriginRule, OutputHosts, Policy, Received,
    Relay, Secret, Upstream,
};
use proptest::prelude::*;

const TOKEN: &str = "canary-4f1b9d2e7a";
const SERVICE: &str = "https://model-api.runcomfy.net";

fn relay() -> Relay {
    let base = |text| BaseUrl::parse(text).unwrap();
    let policy = Policy {
        origins: vec![OriginRule::parse("https://*.example.com").unwrap()],
        callers: Callers::Anybody,
        models: vec![ModelPattern::parse("**").unwrap()],
        outputs: Some(OutputHosts::runcomfy()),
        include_cost: true,
        ..Policy::closed(base(SERVICE), base("https://relay.example.com"))
    };
    Relay::new(policy, Some(Secret::parse(TOKEN).unwrap()))
}

/// Texts that hold the token or nearly, beside others.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(TOKEN.to_owned()),
        Just(format!("https://{TOKEN}.example.com")),
        Just("https://a.example.com".to_owned()),
        Just(format!("Bearer {TOKEN}")),
        Just(format!("\\u0063{}", &TOKEN[1..])),
        Just("application/json".to_owned()),
        "[a-z0-9/:.?=&%-]{0,24}",
        any::<String>(),
    ]
}

fn target() -> impl Strategy<Value = String> {
    prop_oneof![
        text().prop_map(|text| format!("/v1/models/{text}/x")),
        text().prop_map(|text| format!("/v1/models?search={text}")),
        (
            text(),
            prop::sample::select(vec!["status", "result", "cancel"])
        )
            .prop_map(|(text, what)| format!("/v1/requests/{text}/{what}")),
        text().prop_map(|text| format!("/v1/outputs?url=https://files.runcomfy.net/{text}")),
        text().prop_map(|text| format!("/v1/outputs?url={text}")),
        text(),
        text().prop_map(|text| format!("/v1/relay?{text}")),
        Just("/v1/models/wan-ai/wan-2-2/image-to-video".to_owned()),
    ]
}

fn header() -> impl Strategy<Value = (String, String)> {
    let names = vec![
        "origin",
        "authorization",
        "content-type",
        "kinora-intent",
        "range",
        "content-length",
        "access-control-request-private-network",
        "x-other",
        "retry-after",
        "date",
        "etag",
        "content-range",
        "location",
        "kinora-accepted",
        "set-cookie",
    ];
    (prop::sample::select(names), text()).prop_map(|(name, value)| (name.to_owned(), value))
}

fn body() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        Just(Vec::new()),
        Just(b"{\"prompt\":\"fog\"}".to_vec()),
        text().prop_map(
            |text| serde_json::json!({ "request_id": text, "status_url": text })
                .to_string()
                .into_bytes()
        ),
        text().prop_map(|text| format!(
            "{{\"request_id\":\"r1\",\"a\":[{{\"{text}\":\"{text}\"}}]}}"
        )
        .into_bytes()),
        text().prop_map(String::into_bytes),
        prop::collection::vec(any::<u8>(), 0..64),
    ]
}

fn upstream() -> impl Strategy<Value = Upstream> {
    let headers = || prop::collection::vec(header(), 0..5);
    prop_oneof![
        6 => (0_u16..1000, headers(), body())
            .prop_map(|(status, headers, body)| Upstream::Answered { status, headers, body }),
        1 => Just(Upstream::Failed(TransportErrorKind::NoAnswer)),
        1 => Just(Upstream::TooLarge),
    ]
}

fn has_token(text: &str) -> bool {
    text.contains(TOKEN)
}

/// Everything that the caller could read, as it stands and as JSON reads it.
fn check(answer: &Answer) {
    let body = String::from_utf8_lossy(&answer.body);
    assert!(!has_token(&body), "in the body: {body}");
    if let Ok(value) = serde_json::from_slice::<serde_json::Value>(&answer.body) {
        assert!(!has_token(&value.to_string()), "in the JSON: {value}");
    }
    assert!(
        !has_token(&format!("{:?}", answer.headers)),
        "{:?}",
        answer.headers
    );
    assert!(!has_token(&answer.line.to_string()), "{}", answer.line);
    assert!((200..600).contains(&answer.status), "{}", answer.status);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn the_token_comes_out_nowhere(
        method in prop_oneof![Just("GET".to_owned()), Just("POST".to_owned()), Just("OPTIONS".to_owned()), text()],
        target in target(),
        headers in prop::collection::vec(header(), 0..6),
        sent in body(),
        upstream in upstream(),
    ) {
        let mut relay = relay();
        let now = WallTime::from_unix_millis(1_795_305_600_000);
        let incoming = Incoming { method: &method, target: &target, headers: &headers, caller: TOKEN };
        let decision = match relay.admit(&incoming, now) {
            Ok(admitted) => relay.decide(admitted, Received::Whole(&sent), now),
            Err(answer) => Decision::Answer(*answer),
        };
        match decision {
            Decision::Answer(answer) => check(&answer),
            Decision::Forward(flight) => {
                let request = &flight.request;
                prop_assert_eq!(request.auth, Auth::Base);
                let at_the_service = request.url.starts_with(&format!("{SERVICE}/v1/"));
                prop_assert!(at_the_service, "{}", request.url);
                let headers = format!("{:?}", request.headers);
                prop_assert!(!has_token(&headers));
                let reply = relay.land(&flight, upstream);
                check(&flight.dress().answer(&reply));
            }
            Decision::Fetch(fetch) => {
                let asked = format!("{} {:?}", fetch.url, fetch.headers);
                prop_assert!(!has_token(&asked));
                prop_assert!(fetch.url.starts_with("https://files.runcomfy.net/"));
                let (status, headers) = match upstream {
                    Upstream::Answered { status, headers, .. } => (status, headers),
                    Upstream::Failed(_) | Upstream::TooLarge => (500, Vec::new()),
                };
                match fetch.fetched(status, &headers) {
                    Ok(head) => {
                        let told = format!("{:?} {}", head.headers, head.line);
                        prop_assert!(!has_token(&told));
                    }
                    Err(answer) => check(&answer),
                }
                check(&fetch.failed());
            }
            Decision::Join(..) => prop_assert!(false, "nothing is under way"),
        }
    }
}
