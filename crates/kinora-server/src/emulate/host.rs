//! What the emulator leaves to its host: the clock, the outputs, and a full log.

use std::sync::{Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use kinora::wire::key;
use kinora::{BaseUrl, HttpRequest, Media, MediaKind, Object, RequestId, Value, WallTime};
use kinora_emulator::{Emulator, Reply};

use super::Options;
use super::entry::Entry;
use super::fault::Mishap;

/// A running emulator.
#[derive(Debug)]
pub(super) struct Host {
    base: BaseUrl,
    inner: Mutex<Inner>,
}

#[derive(Debug)]
struct Inner {
    emulator: Emulator,
    /// How many more jobs fail; any number when absent.
    failures: Option<u32>,
    log: Vec<Entry>,
}

impl Host {
    pub(super) fn new(options: &Options, base: BaseUrl) -> Self {
        let failures = options.mishaps.iter().find_map(|mishap| match mishap {
            Mishap::Run(times) => Some(*times),
            Mishap::Call(_) => None,
        });
        let inner = Inner {
            emulator: Emulator::new(options.scenario(), base.clone()),
            failures: failures.unwrap_or(Some(0)),
            log: Vec::new(),
        };
        Self {
            base,
            inner: Mutex::new(inner),
        }
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
            inner.settle(&self.base, now);
            let reply = inner.emulator.answer(request, now);
            inner.settle(&self.base, now);
            reply
        })
    }

    pub(super) fn remember(&self, entry: Entry) {
        self.with(|inner| inner.log.push(entry));
    }

    /// The log as JSON: what was asked, and how many jobs were accepted.
    pub(super) fn log(&self) -> Object {
        self.with(|inner| {
            let asked = inner.log.iter().map(Entry::to_value).collect();
            Object::new()
                .with(
                    "jobs_accepted",
                    i64::try_from(inner.emulator.accepted()).unwrap_or(i64::MAX),
                )
                .with("counts", counts(&inner.log))
                .with("asked", Value::List(asked))
        })
    }

    /// A panic in another call leaves the emulator between two jobs, which is fine to go on with.
    fn with<T>(&self, act: impl FnOnce(&mut Inner) -> T) -> T {
        act(&mut self.inner.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Inner {
    fn settle(&mut self, base: &BaseUrl, now: WallTime) {
        loop {
            let due = self.emulator.due(now);
            if due.is_empty() {
                return;
            }
            for work in due {
                let made = self.make(base, &work.id);
                self.emulator.finish(&work.id, made, now);
            }
        }
    }

    fn make(&mut self, base: &BaseUrl, id: &RequestId) -> Result<Vec<Media>, Value> {
        match &mut self.failures {
            Some(0) => Ok(vec![Media {
                kind: MediaKind::Video,
                url: format!("{base}{OUTPUTS}{id}.mp4"),
            }]),
            Some(left) => {
                *left -= 1;
                Err(failure())
            }
            None => Err(failure()),
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

fn failure() -> Value {
    Value::Object(Object::new().with(key::MESSAGE, "The job failed on purpose."))
}

fn now() -> WallTime {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    WallTime::from_unix_millis(u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
}
