//! Options and their mistakes; one job's way through the doors.

use super::*;
use crate::text;

fn object(text: &str) -> Object {
    match text::read(text) {
        Some(Value::Object(object)) => object,
        other => panic!("{text}: {other:?}"),
    }
}

fn wish(object: impl core::borrow::Borrow<Object>) -> String {
    let mut writer = Writer::default();
    writer.object(object.borrow());
    writer.finish()
}

fn texts(list: &[&str]) -> Value {
    Value::List(list.iter().map(|text| (*text).into()).collect())
}

fn open() -> Object {
    Object::new()
        .with("token", TOKEN)
        .with("public", "https://relay.example.com/api")
        .with("models", texts(&["wan-ai/**"]))
        .with("callers", "anybody")
}

fn refused(options: Object) -> String {
    let told = object(&begin(&wish(options)));
    let error = told.get("error").and_then(Value::as_object);
    let error = error.unwrap_or_else(|| panic!("{told:?}"));
    error.text("message").unwrap().to_owned()
}

#[test]
fn a_mistake_is_named_with_its_option_and_a_way_out() {
    let tables =
        |name: &str, inner: &str, value: Value| open().with(name, Object::new().with(inner, value));
    for (options, name, remedy) in [
        (open().with("orgins", texts(&[])), "`orgins`", "origins"),
        (
            open().with("include_cost", true),
            "`include_cost`",
            "includeCost",
        ),
        (open().with("token", "short"), "`token`", "RUNCOMFY_TOKEN"),
        (
            open().with("token", Value::Null),
            "`token`",
            "RUNCOMFY_TOKEN",
        ),
        (
            open().with("public", Value::Null),
            "`public`",
            "https://app.example.com",
        ),
        (open().with("public", "here"), "`public`", "https://"),
        (
            open().with("origins", "https://a.example"),
            "`origins`",
            "list",
        ),
        (
            open().with("origins", texts(&["https://a.example", "*"])),
            "`origins[1]`",
            "https://*.example.com",
        ),
        (
            open().with("models", texts(&["a b"])),
            "`models[0]`",
            "wan-ai/wan-2-2",
        ),
        (open().with("callers", "me"), "`callers`", "anybody"),
        (
            open().with("secrets", texts(&["long-enough"])),
            "`callers`",
            "Leave one out",
        ),
        (
            open().with("proxies", texts(&["here"])),
            "`proxies[0]`",
            "127.0.0.1",
        ),
        (open().with("outputs", "yes"), "`outputs`", "true or false"),
        (
            tables("budgets", "jobsAtOnce", Value::from("4")),
            "`budgets.jobsAtOnce`",
            "whole number",
        ),
        (
            tables("budgets", "jobs", Value::Int(1)),
            "`budgets.jobs`",
            "jobsAtOnce",
        ),
        (
            tables("limits", "bodyBytes", Value::Int(-1)),
            "`limits.bodyBytes`",
            "whole number",
        ),
        (open().with("limits", Value::Int(3)), "`limits`", "object"),
    ] {
        let words = refused(options);
        assert!(
            words.contains(name) && words.contains(remedy),
            "{name}: {words}"
        );
        assert!(!words.contains(TOKEN), "{words}");
    }
}

#[test]
fn a_mistake_in_a_secret_does_not_show_the_secret() {
    let mut options = open().with("secrets", texts(&["first-secret", "näher-secret"]));
    options.remove("callers");
    let words = refused(options);
    assert!(words.starts_with("`secrets[1]`"), "{words}");
    assert!(!words.contains("secret\""), "{words}");
}

#[test]
fn a_relay_that_nobody_configured_is_closed() {
    let options = Object::new()
        .with("token", TOKEN)
        .with("public", "https://relay.example.com");
    let begun = object(&begin(&wish(options)));
    let closed = begun.get("closed").and_then(Value::as_list);
    assert_eq!(closed.map(<[Value]>::len), Some(3));
    let told = admitted(&[]);
    let answer = told.get("answer").and_then(Value::as_object).unwrap();
    assert_eq!(answer.get("status"), Some(&Value::Int(401)));
}

fn admitted(extra: &[(&str, &str)]) -> Object {
    let json = ("content-type", "application/json");
    let headers = [&[json][..], extra].concat();
    let headers = headers.iter().map(|(name, value)| texts(&[name, value]));
    let request = Object::new()
        .with("method", "POST")
        .with("target", "/v1/models/wan-ai/wan-2-2/image-to-video")
        .with("address", "9.9.9.9")
        .with("headers", Value::List(headers.collect()));
    object(&admit(&wish(request), NOW))
}

fn decided(admitted: &Object) -> Object {
    let body = Object::new()
        .with("admitted", admitted.get("admitted").unwrap().clone())
        .with("body", "{\"prompt\":\"fog\"}");
    object(&decide(&wish(body), NOW))
}

#[test]
fn a_submit_and_its_repeat_are_one_flight_with_two_answers() {
    begin(&wish(open().with("keeping", true)));
    let intent = [(kinora::wire::header::INTENT, "wish")];
    let first = decided(&admitted(&intent));
    let second = decided(&admitted(&intent));
    let send = first.get("send").and_then(Value::as_object).unwrap();
    assert_eq!(send.text("body"), Some("{\"prompt\":\"fog\"}"));
    assert_eq!(second.get("send"), None);
    assert_eq!(
        first
            .get("changes")
            .and_then(Value::as_list)
            .map(<[Value]>::len),
        Some(2)
    );
    let answer = Object::new()
        .with("flight", send.get("flight").unwrap().clone())
        .with("status", Value::Int(200))
        .with("body", "{\"request_id\":\"r1\"}");
    let landed = object(&land(&wish(answer)));
    let answers = landed.get("answers").and_then(Value::as_list).unwrap();
    let waiters: Vec<_> = answers
        .iter()
        .map(|answer| answer.as_object().unwrap().get("waiter"))
        .collect();
    assert_eq!(waiters, [first.get("waiter"), second.get("waiter")]);
}

#[test]
fn a_token_is_renewed_or_refused() {
    begin(&wish(open()));
    assert_eq!(
        renew(&wish(Object::new().with("token", "another-token"))),
        "{}"
    );
    assert!(renew(&wish(Object::new().with("token", "x"))).contains("bad_token"));
}

#[test]
fn a_caller_is_not_named_by_the_token() {
    begin(&wish(open()));
    let named = |name: &str| {
        let call = Object::new()
            .with("method", "GET")
            .with("target", "/v1/relay")
            .with("caller", name);
        let told = object(&admit(&wish(call), NOW));
        told.text("caller").unwrap().to_owned()
    };
    assert_eq!(named("anna"), "anna");
    assert_eq!(named(&format!("Bearer {TOKEN}")), EVERYBODY);
}

const TOKEN: &str = "token-4f1b9d2e7a";
const NOW: f64 = 1_795_305_600_000.0;
