use super::*;

const PAGE: (&str, &str) = ("origin", "http://page.example");
const PREFLIGHT: [(&str, &str); 3] = [
    PAGE,
    ("access-control-request-method", "POST"),
    (
        "access-control-request-headers",
        "authorization,content-type,kinora-intent",
    ),
];

#[tokio::test]
async fn pages_of_any_origin_may_ask() {
    let site = Site::new("");
    let answer = site
        .ask(
            "OPTIONS /v1/models/wan-ai/wan-2-2/image-to-video",
            &PREFLIGHT,
            "",
        )
        .await;
    assert!(answer.status().is_success());
    assert_eq!(header(&answer, "access-control-allow-origin"), "*");
    assert_eq!(header(&answer, "access-control-allow-methods"), "GET,POST");
    assert_eq!(
        header(&answer, "access-control-allow-headers"),
        "authorization,content-type,kinora-intent"
    );
    assert_eq!(header(&answer, "access-control-max-age"), "600");
    assert_eq!(header(&answer, "access-control-allow-credentials"), "");
}

#[tokio::test]
async fn pages_may_read_every_answer_and_when_to_ask_again() {
    let site = Site::new("--fault submit=429:1*1 --fault status=500");
    for call in [
        SUBMIT,
        "GET /v1/requests/x/status",
        "GET /nowhere",
        "GET /outputs/a.mp4",
    ] {
        let answer = site.ask(call, &[PAGE], INPUT).await;
        assert_eq!(
            header(&answer, "access-control-allow-origin"),
            "*",
            "{call}"
        );
        let exposed = header(&answer, "access-control-expose-headers");
        assert_eq!(
            exposed, "retry-after,date,retry-after-ms,kinora-accepted",
            "{call}"
        );
    }
}

#[tokio::test]
async fn a_page_of_a_public_host_may_reach_this_machine() {
    let asked = [
        PAGE,
        PREFLIGHT[1],
        ("access-control-request-private-network", "true"),
    ];
    let answer = Site::new("")
        .ask("OPTIONS /v1/models/a/b", &asked, "")
        .await;
    assert_eq!(
        header(&answer, "access-control-allow-private-network"),
        "true"
    );
}

#[tokio::test]
async fn switched_off_there_is_no_trace_of_cors() {
    let site = Site::new("--cors off --media-cors off");
    for (call, headers) in [
        (
            "OPTIONS /v1/models/wan-ai/wan-2-2/image-to-video",
            &PREFLIGHT[..],
        ),
        ("OPTIONS /outputs/a.mp4", &PREFLIGHT[..]),
        (SUBMIT, &[PAGE][..]),
        ("GET /outputs/a.mp4", &[PAGE][..]),
    ] {
        let answer = site.ask(call, headers, INPUT).await;
        let found = answer
            .headers()
            .keys()
            .find(|name| name.as_str().starts_with("access-control"));
        assert_eq!(found, None, "{call}");
        assert_eq!(
            answer.status() == StatusCode::METHOD_NOT_ALLOWED,
            call.starts_with("OPTIONS"),
            "{call}"
        );
    }
}

#[tokio::test]
async fn media_and_answers_are_switched_apart() {
    let site = Site::new("--media-cors off");
    let answer = site.submit().await;
    assert_eq!(header(&answer, "access-control-allow-origin"), "*");
    let media = site.ask("GET /outputs/a.mp4", &[PAGE], "").await;
    assert_eq!(header(&media, "access-control-allow-origin"), "");
    let site = Site::new("--cors off");
    assert_eq!(
        header(&site.submit().await, "access-control-allow-origin"),
        ""
    );
    let media = site.ask("GET /outputs/a.mp4", &[PAGE], "").await;
    assert_eq!(header(&media, "access-control-allow-origin"), "*");
}

#[tokio::test]
async fn preflights_are_in_the_log() {
    let site = Site::new("");
    site.ask("OPTIONS /v1/models/a/b", &PREFLIGHT, "").await;
    let log = text(site.ask("GET /emulator/log", &[], "").await).await;
    assert!(
        log.contains(r#""counts":{"OPTIONS /v1/models/a/b":1}"#),
        "{log}"
    );
}

#[tokio::test]
async fn how_long_a_leave_is_kept_is_switched() {
    let ask = "OPTIONS /v1/models/a/b";
    let answer = Site::new("--max-age 5").ask(ask, &PREFLIGHT, "").await;
    assert_eq!(header(&answer, "access-control-max-age"), "5");
    let answer = Site::new("--scenario cors-bare")
        .ask(ask, &PREFLIGHT, "")
        .await;
    assert_eq!(header(&answer, "access-control-max-age"), "");
    assert_eq!(header(&answer, "access-control-allow-origin"), "*");
}

#[tokio::test]
async fn when_to_ask_again_is_told_to_pages_or_not() {
    for (line, exposed) in [
        ("", "retry-after,date,retry-after-ms,kinora-accepted"),
        ("--expose-headers off", ""),
        ("--scenario cors-bare", ""),
        (
            "--scenario cors-bare --expose-headers on",
            "retry-after,date,retry-after-ms,kinora-accepted",
        ),
    ] {
        let answer = Site::new(line).ask(SUBMIT, &[PAGE], INPUT).await;
        assert_eq!(
            header(&answer, "access-control-expose-headers"),
            exposed,
            "{line}"
        );
        assert_eq!(header(&answer, "access-control-allow-origin"), "*");
    }
}

#[tokio::test]
async fn a_preset_switches_cors_off() {
    let site = Site::new("--scenario no-cors");
    let answer = site.ask(SUBMIT, &[PAGE], INPUT).await;
    assert_eq!(header(&answer, "access-control-allow-origin"), "");
}
