//! Known faults, planted between the job and its world: each must be caught, or the simulation
//! proves nothing.

use std::cell::{Cell, RefCell};
use std::future::pending;
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream::Stream;
use kinora::retry::{Call, Patience};
use kinora::wire::{header, key, word};
use kinora::{
    Auth, Body, Command, HttpRequest, HttpResponse, Method, Now, Object, Platform, Record, Stage,
    StoreError, TransportError, TransportErrorKind, Value,
};

use super::plan::CANARY;
use super::world::World;

/// A fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Planted {
    /// None: the product as it is.
    Nothing,
    /// A submit without an answer is sent again.
    SubmitRepeatedAfterSilence,
    /// A submit goes out though its intent was not kept.
    IntentNotKept,
    /// The ticket is kept after the first question only.
    TicketKeptLate,
    /// The ticket is never kept.
    TicketForgotten,
    /// Waits after failures are always as long as they may be.
    JitterIgnored,
    /// A key of the wire is called otherwise.
    KeyRenamed,
    /// Nobody reads how long the service asks to wait.
    RetryAfterIgnored,
    /// The wish to cancel is lost.
    CancelLost,
    /// The token gets into the record.
    TokenInRecord,
    /// A URL that the service names is followed, with the token.
    NamedUrlFollowed,
    /// A job that failed is told as one that went well.
    FailureTakenForSuccess,
    /// Waits are no waits.
    NoWaits,
    /// Waits are measured by the wall clock.
    WallClockTrusted,
    /// A wait never ends.
    NeverWoken,
    /// An answer that is no JSON ends the program.
    PanicsOnText,
}

impl Planted {
    /// All faults, each with the beginning of a rule that it breaks.
    pub(crate) const ALL: [(Self, &'static str); 15] = [
        (Self::SubmitRepeatedAfterSilence, "one intent is one job"),
        (Self::IntentNotKept, "nothing is sent before its intent"),
        (Self::TicketKeptLate, "nothing is asked before its ticket"),
        (Self::TicketForgotten, "nothing is asked before its ticket"),
        (Self::JitterIgnored, "waits after failures are spread"),
        (Self::KeyRenamed, "the outcome is the truth"),
        (Self::RetryAfterIgnored, "a wait that the service asked for"),
        (Self::CancelLost, "a wish to cancel reaches the service"),
        (Self::TokenInRecord, "no record has the token"),
        (Self::NamedUrlFollowed, "no request carries the token"),
        (Self::FailureTakenForSuccess, "the outcome is the truth"),
        (Self::NoWaits, "requests stay under their bound"),
        (Self::WallClockTrusted, "it ends in time"),
        (Self::NeverWoken, "it ends in time"),
        (Self::PanicsOnText, "nothing panics"),
    ];
}

/// The world, seen through a fault.
pub(crate) struct Faulty<'world> {
    world: &'world World,
    planted: Planted,
    late: RefCell<Option<Record>>,
    named: RefCell<Option<String>>,
    failures: Cell<u32>,
    /// How much too far the clock is that the job sees.
    ahead: Cell<Duration>,
}

impl<'world> Faulty<'world> {
    pub(crate) fn new(world: &'world World, planted: Planted) -> Self {
        Self {
            world,
            planted,
            late: RefCell::default(),
            named: RefCell::default(),
            failures: Cell::default(),
            ahead: Cell::default(),
        }
    }

    pub(crate) fn commands(&self) -> impl Stream<Item = Command> + Unpin {
        let lost = self.planted == Planted::CancelLost;
        let heard = self.world.commands();
        heard.filter(move |command| std::future::ready(!(lost && *command == Command::Cancel)))
    }

    async fn sent(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let answer = self.world.send(request.clone()).await;
        let silent = answer
            .as_ref()
            .is_err_and(|error| error.kind != TransportErrorKind::NotSent);
        let repeats = self.planted == Planted::SubmitRepeatedAfterSilence;
        if repeats && silent && is_submit(&request) {
            return self.world.send(request).await;
        }
        answer
    }

    /// The same request, to the URL that the service named.
    fn followed(&self, mut request: HttpRequest) -> HttpRequest {
        if self.planted == Planted::NamedUrlFollowed
            && let Some(url) = self.named.borrow().clone()
            && request.method == Method::Get
            && request.auth == Auth::Base
        {
            request.url = url;
            let bearer = format!("Bearer {CANARY}");
            request
                .headers
                .push((header::AUTHORIZATION.to_owned(), bearer));
        }
        request
    }

    fn twisted(&self, mut answer: HttpResponse) -> HttpResponse {
        match (self.planted, &mut answer.body) {
            (Planted::RetryAfterIgnored, _) => {
                let waits = [header::RETRY_AFTER, header::RETRY_AFTER_MS];
                answer
                    .headers
                    .retain(|(name, _)| !waits.contains(&name.as_str()));
            }
            (Planted::KeyRenamed, Body::Json(Value::Object(object))) => {
                *object = renamed(object, key::STATUS, "state");
            }
            (Planted::FailureTakenForSuccess, Body::Json(Value::Object(object)))
                if object.text(key::STATUS) == Some(word::FAILED) =>
            {
                object.insert(key::STATUS, word::SUCCEEDED);
            }
            (Planted::NamedUrlFollowed, Body::Json(Value::Object(object))) => {
                let named = object.text(key::STATUS_URL).map(str::to_owned);
                self.named.replace(named);
            }
            (Planted::PanicsOnText, Body::Text(text)) => panic!("unexpected {text}"),
            _ => {}
        }
        answer
    }
}

impl Platform for Faulty<'_> {
    fn now(&self) -> Now {
        let now = self.world.now();
        Now {
            monotonic: now.monotonic.plus(self.ahead.get()),
            ..now
        }
    }

    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let answer = self.sent(self.followed(request)).await;
        let failed = answer.as_ref().map_or(true, |answer| answer.status >= 500);
        self.failures
            .set(if failed { self.failures.get() + 1 } else { 0 });
        let late = self.late.borrow_mut().take();
        if let Some(record) = late {
            let _ = self.world.store(record).await;
        }
        answer.map(|answer| self.twisted(answer))
    }

    async fn sleep(&self, span: Duration) {
        match self.planted {
            Planted::NoWaits => self.ahead.set(self.ahead.get() + span),
            Planted::NeverWoken => pending().await,
            Planted::JitterIgnored if self.failures.get() > 0 => {
                let patience = Patience::of(Call::Status);
                let doubled = patience.first * (1 << (self.failures.get() - 1).min(5));
                self.world.sleep(doubled.min(patience.longest)).await;
            }
            Planted::WallClockTrusted => {
                let until = self.now().wall.plus(span);
                while !until.since(self.now().wall).is_zero() {
                    self.world.sleep(Duration::from_secs(1)).await;
                }
            }
            _ => self.world.sleep(span).await,
        }
    }

    async fn store(&self, mut record: Record) -> Result<(), StoreError> {
        match (self.planted, &record.stage) {
            (Planted::IntentNotKept, Stage::Sending)
            | (Planted::TicketForgotten, Stage::Accepted(_)) => return Ok(()),
            (Planted::TicketKeptLate, Stage::Accepted(_)) => {
                self.late.replace(Some(record));
                return Ok(());
            }
            (Planted::TokenInRecord, _) => record.input.insert("token", CANARY),
            _ => {}
        }
        self.world.store(record).await
    }
}

fn is_submit(request: &HttpRequest) -> bool {
    request.body != Body::Empty
}

fn renamed(object: &Object, from: &str, to: &str) -> Object {
    let name = |key| if key == from { to } else { key };
    object
        .iter()
        .map(|(key, value)| (name(key), value.clone()))
        .collect()
}
