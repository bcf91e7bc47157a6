//! The rules of every world.

use kinora::{Outcome, Record};

use super::plan::{Micros, SECOND};
use super::run::ENDS_WITHIN;
use super::service::video;
use super::world::World;

/// Whether a session may go on. It ends within [`ENDS_WITHIN`] of whatever came last: the end of
/// all trouble, the end of a wait that the service asked for, an interruption, the job's own end.
pub(crate) fn in_time(world: &World) -> bool {
    let mut inner = world.inner();
    let settled = inner
        .ledger
        .disturbed_until
        .max(world.plan.calm_at)
        .max(inner.truth.ends_at);
    let seconds = inner.time / SECOND;
    let most = 20 + 3 * inner.ledger.disturbances + seconds;
    if inner.ledger.calls > most {
        inner.ledger.broke("requests stay under their bound");
        return false;
    }
    inner.time <= settled + ENDS_WITHIN
}

/// What may be said of an outcome when it is told.
pub(crate) fn outcome(world: &World, outcome: &Outcome) {
    let mut inner = world.inner();
    let record = inner
        .kept
        .as_ref()
        .and_then(|kept| Record::from_value(kept).ok());
    let has_ticket = record.is_some_and(|record| record.ticket().is_some());
    let truth = &inner.truth;
    let fails = world.plan.scenario.failing == kinora_emulator::Failing::All;
    let is_over = inner.time >= truth.ends_at && !truth.accepted.is_empty() && !truth.cancelled;
    let is_true = match outcome {
        Outcome::Succeeded(files) => {
            let made = truth.accepted.first().map(video);
            let told: Vec<_> = files.iter().map(|file| Some(file.url.clone())).collect();
            is_over && !fails && told == [made]
        }
        Outcome::Failed(failure) => is_over && fails && failure.words.contains("on purpose"),
        Outcome::Cancelled => truth.cancelled || truth.accepted.is_empty(),
        Outcome::Refused(_) => {
            let why = inner.ledger.submit_troubled || inner.ledger.store_troubled;
            truth.accepted.is_empty() && why
        }
        Outcome::Uncertain(_) => !has_ticket,
        Outcome::Expired => truth.gone,
        Outcome::LostTouch(_) => inner.ledger.question_troubled,
        Outcome::Overdue => panic!("no world has a deadline"),
    };
    if !is_true {
        let words = format!("the outcome is the truth: {outcome:?} against {truth:?}");
        inner.ledger.broke(words);
    }
    // A call may be under way for a minute before the wish is sent.
    let ran_on = matches!(outcome, Outcome::Succeeded(_) | Outcome::Failed(_));
    let in_time = |wished: Micros| wished + 90 * SECOND < inner.truth.ends_at;
    if ran_on && inner.ledger.wished.is_some_and(in_time) && !inner.ledger.wish_sent {
        inner.ledger.broke("a wish to cancel reaches the service");
    }
}

/// What may be said once everything on its way has arrived.
pub(crate) fn end(world: &World, outcome: &Outcome) {
    let mut inner = world.inner();
    let accepted = inner.emulator.accepted();
    if accepted > 1 {
        inner
            .ledger
            .broke(format!("one intent is one job, not {accepted}"));
    }
    let none = matches!(outcome, Outcome::Refused(_));
    if none && accepted > 0 {
        inner.ledger.broke("a refused job does not exist");
    }
    let shares = &inner.ledger.shares;
    let spread = shares.iter().any(|share| (share - shares[0]).abs() > 0.001);
    if shares.len() >= 6 && !spread {
        inner.ledger.broke("waits after failures are spread");
    }
}
