//! What passes, and what is left of it.

use super::*;

#[tokio::test]
async fn a_submit_reaches_the_service_with_the_token_and_without_the_caller() {
    let service = Service::that(Act::answer(200, ACCEPTED)).await;
    let relay = start(open(&service)).await;
    let headers = "cookie: a=b\r\nauthorization: Bearer the-callers\r\nkinora-intent: wish\r\n\
                   origin: https://app.example.com\r\nx-forwarded-for: 1.2.3.4\r\nreferer: https://a/b\r\n";
    let answer = relay.submit(headers).await;
    assert_eq!(status(&answer), 200, "{answer}");
    assert!(
        answer.ends_with("\"status_url\":\"https://relay.example.com/v1/requests/r1/status\"}")
    );
    assert!(
        has(
            &answer,
            "access-control-allow-origin: https://app.example.com"
        ),
        "{answer}"
    );
    assert!(!answer.contains(TOKEN));
    let heard = service.heard();
    let [heard] = heard.as_slice() else {
        panic!("{heard:?}")
    };
    assert!(
        heard.starts_with(&format!("POST {SUBMIT} HTTP/1.1\r\n")),
        "{heard}"
    );
    assert!(
        has(heard, &format!("authorization: Bearer {TOKEN}")),
        "{heard}"
    );
    assert!(heard.ends_with("private.jpg\"}"), "{heard}");
    for word in [
        "cookie",
        "the-callers",
        "kinora-intent",
        "origin",
        "forwarded",
        "referer",
    ] {
        assert!(!heard.contains(word), "{word} in {heard}");
    }
}

#[tokio::test]
async fn an_error_of_the_service_stays_an_error() {
    for code in [400, 401, 402, 403, 404, 409, 422, 429, 500, 502, 503, 504] {
        let service = Service::that(Act::answer(code, "{\"message\":\"no\"}")).await;
        let relay = start(open(&service)).await;
        let answer = relay.get("/v1/requests/r1/result", "").await;
        assert_eq!(status(&answer), code);
        assert!(answer.ends_with("{\"message\":\"no\"}"), "{answer}");
    }
}

#[tokio::test]
async fn a_cancel_without_a_body_passes() {
    let service = Service::that(Act::answer(202, "{\"outcome\":\"cancelled\"}")).await;
    let relay = start(open(&service)).await;
    let cancel = "POST /v1/requests/r1/cancel HTTP/1.1\r\nhost: relay\r\nconnection: close\r\n";
    for rest in [
        "\r\n",
        "content-length: 0\r\n\r\n",
        "content-length: 2\r\n\r\n{}",
    ] {
        let answer = relay.say([cancel, rest].concat().as_bytes()).await;
        assert_eq!(status(&answer), 202, "{answer}");
    }
    assert!(
        service
            .heard()
            .iter()
            .all(|heard| heard.ends_with("\r\n\r\n"))
    );
}

#[tokio::test]
async fn one_intent_is_one_submit_however_many_ask_at_once() {
    let service = Service::that(Act::answer(200, ACCEPTED)).await;
    let relay = Arc::new(start(open(&service)).await);
    let asked: Vec<_> = (0..20)
        .map(|_| {
            let relay = Arc::clone(&relay);
            tokio::spawn(async move { relay.submit("kinora-intent: wish\r\n").await })
        })
        .collect();
    for answer in asked {
        let answer = answer.await.unwrap();
        assert_eq!(status(&answer), 200, "{answer}");
        assert!(answer.contains("\"request_id\":\"r1\""));
    }
    assert_eq!(service.heard().len(), 1);
}

#[tokio::test]
async fn an_answer_is_kept_for_those_who_ask_again_when_the_first_went_away() {
    let service = Service::that(Act::answer(200, ACCEPTED)).await;
    let relay = start(open(&service)).await;
    let mut first = TcpStream::connect(relay.address).await.unwrap();
    first
        .write_all(submit("kinora-intent: wish\r\n").as_bytes())
        .await
        .unwrap();
    while service.heard().is_empty() {
        tokio::task::yield_now().await;
    }
    drop(first);
    let again = relay.submit("kinora-intent: wish\r\n").await;
    assert!(again.contains("\"request_id\":\"r1\""), "{again}");
    assert_eq!(service.heard().len(), 1);
}

#[tokio::test]
async fn whoever_is_being_answered_is_answered_before_the_end() {
    let service = Service::that(Act::Nothing).await;
    let relay = start(open(&service)).await;
    let mut caller = TcpStream::connect(relay.address).await.unwrap();
    caller.write_all(submit("").as_bytes()).await.unwrap();
    while service.heard().is_empty() {
        tokio::task::yield_now().await;
    }
    tokio::time::pause();
    relay.stop.send_replace(true);
    let answer = to_end(&mut caller).await;
    assert_eq!(status(&answer), 504, "{answer}");
    relay.served.await.unwrap();
    relay.host.landed().await;
    assert!(
        TcpStream::connect(relay.address).await.is_err(),
        "nobody else is let in"
    );
}

#[tokio::test]
async fn callers_are_told_apart_by_address_and_proxies_are_believed_when_named() {
    let service = Service::that(Act::Cut).await;
    let host = |proxies: &[&str]| {
        let policy = open(&service);
        let upstream = Upstream::new(&policy.service.clone(), None, &policy.limits).unwrap();
        let proxies = proxies.iter().map(|proxy| proxy.parse().unwrap()).collect();
        Host::new(Relay::new(policy, None), upstream, proxies)
    };
    let check = |proxies: &[&str], peer: &str, forwarded: Option<&str>, wanted: &str| {
        let caller = host(proxies).caller(peer.parse().unwrap(), forwarded);
        assert_eq!(caller, wanted, "{proxies:?} {peer} {forwarded:?}");
    };
    check(&[], "192.0.2.1", None, "192.0.2.1");
    check(&[], "192.0.2.1", Some("203.0.113.9"), "192.0.2.1");
    check(
        &["192.0.2.1"],
        "192.0.2.1",
        Some("203.0.113.9"),
        "203.0.113.9",
    );
    check(
        &["192.0.2.1"],
        "::ffff:192.0.2.1",
        Some("1.1.1.1, 203.0.113.9"),
        "203.0.113.9",
    );
    check(&["192.0.2.1"], "192.0.2.1", Some("nonsense"), "192.0.2.1");
    check(
        &["192.0.2.1", "192.0.2.2"],
        "192.0.2.1",
        Some("203.0.113.9, 192.0.2.2"),
        "203.0.113.9",
    );
    check(&[], "2001:db8:1:2:3:4:5:6", None, "2001:db8:1:2::/64");
}
