//! One seed, from the wish to the last word: sessions of a page one after the other, with a person
//! who decides what a job leaves open.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use kinora::{
    BaseUrl, Connection, Event, Facts, HostKind, Job, ModelSpec, Outcome, Pace, Platform, Record,
    Request, Stage, Wan22, drive,
};

use super::check;
use super::dice::Dice;
use super::moment::Step;
use super::plan::{CANARY, Micros, Plan, SECOND};
use super::planted::{Faulty, Planted};
use super::platform::{BASE, stage};
use super::world::World;

/// What one seed came to.
pub(crate) struct Run {
    /// The rules that were broken; none when all is well.
    pub(crate) broken: Vec<String>,
    /// What happened, in lines, if that was wanted.
    pub(crate) trace: Vec<String>,
    /// How it ended, as a stable word.
    pub(crate) ending: &'static str,
    /// Calls that the job made.
    pub(crate) calls: u64,
}

/// Plays a seed.
pub(crate) fn play(seed: u64, planted: Planted, tracing: bool) -> Run {
    let mut dice = Dice::new(seed);
    let plan = Plan::of(&mut dice);
    let connection = Connection::new(BaseUrl::parse(BASE).expect("a base"), plan.host);
    let world = World::new(dice, connection, plan, tracing);
    world.note(|| world.plan.in_words());
    let faulty = Faulty::new(&world, planted);
    let played = catch_unwind(AssertUnwindSafe(|| life(&world, &faulty, seed)));
    let ending = match played {
        Ok(ending) => ending,
        Err(panic) => {
            let words = panic.downcast_ref::<String>().cloned().unwrap_or_default();
            world
                .inner()
                .ledger
                .broke(format!("nothing panics: {words}"));
            "panic"
        }
    };
    let mut inner = world.inner();
    Run {
        broken: std::mem::take(&mut inner.ledger.broken),
        trace: std::mem::take(&mut inner.trace),
        ending,
        calls: inner.ledger.calls,
    }
}

fn life(world: &World, faulty: &Faulty<'_>, seed: u64) -> &'static str {
    let mut job = new_job(world, seed);
    for session in 1..=MOST_SESSIONS {
        world.note(|| format!("--- session {session}, {}", stage(&job.record().stage)));
        let begun = world.inner().time;
        world.inner().ledger.session_begins(begun);
        let ended = watch(world, faulty, &mut job);
        no_token_in(world, "job", &format!("{job:?}"));
        let next = match &ended {
            Ended::TooLate => return "too late",
            Ended::Reloaded => reload(world, seed),
            Ended::With(outcome) => {
                world.note(|| format!("=== {outcome:?}"));
                no_token_in(world, "outcome", &format!("{outcome:?}"));
                check::outcome(world, outcome);
                decide(world, &job, outcome, seed)
            }
        };
        match (next, ended) {
            (Some(next), _) => job = next,
            (None, Ended::With(outcome)) => {
                let now = world.inner().time;
                world.pass(now + 300 * SECOND);
                check::end(world, &outcome);
                return outcome.code();
            }
            (None, Ended::Reloaded | Ended::TooLate) => {
                let now = world.inner().time;
                world.pass(now + 300 * SECOND);
                return "left before it began";
            }
        }
    }
    world
        .inner()
        .ledger
        .broke("it ends in a bounded number of sessions");
    "endless"
}

enum Ended {
    With(Outcome),
    Reloaded,
    /// Beyond the stated bound.
    TooLate,
}

/// One session of a page: the job is driven until it ends, or the page goes away.
fn watch(world: &World, faulty: &Faulty<'_>, job: &mut Job) -> Ended {
    let commands = faulty.commands();
    let mut driven = pin!(drive(job, faulty, commands, |event| heard(world, &event)));
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(outcome) = driven.as_mut().poll(&mut context) {
            return Ended::With(outcome);
        }
        match world.step() {
            Step::Happened if check::in_time(world) => {}
            Step::Reloaded => return Ended::Reloaded,
            Step::Happened | Step::Nothing => {
                world.inner().ledger.broke("it ends in time");
                return Ended::TooLate;
            }
        }
    }
}

fn heard(world: &World, event: &Event) {
    let text = format!("{event:?}");
    no_token_in(world, "event", &text);
    world.note(|| format!("tells {text}"));
}

fn no_token_in(world: &World, what: &str, text: &str) {
    if text.contains(CANARY) {
        world
            .inner()
            .ledger
            .broke(format!("no {what} has the token in it"));
    }
}

/// The page comes back after a while, with nothing but the records.
fn reload(world: &World, seed: u64) -> Option<Job> {
    world.page_goes_away();
    later(world, 30);
    match kept(world) {
        Some(record) => Some(Job::resume(record, Pace::REMOTE, seed)),
        None if world.inner().dice.percent(50) => Some(new_job(world, seed)),
        None => None,
    }
}

/// What the person does about what a job leaves open.
fn decide(world: &World, job: &Job, outcome: &Outcome, seed: u64) -> Option<Job> {
    match outcome {
        Outcome::LostTouch(_) => {
            later(world, 120);
            let record = kept(world).unwrap_or_else(|| job.record().clone());
            Some(Job::resume(record, Pace::REMOTE, seed))
        }
        Outcome::Uncertain(_) if world.plan.sends_again && world.plan.host == HostKind::Kinora => {
            later(world, 120);
            let record = kept(world).unwrap_or_else(|| job.record().clone());
            Some(Job::again(record, request(), Pace::REMOTE, seed))
        }
        Outcome::Uncertain(_) if world.plan.finds_it => {
            later(world, 300);
            let id = world.inner().truth.accepted.first().cloned()?;
            let record = kept(world).unwrap_or_else(|| job.record().clone());
            let record = record.found(id);
            world.inner().kept = Some(record.to_value());
            Some(Job::resume(record, Pace::REMOTE, seed))
        }
        // Some look again at a job that is over.
        _ if world.inner().dice.percent(5) => {
            let record = kept(world)?;
            let is_over = matches!(record.stage, Stage::Ended { .. });
            is_over.then(|| Job::resume(record, Pace::REMOTE, seed))
        }
        _ => None,
    }
}

fn later(world: &World, seconds: u64) {
    let until = {
        let mut inner = world.inner();
        inner.time + inner.dice.between(0, seconds * SECOND)
    };
    world.pass(until);
}

fn kept(world: &World) -> Option<Record> {
    let inner = world.inner();
    inner
        .kept
        .as_ref()
        .and_then(|kept| Record::from_value(kept).ok())
}

fn new_job(world: &World, seed: u64) -> Job {
    Job::new(
        request(),
        world.connection.clone(),
        world.intent.clone(),
        Pace::REMOTE,
        seed,
        world.now(),
    )
}

thread_local! {
    static REQUEST: Request = {
        let draft = Wan22::new("the fog lifts", "https://example.com/lake.jpg").draft();
        let base = BaseUrl::parse(BASE).expect("a base");
        let facts = Facts::new(Connection::new(base, HostKind::Kinora).reach());
        let checked = draft.check(&ModelSpec::wan_2_2(), &facts);
        checked.request.expect("it may be sent")
    };
}

fn request() -> Request {
    REQUEST.with(Clone::clone)
}

/// More sessions than any person has with one job, here.
const MOST_SESSIONS: usize = 200;

/// How long after the last disturbance and the job's own end the outcome is told at the latest.
pub(crate) const ENDS_WITHIN: Micros = 150 * SECOND;
