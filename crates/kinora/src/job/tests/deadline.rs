//! A job that is watched until then and no longer.

use super::*;

/// A deadline in so many seconds of the bench's time.
fn until(mut bench: Bench, seconds: u64) -> Bench {
    let deadline = at(Duration::from_secs(seconds)).monotonic;
    bench.job = bench.job.with_deadline(deadline);
    bench
}

#[test]
fn a_pause_ends_with_it_and_the_job_may_go_on() {
    let mut bench = until(Bench::asking(), 62);
    let running = r#"{"status":"in_progress"}"#;
    assert_eq!(
        bench.answer(200, running),
        ["event InProgress None", "sleep"]
    );
    bench.now = Duration::from_secs(62);
    assert_eq!(bench.tell(Input::Woke), ["done overdue"]);
    assert!(matches!(bench.job.record().stage, Stage::Accepted(_)));
    let mut again = Bench::resumed(bench.job.record().clone());
    assert_eq!(again.wants(), [STATUS], "it can be taken up again");
}

#[test]
fn a_question_is_given_up_at_it() {
    let mut bench = until(Bench::watching(), 70);
    bench.now = Duration::from_secs(60);
    bench.job.handle(Input::Woke, at(bench.now));
    let Some(Output::Send(request)) = bench.job.poll(at(bench.now)) else {
        panic!("a question");
    };
    assert_eq!(request.timeout, Duration::from_secs(10));
    bench.now = Duration::from_secs(70);
    assert_eq!(bench.lose(), ["event trouble no_answer", "sleep"]);
    assert_eq!(bench.tell(Input::Woke), ["done overdue"]);
}

#[test]
fn a_submit_is_waited_for() {
    let mut bench = until(Bench::new(), 10);
    bench.wants();
    bench.job.handle(Input::Stored, at(bench.now));
    let outputs: Vec<_> = std::iter::from_fn(|| bench.job.poll(at(bench.now))).collect();
    let Some(Output::Send(request)) = outputs.last() else {
        panic!("a submit");
    };
    assert_eq!(request.timeout, Duration::from_secs(60));
    bench.now = Duration::from_secs(20);
    let accepted = bench.answer(200, r#"{"request_id":"r1"}"#);
    assert_eq!(accepted, ["event accepted r1", "store accepted"]);
    bench.tell(Input::Stored);
    assert_eq!(bench.tell(Input::Woke), ["done overdue"]);
}

#[test]
fn what_was_never_accepted_is_refused_at_it() {
    let mut bench = until(Bench::new(), 0);
    bench.wants();
    assert_eq!(bench.tell(Input::Stored), ["store ended"]);
    assert_eq!(bench.tell(Input::Stored), ["done refused deadline"]);
    let mut bench = until(Bench::submitting(), 10);
    assert_eq!(bench.answer(429, "{}"), ["event trouble busy", "sleep"]);
    assert_eq!(bench.wake(), ["store ended"]);
    assert_eq!(bench.tell(Input::Stored), ["done refused deadline"]);
}

#[test]
fn a_lost_submit_stays_uncertain_after_it() {
    let mut bench = until(Bench::submitting(), 10);
    bench.now = Duration::from_secs(60);
    assert_eq!(bench.lose(), ["store uncertain"]);
}

#[test]
fn a_wish_to_cancel_does_not_outlast_it() {
    let mut bench = until(Bench::watching(), 100);
    bench.tell(Input::Cancel);
    bench.now = Duration::from_secs(100);
    assert_eq!(
        bench.answer(503, "{}"),
        ["event trouble unavailable", "sleep"]
    );
    assert_eq!(bench.tell(Input::Woke), ["done overdue"]);
}
