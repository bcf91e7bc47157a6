//! Every preset through the real job machine: what it promises is what a person gets.

use std::collections::BTreeSet;
use std::time::Duration;

use kinora::wire::{self, read};
use kinora::{Body, IntentId, Object, Outcome, Value};
use kinora_emulator::Preset;

use super::world::{self, World};

/// What a person does.
#[derive(Clone, Copy, Debug)]
enum Deed {
    /// Asks for a video, with this token if any.
    Generate(Option<&'static str>),
    /// Asks for another one after the first.
    GenerateTwice(&'static str),
    /// Asks for a video and cancels it in the queue.
    Cancel,
    /// Asks for a video in a page of another origin.
    FromPage,
    /// Sends what no form would let through.
    SendNonsense,
}
use Deed::{Cancel, FromPage, Generate, GenerateTwice, SendNonsense};

/// A preset, what a person does, the last outcome, some news on the way (`-` for none in
/// particular), how many submits were sent and how many jobs were accepted.
type Row = (&'static str, Deed, &'static str, &'static str, u64, u64);

#[rustfmt::skip]
const ROWS: &[Row] = &[
    ("usual", Generate(None), "video", "place 3", 1, 1),
    ("instant", Generate(None), "video", "Completed", 1, 1),
    ("slow", Generate(None), "video", "place 9", 1, 1),
    ("parallel", Generate(None), "video", "InProgress", 1, 1),
    ("submit-bare", Generate(None), "video", "accepted", 1, 1),
    ("output-list", Generate(None), "video", "-", 1, 1),
    ("output-text", Generate(None), "video", "-", 1, 1),
    ("odd-state", Generate(None), "video", "Unknown(\"warming_up\")", 1, 1),
    ("late-result", Generate(None), "video", "Completed", 1, 1),
    ("late-result-400005", Generate(None), "video", "Completed", 1, 1),
    ("cancel-completed", Cancel, "cancelled", "cancelled", 1, 1),
    ("cancel-requested", Cancel, "cancelled", "asked to cancel", 1, 1),
    ("cancel-as-printed", Cancel, "cancelled", "asked to cancel", 1, 1),
    ("failed", Generate(None), "failed: The job failed on purpose.", "Completed", 1, 1),
    ("failed-text", Generate(None), "failed: The job failed on purpose.", "Completed", 1, 1),
    ("failed-list", Generate(None), "failed: The job failed on purpose.", "Completed", 1, 1),
    ("failed-once", Generate(None), "failed: The job failed on purpose.", "Completed", 1, 1),
    ("failed-once", GenerateTwice("any"), "video", "Completed", 2, 2),
    ("expired", Generate(None), "expired", "InProgress", 1, 1),
    ("token", Generate(None), "refused: bad_token", "-", 1, 0),
    ("token", Generate(Some("test")), "video", "-", 1, 1),
    ("token-401", Generate(Some("wrong")), "refused: bad_token", "-", 1, 0),
    ("token-403", Generate(Some("wrong")), "refused: bad_token", "-", 1, 0),
    ("error-as-200", Generate(Some("wrong")), "refused: bad_token", "-", 1, 0),
    ("error-as-200", Generate(Some("test")), "video", "-", 1, 1),
    ("accounts", GenerateTwice("test"), "video", "-", 2, 2),
    ("accounts", GenerateTwice("poor"), "refused: no_balance", "-", 2, 1),
    ("no-balance", Generate(None), "refused: no_balance", "-", 1, 0),
    ("no-balance-402", Generate(None), "refused: no_balance", "-", 1, 0),
    ("violation-400", SendNonsense, "refused: rejected (HTTP 400)", "-", 1, 0),
    ("usual", SendNonsense, "refused: rejected (HTTP 422)", "-", 1, 0),
    ("no-cors", FromPage, "uncertain: no_answer", "-", 0, 0),
    ("no-cors", Generate(None), "video", "-", 1, 1),
    ("cors-bare", FromPage, "video", "-", 1, 1),
    ("busy", Generate(None), "video", "trouble: busy", 2, 1),
    ("busy-seconds", Generate(None), "video", "trouble: busy", 2, 1),
    ("busy-date", Generate(None), "video", "trouble: busy", 2, 1),
    ("busy-ms", Generate(None), "video", "trouble: busy", 2, 1),
    ("refused-503", Generate(None), "video", "trouble: unavailable", 2, 1),
    ("stormy", Generate(None), "video", "trouble: timed_out", 1, 1),
    ("accepted-silence", Generate(None), "uncertain: timed_out", "-", 1, 1),
    ("accepted-reset", Generate(None), "uncertain: no_answer", "-", 1, 1),
    ("accepted-500", Generate(None), "uncertain: unavailable", "-", 1, 1),
    ("accepted-503", Generate(None), "uncertain: unavailable", "-", 1, 1),
    ("accepted-html", Generate(None), "uncertain: unreadable", "-", 1, 1),
    ("accepted-no-id", Generate(None), "uncertain: no_request_id", "-", 1, 1),
    ("lost-before", Generate(None), "uncertain: no_answer", "-", 1, 0),
];

#[test]
fn every_preset_keeps_its_promise() {
    for row in ROWS {
        let (name, deed, wanted, news, submits, accepted) = *row;
        let mut world = world_of(name);
        let (told, outcome) = live(&mut world, deed);
        assert_eq!(outcome, wanted, "{row:?}: {told:?}");
        let said = told.iter().any(|text| text == news);
        assert!(news == "-" || said, "{row:?}: {told:?}");
        let emulator = world.emulator.borrow();
        let counted = (emulator.counts().calls.submit, emulator.accepted());
        assert_eq!(counted, (submits, accepted), "{row:?}: {told:?}");
    }
}

#[test]
fn every_preset_has_a_row() {
    let rows: BTreeSet<_> = ROWS.iter().map(|(name, ..)| *name).collect();
    let presets: BTreeSet<_> = Preset::ALL.iter().map(|preset| preset.name).collect();
    assert_eq!(rows, presets);
}

#[test]
fn what_was_accepted_unheard_is_paid_once_however_often_it_is_sent() {
    for (name, ..) in ROWS
        .iter()
        .filter(|(name, ..)| name.starts_with("accepted-"))
    {
        let world = world_of(name);
        let (_, outcome) = world.run(world.job(1));
        assert!(
            matches!(outcome, Outcome::Uncertain(_)),
            "{name}: {outcome:?}"
        );
        for _ in 0..3 {
            assert_eq!(short(&world.run(world.job(1)).1), "video", "{name}");
        }
        let emulator = world.emulator.borrow();
        let intent = emulator.counts().of_intent(IntentId::mint(1).as_str());
        let intent = intent.expect("it was named");
        assert_eq!((intent.submitted, intent.accepted), (4, 1), "{name}");
    }
}

#[test]
fn a_wait_is_kept_in_whatever_form_it_is_asked_for() {
    for name in ["busy-seconds", "busy-date", "busy-ms"] {
        let world = world_of(name);
        world.run(world.job(1));
        let emulator = world.emulator.borrow();
        let [first, second, ..] = emulator.log() else {
            panic!("two submits")
        };
        let wait = second.at.since(first.at);
        assert!(wait >= Duration::from_secs(7), "{name}: {wait:?}");
    }
}

#[test]
fn a_late_result_is_asked_for_until_it_is_there() {
    for name in ["late-result", "late-result-400005"] {
        let world = world_of(name);
        let (news, _) = world.run(world.job(1));
        assert!(world.emulator.borrow().counts().calls.result > 1, "{name}");
        let troubles = news.iter().filter(|text| text.starts_with("trouble"));
        assert_eq!(
            troubles.count(),
            0,
            "{name}: waiting is no trouble: {news:?}"
        );
    }
}

fn world_of(name: &str) -> World {
    World::new(Preset::named(name).expect("a preset").scenario())
}

/// The last job's news and outcome.
fn live(world: &mut World, deed: Deed) -> (Vec<String>, String) {
    let (news, outcome) = match deed {
        Generate(token) => {
            world.token = token;
            world.run(world.job(1))
        }
        GenerateTwice(token) => {
            world.token = Some(token);
            world.run(world.job(1));
            world.run(world.job(2))
        }
        Cancel => world.run_with_cancel_at(world.job(1), "place 3"),
        FromPage => {
            world.is_page = true;
            world.run(world.job(1))
        }
        SendNonsense => return (Vec::new(), nonsense(world)),
    };
    (news, short(&outcome))
}

/// A form would not send an empty object, so it is sent by hand.
fn nonsense(world: &World) -> String {
    let sent = wire::submit(&world::connection(), &world::request(), &IntentId::mint(1));
    let sent = kinora::HttpRequest {
        body: Body::Json(Value::Object(Object::new())),
        ..sent
    };
    let answer = world.emulator.borrow_mut().handle(&sent, world.wall());
    match read::submitted(&answer) {
        Ok(id) => format!("accepted: {id}"),
        Err(error) => format!("refused: {} (HTTP {})", error.code(), answer.status),
    }
}

fn short(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Succeeded(files) if files.len() == 1 => "video".to_owned(),
        Outcome::Failed(failure) => format!("failed: {}", failure.words),
        Outcome::Cancelled => "cancelled".to_owned(),
        Outcome::Refused(error) => format!("refused: {}", error.code()),
        Outcome::Uncertain(error) => format!("uncertain: {}", error.code()),
        Outcome::Expired => "expired".to_owned(),
        other => format!("{other:?}"),
    }
}
