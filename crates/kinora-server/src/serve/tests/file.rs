//! Result files, passed on.

use super::*;

fn video(status: &str, headers: &str, body: &str) -> Act {
    let length = body.len();
    Act::Say(format!(
        "HTTP/1.1 {status} X\r\ncontent-type: video/mp4\r\ncontent-length: {length}\r\n{headers}\r\n{body}"
    ))
}

#[tokio::test]
async fn a_part_of_a_file_is_passed_on_without_the_token() {
    let service = Service::that(video(
        "206",
        "content-range: bytes 0-3/9\r\nset-cookie: a=b\r\n",
        "mp4.",
    ))
    .await;
    let relay = start(open(&service)).await;
    let target = format!("/v1/outputs?url={}/outputs/a.mp4", service.base());
    let headers =
        "range: bytes=0-3\r\norigin: https://app.example.com\r\nauthorization: Bearer x\r\n";
    let answer = relay.get(&target, headers).await;
    assert_eq!(status(&answer), 206, "{answer}");
    assert!(
        has(&answer, "content-range: bytes 0-3/9") && answer.ends_with("mp4."),
        "{answer}"
    );
    assert!(
        has(
            &answer,
            "content-security-policy: default-src 'none'; sandbox"
        ),
        "{answer}"
    );
    assert!(!answer.contains("set-cookie"));
    let heard = service.heard();
    assert!(
        heard[0].starts_with("GET /outputs/a.mp4 HTTP/1.1"),
        "{heard:?}"
    );
    assert!(has(&heard[0], "range: bytes=0-3"), "{heard:?}");
    assert!(
        !heard[0].contains("authorization") && !heard[0].contains(TOKEN),
        "{heard:?}"
    );
}

#[tokio::test]
async fn what_is_no_file_of_the_service_is_not_passed_on() {
    let moved = video("302", "location: http://127.0.0.1:1/\r\n", "");
    let page = Act::Say(
        "HTTP/1.1 200 X\r\ncontent-type: text/html\r\ncontent-length: 1\r\n\r\n<".to_owned(),
    );
    for (act, reason) in [
        (moved, "redirected"),
        (page, "not_a_medium"),
        (video("404", "", ""), "no_such_output"),
        (Act::Cut, "output_unavailable"),
    ] {
        let service = Service::that(act).await;
        let relay = start(open(&service)).await;
        let target = format!("/v1/outputs?url={}/outputs/a.mp4", service.base());
        let answer = relay.get(&target, "").await;
        assert!(answer.contains(reason), "{answer}");
        let other = relay
            .get("/v1/outputs?url=http://127.0.0.1:1/a.mp4", "")
            .await;
        assert_eq!(status(&other), 403);
    }
}

#[tokio::test]
async fn a_file_that_grows_beyond_the_limit_is_cut() {
    let endless = format!(
        "HTTP/1.1 200 X\r\ncontent-type: video/mp4\r\n\r\n{}",
        "x".repeat(5000)
    );
    let service = Service::that(Act::SayAndCut(endless)).await;
    let mut policy = open(&service);
    policy.limits.output_bytes = 1000;
    let relay = start(policy).await;
    let target = format!("/v1/outputs?url={}/outputs/a.mp4", service.base());
    let answer = relay.get(&target, "").await;
    assert!([0, 200].contains(&status(&answer)), "{answer}");
    assert!(answer.matches('x').count() <= 1100, "{}", answer.len());
    assert!(!answer.ends_with("0\r\n\r\n"), "and seen to be cut");
}
