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
