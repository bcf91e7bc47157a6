//! What the emulator leaves to its host: the clock, the outputs, and a full log.

use std::sync::{Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use kinora::{BaseUrl, HttpRequest, Media, MediaKind, Object, Value, WallTime};
use kinora_emulator::{Calls, Counts, Emulator, Intent, Reply, Scenario};
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

    /// Hands a call to the emulator. A result that is due costs nothing here, so it is handed in
    /// whenever somebody asks; the emulator holds it back for as long as a job runs.
    pub(super) fn answer(&self, request: &HttpRequest) -> Reply {
        let now = now();
        self.with(|inner| {
            inner.settle(&self.outputs(), now);
            let reply = inner.emulator.answer(request, now);
            inner.settle(&self.outputs(), now);
            reply
        })
    }

    /// An output's address, but for the job's id.
    fn outputs(&self) -> [String; 2] {
        [
            format!("{}{OUTPUTS}", self.base),
            format!(".{}", self.clip.extension()),
        ]
    }

    pub(super) fn remember(&self, entry: Entry) {
        self.with(|inner| inner.log.push(entry));
    }

    /// The log as JSON: what was asked, and how many jobs were accepted.
    pub(super) fn log(&self) -> Object {
        self.with(|inner| {
            let asked = inner.log.iter().map(Entry::to_value).collect();
            Object::new()
                .with("jobs_accepted", whole(inner.emulator.accepted()))
                .with("counts", counts(&inner.log))
                .with("calls", calls(&inner.emulator.counts().calls))
                .with("accounts", accounts(inner.emulator.counts()))
                .with("intents", intents(inner.emulator.counts()))
                .with("asked", Value::List(asked))
        })
    }

    /// A panic in another call leaves the emulator between two jobs, which is fine to go on with.
    fn with<T>(&self, act: impl FnOnce(&mut Inner) -> T) -> T {
        act(&mut self.inner.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Inner {
    fn settle(&mut self, [before, after]: &[String; 2], now: WallTime) {
        loop {
            let due = self.emulator.due(now);
            if due.is_empty() {
                return;
            }
            for work in due {
                let media = Media {
                    kind: MediaKind::Video,
                    url: format!("{before}{}{after}", work.id),
                };
                self.emulator.finish(&work.id, Ok(vec![media]), now);
            }
        }
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

fn calls(calls: &Calls) -> Object {
    let named = calls.named().into_iter();
    named.map(|(name, count)| (name, whole(count))).collect()
}

/// In the order of the tokens, which are not told.
fn accounts(counts: &Counts) -> Value {
    let accounts = counts.accounts.iter().map(calls);
    Value::List(accounts.map(Value::Object).collect())
}

fn intents(counts: &Counts) -> Object {
    let told = |intent: &Intent| {
        Object::new()
            .with("submitted", whole(intent.submitted))
            .with("accepted", whole(intent.accepted))
    };
    let intents = counts.intents.iter();
    intents
        .map(|(name, intent)| (name.as_str(), Value::Object(told(intent))))
        .collect()
}

fn whole(number: u64) -> Value {
    Value::Int(i64::try_from(number).unwrap_or(i64::MAX))
}

fn now() -> WallTime {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    WallTime::from_unix_millis(u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
}
