//! The loop itself: what interrupts what, on a platform that answers when told to.

use core::cell::{Cell, RefCell};
use core::task::Poll;
use std::collections::VecDeque;

use futures_util::FutureExt;
use futures_util::stream;

use super::*;
use crate::{HostKind, IntentId, Monotonic, Object, Pace, Request, Value, WallTime};

/// A world that answers calls from a script, and whose pauses never end unless it is said so.
#[derive(Default)]
struct Script {
    answers: RefCell<VecDeque<Object>>,
    asked: RefCell<Vec<String>>,
    pauses_end: Cell<bool>,
    pausing: Cell<bool>,
    time: Cell<Duration>,
    /// Turns that are still to be waited for.
    turns: Cell<u32>,
    turn_never_comes: Cell<bool>,
    held: Cell<Option<Duration>>,
    too_many: Cell<bool>,
}

impl Script {
    fn answering(answers: &[&str]) -> Self {
        let parse = |text: &&str| match serde_json::from_str(text) {
            Ok(Value::Object(object)) => object,
            _ => panic!("{text} is no JSON object"),
        };
        Self {
            answers: RefCell::new(answers.iter().map(parse).collect()),
            ..Self::default()
        }
    }

    fn asked(&self) -> Vec<String> {
        self.asked.borrow().clone()
    }
}

impl Platform for Script {
    fn now(&self) -> Now {
        let wall = WallTime::from_unix_millis(0).plus(self.time.get());
        Now {
            monotonic: Monotonic::after_origin(self.time.get()),
            wall,
        }
    }

    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let last = request
            .url
            .rsplit('/')
            .next()
            .unwrap_or_default()
            .to_owned();
        self.asked.borrow_mut().push(last);
        if self.too_many.replace(false) {
            return Ok(HttpResponse::json(429, Object::new()));
        }
        let answer = self.answers.borrow_mut().pop_front();
        match answer {
            Some(object) => Ok(HttpResponse::json(200, object)),
            None => pending().await,
        }
    }

    async fn sleep(&self, span: Duration) {
        self.pausing.set(true);
        if !self.pauses_end.get() {
            pending::<()>().await;
        }
        self.time.set(self.time.get() + span);
    }

    fn turn(&self, _: &IntentId, _: Method) -> Turn {
        match self.turns.get() {
            0 => Turn::Ready,
            more => {
                self.turns.set(more - 1);
                if self.turn_never_comes.get() {
                    self.pauses_end.set(false);
                }
                Turn::Wait(Duration::from_secs(1))
            }
        }
    }

    fn hold(&self, span: Duration) {
        self.held.set(Some(span));
    }

    async fn store(&self, _: Record) -> Result<(), StoreError> {
        Ok(())
    }
}

fn job() -> Job {
    let (request, connection) = Request::sample(HostKind::RunComfy);
    let now = Script::default().now();
    Job::new(request, connection, IntentId::mint(1), Pace::REMOTE, 1, now)
}

const ACCEPTED: &str = r#"{"request_id":"r1"}"#;
const RUNNING: &str = r#"{"status":"in_progress"}"#;
const COMPLETED: &str = r#"{"status":"completed"}"#;
const SUCCEEDED: &str = r#"{"status":"succeeded","output":"https://x/a.mp4"}"#;
const STOPPED: &str = r#"{"status":"completed","outcome":"cancelled"}"#;
const CANCELLED: &str = r#"{"status":"cancelled"}"#;

#[test]
fn a_job_is_driven_to_its_outcome() {
    let script = Script::answering(&[ACCEPTED, RUNNING, COMPLETED, SUCCEEDED]);
    script.pauses_end.set(true);
    let mut events = 0;
    let outcome = drive(&mut job(), &script, stream::empty(), |_| events += 1).now_or_never();
    assert!(matches!(outcome, Some(Outcome::Succeeded(files)) if files.len() == 1));
    assert_eq!(
        script.asked(),
        ["image-to-video", "status", "status", "result"]
    );
    assert_eq!(events, 4, "submitting, accepted, in progress, completed");
}

#[test]
fn a_command_interrupts_a_pause_at_once() {
    let script = Script::answering(&[ACCEPTED, STOPPED, CANCELLED]);
    let pressed = Cell::new(false);
    let commands = stream::poll_fn(|_| match script.pausing.get() && !pressed.replace(true) {
        true => Poll::Ready(Some(Command::Cancel)),
        false => Poll::Pending,
    });
    let outcome = drive(&mut job(), &script, commands, |_| ()).now_or_never();
    assert!(matches!(outcome, Some(Outcome::Cancelled)));
    assert_eq!(script.asked(), ["image-to-video", "cancel", "status"]);
}

#[test]
fn a_cancel_during_a_call_waits_for_its_answer() {
    let script = Script::answering(&[ACCEPTED, STOPPED, CANCELLED]);
    let commands = stream::iter([Command::Cancel]).chain(stream::pending());
    let mut job = job();
    let outcome = drive(&mut job, &script, commands, |_| ()).now_or_never();
    assert!(matches!(outcome, Some(Outcome::Cancelled)));
    assert_eq!(script.asked(), ["image-to-video", "cancel", "status"]);
}

#[test]
fn a_driver_whose_commands_ended_goes_on() {
    let script = Script::answering(&[ACCEPTED]);
    let mut job = job();
    let outcome = drive(&mut job, &script, stream::empty(), |_| ()).now_or_never();
    assert!(outcome.is_none(), "it waits in its pause and does not spin");
}

#[test]
fn a_request_waits_for_its_turn() {
    let script = Script::answering(&[ACCEPTED, COMPLETED, SUCCEEDED]);
    script.pauses_end.set(true);
    script.turns.set(100);
    let outcome = drive(&mut job(), &script, stream::empty(), |_| ()).now_or_never();
    assert!(matches!(outcome, Some(Outcome::Succeeded(_))));
    assert!(script.time.get() > Duration::from_secs(100));
}

#[test]
fn a_call_that_waits_for_its_turn_is_called_off() {
    let pressed = Cell::new(false);
    let script = Script::answering(&[ACCEPTED]);
    script.turns.set(1);
    let commands = stream::poll_fn(|_| match script.pausing.get() && !pressed.replace(true) {
        true => Poll::Ready(Some(Command::Cancel)),
        false => Poll::Pending,
    });
    let outcome = drive(&mut job(), &script, commands, |_| ()).now_or_never();
    assert!(matches!(outcome, Some(Outcome::Cancelled)), "{outcome:?}");
    assert_eq!(script.asked(), [""; 0], "nothing was sent");
}

#[test]
fn a_question_that_waits_for_its_turn_makes_way_for_a_cancel() {
    let script = Script::answering(&[ACCEPTED, STOPPED, CANCELLED]);
    script.pauses_end.set(true);
    script.turn_never_comes.set(true);
    let pressed = Cell::new(false);
    let waits = || script.turns.get() == 0 && !script.pauses_end.get();
    let commands = stream::poll_fn(|_| match waits() && !pressed.replace(true) {
        true => Poll::Ready(Some(Command::Cancel)),
        false => Poll::Pending,
    });
    let mut job = job();
    let outcome = drive(&mut job, &script, commands, |event| {
        if matches!(event, Event::Accepted(_)) {
            script.turns.set(1);
        }
    });
    assert!(matches!(outcome.now_or_never(), Some(Outcome::Cancelled)));
    assert_eq!(script.asked(), ["image-to-video", "cancel", "status"]);
}

#[test]
fn all_jobs_hear_of_a_service_that_is_overrun() {
    let script = Script::answering(&[ACCEPTED, COMPLETED, SUCCEEDED]);
    script.pauses_end.set(true);
    script.too_many.set(true);
    let outcome = drive(&mut job(), &script, stream::empty(), |_| ()).now_or_never();
    assert!(matches!(outcome, Some(Outcome::Succeeded(_))));
    assert!(script.held.get().is_some());
}
