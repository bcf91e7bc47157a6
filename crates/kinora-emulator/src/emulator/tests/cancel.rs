use super::*;

#[test]
fn a_queued_job_is_cancelled_and_never_due() {
    let mut bench = Bench::new(queued());
    bench.submit();
    bench.check(
        CANCEL,
        r#"202 {"request_id":"e220a8397b1dcdaf-1","status":"completed","outcome":"cancelled"}"#,
    );
    assert!(text(&bench.ask(&request(STATUS))).contains(r#""status":"cancelled""#));
    bench.check(
        RESULT,
        r#"200 {"request_id":"e220a8397b1dcdaf-1","status":"cancelled"}"#,
    );
    assert_eq!(bench.wait(3600).due(), [""; 0]);
}

#[test]
fn a_running_job_is_not_cancellable_and_goes_on() {
    let mut bench = Bench::new(queued());
    let id = bench.submit();
    bench.wait(30).check(
        CANCEL,
        r#"202 {"request_id":"e220a8397b1dcdaf-1","status":"in_progress","outcome":"not_cancellable"}"#,
    );
    bench.wait(30).finish(&id);
    assert!(text(&bench.ask(&request(RESULT))).contains("succeeded"));
}

#[test]
fn a_finished_or_cancelled_job_stays_as_it_is() {
    let mut bench = Bench::new(Scenario::default());
    let id = bench.submit();
    bench.finish(&id).check(
        CANCEL,
        r#"202 {"request_id":"e220a8397b1dcdaf-1","status":"completed","outcome":"not_cancellable"}"#,
    );
    let mut bench = Bench::new(queued());
    bench.submit();
    bench.ask(&request(CANCEL));
    bench.check(
        CANCEL,
        r#"202 {"request_id":"e220a8397b1dcdaf-1","status":"cancelled","outcome":"not_cancellable"}"#,
    );
}

#[test]
fn who_waits_behind_a_cancelled_job_moves_up() {
    let mut bench = Bench::new(Scenario {
        ahead: 0,
        ..queued()
    });
    let ids = [bench.submit(), bench.submit(), bench.submit()];
    let position = |bench: &mut Bench| {
        let status = bench.ask(&request(&format!("GET /v1/requests/{}/status", ids[2])));
        status
            .body
            .object()
            .and_then(|body| body.get("queue_position"))
            .and_then(Value::as_int)
    };
    assert_eq!(position(&mut bench), Some(2));
    bench.ask(&request(&format!("POST /v1/requests/{}/cancel", ids[1])));
    assert_eq!(position(&mut bench), Some(1));
}

#[test]
fn a_late_or_unknown_result_is_ignored() {
    let mut bench = Bench::new(queued());
    let id = bench.submit();
    bench.finish(&id);
    bench.check(
        RESULT,
        r#"200 {"request_id":"e220a8397b1dcdaf-1","status":"in_queue"}"#,
    );
    bench.ask(&request(CANCEL));
    bench.finish(&id);
    bench.check(
        RESULT,
        r#"200 {"request_id":"e220a8397b1dcdaf-1","status":"cancelled"}"#,
    );
    bench.finish(&RequestId::parse("nobody").expect("an id"));
    assert_eq!(bench.emulator.line.jobs.len(), 1);
}

#[test]
fn the_first_result_that_is_handed_in_counts() {
    let mut bench = Bench::new(Scenario::default());
    let id = bench.submit();
    bench.finish(&id);
    bench
        .emulator
        .finish(&id, Err(Value::from("too late")), bench.now);
    assert!(text(&bench.ask(&request(RESULT))).contains("succeeded"));
}
