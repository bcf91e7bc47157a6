//! Calls in, texts out. The texts are written from the service's pages, not from our own keys.

use std::num::NonZeroU32;

use kinora::{Auth, Body, MediaKind, Method};

use super::*;
use crate::{Fault, NotReady, Tokens, Violation};

mod account;
mod cancel;
mod catalog;
mod count;
mod fault;
mod log;
mod promise;
mod refusal;
mod snapshot;
mod switch;
mod time;

/// An emulator on a bench whose clock only the test moves.
struct Bench {
    emulator: Emulator,
    now: WallTime,
}

impl Bench {
    fn new(scenario: Scenario) -> Self {
        Self {
            emulator: Emulator::new(scenario, base()),
            now: WallTime::from_unix_millis(1_795_305_600_000),
        }
    }

    fn wait(&mut self, seconds: u64) -> &mut Self {
        self.now = self.now.plus(Duration::from_secs(seconds));
        self
    }

    fn ask(&mut self, request: &HttpRequest) -> HttpResponse {
        self.emulator.handle(request, self.now)
    }

    /// `call` is a method and a path; `wanted` a status and the answer's very text.
    fn check(&mut self, call: &str, wanted: &str) -> &mut Self {
        let answer = self.ask(&request(call));
        assert_eq!(text(&answer), wanted, "{call}");
        self
    }

    fn submit(&mut self) -> RequestId {
        let answer = self.ask(&submit(INPUT));
        assert_eq!(answer.status, 200);
        let id = answer
            .body
            .object()
            .and_then(|body| body.text("request_id"));
        RequestId::parse(id.expect("an id")).expect("a usable id")
    }

    fn due(&mut self) -> Vec<String> {
        let due = self.emulator.due(self.now);
        due.iter().map(|work| work.id.to_string()).collect()
    }

    fn finish(&mut self, id: &RequestId) -> &mut Self {
        let url = format!("http://127.0.0.1:8787/outputs/{id}.mp4");
        let media = vec![Media {
            kind: MediaKind::Video,
            url,
        }];
        self.emulator.finish(id, Ok(media), self.now);
        self
    }
}

fn base() -> BaseUrl {
    BaseUrl::parse("http://127.0.0.1:8787").expect("a base")
}

fn request(call: &str) -> HttpRequest {
    let (method, path) = call.split_once(' ').expect("a method and a path");
    HttpRequest {
        method: if method == "POST" {
            Method::Post
        } else {
            Method::Get
        },
        url: format!("http://127.0.0.1:8787{path}"),
        headers: Vec::new(),
        body: Body::Empty,
        auth: Auth::None,
        timeout: Duration::ZERO,
    }
}

fn submit(input: &str) -> HttpRequest {
    let body =
        serde_json::from_str(input).map_or_else(|_| Body::Text(input.to_owned()), Body::Json);
    HttpRequest {
        body,
        ..request("POST /v1/models/wan-ai/wan-2-2/image-to-video")
    }
}

fn with(mut request: HttpRequest, name: &str, value: &str) -> HttpRequest {
    request.headers.push((name.to_owned(), value.to_owned()));
    request
}

fn text(answer: &HttpResponse) -> String {
    let body = match &answer.body {
        Body::Empty => String::new(),
        Body::Json(value) => serde_json::to_string(value).expect("JSON"),
        Body::Text(text) => text.clone(),
    };
    format!("{} {body}", answer.status)
}

/// Three people before us, ten seconds each; then half a minute of work.
fn queued() -> Scenario {
    Scenario {
        ahead: 3,
        tick: Duration::from_secs(10),
        run: Duration::from_secs(30),
        ..Scenario::default()
    }
}

/// The API page's own sample call.
const INPUT: &str = r#"{"prompt":"","img_url":"https://example.com/a.png"}"#;
const STATUS: &str = "GET /v1/requests/e220a8397b1dcdaf-1/status";
const RESULT: &str = "GET /v1/requests/e220a8397b1dcdaf-1/result";
const CANCEL: &str = "POST /v1/requests/e220a8397b1dcdaf-1/cancel";

#[test]
fn a_submit_names_the_job_and_its_urls_here() {
    let answer = Bench::new(Scenario::default()).ask(&submit(INPUT));
    assert_eq!(
        text(&answer),
        concat!(
            r#"200 {"request_id":"e220a8397b1dcdaf-1","#,
            r#""status_url":"http://127.0.0.1:8787/v1/requests/e220a8397b1dcdaf-1/status","#,
            r#""result_url":"http://127.0.0.1:8787/v1/requests/e220a8397b1dcdaf-1/result","#,
            r#""cancel_url":"http://127.0.0.1:8787/v1/requests/e220a8397b1dcdaf-1/cancel"}"#,
        )
    );
}

#[test]
fn a_job_goes_from_the_queue_through_progress_to_its_result() {
    let mut bench = Bench::new(queued());
    let id = bench.submit();
    let status = |state: &str| {
        format!(
            concat!(
                r#"200 {{"request_id":"e220a8397b1dcdaf-1",{},"#,
                r#""status_url":"http://127.0.0.1:8787/v1/requests/e220a8397b1dcdaf-1/status","#,
                r#""result_url":"http://127.0.0.1:8787/v1/requests/e220a8397b1dcdaf-1/result"}}"#,
            ),
            state
        )
    };
    bench.check(STATUS, &status(r#""status":"in_queue","queue_position":4"#));
    bench
        .wait(20)
        .check(STATUS, &status(r#""status":"in_queue","queue_position":2"#));
    assert_eq!(bench.due(), [""; 0]);
    bench
        .wait(10)
        .check(STATUS, &status(r#""status":"in_progress""#));
    assert_eq!(bench.due(), ["e220a8397b1dcdaf-1"]);
    assert_eq!(bench.due(), [""; 0], "each job is told once");
    bench.finish(&id);
    bench
        .wait(29)
        .check(STATUS, &status(r#""status":"in_progress""#));
    bench
        .wait(1)
        .check(STATUS, &status(r#""status":"completed""#));
    bench.check(
        RESULT,
        concat!(
            r#"200 {"request_id":"e220a8397b1dcdaf-1","status":"succeeded","#,
            r#""output":{"video":"http://127.0.0.1:8787/outputs/e220a8397b1dcdaf-1.mp4"}}"#,
        ),
    );
}

#[test]
fn completed_is_not_success() {
    let mut bench = Bench::new(Scenario::default());
    let id = bench.submit();
    let error = serde_json::from_str(r#"[{"errorCode":"X","error":"no picture there"}]"#);
    bench
        .emulator
        .finish(&id, Err(error.expect("JSON")), bench.now);
    assert!(text(&bench.ask(&request(STATUS))).contains(r#""status":"completed""#));
    bench.check(
        RESULT,
        concat!(
            r#"200 {"request_id":"e220a8397b1dcdaf-1","status":"failed","#,
            r#""error":[{"errorCode":"X","error":"no picture there"}]}"#,
        ),
    );
}

#[test]
fn before_its_time_a_result_is_a_state_or_an_error() {
    let mut bench = Bench::new(queued());
    bench.submit();
    bench.check(
        RESULT,
        r#"200 {"request_id":"e220a8397b1dcdaf-1","status":"in_queue"}"#,
    );
    bench.wait(30).check(
        RESULT,
        r#"200 {"request_id":"e220a8397b1dcdaf-1","status":"in_progress"}"#,
    );
    let mut bench = Bench::new(Scenario {
        not_ready: NotReady::Error,
        ..queued()
    });
    bench.submit();
    bench.check(
        RESULT,
        r#"400 {"error_code":400005,"error_message":"The result is not ready."}"#,
    );
}

#[test]
fn a_query_changes_nothing() {
    let mut bench = Bench::new(queued());
    bench.submit();
    bench.check(
        &format!("{RESULT}?include_cost=true"),
        r#"200 {"request_id":"e220a8397b1dcdaf-1","status":"in_queue"}"#,
    );
}

#[test]
fn work_says_what_was_asked_for() {
    let mut bench = Bench::new(Scenario::default());
    let input = r#"{"prompt":"fog","img_url":"https://example.com/a.png","seed":7,"template":""}"#;
    bench.ask(&submit(input));
    let [work] = bench.emulator.due(bench.now).try_into().expect("one job");
    assert_eq!(work.model.as_str(), "wan-ai/wan-2-2/image-to-video");
    let text = serde_json::to_string(&work.input).expect("JSON");
    assert_eq!(
        text,
        r#"{"prompt":"fog","img_url":"https://example.com/a.png","seed":7}"#
    );
}

#[test]
fn two_seeds_never_name_two_jobs_alike() {
    let names = |seed| {
        let mut bench = Bench::new(Scenario {
            seed,
            ..Scenario::default()
        });
        [bench.submit(), bench.submit()]
    };
    let mut all: Vec<_> = (0..50).flat_map(names).collect();
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 100);
}
