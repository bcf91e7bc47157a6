//! A service in trouble, and callers that make trouble: nothing hangs, nothing is sent twice.

use super::*;

#[tokio::test]
async fn a_service_that_is_down_heard_nothing_and_may_be_asked_again_when_it_is_back() {
    let service = Service::that(Act::Cut).await;
    let policy = open(&service);
    let gone = TcpListener::bind("127.0.0.1:0")
        .await
        .unwrap()
        .local_addr()
        .unwrap();
    let base = BaseUrl::parse(&format!("http://{gone}")).unwrap();
    let relay = start(Policy {
        service: base,
        ..policy
    })
    .await;
    for _ in 0..2 {
        let answer = relay.submit("kinora-intent: wish\r\n").await;
        assert_eq!(status(&answer), 503, "{answer}");
        assert!(has(&answer, "kinora-accepted: no"), "{answer}");
    }
    let back = Service::at(gone, Act::answer(200, ACCEPTED)).await;
    let answer = relay.submit("kinora-intent: wish\r\n").await;
    assert_eq!((status(&answer), back.heard().len()), (200, 1), "{answer}");
}

#[tokio::test]
async fn a_submit_whose_answer_is_cut_is_unknown_and_never_sent_again() {
    let half = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 999\r\n\r\n{\"request_id\":\"r1\"";
    let chunk = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{\"a\":";
    for act in [
        Act::Cut,
        Act::SayAndCut("HTTP/1.1 200".to_owned()),
        Act::SayAndCut(half.to_owned()),
        Act::SayAndCut(chunk.to_owned()),
        Act::SayAndCut("not http at all".to_owned()),
    ] {
        let service = Service::that(act).await;
        let relay = start(open(&service)).await;
        for _ in 0..3 {
            let answer = relay.submit("kinora-intent: wish\r\n").await;
            assert_eq!(status(&answer), 502, "{answer}");
            assert!(!answer.contains("kinora-accepted: no"), "{answer}");
        }
        assert_eq!(service.heard().len(), 1, "it is sent once");
    }
}

#[tokio::test(start_paused = true)]
async fn a_service_that_says_nothing_is_given_up_on_in_time() {
    let service = Service::that(Act::Nothing).await;
    let relay = start(open(&service)).await;
    let began = tokio::time::Instant::now();
    assert_eq!(status(&relay.submit("").await), 504);
    assert!(
        began.elapsed() < Duration::from_secs(61),
        "{:?}",
        began.elapsed()
    );
    assert_eq!(status(&relay.get("/v1/requests/r1/status", "").await), 504);
}

#[tokio::test]
async fn an_answer_that_has_no_end_is_not_read_to_the_end() {
    let long = format!("HTTP/1.1 200 OK\r\n\r\n{{\"a\":\"{}", "x".repeat(20 << 20));
    let service = Service::that(Act::SayAndCut(long)).await;
    let relay = start(open(&service)).await;
    let answer = relay.get("/v1/models", "").await;
    assert_eq!(status(&answer), 502);
    assert!(answer.contains("answer_too_large"), "{answer}");
}

#[tokio::test]
async fn a_service_that_points_elsewhere_is_not_followed() {
    let elsewhere = Service::that(Act::answer(200, ACCEPTED)).await;
    let location = format!(
        "HTTP/1.1 307 X\r\nlocation: http://{}/\r\ncontent-length: 0\r\n\r\n",
        elsewhere.address
    );
    let service = Service::that(Act::Say(location)).await;
    let relay = start(open(&service)).await;
    let answer = relay.submit("").await;
    assert_eq!(status(&answer), 502);
    assert!(!answer.contains("location"), "{answer}");
    assert_eq!(elsewhere.heard(), [""; 0]);
}

#[tokio::test(start_paused = true)]
async fn a_caller_who_sends_slowly_is_let_go() {
    let service = Service::that(Act::answer(200, "{}")).await;
    let relay = start(open(&service)).await;
    let whole = submit("");
    let head = whole.find("\r\n\r\n").unwrap();
    let alive = "GET /v1/requests/r1/status HTTP/1.1\r\nhost: a\r\n\r\n";
    for (what, bytes, codes) in [
        ("nothing", "", [0, 0]),
        ("the beginning of a preface", "PRI * HT", [0, 0]),
        ("half a head", &whole[..head - 9], [0, 408]),
        ("no body", &whole[..head + 4], [408, 408]),
        ("half a body", &whole[..head + 9], [408, 408]),
        ("a request, and then nothing", alive, [200, 200]),
    ] {
        let began = tokio::time::Instant::now();
        let answer = relay.say(bytes.as_bytes()).await;
        assert!(codes.contains(&status(&answer)), "{what}: {answer}");
        assert!(
            began.elapsed() < Duration::from_secs(25),
            "{what}: {:?}",
            began.elapsed()
        );
    }
    assert_eq!(service.heard().len(), 1, "{:?}", service.heard());
}

#[tokio::test(start_paused = true)]
async fn many_slow_callers_keep_nobody_else_out() {
    let service = Service::that(Act::answer(200, "{}")).await;
    let relay = start(open(&service)).await;
    let mut slow = Vec::new();
    for _ in 0..900 {
        let mut stream = TcpStream::connect(relay.address).await.unwrap();
        stream
            .write_all(b"GET /v1/models HTTP/1.1\r\nx: ")
            .await
            .unwrap();
        slow.push(stream);
    }
    assert_eq!(status(&relay.get("/v1/models", "").await), 200);
    for mut stream in slow {
        to_end(&mut stream).await;
    }
}
