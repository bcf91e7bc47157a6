use super::*;
use crate::{CancelAnswer, ErrorShape, ErrorStatus, Failing, OutputShape, SubmitAnswer};

fn bench(change: impl Fn(&mut Scenario)) -> Bench {
    let mut scenario = queued();
    change(&mut scenario);
    Bench::new(scenario)
}

/// One job that has run to its end.
fn ended(change: impl Fn(&mut Scenario)) -> Bench {
    let mut bench = bench(change);
    let id = bench.submit();
    bench.wait(30).due();
    bench.finish(&id).wait(30);
    bench
}

const CANCEL: &str = "POST /v1/requests/e220a8397b1dcdaf-1/cancel";
const ID: &str = r#""request_id":"e220a8397b1dcdaf-1""#;

#[test]
fn a_submit_may_be_answered_without_urls() {
    let mut bench = bench(|it| it.submit_answer = SubmitAnswer::Bare);
    let wanted = format!(r#"202 {{{ID},"status":"in_queue"}}"#);
    assert_eq!(text(&bench.ask(&submit(INPUT))), wanted);
}

#[test]
fn an_odd_state_is_told_for_half_of_the_run() {
    let mut bench = bench(|it| it.odd_state = Some("warming_up".to_owned()));
    bench.submit();
    bench.wait(30).due();
    bench.wait(14);
    assert!(text(&bench.ask(&request(STATUS))).contains(r#""status":"warming_up""#));
    bench.check(RESULT, &format!(r#"200 {{{ID},"status":"warming_up"}}"#));
    bench.wait(1);
    assert!(text(&bench.ask(&request(STATUS))).contains(r#""status":"in_progress""#));
}

#[test]
fn a_result_may_come_later_than_the_state_says() {
    for (not_ready, wanted) in [
        (
            NotReady::State,
            format!(r#"200 {{{ID},"status":"completed"}}"#),
        ),
        (
            NotReady::Error,
            r#"400 {"error_code":400005,"error_message":"The result is not ready."}"#.to_owned(),
        ),
    ] {
        let mut bench = ended(|it| (it.late, it.not_ready) = (Duration::from_secs(5), not_ready));
        assert!(text(&bench.ask(&request(STATUS))).contains(r#""status":"completed""#));
        bench
            .check(RESULT, &wanted)
            .wait(4)
            .check(RESULT, &wanted)
            .wait(1);
        assert!(text(&bench.ask(&request(RESULT))).contains(r#""status":"succeeded""#));
    }
}

#[test]
fn an_output_has_three_shapes() {
    let url = r#""http://127.0.0.1:8787/outputs/e220a8397b1dcdaf-1.mp4""#;
    for (shape, wanted) in [
        (OutputShape::Object, format!(r#"{{"video":{url}}}"#)),
        (OutputShape::List, format!("[{url}]")),
        (OutputShape::Text, url.to_owned()),
    ] {
        let wanted = format!(r#"200 {{{ID},"status":"succeeded","output":{wanted}}}"#);
        ended(|it| it.output = shape).check(RESULT, &wanted);
    }
}

#[test]
fn an_error_has_three_shapes_whoever_it_comes_from() {
    for (shape, wanted) in [
        (
            ErrorShape::Given,
            r#"{"message":"The job failed on purpose."}"#,
        ),
        (ErrorShape::Text, r#""The job failed on purpose.""#),
        (
            ErrorShape::Object,
            r#"{"message":"The job failed on purpose."}"#,
        ),
        (
            ErrorShape::List,
            r#"[{"error":"The job failed on purpose."}]"#,
        ),
    ] {
        let wanted = format!(r#"200 {{{ID},"status":"failed","error":{wanted}}}"#);
        ended(|it| (it.failing, it.error) = (Failing::All, shape)).check(RESULT, &wanted);
    }
    let mut bench = bench(|it| it.error = ErrorShape::Text);
    let id = bench.submit();
    bench.wait(30).due();
    let why = Object::new().with("detail", "too dark");
    bench
        .emulator
        .finish(&id, Err(Value::Object(why)), bench.now);
    bench.wait(30).check(
        RESULT,
        &format!(r#"200 {{{ID},"status":"failed","error":"too dark"}}"#),
    );
}

#[test]
fn so_many_jobs_fail_by_themselves_after_their_run() {
    let mut bench = bench(|it| it.failing = Failing::First(1));
    bench.submit();
    bench.submit();
    assert_eq!(bench.wait(30).due(), [""; 0], "there is nothing to make");
    assert!(text(&bench.ask(&request(STATUS))).contains("in_progress"));
    assert_eq!(bench.wait(30).due(), ["e220a8397b1dcdaf-2"]);
    assert!(text(&bench.ask(&request(RESULT))).contains(r#""status":"failed""#));
}

#[test]
fn a_cancel_is_answered_in_four_ways() {
    for (how, answered, status, result) in [
        (
            CancelAnswer::Cancelled,
            r#""status":"completed","outcome":"cancelled"}"#,
            "cancelled",
            "cancelled",
        ),
        (
            CancelAnswer::Completed,
            r#""status":"completed","outcome":"cancelled"}"#,
            "completed",
            "cancelled",
        ),
        (
            CancelAnswer::Requested,
            r#""status":"cancelled","outcome":"cancellation_requested"}"#,
            "cancelled",
            "cancelled",
        ),
        (
            CancelAnswer::AsPrinted,
            r#""status":"completed" "outcome":"cancelled"}"#,
            "cancelled",
            "cancelled",
        ),
    ] {
        let mut bench = bench(|it| (it.cancel_answer, it.late) = (how, Duration::from_secs(0)));
        bench.submit();
        bench.check(CANCEL, &format!("202 {{{ID},{answered}"));
        let told = text(&bench.ask(&request(STATUS)));
        assert!(
            told.contains(&format!(r#""status":"{status}""#)),
            "{how:?}: {told}"
        );
        bench.check(RESULT, &format!(r#"200 {{{ID},"status":"{result}"}}"#));
        assert_eq!(bench.wait(60).due(), [""; 0]);
    }
}

#[test]
fn numbered_errors_may_come_inside_a_200() {
    let mut bench = bench(|it| {
        (it.error_status, it.balance) = (ErrorStatus::Success, Some(0));
    });
    bench.check(
        STATUS,
        r#"200 {"error_code":404001,"error_message":"Resource not found."}"#,
    );
    let refused = text(&bench.ask(&submit(INPUT)));
    assert!(
        refused.starts_with(r#"200 {"error_code":400002"#),
        "{refused}"
    );
    assert_eq!(
        bench.ask(&submit("{}")).status,
        422,
        "what has no number keeps its status"
    );
}
