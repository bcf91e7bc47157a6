//! The service as a value, so that it outlives a reload of its host.

use core::fmt;
use core::time::Duration;

use kinora::wire::{answer, key, word};
use kinora::{BaseUrl, IntentId, ModelId, Object, RequestId, ServiceState, Value, WallTime};

use crate::emulator::{Clock, Promise};
use crate::job::{Job, Made, State};
use crate::line::Line;
use crate::token::Account;
use crate::{Emulator, Scenario};

/// A value is no snapshot that can be restored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SnapshotProblem {
    /// It was written by a newer Kinora.
    Newer,
    /// This part is missing or malformed.
    Part(&'static str),
}

impl fmt::Display for SnapshotProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Newer => formatter.write_str(
                "The demo's jobs were stored by a newer version of Kinora. Reload the page to get it.",
            ),
            Self::Part(part) => write!(
                formatter,
                "The demo's stored jobs cannot be read: their \"{part}\" is damaged."
            ),
        }
    }
}

impl core::error::Error for SnapshotProblem {}

impl Emulator {
    /// Format of the values that [`snapshot`](Self::snapshot) writes.
    pub const VERSION: i64 = 1;

    /// Its jobs, promises and time as a value. The scenario is not part of it, nor is the log, nor
    /// how often each fault has happened.
    pub fn snapshot(&self) -> Value {
        let jobs = self.line.jobs.iter().map(job_value).collect();
        let promises = self.promises.iter().map(promise_value).collect();
        let mut object = Object::new()
            .with(VERSION, Self::VERSION)
            .with(TIME, span(self.clock.time))
            .with(FREED_AT, span(self.line.freed_at))
            .with(ACCEPTED, whole(self.accepted))
            .with(
                SPENT,
                Value::List(self.spent.iter().copied().map(whole).collect()),
            )
            .with(JOBS, Value::List(jobs))
            .with(PROMISES, Value::List(promises));
        if let Some(seen) = self.clock.seen {
            object.insert(SEEN, whole(seen.unix_millis()));
        }
        Value::Object(object)
    }

    /// The service as it was, under a scenario of today. The time in between has passed for it too.
    ///
    /// # Errors
    /// When the value was written by a newer version, or a part of it is missing or malformed.
    pub fn restore(
        scenario: Scenario,
        base: BaseUrl,
        value: &Value,
    ) -> Result<Self, SnapshotProblem> {
        let object = value.as_object().ok_or(SnapshotProblem::Part(VERSION))?;
        match object.get(VERSION).and_then(Value::as_int) {
            Some(Self::VERSION) => {}
            Some(version) if version > Self::VERSION => return Err(SnapshotProblem::Newer),
            _ => return Err(SnapshotProblem::Part(VERSION)),
        }
        let mut emulator = Self::new(scenario, base);
        let seen = object.get(SEEN).map(|_| number(object, SEEN)).transpose()?;
        emulator.clock = Clock {
            seen: seen.map(WallTime::from_unix_millis),
            time: time(object, TIME)?,
        };
        emulator.line = Line {
            jobs: list(object, JOBS, job)?,
            freed_at: time(object, FREED_AT)?,
        };
        emulator.promises = list(object, PROMISES, promise)?;
        emulator.accepted = number(object, ACCEPTED)?;
        emulator.spent = spent(object, emulator.accepted)?;
        Ok(emulator)
    }
}

const VERSION: &str = "version";
const TIME: &str = "time";
const SEEN: &str = "seen";
const FREED_AT: &str = "freed_at";
const SPENT: &str = "spent";
const ACCEPTED: &str = "accepted";
const JOBS: &str = "jobs";
const PROMISES: &str = "promises";
const FAILS: &str = "fails";
const MODEL: &str = "model";
const INPUT: &str = "input";
const ACCOUNT: &str = "account";
const ACCEPTED_AT: &str = "accepted_at";
const SINCE: &str = "since";
const AT: &str = "at";
const ANSWER: &str = "answer";
const INTENT: &str = "intent";

fn job_value(job: &Job) -> Value {
    let object = Object::new()
        .with(key::REQUEST_ID, job.id.as_str())
        .with(MODEL, job.model.as_str())
        .with(INPUT, job.input.clone())
        .with(ACCOUNT, whole(job.account.0 as u64))
        .with(ACCEPTED_AT, span(job.accepted_at))
        .with(key::STATUS, answer::state_word(&job.service_state()));
    let object = if job.fails {
        object.with(FAILS, true)
    } else {
        object
    };
    Value::Object(match &job.state {
        State::Queued => object,
        State::Running {
            since, made: None, ..
        } => object.with(SINCE, span(*since)),
        State::Running {
            since,
            made: Some(made),
            ..
        } => object
            .with(SINCE, span(*since))
            .with(AT, span(made.at))
            .with(ANSWER, made.answer.clone()),
        State::Ended { at, answer, .. } => object.with(AT, span(*at)).with(ANSWER, answer.clone()),
    })
}

fn job(object: &Object) -> Result<Job, SnapshotProblem> {
    Ok(Job {
        id: text(object, key::REQUEST_ID, |text| RequestId::parse(text).ok())?,
        model: text(object, MODEL, |text| ModelId::parse(text).ok())?,
        input: inner(object, INPUT)?,
        account: account(object)?,
        fails: object
            .get(FAILS)
            .and_then(Value::as_bool)
            .unwrap_or_default(),
        accepted_at: time(object, ACCEPTED_AT)?,
        state: state(object)?,
    })
}

fn state(object: &Object) -> Result<State, SnapshotProblem> {
    let ended = |state| {
        Ok(State::Ended {
            at: time(object, AT)?,
            state,
            answer: inner(object, ANSWER)?,
        })
    };
    match object.text(key::STATUS) {
        Some(word::IN_QUEUE) => Ok(State::Queued),
        Some(word::IN_PROGRESS) => Ok(State::Running {
            since: time(object, SINCE)?,
            handed_out: false,
            made: object.get(ANSWER).map(|_| made(object)).transpose()?,
        }),
        Some(word::COMPLETED) => ended(ServiceState::Completed),
        Some(word::CANCELLED) => ended(ServiceState::Cancelled),
        _ => Err(SnapshotProblem::Part(key::STATUS)),
    }
}

fn made(object: &Object) -> Result<Made, SnapshotProblem> {
    Ok(Made {
        at: time(object, AT)?,
        answer: inner(object, ANSWER)?,
    })
}

fn promise_value(promise: &Promise) -> Value {
    Value::Object(
        Object::new()
            .with(INTENT, promise.intent.as_str())
            .with(ACCOUNT, whole(promise.account.0 as u64))
            .with(key::REQUEST_ID, promise.id.as_str())
            .with(AT, span(promise.at)),
    )
}

fn promise(object: &Object) -> Result<Promise, SnapshotProblem> {
    Ok(Promise {
        intent: text(object, INTENT, |text| IntentId::parse(text).ok())?,
        account: account(object)?,
        id: text(object, key::REQUEST_ID, |text| RequestId::parse(text).ok())?,
        at: time(object, AT)?,
    })
}

fn account(object: &Object) -> Result<Account, SnapshotProblem> {
    let number = usize::try_from(number(object, ACCOUNT)?);
    number
        .map(Account)
        .map_err(|_| SnapshotProblem::Part(ACCOUNT))
}

/// What each account has paid for. Before accounts had balances of their own, all was one's.
fn spent(object: &Object, accepted: u64) -> Result<Vec<u64>, SnapshotProblem> {
    let Some(spent) = object.get(SPENT) else {
        return Ok(vec![accepted]);
    };
    let number = |number: &Value| u64::try_from(number.as_int()?).ok();
    let numbers = spent
        .as_list()
        .and_then(|numbers| numbers.iter().map(number).collect());
    numbers.ok_or(SnapshotProblem::Part(SPENT))
}

fn list<T>(
    object: &Object,
    key: &'static str,
    read: impl Fn(&Object) -> Result<T, SnapshotProblem>,
) -> Result<Vec<T>, SnapshotProblem> {
    let items = object
        .get(key)
        .and_then(Value::as_list)
        .ok_or(SnapshotProblem::Part(key))?;
    let read = |item: &Value| read(item.as_object().ok_or(SnapshotProblem::Part(key))?);
    items.iter().map(read).collect()
}

fn text<T>(
    object: &Object,
    key: &'static str,
    parse: impl Fn(&str) -> Option<T>,
) -> Result<T, SnapshotProblem> {
    object
        .text(key)
        .and_then(parse)
        .ok_or(SnapshotProblem::Part(key))
}

fn inner(object: &Object, key: &'static str) -> Result<Object, SnapshotProblem> {
    let inner = object.get(key).and_then(Value::as_object);
    inner.cloned().ok_or(SnapshotProblem::Part(key))
}

fn time(object: &Object, key: &'static str) -> Result<Duration, SnapshotProblem> {
    number(object, key).map(Duration::from_millis)
}

fn number(object: &Object, key: &'static str) -> Result<u64, SnapshotProblem> {
    let number = object.get(key).and_then(Value::as_int);
    number
        .and_then(|number| u64::try_from(number).ok())
        .ok_or(SnapshotProblem::Part(key))
}

/// In milliseconds.
fn span(span: Duration) -> Value {
    whole(u64::try_from(span.as_millis()).unwrap_or(u64::MAX))
}

fn whole(number: u64) -> Value {
    Value::Int(i64::try_from(number).unwrap_or(i64::MAX))
}
