//! Whole jobs, from the wish to the outcome, between the core's machine and the emulator.

#![allow(clippy::expect_used, reason = "a test that cannot look must fail")]

#[path = "contract/hosts.rs"]
mod hosts;
#[path = "contract/presets.rs"]
mod presets;
#[path = "contract/suite.rs"]
mod suite;
#[path = "contract/trouble.rs"]
mod trouble;
#[path = "contract/world.rs"]
mod world;

use std::time::Duration;

use kinora::retry::Call;
use kinora::{Error, Object, Outcome, Platform, RequestId, ServiceErrorKind, Value};
use kinora_emulator::{AuthRefusal, Emulator, Fault, Scenario, Tokens};
use world::World;

/// Two people before us, ten seconds each; then a minute of work.
fn busy() -> Scenario {
    Scenario {
        ahead: 2,
        tick: Duration::from_secs(10),
        run: Duration::from_secs(60),
        ..Scenario::default()
    }
}

fn with(fault: Fault) -> Scenario {
    Scenario {
        faults: vec![fault],
        ..Scenario::default()
    }
}

fn urls(outcome: &Outcome) -> Vec<&str> {
    match outcome {
        Outcome::Succeeded(files) => files.iter().map(|file| file.url.as_str()).collect(),
        other => panic!("not a success: {other:?}"),
    }
}

/// The ticket's id in the record that was stored last.
fn last_id(world: &World) -> Option<RequestId> {
    let records = world.records.borrow();
    Some(records.last()?.ticket()?.id.clone())
}

#[test]
fn a_job_goes_through_the_queue_to_its_video() {
    let world = World::new(busy());
    let (news, outcome) = world.run(world.job(1));
    let told = [
        "submitting",
        "accepted",
        "place 3",
        "place 2",
        "InProgress",
        "Completed",
    ];
    assert_eq!(news, told);
    let id = last_id(&world).expect("a ticket");
    assert_eq!(
        urls(&outcome),
        [format!("https://emulator.example/outputs/{id}.mp4")]
    );
    assert_eq!(world.stages(), ["sending", "accepted", "ended"]);
    let asked = world.asked();
    assert_eq!(
        asked.first().map(String::as_str),
        Some("POST image-to-video")
    );
    assert_eq!(asked.last().map(String::as_str), Some("GET result"));
    assert!(
        asked[1..asked.len() - 1]
            .iter()
            .all(|call| call == "GET status")
    );
}

#[test]
fn a_job_is_cancelled_in_the_queue() {
    let world = World::new(busy());
    let (news, outcome) = world.run_with_cancel_at(world.job(1), "place 3");
    assert_eq!(outcome, Outcome::Cancelled);
    let end = ["asked to cancel", "cancelled", "Cancelled"].map(str::to_owned);
    assert!(news.ends_with(&end), "{news:?}");
    world.wait(3600);
    let due = world.emulator.borrow_mut().due(world.now().wall);
    assert!(due.is_empty(), "nobody makes it: {due:?}");
}

#[test]
fn a_running_job_is_too_late_to_cancel_and_succeeds() {
    let world = World::new(busy());
    let (news, outcome) = world.run_with_cancel_at(world.job(1), "InProgress");
    let end = ["asked to cancel", "too late to cancel", "Completed"].map(str::to_owned);
    assert!(news.ends_with(&end), "{news:?}");
    assert_eq!(urls(&outcome).len(), 1);
}

#[test]
fn one_intent_is_one_job_however_often_it_is_sent() {
    let world = World::new(busy());
    let (_, first) = world.run(world.job(1));
    let (_, second) = world.run(world.job(1));
    assert_eq!(urls(&first), urls(&second));
    assert_eq!(world.emulator.borrow().accepted(), 1);
    let (_, other) = world.run(world.job(2));
    assert_ne!(urls(&first), urls(&other));
}

#[test]
fn a_wrong_token_is_refused_in_whatever_manner() {
    for auth_refusal in [
        AuthRefusal::Numbered,
        AuthRefusal::Unauthorized,
        AuthRefusal::Forbidden,
    ] {
        let tokens = Tokens::only(["the right one"]);
        let mut world = World::new(Scenario {
            tokens,
            auth_refusal,
            ..Scenario::default()
        });
        for token in [None, Some("the wrong one")] {
            world.token = token;
            let (_, outcome) = world.run(world.job(1));
            let bad = matches!(&outcome, Outcome::Refused(Error::Service(error))
                if error.kind == ServiceErrorKind::BadToken);
            assert!(bad, "{auth_refusal:?}: {outcome:?}");
        }
        world.token = Some("the right one");
        assert_eq!(urls(&world.run(world.job(1)).1).len(), 1);
    }
}

#[test]
fn a_token_reaches_the_service_and_nothing_that_is_kept_or_shown() {
    let mut world = World::new(Scenario {
        tokens: Tokens::only(["canary"]),
        ..busy()
    });
    world.token = Some("canary");
    let (news, outcome) = world.run(world.job(1));
    assert!(
        world
            .emulator
            .borrow()
            .log()
            .iter()
            .all(|asked| asked.bearer)
    );
    let kept = format!("{:?}", world.records.borrow());
    let emulator = format!("{:?}", world.emulator.borrow());
    let shown = format!("{news:?} {outcome:?}");
    for text in [kept, emulator, shown] {
        assert!(!text.contains("canary"), "{text}");
    }
}

#[test]
fn a_failed_job_says_why() {
    let mut world = World::new(Scenario::default());
    let why = Object::new().with("error", "the picture is all black");
    world.failure = Some(Value::List(vec![Value::Object(why)]));
    let (news, outcome) = world.run(world.job(1));
    assert!(
        news.contains(&"Completed".to_owned()),
        "completed is not success"
    );
    let Outcome::Failed(failure) = outcome else {
        panic!("not a failure: {outcome:?}")
    };
    assert_eq!(failure.words, "the picture is all black");
}

#[test]
fn a_job_is_taken_up_again_after_page_and_service_have_reloaded() {
    let before = World::new(Scenario {
        faults: vec![Fault::gateway(Call::Status, 401, "gone")],
        ..busy()
    });
    let (_, outcome) = before.run(before.job(1));
    assert!(matches!(outcome, Outcome::LostTouch(_)), "{outcome:?}");
    let record = before.found("accepted");
    let id = record.ticket().expect("a ticket").id.clone();

    let after = World::new(Scenario::default());
    let snapshot = before.emulator.borrow().snapshot();
    let restored = Emulator::restore(busy(), world::connection().base().clone(), &snapshot);
    after.emulator.replace(restored.expect("a snapshot"));
    let (news, outcome) = after.run(after.resume(record));
    assert_eq!(news.first().map(String::as_str), Some("place 3"));
    assert_eq!(
        urls(&outcome),
        [format!("https://emulator.example/outputs/{id}.mp4")]
    );
    assert_eq!(after.stages(), ["ended"], "it is not submitted again");
}

#[test]
fn a_page_that_went_away_while_sending_leaves_an_uncertain_job() {
    let world = World::new(Scenario::default());
    world.run(world.job(1));
    let record = world.found("sending");
    let before = world.asked().len();
    let (_, outcome) = world.run(world.resume(record));
    assert!(matches!(outcome, Outcome::Uncertain(_)), "{outcome:?}");
    assert_eq!(world.asked().len(), before, "nothing is sent unasked");
}

#[test]
fn a_job_that_the_service_forgot_has_expired() {
    let world = World::new(Scenario {
        retention: Duration::from_secs(600),
        ..Scenario::default()
    });
    world.run(world.job(1));
    let record = world.found("accepted");
    world.wait(601);
    assert_eq!(world.run(world.resume(record)).1, Outcome::Expired);
}
