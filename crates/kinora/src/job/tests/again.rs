//! An uncertain wish that a person sends again.

use super::*;

/// A job of the bench's wish at this stage, sent again.
fn again(stage: Stage) -> Bench {
    let (request, _) = Request::sample(HostKind::Kinora);
    let record = Record {
        stage,
        ..Bench::new().job.record().clone()
    };
    Bench {
        job: Job::again(record, request, Pace::REMOTE, 1),
        now: Duration::ZERO,
    }
}

/// The same, with the second submit on its way.
fn submitting() -> Bench {
    let mut bench = again(Stage::Uncertain);
    assert_eq!(bench.wants(), ["store sending"]);
    assert_eq!(bench.tell(Input::Stored), ["event submitting", SUBMIT]);
    bench
}

#[test]
fn it_keeps_its_intent_and_its_time() {
    let first = Bench::new().job.record().clone();
    let bench = again(Stage::Uncertain);
    assert_eq!(bench.job.record().intent, first.intent);
    assert_eq!(bench.job.record().created_at, first.created_at);
}

#[test]
fn accepted_there_is_no_doubt_any_more() {
    let mut bench = submitting();
    bench.answer(200, r#"{"request_id":"r1"}"#);
    bench.tell(Input::Stored);
    assert_eq!(bench.wake(), [STATUS]);
    bench.answer(200, r#"{"status":"cancelled"}"#);
    assert_eq!(bench.tell(Input::Stored), ["done cancelled"]);
}

#[test]
fn a_refusal_says_nothing_of_the_first_try() {
    for (status, text, code) in [
        (401, "{}", "bad_token"),
        (400, r#"{"error_code":400002}"#, "no_balance"),
        (500, "{}", "unavailable"),
    ] {
        let mut bench = submitting();
        assert_eq!(bench.answer(status, text), ["store uncertain"]);
        let told = format!("done uncertain {code}");
        assert_eq!(bench.tell(Input::Stored), [told]);
    }
}

#[test]
fn neither_does_a_cancel_nor_a_full_store_nor_a_deadline() {
    let mut bench = again(Stage::Sending);
    bench.wants();
    bench.tell(Input::Cancel);
    assert_eq!(bench.tell(Input::Stored), ["store uncertain"]);
    assert_eq!(bench.tell(Input::Stored), ["done uncertain no_answer"]);
    let mut bench = again(Stage::Uncertain);
    bench.wants();
    let full = StoreError {
        words: "quota".to_owned(),
    };
    let told = bench.tell(Input::StoreFailed(full));
    assert_eq!(told, ["done uncertain not_stored"]);
    let mut bench = again(Stage::Uncertain);
    bench.wants();
    bench.job = bench.job.with_deadline(at(Duration::ZERO).monotonic);
    assert_eq!(bench.tell(Input::Stored), ["store uncertain"]);
}

#[test]
fn what_is_no_longer_open_or_another_wish_is_not_sent() {
    let ticket = Bench::watching().job.record().ticket().cloned();
    let accepted = ticket.map(Stage::Accepted).expect("a ticket");
    assert_eq!(again(accepted).wants(), [STATUS]);
    let cancelled = Stage::Ended {
        ticket: None,
        ending: Ending::Cancelled,
    };
    assert_eq!(again(cancelled).wants(), ["done cancelled"]);
    let (request, _) = Request::sample(HostKind::Kinora);
    let mut record = Bench::new().job.record().clone();
    record.input.insert("prompt", "rain");
    let job = Job::again(record, request, Pace::REMOTE, 1);
    let now = Duration::ZERO;
    assert_eq!(Bench { job, now }.wants(), ["store uncertain"]);
}
