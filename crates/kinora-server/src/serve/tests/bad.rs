//! Ten thousand bad requests of every kind: each is refused, none reaches the service, and the next
//! good one passes.

use super::*;

#[tokio::test]
async fn ten_thousand_bad_requests_are_refused_and_leave_nothing_behind() {
    let service = Service::that(Act::answer(200, "{}")).await;
    let relay = start(open(&service)).await;
    let kinds = kinds();
    for round in 0..10_000_usize.div_ceil(kinds.len()) {
        for (name, bytes, wanted) in &kinds {
            let answer = relay.say(bytes).await;
            let code = status(&answer);
            assert!(
                wanted.contains(&code),
                "{name} in round {round}: {answer:?}"
            );
            assert!(!answer.contains(TOKEN), "{name}: {answer}");
        }
    }
    assert_eq!(service.heard(), [""; 0]);
    assert_eq!(status(&relay.get("/v1/models", "").await), 200);
}

type Kind = (&'static str, Vec<u8>, Vec<u16>);

/// A status of 0 is a connection that was closed without an answer.
fn kinds() -> Vec<Kind> {
    let plain = |name, target: &str, code: u16| {
        let text = format!("GET {target} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n");
        (name, text.into_bytes(), vec![code])
    };
    let post = |name, headers: &str, body: &str, code: u16| {
        let text = format!(
            "POST {SUBMIT} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n{headers}\r\n{body}"
        );
        (name, text.into_bytes(), vec![code])
    };
    let raw = |name, bytes: &[u8], codes: &[u16]| (name, bytes.to_vec(), codes.to_vec());
    let json = "content-type: application/json\r\n";
    let sized = |body: &str| format!("{json}content-length: {}\r\n", body.len());
    let deep = format!("{{\"a\":{}{}}}", "[".repeat(500), "]".repeat(500));
    let long = "x".repeat(40_000);
    vec![
        plain("unknown path", "/v1/other", 404),
        plain("bare version", "/v1", 404),
        plain("dots", "/v1/models/a/../b", 400),
        plain("escaped dots", "/v1/models/a/%2e%2e", 400),
        plain("escaped slash", "/v1/requests/a%2fb/status", 400),
        plain("escaped line break", "/v1/requests/a%0d%0ab/status", 400),
        plain("long id", &format!("/v1/requests/{}/status", "a".repeat(129)), 400),
        plain("submit by GET to a job", "/v1/requests/a/cancel", 405),
        plain("model not listed", "/v1/models/kling/x/y", 403),
        plain("bad limit", "/v1/models?limit=-1", 400),
        plain("bad escape", "/v1/models?search=%zz", 400),
        plain("output elsewhere", "/v1/outputs?url=https://evil.example/a", 403),
        plain("output of this machine", "/v1/outputs?url=http://127.0.0.1:22/", 403),
        plain("output of metadata", "/v1/outputs?url=http://169.254.169.254/latest", 403),
        plain("output by file", "/v1/outputs?url=file:///etc/passwd", 403),
        plain("output twice", "/v1/outputs?url=a&url=b", 400),
        plain("output without address", "/v1/outputs", 400),
        plain("long target", &format!("/v1/models?search={}", "a".repeat(3000)), 400),
        post("no content type", "content-length: 2\r\n", "{}", 415),
        post("form", "content-type: application/x-www-form-urlencoded\r\ncontent-length: 3\r\n", "a=b", 415),
        post("text", "content-type: text/plain\r\ncontent-length: 2\r\n", "{}", 415),
        post("no body", json, "", 400),
        post("no json", &sized("nope"), "nope", 400),
        post("list", &sized("[]"), "[]", 400),
        post("two values", &sized("{}{}"), "{}{}", 400),
        post("deep", &sized(&deep), &deep, 400),
        post("huge, announced", &format!("{json}content-length: 99999999\r\n"), "", 413),
        post("bad intent", &format!("{json}kinora-intent: a b\r\ncontent-length: 2\r\n"), "{}", 400),
        post("two intents", &format!("{json}kinora-intent: a\r\nkinora-intent: b\r\ncontent-length: 2\r\n"), "{}", 400),
        post("foreign origin", &format!("{json}origin: https://evil.example\r\ncontent-length: 2\r\n"), "{}", 403),
        post("null origin", &format!("{json}origin: null\r\ncontent-length: 2\r\n"), "{}", 403),
        post("two origins", &format!("{json}origin: https://app.example.com\r\norigin: https://evil.example\r\ncontent-length: 2\r\n"), "{}", 403),
        raw("other method", b"DELETE /v1/models HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n", &[405]),
        raw("strange method", b"BREW /v1/models HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n", &[405]),
        raw("trace", b"TRACE /v1/models HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n", &[405]),
        raw("preflight of a stranger", b"OPTIONS /v1/models HTTP/1.1\r\nhost: a\r\norigin: https://evil.example\r\nconnection: close\r\n\r\n", &[403]),
        raw("not http", b"hello\r\n\r\n", &[400, 0]),
        raw("tls hello", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", &[400, 0]),
        raw("two lengths", b"POST /v1/models/wan-ai/x HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n{}", &[400, 0]),
        raw("length and chunks", b"POST /v1/models/wan-ai/x HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-length: 3\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n", &[400, 415, 0]),
        raw("bad chunk", b"POST /v1/models/wan-ai/x HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n", &[400]),
        raw("head too long", format!("GET /v1/models HTTP/1.1\r\nx: {long}\r\n\r\n").as_bytes(), &[431, 400, 0]),
        raw("nul in a header", b"GET /v1/models HTTP/1.1\r\nhost: a\r\nx: \0\r\n\r\n", &[400, 0]),
        raw("another host's url", b"GET http://evil.example/v1/other HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n", &[404]),
        raw("connect", b"CONNECT evil.example:443 HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n", &[404, 405, 400]),
    ]
}

#[tokio::test]
async fn a_body_that_grows_beyond_the_limit_is_not_read_to_the_end() {
    let service = Service::that(Act::answer(200, "{}")).await;
    let relay = start(open(&service)).await;
    let mut text = format!(
        "POST {SUBMIT} HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n"
    );
    for _ in 0..40 {
        text.push_str(&format!("10000\r\n{}\r\n", "x".repeat(0x10000)));
    }
    let answer = relay.say(text.as_bytes()).await;
    assert!([413, 0].contains(&status(&answer)), "{answer}");
    assert_eq!(service.heard(), [""; 0]);
}
