//! Sending, against a service of one answer on this machine.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot look must fail"
)]

use std::time::Duration;

use kinora::wire::header;
use kinora::{Auth, BaseUrl, Body, Budget, HttpRequest, HttpResponse, Method, Object, Platform};
use kinora::{TransportError, TransportErrorKind, Turn, Value};
use kinora_native::{Native, Records, Token, mint};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A service that takes one connection.
struct Service {
    listener: TcpListener,
    base: String,
}

impl Service {
    async fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        Self {
            listener,
            base: format!("http://{address}"),
        }
    }

    /// Takes a connection and reads what is asked, up to the end of its headers.
    async fn asked(&self) -> (TcpStream, String) {
        let (mut stream, _) = self.listener.accept().await.expect("a connection");
        let mut bytes = Vec::new();
        while !bytes.windows(4).any(|end| end == b"\r\n\r\n") {
            stream.read_buf(&mut bytes).await.expect("a request");
        }
        (stream, String::from_utf8_lossy(&bytes).to_lowercase())
    }

    /// Answers the first call with this, word by word, and says what was asked.
    async fn answer(&self, text: &str) -> String {
        let (mut stream, asked) = self.asked().await;
        stream.write_all(text.as_bytes()).await.expect("it is read");
        asked
    }
}

fn native(token: Option<Token>) -> (Native, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let records = Records::open(folder.path()).expect("a folder");
    (Native::new(records, token).expect("a client"), folder)
}

fn get(url: String) -> HttpRequest {
    HttpRequest {
        method: Method::Get,
        url,
        headers: Vec::new(),
        body: Body::Empty,
        auth: Auth::Base,
        timeout: Duration::from_secs(20),
    }
}

/// What comes of a call that is answered like this.
async fn check(text: &str) -> Result<HttpResponse, TransportError> {
    let service = Service::new().await;
    let (native, _folder) = native(None);
    let sent = native.send(get(format!("{}/v1/models", service.base)));
    let (answer, _) = tokio::join!(sent, service.answer(text));
    answer
}

fn kind(answer: Result<HttpResponse, TransportError>) -> Option<TransportErrorKind> {
    answer.err().map(|error| error.kind)
}

#[tokio::test]
async fn an_answer_is_json_or_text_or_nothing() {
    let head =
        "HTTP/1.1 404 Not Found\r\nRetry-After: 7\r\nX-Other: 1\r\nConnection: close\r\n\r\n";
    let json = check(&format!("{head}{{\"message\":\"no\"}}")).await;
    assert_eq!(
        json,
        Ok(HttpResponse {
            status: 404,
            headers: vec![(header::RETRY_AFTER.to_owned(), "7".to_owned())],
            body: Body::Json(Value::Object(Object::new().with("message", "no"))),
        })
    );
    let text = check(&format!("{head}<h1>é{}", "x".repeat(4000))).await;
    let Ok(Body::Text(text)) = text.map(|answer| answer.body) else {
        panic!("not a text")
    };
    assert!(text.starts_with("<h1>é") && text.len() == Body::TEXT_BYTES);
    let nothing = check(&format!("{head} \n")).await;
    assert_eq!(nothing.map(|answer| answer.body), Ok(Body::Empty));
}

#[tokio::test]
async fn a_redirect_is_an_answer() {
    let away = "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n";
    assert_eq!(check(away).await.map(|answer| answer.status), Ok(302));
}

#[tokio::test]
async fn only_a_connection_that_never_stood_was_certainly_not_used() {
    let (native, _folder) = native(None);
    let closed = Service::new().await.base;
    let answer = native.send(get(format!("{closed}/v1/models"))).await;
    assert_eq!(kind(answer), Some(TransportErrorKind::NotSent));
    for cut in [
        "",
        "HTTP/1.1 200 OK\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{",
    ] {
        let cut_off = kind(check(cut).await);
        assert_eq!(cut_off, Some(TransportErrorKind::NoAnswer), "{cut:?}");
    }
    let odd = HttpRequest {
        headers: vec![("bad name".to_owned(), "x".to_owned())],
        ..get(closed)
    };
    let refused = kind(native.send(odd).await);
    assert_eq!(refused, Some(TransportErrorKind::NotSent));
}

#[tokio::test]
async fn silence_ends_with_the_requests_own_time() {
    let service = Service::new().await;
    let (native, _folder) = native(None);
    let request = HttpRequest {
        timeout: Duration::from_millis(500),
        ..get(format!("{}/v1/models", service.base))
    };
    let (answer, _held) = tokio::join!(native.send(request), service.asked());
    assert_eq!(kind(answer), Some(TransportErrorKind::TimedOut));
}

#[tokio::test]
async fn the_token_goes_to_its_base_and_is_shown_nowhere() {
    let (ours, theirs) = (Service::new().await, Service::new().await);
    let base = BaseUrl::parse(&ours.base).expect("a base");
    let token = Token::new("canary", base).expect("a token");
    let (native, _folder) = native(Some(token));
    let good = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
    for (service, is_sent) in [(&ours, true), (&theirs, false)] {
        let sent = native.send(get(format!("{}/v1/models", service.base)));
        let (_, asked) = tokio::join!(sent, service.answer(good));
        let has_token = asked.contains("authorization: bearer canary");
        assert_eq!(has_token, is_sent, "{asked}");
        assert!(!asked.contains("cookie"), "{asked}");
    }
    let failed = native.send(get("http://127.0.0.1:1/v1".to_owned())).await;
    assert!(failed.is_err(), "nobody listens there");
    assert!(!format!("{native:?} {failed:?}").contains("canary"));
}

#[tokio::test]
async fn a_dropped_call_is_aborted() {
    let service = Service::new().await;
    let (native, _folder) = native(None);
    let url = format!("{}/v1/models", service.base);
    let sent = tokio::time::timeout(Duration::from_secs(1), native.send(get(url)));
    let (gave_up, (mut stream, _)) = tokio::join!(sent, service.asked());
    assert!(gave_up.is_err(), "nobody answered");
    let mut rest = Vec::new();
    let read = stream.read_to_end(&mut rest);
    let read = tokio::time::timeout(Duration::from_secs(20), read).await;
    assert!(read.is_ok(), "the connection is closed");
}

#[tokio::test]
async fn all_jobs_share_one_budget_of_requests() {
    let (native, _folder) = native(None);
    let native = native.with_budget(Budget::new(4, 2));
    let waits = (0..12).map(|_| match native.clone().turn(&mint(), Method::Get) {
        Turn::Ready => Duration::ZERO,
        Turn::Wait(span) => span,
    });
    let waits: Vec<_> = waits.collect();
    assert_eq!(waits.iter().filter(|wait| wait.is_zero()).count(), 4);
    assert!(waits.is_sorted(), "{waits:?}");
    let last = waits.last().expect("a wait");
    assert!(*last > Duration::from_millis(1500) && *last <= Duration::from_secs(2));
    native.hold(Duration::from_secs(60));
    let Turn::Wait(wait) = native.turn(&mint(), Method::Get) else {
        panic!("a service that wants to be left alone is left alone")
    };
    assert!(wait > Duration::from_secs(55), "{wait:?}");
}

#[tokio::test]
async fn a_proxy_is_asked_for_https_only() {
    let (proxy, plain) = (Service::new().await, Service::new().await);
    let folder = tempfile::tempdir().expect("a folder");
    let records = Records::open(folder.path()).expect("a folder");
    let native = Native::through(&proxy.base, records.clone(), None).expect("a client");
    let secret = native.send(get("https://model-api.invalid/v1/models".to_owned()));
    let refused = "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n";
    let (answer, asked) = tokio::join!(secret, proxy.answer(refused));
    assert!(answer.is_err(), "a tunnel was refused");
    assert!(
        asked.starts_with("connect model-api.invalid:443"),
        "{asked}"
    );
    let open = native.send(get(format!("{}/v1/models", plain.base)));
    let nothing = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    let (answer, asked) = tokio::join!(open, plain.answer(nothing));
    assert_eq!(answer.map(|answer| answer.status), Ok(200));
    assert!(asked.starts_with("get /v1/models"), "{asked}");
    assert!(Native::through("no proxy", records, None).is_err());
}
