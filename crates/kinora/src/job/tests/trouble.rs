//! Answers that are none, in every state.

use super::*;

#[test]
fn a_submit_that_may_have_arrived_is_never_sent_again() {
    for (status, text, code) in [
        (503, "{}", "unavailable"),
        (500, "{}", "unavailable"),
        (502, "<html>", "unavailable"),
        (200, "<html>", "unreadable"),
        (200, "{}", "no_request_id"),
        (408, "{}", "unavailable"),
    ] {
        let mut bench = Bench::submitting();
        assert_eq!(
            bench.answer(status, text),
            ["store uncertain"],
            "HTTP {status} {text}"
        );
        assert_eq!(
            bench.tell(Input::Stored),
            [format!("done uncertain {code}")]
        );
    }
    let mut bench = Bench::submitting();
    assert_eq!(bench.lose(), ["store uncertain"]);
}

#[test]
fn a_refused_submit_ends_with_the_reason() {
    for (status, text, code) in [
        (400, r#"{"error_code":400001}"#, "unknown_model"),
        (400, r#"{"error_code":400002}"#, "no_balance"),
        (400, r#"{"error_code":400004}"#, "bad_token"),
        (200, r#"{"error_code":400004}"#, "bad_token"),
        (401, r#"{"message":"Unauthorized"}"#, "bad_token"),
        (422, "{}", "rejected"),
        (413, "{}", "too_large"),
    ] {
        let mut bench = Bench::submitting();
        assert_eq!(
            bench.answer(status, text),
            ["store ended"],
            "HTTP {status} {text}"
        );
        assert_eq!(bench.tell(Input::Stored), [format!("done refused {code}")]);
    }
}

#[test]
fn a_busy_service_gets_the_same_submit_later_and_not_for_ever() {
    let mut bench = Bench::submitting();
    assert_eq!(bench.answer(429, "{}"), ["event trouble busy", "sleep"]);
    assert_eq!(bench.wake(), [SUBMIT]);
    for _ in 0..10 {
        let wants = bench.answer(429, "{}");
        if wants == ["store ended"] {
            assert_eq!(bench.tell(Input::Stored), ["done refused busy"]);
            return;
        }
        bench.wake();
    }
    panic!("it never gave up");
}

#[test]
fn a_wished_wait_is_not_shortened_by_a_hint() {
    let mut bench = Bench::asking();
    let headers = vec![("retry-after".to_owned(), "30".to_owned())];
    let busy = HttpResponse {
        status: 429,
        headers,
        body: Body::Empty,
    };
    assert_eq!(
        bench.tell(Input::Response(busy)),
        ["event trouble busy", "sleep"]
    );
    bench.tell(Input::Hint(Hint::Hidden));
    assert_eq!(bench.tell(Input::Hint(Hint::Visible)), ["sleep"]);
    bench.now += Duration::from_secs(29);
    assert_eq!(bench.tell(Input::Woke), ["sleep"]);
    bench.now += Duration::from_secs(1);
    assert_eq!(bench.tell(Input::Woke), [STATUS]);
}

#[test]
fn a_question_survives_what_passes() {
    let mut bench = Bench::asking();
    assert_eq!(bench.lose(), ["event trouble no_answer", "sleep"]);
    assert_eq!(bench.wake(), [STATUS]);
    assert_eq!(
        bench.answer(500, "oops"),
        ["event trouble unavailable", "sleep"]
    );
    assert_eq!(bench.wake(), [STATUS]);
    assert_eq!(
        bench.answer(200, "<html>"),
        ["event trouble unreadable", "sleep"]
    );
    assert_eq!(bench.wake(), [STATUS]);
    assert_eq!(
        bench.answer(200, r#"{"status":"in_progress"}"#),
        ["event InProgress None", "sleep"]
    );
}

#[test]
fn half_an_hour_offline_is_survived_and_a_day_is_not() {
    let outage = |minutes: u64| {
        let mut bench = Bench::asking();
        let from = bench.now;
        loop {
            let wants = bench.lose();
            if wants.iter().any(|want| want.starts_with("done")) {
                return wants;
            }
            bench.now += Duration::from_secs(15);
            if bench.now > from + Duration::from_secs(60 * minutes) {
                return wants;
            }
            while bench.tell(Input::Woke) == ["sleep"] {
                bench.now += Duration::from_secs(5);
            }
        }
    };
    assert_eq!(outage(30), ["event trouble no_answer", "sleep"]);
    assert_eq!(outage(24 * 60), ["done lost touch no_answer"]);
}

#[test]
fn a_job_the_service_no_longer_knows_is_expired() {
    let mut bench = Bench::asking();
    assert_eq!(
        bench.answer(404, r#"{"error_code":404001}"#),
        ["store ended"]
    );
    assert_eq!(bench.tell(Input::Stored), ["done expired"]);
}

#[test]
fn a_web_page_that_is_not_found_says_nothing_of_the_job() {
    let mut bench = Bench::asking();
    assert_eq!(
        bench.answer(404, "<html>"),
        ["event trouble unreadable", "sleep"]
    );
    assert_eq!(bench.wake(), [STATUS]);
    let mut bench = Bench::submitting();
    assert_eq!(bench.answer(404, "<html>"), ["store ended"]);
    assert_eq!(bench.tell(Input::Stored), ["done refused unreadable"]);
}

#[test]
fn without_the_right_token_the_job_is_out_of_touch_but_kept() {
    let mut bench = Bench::asking();
    assert_eq!(
        bench.answer(401, r#"{"message":"Unauthorized"}"#),
        ["done lost touch bad_token"]
    );
    assert!(matches!(bench.job.record().stage, Stage::Accepted(_)));
}
