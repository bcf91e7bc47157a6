//! What the emulator leaves to its host: the clock, the outputs, and a full log.

use std::sync::{Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use kinora::{BaseUrl, HttpRequest, Object, RequestId, Value, WallTime};
use kinora_emulator::{Emulator, Reply, Scenario};
use tokio::sync::watch;

use super::clip::Clip;
use super::entry::Entry;

/// A running emulator.
#[derive(Debug)]
pub(super) struct Host {
    base: BaseUrl,
    clip: Clip,
    inner: Mutex<Inner>,
    ended: watch::Sender<bool>,
}

#[derive(Debug)]
struct Inner {
    emulator: Emulator,
    log: Vec<Entry>,
}

impl Host {
    pub(super) fn new(scenario: Scenario, clip: Clip, base: BaseUrl) -> Self {
        let inner = Inner {
            emulator: Emulator::new(scenario, base.clone()),
            log: Vec::new(),
        };
        Self {
            base,
            clip,
            inner: Mutex::new(inner),
            ended: watch::Sender::new(false),
        }
    }

    /// The file that every job makes.
    pub(super) fn clip(&self) -> &Clip {
        &self.clip
    }

    /// Ends whatever waits for [`ended`](Self::ended).
    pub(super) fn end(&self) {
        self.ended.send_replace(true);
    }

    /// Resolves when the host is to end.
    pub(super) async fn ended(&self) {
        // The sender lives as long as `self`, so waiting cannot fail.
        let _ = self.ended.subscribe().wait_for(|ended| *ended).await;
    }

    /// The whole URL of a path and query of this host.
    pub(super) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// Hands a call to the emulator.
    pub(super) fn answer(&self, request: &HttpRequest) -> Reply {
        let extension = self.clip.extension();
        let output = |id: &RequestId| format!("{}{OUTPUTS}{id}.{extension}", self.base);
        self.with(|inner| inner.emulator.answer_with(request, now(), output))
    }

    pub(super) fn remember(&self, entry: Entry) {
        self.with(|inner| inner.log.push(entry));
    }

    /// The log as JSON: what was asked, and how many jobs were accepted.
    pub(super) fn log(&self) -> Object {
        self.with(|inner| {
            let asked = inner.log.iter().map(Entry::to_value).collect();
            let accepted = i64::try_from(inner.emulator.accepted()).unwrap_or(i64::MAX);
            let mut log = Object::new()
                .with("jobs_accepted", accepted)
                .with("counts", counts(&inner.log));
            for (name, counted) in inner.emulator.counts().to_object().iter() {
                log.insert(name, counted.clone());
            }
            log.with("asked", Value::List(asked))
        })
    }

    /// A panic in another call leaves the emulator between two jobs, which is fine to go on with.
    fn with<T>(&self, act: impl FnOnce(&mut Inner) -> T) -> T {
        act(&mut self.inner.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Where outputs are.
pub(super) const OUTPUTS: &str = "/outputs/";

/// How often each method and path was asked, in the order of first asking.
fn counts(log: &[Entry]) -> Object {
    log.iter().fold(Object::new(), |counts, entry| {
        let what = entry.what();
        let before = counts.get(&what).and_then(Value::as_int).unwrap_or(0);
        counts.with(what, before + 1)
    })
}

fn now() -> WallTime {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    WallTime::from_unix_millis(u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
}
