//! Going on from a record.

use super::*;
use crate::{Ending, Ticket};

fn record_at(stage: Stage) -> Record {
    Record {
        stage,
        ..Bench::new().job.record().clone()
    }
}

#[test]
fn an_accepted_job_is_asked_for_at_once() {
    let record = Bench::watching().job.record().clone();
    let mut bench = Bench::resumed(record);
    assert_eq!(bench.wants(), [STATUS]);
    assert_eq!(
        bench.answer(200, r#"{"status":"in_progress"}"#),
        ["event InProgress None", "sleep"]
    );
}

#[test]
fn a_submit_that_was_under_way_is_uncertain() {
    for stage in [Stage::Sending, Stage::Uncertain] {
        let mut bench = Bench::resumed(record_at(stage));
        assert_eq!(bench.wants(), ["store uncertain"]);
        assert_eq!(bench.tell(Input::Stored), ["done uncertain no_answer"]);
    }
}

#[test]
fn a_job_found_by_its_id_is_watched() {
    let id = crate::RequestId::parse("r1").expect("an id");
    let mut bench = Bench::resumed(record_at(Stage::Uncertain).found(id));
    assert_eq!(bench.wants(), [STATUS]);
}

#[test]
fn an_ended_job_tells_its_ending_again() {
    for (ending, told) in [
        (Ending::Succeeded(Vec::new()), "done succeeded 0"),
        (Ending::Failed("no luck".to_owned()), "done failed no luck"),
        (Ending::Cancelled, "done cancelled"),
        (
            Ending::Refused("no balance".to_owned()),
            "done refused refused",
        ),
        (Ending::Expired, "done expired"),
    ] {
        let mut bench = Bench::resumed(record_at(Stage::Ended {
            ticket: None,
            ending,
        }));
        assert_eq!(bench.wants(), [told]);
    }
}

#[test]
fn a_refusal_is_told_again_in_its_own_words() {
    let stage = Stage::Ended {
        ticket: None,
        ending: Ending::Refused("The account has no balance left.".to_owned()),
    };
    let mut job = Job::resume(record_at(stage), Pace::REMOTE, 1);
    let Some(Output::Done(Outcome::Refused(error))) = job.poll(at(Duration::ZERO)) else {
        panic!("it was refused");
    };
    assert_eq!(error.to_string(), "The account has no balance left.");
    assert!(!error.retryable());
}

#[test]
fn a_bare_ticket_is_enough_to_go_on() {
    let ticket = Bench::watching()
        .job
        .record()
        .ticket()
        .expect("a ticket")
        .clone();
    let kept = Ticket::from_value(&ticket.to_value()).expect("it can be read again");
    assert_eq!(kept, ticket);
    let mut bench = Bench::resumed(Record::of_ticket(kept, IntentId::mint(2)));
    assert_eq!(bench.wants(), [STATUS]);
    bench.answer(200, r#"{"status":"completed"}"#);
    let made = r#"{"status":"succeeded","output":{"video":"https://x/a.mp4"}}"#;
    assert_eq!(bench.answer(200, made), ["store ended"]);
    assert_eq!(bench.tell(Input::Stored), ["done succeeded 1"]);
}
