//! The emulator as web pages and scripts meet it: over axum, and over real sockets.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use axum::response::Response;
use clap::Parser;
use kinora::Value;
use tower::ServiceExt;

use super::*;

mod cors;
mod line;
mod socket;

#[derive(Parser)]
struct Line {
    #[command(flatten)]
    options: Options,
}

/// Options as the command line gives them; no waiting unless told.
fn options(line: &str) -> Options {
    let usual = ["--queue 0", "--run 0", "--seed 0"];
    let told = |option: &&str| !line.contains(&option[..option.len() - 1]);
    let all = usual
        .into_iter()
        .filter(told)
        .chain([line])
        .collect::<Vec<_>>()
        .join(" ");
    let words = ["emulate"].into_iter().chain(all.split_whitespace());
    Line::try_parse_from(words).expect("a command line").options
}

/// The emulator without a socket.
struct Site(axum::Router);

impl Site {
    fn new(line: &str) -> Self {
        let options = options(line);
        let base = BaseUrl::parse("http://127.0.0.1:8787").expect("a base");
        let scenario = options.scenario().expect("a scenario");
        let clip = options
            .video
            .as_deref()
            .map(|path| Clip::read(path).expect("a clip"));
        let cors = scenario.cors;
        let host = Host::new(scenario, clip.unwrap_or_else(Clip::sample), base);
        Self(web::router(Arc::new(host), cors))
    }

    async fn ask(&self, call: &str, headers: &[(&str, &str)], body: &str) -> Response {
        let (method, path) = call.split_once(' ').expect("a method and a path");
        let request = Request::builder().method(method).uri(path);
        let request = headers.iter().fold(request, |request, (name, value)| {
            request.header(*name, *value)
        });
        let request = request
            .body(Body::from(body.to_owned()))
            .expect("a request");
        self.0.clone().oneshot(request).await.expect("an answer")
    }

    async fn check(&self, call: &str, wanted: &str) {
        let answer = self.ask(call, &[], "").await;
        let (status, kind) = (
            answer.status().as_u16(),
            header(&answer, "content-type").to_owned(),
        );
        assert_eq!(format!("{status} {}", text(answer).await), wanted, "{call}");
        assert_eq!(kind, "application/json", "{call}");
    }

    async fn submit(&self) -> Response {
        self.ask(SUBMIT, &[("content-type", "application/json")], INPUT)
            .await
    }
}

fn header<'a>(answer: &'a Response, name: &str) -> &'a str {
    answer
        .headers()
        .get(name)
        .map_or("", |value| value.to_str().expect("text"))
}

async fn text(answer: Response) -> String {
    let bytes = axum::body::to_bytes(answer.into_body(), 1 << 20)
        .await
        .expect("a body");
    String::from_utf8_lossy(&bytes).into_owned()
}

const SUBMIT: &str = "POST /v1/models/wan-ai/wan-2-2/image-to-video";
const INPUT: &str = r#"{"prompt":"","img_url":"https://example.com/a.png"}"#;

#[tokio::test]
async fn a_job_succeeds_with_the_sample_at_our_own_address() {
    let site = Site::new("");
    assert_eq!(
        text(site.submit().await).await,
        concat!(
            r#"{"request_id":"e220a8397b1dcdaf-1","#,
            r#""status_url":"http://127.0.0.1:8787/v1/requests/e220a8397b1dcdaf-1/status","#,
            r#""result_url":"http://127.0.0.1:8787/v1/requests/e220a8397b1dcdaf-1/result","#,
            r#""cancel_url":"http://127.0.0.1:8787/v1/requests/e220a8397b1dcdaf-1/cancel"}"#,
        )
    );
    site.check(
        "GET /v1/requests/e220a8397b1dcdaf-1/result?include_cost=true",
        concat!(
            r#"200 {"request_id":"e220a8397b1dcdaf-1","status":"succeeded","#,
            r#""output":{"video":"http://127.0.0.1:8787/outputs/e220a8397b1dcdaf-1.mp4"},"cost":0.25}"#,
        ),
    )
    .await;
    let sample = site
        .ask("GET /outputs/e220a8397b1dcdaf-1.mp4", &[], "")
        .await;
    assert_eq!(
        (sample.status(), header(&sample, "content-type")),
        (StatusCode::OK, "video/mp4")
    );
}

#[tokio::test]
async fn a_queue_and_a_run_take_their_time() {
    let site = Site::new("--queue 30 --ahead 3 --run 60");
    site.submit().await;
    let status = site
        .ask("GET /v1/requests/e220a8397b1dcdaf-1/status", &[], "")
        .await;
    assert!(
        text(status)
            .await
            .contains(r#""status":"in_queue","queue_position":4"#)
    );
    let site = Site::new("--run 60");
    site.submit().await;
    let status = site
        .ask("GET /v1/requests/e220a8397b1dcdaf-1/status", &[], "")
        .await;
    assert!(text(status).await.contains(r#""status":"in_progress""#));
}

#[tokio::test]
async fn jobs_fail_as_often_as_they_shall() {
    let site = Site::new("--fault run=failed*1");
    site.submit().await;
    site.submit().await;
    site.check(
        "GET /v1/requests/e220a8397b1dcdaf-1/result",
        concat!(
            r#"200 {"request_id":"e220a8397b1dcdaf-1","status":"failed","#,
            r#""error":{"message":"The job failed on purpose."}}"#,
        ),
    )
    .await;
    let second = site
        .ask("GET /v1/requests/e220a8397b1dcdaf-2/result", &[], "")
        .await;
    assert!(text(second).await.contains(r#""status":"succeeded""#));
}

#[tokio::test]
async fn a_token_is_asked_for_when_one_is_named() {
    let site = Site::new("--token abc --auth-refusal 401");
    assert_eq!(
        text(site.submit().await).await,
        r#"{"message":"Unauthorized"}"#
    );
    let answer = site
        .ask(SUBMIT, &[("authorization", "Bearer abc")], INPUT)
        .await;
    assert_eq!(answer.status(), StatusCode::OK);
}

#[tokio::test]
async fn switches_reach_the_emulator() {
    for (line, call, body, wanted) in [
        ("--balance 0", SUBMIT, INPUT, r#"400 {"error_code":400002"#),
        ("--token x", SUBMIT, INPUT, r#"400 {"error_code":400004"#),
        (
            "--token x --auth-refusal 403",
            SUBMIT,
            INPUT,
            r#"403 {"message""#,
        ),
        ("--violation 400", SUBMIT, "{}", r#"400 {"error_message""#),
        ("", SUBMIT, "{}", r#"422 {"error_message""#),
        ("", SUBMIT, "no json", r#"422 {"error_message""#),
        (
            "",
            "POST /v1/models/wan-ai/other",
            INPUT,
            r#"400 {"error_code":400001"#,
        ),
        (
            "",
            "GET /v1/requests/x/status",
            "",
            r#"404 {"error_code":404001"#,
        ),
        ("--fault submit=429:2", SUBMIT, INPUT, r#"429 {"message""#),
        ("--fault submit=html", SUBMIT, INPUT, "200 <!doctype html>"),
        ("--fault lose-first-submit", SUBMIT, INPUT, "504 "),
    ] {
        let answer = Site::new(line).ask(call, &[], body).await;
        let status = answer.status().as_u16();
        let answered = format!("{status} {}", text(answer).await);
        assert!(answered.starts_with(wanted), "{line}: {answered}");
    }
}

#[tokio::test]
async fn fault_headers_go_over_the_wire() {
    let busy = Site::new("--fault submit=429:2").submit().await;
    assert_eq!(header(&busy, "retry-after"), "2");
    let page = Site::new("--fault submit=html").submit().await;
    assert_eq!(header(&page, "content-type"), "text/html; charset=utf-8");
    let full = Site::new("--fault submit=not-accepted").submit().await;
    assert_eq!(header(&full, "kinora-accepted"), "no");
}

#[tokio::test]
async fn the_log_counts_and_shows_what_came_but_no_token() {
    let site = Site::new("--fault lose-first-submit --token canary");
    let headers = [("authorization", "Bearer canary"), ("kinora-intent", "i-1")];
    for _ in 0..2 {
        site.ask(SUBMIT, &headers, INPUT).await;
    }
    site.ask("GET /outputs/a.mp4?x=1", &[], "").await;
    let log = text(site.ask("GET /emulator/log", &[], "").await).await;
    assert_eq!(
        log,
        concat!(
            r#"{"jobs_accepted":1,"counts":{"#,
            r#""POST /v1/models/wan-ai/wan-2-2/image-to-video":2,"GET /outputs/a.mp4":1},"#,
            r#""calls":{"submit":2,"status":0,"result":0,"cancel":0,"catalog":0,"other":0},"#,
            r#""accounts":[{"submit":2,"status":0,"result":0,"cancel":0,"catalog":0,"other":0}],"#,
            r#""intents":{"i-1":{"submitted":2,"accepted":1}},"asked":["#,
            r#"{"method":"POST","path":"/v1/models/wan-ai/wan-2-2/image-to-video","headers":{"#,
            r#""authorization":"Bearer present","kinora-intent":"i-1"},"body_keys":["prompt","img_url"]},"#,
            r#"{"method":"POST","path":"/v1/models/wan-ai/wan-2-2/image-to-video","headers":{"#,
            r#""authorization":"Bearer present","kinora-intent":"i-1"},"body_keys":["prompt","img_url"]},"#,
            r#"{"method":"GET","path":"/outputs/a.mp4?x=1","headers":{},"body_keys":[]}]}"#,
        )
    );
}

#[tokio::test]
async fn the_sample_is_served_in_parts() {
    let site = Site::new("");
    let whole = site.ask("GET /outputs/a.mp4", &[], "").await;
    assert_eq!(header(&whole, "accept-ranges"), "bytes");
    let whole = axum::body::to_bytes(whole.into_body(), 1 << 20)
        .await
        .expect("a body");
    assert_eq!(&whole[4..8], b"ftyp");
    assert!(
        whole.len() < 150_000,
        "{} bytes are no small sample",
        whole.len()
    );
    let part = site
        .ask("GET /outputs/a.mp4", &[("range", "bytes=4-7")], "")
        .await;
    assert_eq!(part.status(), StatusCode::PARTIAL_CONTENT);
    assert_eq!(
        header(&part, "content-range"),
        format!("bytes 4-7/{}", whole.len())
    );
    assert_eq!(text(part).await, "ftyp");
    let outside = site
        .ask("GET /outputs/a.mp4", &[("range", "bytes=999999999-")], "")
        .await;
    assert_eq!(outside.status(), StatusCode::RANGE_NOT_SATISFIABLE);
}

#[tokio::test]
async fn a_taken_port_is_named_with_the_way_out() {
    let taken = listen(0).await.expect("a free port");
    let port = taken.local_addr().expect("an address").port();
    let message = listen(port).await.expect_err("it is taken").to_string();
    assert!(
        message.contains(&format!("port {port} is in use")),
        "{message}"
    );
    assert!(message.contains("--port 0"), "{message}");
}

/// What a JSON text says under a key.
fn value(text: &str, key: &str) -> Option<Value> {
    let value: Value = serde_json::from_str(text).expect("JSON");
    value.as_object()?.get(key).cloned()
}
