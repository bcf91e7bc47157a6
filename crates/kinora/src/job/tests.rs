//! A case a state and a fault, on a bench without time or network.

use super::*;
use crate::{
    Body, HostKind, HttpResponse, StoreError, TransportError, TransportErrorKind, Value, WallTime,
};

mod again;
mod cancel;
mod deadline;
mod every;
mod record;
mod time;
mod trouble;

/// A job on a bench: what it wants comes out as short texts.
struct Bench {
    job: Job,
    now: Duration,
}

impl Bench {
    fn new() -> Self {
        let (request, connection) = Request::sample(HostKind::Kinora);
        let now = at(Duration::ZERO);
        let job = Job::new(request, connection, IntentId::mint(1), Pace::REMOTE, 1, now);
        Self {
            job,
            now: Duration::ZERO,
        }
    }

    fn resumed(record: Record) -> Self {
        Self {
            job: Job::resume(record, Pace::REMOTE, 1),
            now: Duration::ZERO,
        }
    }

    /// A job whose submit is on its way.
    fn submitting() -> Self {
        let mut bench = Self::new();
        bench.tell(Input::Stored);
        bench
    }

    /// A job that was accepted and waits to ask.
    fn watching() -> Self {
        let mut bench = Self::submitting();
        bench.answer(200, r#"{"request_id":"r1"}"#);
        bench.tell(Input::Stored);
        bench
    }

    /// A job whose status call is on its way.
    fn asking() -> Self {
        let mut bench = Self::watching();
        bench.wake();
        bench
    }

    fn tell(&mut self, input: Input) -> Vec<String> {
        self.job.handle(input, at(self.now));
        self.wants()
    }

    fn answer(&mut self, status: u16, text: &str) -> Vec<String> {
        let body = serde_json::from_str::<Value>(text)
            .map_or_else(|_| Body::Text(text.to_owned()), Body::Json);
        self.tell(Input::Response(HttpResponse {
            status,
            headers: Vec::new(),
            body,
        }))
    }

    fn lose(&mut self) -> Vec<String> {
        let words = "connection reset".to_owned();
        self.tell(Input::Failed(TransportError {
            kind: TransportErrorKind::NoAnswer,
            words,
        }))
    }

    /// Lets a long pause pass.
    fn wake(&mut self) -> Vec<String> {
        self.now += Duration::from_secs(60);
        self.tell(Input::Woke)
    }

    fn wants(&mut self) -> Vec<String> {
        let mut wants = Vec::new();
        while let Some(output) = self.job.poll(at(self.now)) {
            wants.push(short(&output));
        }
        wants
    }
}

fn at(now: Duration) -> Now {
    let wall = WallTime::from_unix_millis(1_795_305_600_000).plus(now);
    Now {
        monotonic: Monotonic::after_origin(now),
        wall,
    }
}

fn short(output: &Output) -> String {
    match output {
        Output::Store(record) => format!("store {}", stage(&record.stage)),
        Output::Send(request) => {
            let path = request.url.trim_start_matches("https://api.example/v1/");
            format!("{} {path}", request.method.as_str())
        }
        Output::Sleep(_) => "sleep".to_owned(),
        Output::Event(event) => format!("event {}", news(event)),
        Output::Done(outcome) => format!("done {}", ended(outcome)),
    }
}

fn stage(stage: &Stage) -> &'static str {
    match stage {
        Stage::Sending => "sending",
        Stage::Uncertain => "uncertain",
        Stage::Accepted(_) => "accepted",
        Stage::Ended { .. } => "ended",
    }
}

fn news(event: &Event) -> String {
    match event {
        Event::Submitting => "submitting".to_owned(),
        Event::Accepted(ticket) => format!("accepted {}", ticket.id),
        Event::Status(status) => format!("{:?} {:?}", status.state, status.queue_position),
        Event::Trouble { error, .. } => format!("trouble {}", error.code()),
        Event::Cancel(CancelNews::Failed(error)) => format!("cancel failed {}", error.code()),
        Event::Cancel(news) => format!("cancel {news:?}"),
        Event::NotKept(_) => "not kept".to_owned(),
    }
}

fn ended(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Succeeded(files) => format!("succeeded {}", files.len()),
        Outcome::Failed(failure) => format!("failed {}", failure.words),
        Outcome::Cancelled => "cancelled".to_owned(),
        Outcome::Refused(error) => format!("refused {}", error.code()),
        Outcome::Uncertain(error) => format!("uncertain {}", error.code()),
        Outcome::Expired => "expired".to_owned(),
        Outcome::LostTouch(error) => format!("lost touch {}", error.code()),
        Outcome::Overdue => "overdue".to_owned(),
    }
}

const SUBMIT: &str = "POST models/wan-ai/wan-2-2/image-to-video";
const STATUS: &str = "GET requests/r1/status";
const RESULT: &str = "GET requests/r1/result";
const CANCEL: &str = "POST requests/r1/cancel";

#[test]
fn a_job_goes_from_wish_to_video() {
    let mut bench = Bench::new();
    assert_eq!(bench.wants(), ["store sending"]);
    assert_eq!(bench.tell(Input::Stored), ["event submitting", SUBMIT]);
    let accepted = bench.answer(200, r#"{"request_id":"r1"}"#);
    assert_eq!(accepted, ["event accepted r1", "store accepted"]);
    assert_eq!(bench.tell(Input::Stored), ["sleep"]);
    assert_eq!(bench.wake(), [STATUS]);
    let queued = bench.answer(200, r#"{"status":"in_queue","queue_position":2}"#);
    assert_eq!(queued, ["event InQueue Some(2)", "sleep"]);
    assert_eq!(bench.wake(), [STATUS]);
    let running = bench.answer(200, r#"{"status":"in_progress"}"#);
    assert_eq!(running, ["event InProgress None", "sleep"]);
    assert_eq!(bench.wake(), [STATUS]);
    let completed = bench.answer(200, r#"{"status":"completed"}"#);
    assert_eq!(completed, ["event Completed None", RESULT]);
    let made = r#"{"status":"succeeded","output":{"video":"https://x/a.mp4"}}"#;
    assert_eq!(bench.answer(200, made), ["store ended"]);
    assert_eq!(bench.tell(Input::Stored), ["done succeeded 1"]);
}

#[test]
fn nothing_is_sent_before_the_intent_is_kept() {
    let mut bench = Bench::new();
    assert_eq!(bench.wants(), ["store sending"]);
    assert_eq!(bench.wake(), [""; 0]);
    let full = StoreError {
        words: "quota".to_owned(),
    };
    assert_eq!(
        bench.tell(Input::StoreFailed(full)),
        ["done refused not_stored"]
    );
}

#[test]
fn nothing_is_asked_before_the_ticket_is_kept() {
    let mut bench = Bench::submitting();
    bench.answer(200, r#"{"request_id":"r1"}"#);
    assert_eq!(bench.wake(), [""; 0]);
    assert_eq!(bench.tell(Input::Stored), ["sleep"]);
}

#[test]
fn a_ticket_that_cannot_be_kept_is_told_and_the_job_goes_on() {
    let mut bench = Bench::submitting();
    bench.answer(200, r#"{"request_id":"r1"}"#);
    let full = StoreError {
        words: "quota".to_owned(),
    };
    assert_eq!(
        bench.tell(Input::StoreFailed(full)),
        ["event not kept", "sleep"]
    );
}

#[test]
fn a_status_is_told_once_while_it_stays() {
    let mut bench = Bench::asking();
    let running = r#"{"status":"in_progress"}"#;
    assert_eq!(
        bench.answer(200, running),
        ["event InProgress None", "sleep"]
    );
    bench.wake();
    assert_eq!(bench.answer(200, running), ["sleep"]);
}

#[test]
fn an_unknown_state_is_told_once_and_watched_on() {
    let mut bench = Bench::asking();
    let odd = r#"{"status":"warming"}"#;
    assert_eq!(
        bench.answer(200, odd),
        ["event Unknown(\"warming\") None", "sleep"]
    );
    bench.wake();
    bench.answer(200, r#"{"status":"in_progress"}"#);
    bench.wake();
    assert_eq!(bench.answer(200, odd), ["sleep"]);
}

#[test]
fn completed_without_a_result_keeps_waiting_for_it() {
    let mut bench = Bench::asking();
    bench.answer(200, r#"{"status":"completed"}"#);
    assert_eq!(bench.answer(200, r#"{"status":"in_progress"}"#), ["sleep"]);
    assert_eq!(bench.wake(), [RESULT]);
    assert_eq!(bench.answer(400, r#"{"error_code":400005}"#), ["sleep"]);
    assert_eq!(bench.wake(), [RESULT]);
    let failed = r#"{"status":"failed","error":{"message":"no luck"}}"#;
    assert_eq!(bench.answer(200, failed), ["store ended"]);
    assert_eq!(bench.tell(Input::Stored), ["done failed no luck"]);
}

#[test]
fn an_early_wake_goes_back_to_sleep() {
    let mut bench = Bench::watching();
    assert_eq!(bench.tell(Input::Woke), ["sleep"]);
    assert_eq!(bench.wake(), [STATUS]);
}

#[test]
fn inputs_that_do_not_fit_change_nothing() {
    let strays = || {
        let response = HttpResponse::json(200, crate::Object::new());
        let error = TransportError {
            kind: TransportErrorKind::NoAnswer,
            words: String::new(),
        };
        let store = StoreError {
            words: String::new(),
        };
        [
            Input::Stored,
            Input::StoreFailed(store),
            Input::Response(response),
            Input::Failed(error),
        ]
    };
    for stray in strays() {
        assert_eq!(Bench::watching().tell(stray), ["sleep"]);
    }
    for stray in strays().into_iter().take(2).chain([Input::Woke]) {
        assert_eq!(Bench::asking().tell(stray), [""; 0]);
    }
    for stray in strays().into_iter().skip(2).chain([Input::Woke]) {
        let mut bench = Bench::new();
        bench.wants();
        assert_eq!(bench.tell(stray), [""; 0]);
    }
    for stray in strays().into_iter().chain([Input::Woke, Input::Cancel]) {
        let mut bench = Bench::asking();
        bench.answer(200, r#"{"status":"cancelled"}"#);
        bench.tell(Input::Stored);
        assert_eq!(bench.tell(stray), [""; 0]);
    }
}
