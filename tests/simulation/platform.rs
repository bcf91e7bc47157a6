//! The world as a job's platform.

use std::future::poll_fn;
use std::task::Poll;
use std::time::Duration;

use futures_util::stream::{self, Stream};
use kinora::retry::Call;
use kinora::wire::header;
use kinora::wire::route::{self, Route};
use kinora::{
    Auth, Body, Command, HttpRequest, HttpResponse, Monotonic, Now, Object, Platform, Record,
    Stage, StoreError, TransportError, TransportErrorKind, WallTime,
};

use super::fate::{Back, Fate};
use super::moment::{Filling, Moment};
use super::plan::{CANARY, SECOND};
use super::world::{BEGAN, World, name};

/// The service's address.
pub(crate) const BASE: &str = "https://service.example";

impl Platform for World {
    fn now(&self) -> Now {
        let inner = self.inner();
        let wall = BEGAN.saturating_sub(inner.clock_back / 1000) + inner.time / 1000;
        Now {
            monotonic: Monotonic::after_origin(Duration::from_micros(inner.time)),
            wall: WallTime::from_unix_millis(wall),
        }
    }

    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let Some(call) = self.call(&request) else {
            self.inner()
                .ledger
                .broke("only the service's calls are made, at its base");
            return Err(failed(TransportErrorKind::NotSent));
        };
        let request = self.with_token(request);
        self.look_at(call);
        let slot = self.schedule(call, request);
        match self.filled(slot).await {
            Filling::Answered { answer, .. } => {
                self.note(|| format!("  {} was answered: {}", name(call), told(&answer)));
                answer.map(|answer| self.elsewhere(answer))
            }
            Filling::Woke | Filling::Stored(_) => Err(failed(TransportErrorKind::NoAnswer)),
        }
    }

    async fn sleep(&self, span: Duration) {
        self.note(|| format!("waits {:.3} s", span.as_secs_f64()));
        let slot = {
            let mut inner = self.inner();
            let slot = inner.slot();
            let span = u64::try_from(span.as_nanos().div_ceil(1000)).unwrap_or(u64::MAX);
            let until = inner.time.saturating_add(span);
            inner.at(until, Moment::Fills(slot, Filling::Woke));
            slot
        };
        self.filled(slot).await;
    }

    async fn store(&self, record: Record) -> Result<(), StoreError> {
        let value = record.to_value();
        let slot = {
            let mut inner = self.inner();
            if format!("{value:?}").contains(CANARY) {
                inner.ledger.broke("no record has the token in it");
            }
            let slot = inner.slot();
            let slow = inner.dice.percent(5);
            let takes = inner.dice.between(0, SECOND / if slow { 1 } else { 50 });
            let chance = self.plan.store_trouble;
            let fails = inner.time < self.plan.calm_at && inner.dice.percent(chance);
            inner.ledger.store_troubled |= fails;
            let at = inner.time + takes;
            inner.at(at, Moment::Keeps(slot, Box::new(value), !fails));
            slot
        };
        let stored = match self.filled(slot).await {
            Filling::Stored(stored) => stored,
            Filling::Woke | Filling::Answered { .. } => Ok(()),
        };
        self.note(|| {
            format!(
                "{} the record: {}",
                kept(stored.is_ok()),
                stage(&record.stage)
            )
        });
        stored
    }
}

impl World {
    /// What the person and the page tell the job.
    pub(crate) fn commands(&self) -> impl Stream<Item = Command> + Unpin {
        stream::poll_fn(|_| {
            let mut inner = self.inner();
            if inner.commands.is_empty() {
                return Poll::Pending;
            }
            let command = inner.commands.remove(0);
            let now = inner.time;
            inner.ledger.interrupted();
            if command == Command::Cancel {
                inner.ledger.cancel_wished(now);
            }
            Poll::Ready(Some(command))
        })
    }

    fn call(&self, request: &HttpRequest) -> Option<Call> {
        let path = request.url.strip_prefix(BASE)?;
        match route::recognise(request.method, path)? {
            Route::Submit(_) => Some(Call::Submit),
            Route::Status(_) => Some(Call::Status),
            Route::Result(_) => Some(Call::Result),
            Route::Cancel(_) => Some(Call::Cancel),
            Route::Models(_) | Route::Categories | Route::Model(_) => None,
        }
    }

    /// The token goes where it belongs, as every platform sends it.
    fn with_token(&self, mut request: HttpRequest) -> HttpRequest {
        if format!("{request:?}").contains(CANARY) {
            self.inner()
                .ledger
                .broke("no request carries the token by itself");
        }
        if request.auth == Auth::Base {
            let bearer = format!("Bearer {CANARY}");
            request
                .headers
                .push((header::AUTHORIZATION.to_owned(), bearer));
        }
        request
    }

    /// Nothing is sent before its intent is kept, nothing asked before its ticket is.
    fn look_at(&self, call: Call) {
        let mut inner = self.inner();
        let record = inner
            .kept
            .as_ref()
            .and_then(|kept| Record::from_value(kept).ok());
        let is_kept = match call {
            Call::Submit => record.is_some_and(|record| record.intent == self.intent),
            Call::Status | Call::Result | Call::Cancel => {
                inner.ledger.store_troubled
                    || record.is_some_and(|record| record.ticket().is_some())
            }
        };
        if !is_kept {
            inner.ledger.broke(match call {
                Call::Submit => "nothing is sent before its intent is kept",
                Call::Status | Call::Result | Call::Cancel => {
                    "nothing is asked before its ticket is kept"
                }
            });
        }
        let now = inner.time;
        inner.ledger.called(call, now);
    }

    /// Sends a call into its fate; the slot is filled with what comes of it.
    fn schedule(&self, call: Call, request: HttpRequest) -> u64 {
        let mut inner = self.inner();
        let (now, server) = (inner.time, inner.server().unix_millis() / 1000);
        let patience = u64::try_from(request.timeout.as_micros()).unwrap_or(u64::MAX);
        let fate = Fate::of(&mut inner.dice, &self.plan, call, now, server, patience);
        let slot = inner.slot();
        let (kind, known) = match fate.back {
            Back::Nothing(kind, after) => (kind, after.min(patience)),
            Back::Truth(_) | Back::Damaged(_) | Back::Instead(..) => {
                (TransportErrorKind::TimedOut, patience)
            }
        };
        let nothing = Filling::Answered {
            call,
            answer: Err(failed(kind)),
            wait: None,
            is_true: false,
        };
        inner.at(now + known, Moment::Fills(slot, nothing));
        let fate_name = fate.name;
        if let Some(arrives) = fate.arrives {
            let arrival = Moment::Arrives {
                call,
                request: Box::new(request),
                slot,
                fate: Box::new(fate),
            };
            inner.at(now + arrives, arrival);
        }
        drop(inner);
        self.note(|| format!("{} {fate_name}", name(call)));
        slot
    }

    /// Waits until a slot is filled.
    async fn filled(&self, slot: u64) -> Filling {
        poll_fn(|_| {
            let mut inner = self.inner();
            match inner.slots.get(&slot) {
                Some(Some(_)) => match inner.slots.remove(&slot) {
                    Some(Some(filling)) => Poll::Ready(filling),
                    Some(None) | None => Poll::Pending,
                },
                Some(None) | None => Poll::Pending,
            }
        })
        .await
    }

    /// Some answers name URLs of another host, which nobody may follow.
    fn elsewhere(&self, mut answer: HttpResponse) -> HttpResponse {
        if let (true, Body::Json(kinora::Value::Object(object))) =
            (self.plan.names_elsewhere, &mut answer.body)
        {
            let moved = object.iter().map(|(key, value)| match value.as_str() {
                Some(url) if url.starts_with(BASE) => (
                    key,
                    kinora::Value::from(url.replace(BASE, "https://elsewhere.example")),
                ),
                _ => (key, value.clone()),
            });
            let moved: Object = moved.collect();
            *object = moved;
        }
        answer
    }
}

fn failed(kind: TransportErrorKind) -> TransportError {
    TransportError {
        kind,
        words: "simulated".to_owned(),
    }
}

fn told(answer: &Result<HttpResponse, TransportError>) -> String {
    match answer {
        Err(error) => format!("{:?}", error.kind),
        Ok(answer) => {
            let mut text = match &answer.body {
                Body::Empty => String::new(),
                Body::Json(value) => serde_json::to_string(value).unwrap_or_default(),
                Body::Text(text) => format!("text {text:?}"),
            };
            text.truncate(text.floor_char_boundary(160));
            format!("{} {:?} {text}", answer.status, answer.headers)
        }
    }
}

fn kept(works: bool) -> &'static str {
    match works {
        true => "kept",
        false => "could not keep",
    }
}

/// A record's stage in a word or two.
pub(crate) fn stage(stage: &Stage) -> String {
    match stage {
        Stage::Sending => "sending".to_owned(),
        Stage::Uncertain => "uncertain".to_owned(),
        Stage::Accepted(ticket) => format!("accepted as {}", ticket.id),
        Stage::Ended { ending, .. } => format!("ended: {ending:?}"),
    }
}
