//! A wish to cancel, in every state.

use super::*;

const QUEUED: &str = r#"{"status":"in_queue","queue_position":1}"#;
const STOPPED: &str = r#"{"request_id":"r1","status":"completed","outcome":"cancelled"}"#;
const TOO_LATE: &str = r#"{"request_id":"r1","status":"in_progress","outcome":"not_cancellable"}"#;

#[test]
fn before_the_submit_nothing_is_sent() {
    let mut bench = Bench::new();
    bench.wants();
    bench.tell(Input::Cancel);
    assert_eq!(bench.tell(Input::Stored), ["store ended"]);
    assert_eq!(bench.tell(Input::Stored), ["done cancelled"]);
}

#[test]
fn during_the_submit_it_waits_for_the_answer_and_then_cancels() {
    let mut bench = Bench::submitting();
    assert_eq!(bench.tell(Input::Cancel), [""; 0]);
    bench.answer(200, r#"{"request_id":"r1"}"#);
    assert_eq!(bench.tell(Input::Stored), ["event cancel Asked", CANCEL]);
}

#[test]
fn during_a_submit_whose_answer_is_lost_it_stays_uncertain() {
    let mut bench = Bench::submitting();
    bench.tell(Input::Cancel);
    assert_eq!(bench.lose(), ["store uncertain"]);
    assert_eq!(bench.tell(Input::Stored), ["done uncertain no_answer"]);
}

#[test]
fn between_two_submits_it_ends_at_once() {
    let mut bench = Bench::submitting();
    assert_eq!(bench.answer(429, "{}"), ["event trouble busy", "sleep"]);
    assert_eq!(bench.tell(Input::Cancel), ["store ended"]);
    let mut bench = Bench::submitting();
    bench.tell(Input::Cancel);
    assert_eq!(bench.answer(429, "{}"), ["store ended"]);
}

#[test]
fn in_the_queue_it_interrupts_the_pause_and_the_status_confirms() {
    let mut bench = Bench::asking();
    bench.answer(200, QUEUED);
    assert_eq!(bench.tell(Input::Cancel), ["event cancel Asked", CANCEL]);
    assert_eq!(
        bench.answer(202, STOPPED),
        ["event cancel Confirmed", STATUS]
    );
    assert_eq!(
        bench.answer(200, r#"{"status":"cancelled"}"#),
        ["event Cancelled None", "store ended"]
    );
    assert_eq!(bench.tell(Input::Stored), ["done cancelled"]);
}

#[test]
fn a_confirmed_cancel_that_reads_completed_or_gone_is_cancelled() {
    let confirmed = || {
        let mut bench = Bench::asking();
        bench.answer(200, QUEUED);
        bench.tell(Input::Cancel);
        bench.answer(202, STOPPED);
        bench
    };
    let mut bench = confirmed();
    bench.answer(200, r#"{"status":"completed"}"#);
    assert_eq!(
        bench.answer(200, r#"{"status":"failed","error":"stopped"}"#),
        ["store ended"]
    );
    assert_eq!(bench.tell(Input::Stored), ["done cancelled"]);
    let mut bench = confirmed();
    bench.answer(200, r#"{"status":"completed"}"#);
    let nothing = bench.answer(200, r#"{"status":"completed"}"#);
    assert_eq!(nothing, ["store ended"]);
    let mut bench = confirmed();
    assert_eq!(
        bench.answer(404, r#"{"error_code":404001}"#),
        ["store ended"]
    );
    assert_eq!(bench.tell(Input::Stored), ["done cancelled"]);
}

#[test]
fn while_running_too_late_is_news_and_the_job_goes_on() {
    let mut bench = Bench::asking();
    bench.answer(200, r#"{"status":"in_progress"}"#);
    bench.tell(Input::Cancel);
    assert_eq!(
        bench.answer(202, TOO_LATE),
        ["event cancel TooLate", STATUS]
    );
    assert_eq!(bench.tell(Input::Cancel), [""; 0], "it is not asked twice");
    bench.answer(200, r#"{"status":"completed"}"#);
    let made = r#"{"status":"succeeded","output":{"video":"https://x/a.mp4"}}"#;
    bench.answer(200, made);
    assert_eq!(bench.tell(Input::Stored), ["done succeeded 1"]);
}

#[test]
fn during_a_question_it_waits_for_the_answer() {
    let mut bench = Bench::asking();
    assert_eq!(bench.tell(Input::Cancel), [""; 0]);
    assert_eq!(
        bench.answer(200, QUEUED),
        ["event InQueue Some(1)", "event cancel Asked", CANCEL]
    );
    let mut bench = Bench::asking();
    bench.tell(Input::Cancel);
    assert_eq!(bench.lose(), ["event cancel Asked", CANCEL]);
}

#[test]
fn an_unknown_outcome_is_told_and_asked_after() {
    let mut bench = Bench::watching();
    bench.tell(Input::Cancel);
    let odd = r#"{"outcome":"cancellation_requested"}"#;
    assert_eq!(
        bench.answer(202, odd),
        ["event cancel Unclear(\"cancellation_requested\")", STATUS]
    );
    bench.answer(200, QUEUED);
    assert_eq!(
        bench.tell(Input::Cancel),
        ["event cancel Asked", CANCEL],
        "it may be asked again"
    );
}

#[test]
fn a_cancel_that_fails_is_tried_again_or_told() {
    let mut bench = Bench::watching();
    bench.tell(Input::Cancel);
    assert_eq!(
        bench.answer(503, "{}"),
        ["event trouble unavailable", "sleep"]
    );
    assert_eq!(bench.wake(), [CANCEL]);
    assert_eq!(
        bench.answer(401, "{}"),
        ["event cancel failed bad_token", STATUS]
    );
}

#[test]
fn a_cancel_that_keeps_failing_goes_back_to_asking_for_the_status() {
    let mut bench = Bench::watching();
    bench.tell(Input::Cancel);
    for _ in 0..10 {
        let wants = bench.answer(503, "{}");
        if wants.last().is_some_and(|want| want == STATUS) {
            assert_eq!(wants, ["event cancel failed unavailable", STATUS]);
            return;
        }
        bench.wake();
    }
    panic!("it never went back");
}

#[test]
fn after_the_end_it_changes_nothing() {
    let mut bench = Bench::asking();
    bench.answer(200, r#"{"status":"cancelled"}"#);
    assert_eq!(
        bench.tell(Input::Cancel),
        [""; 0],
        "the ending is being kept"
    );
    assert_eq!(bench.tell(Input::Stored), ["done cancelled"]);
    assert_eq!(bench.tell(Input::Cancel), [""; 0]);
}

#[test]
fn while_the_ticket_is_being_kept_it_waits_for_that() {
    let mut bench = Bench::submitting();
    bench.answer(200, r#"{"request_id":"r1"}"#);
    assert_eq!(bench.tell(Input::Cancel), [""; 0]);
    assert_eq!(bench.tell(Input::Stored), ["event cancel Asked", CANCEL]);
}

#[test]
fn while_the_result_is_awaited_it_is_asked_for() {
    let mut bench = Bench::asking();
    bench.answer(200, r#"{"status":"completed"}"#);
    bench.answer(400, r#"{"error_code":400005}"#);
    assert_eq!(bench.tell(Input::Cancel), ["event cancel Asked", CANCEL]);
    bench.answer(202, r#"{"outcome":"not_cancellable"}"#);
    bench.answer(200, r#"{"status":"completed"}"#);
    bench.answer(200, r#"{"status":"succeeded","output":"https://x/a.mp4"}"#);
    assert_eq!(bench.tell(Input::Stored), ["done succeeded 1"]);
}
