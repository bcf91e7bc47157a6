//! A platform over the emulator: virtual time, a store in memory, a service that answers at once.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::poll_fn;
use std::task::Poll;
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::stream::{self, Stream};
use kinora::wire::header;
use kinora::{
    Auth, BaseUrl, CancelNews, Command, Connection, Event, Facts, HostKind, HttpRequest,
    HttpResponse, IntentId, Job, Media, MediaKind, ModelSpec, Monotonic, Now, Outcome, Pace,
    Platform, Record, Request, Stage, StoreError, TransportError, TransportErrorKind, Value,
    WallTime, Wan22, drive,
};
use kinora_emulator::{Emulator, Reply, Scenario};

pub(crate) const BASE: &str = "https://emulator.example";

/// Everything around a job.
pub(crate) struct World {
    pub(crate) emulator: RefCell<Emulator>,
    /// Sent as the base's token.
    pub(crate) token: Option<&'static str>,
    /// Whether the job runs in a page of another origin, which sees what CORS lets it see.
    pub(crate) is_page: bool,
    /// Why every job fails, if it does.
    pub(crate) failure: Option<Value>,
    /// Every record that was stored, oldest first.
    pub(crate) records: RefCell<Vec<Record>>,
    /// What the person has wished and the job has not yet heard.
    wishes: RefCell<VecDeque<Command>>,
    time: Cell<Duration>,
}

impl World {
    pub(crate) fn new(scenario: Scenario) -> Self {
        Self {
            emulator: RefCell::new(Emulator::new(scenario, connection().base().clone())),
            token: None,
            is_page: false,
            failure: None,
            records: RefCell::default(),
            wishes: RefCell::default(),
            time: Cell::default(),
        }
    }

    pub(crate) fn job(&self, intent: u128) -> Job {
        let intent = IntentId::mint(intent);
        Job::new(request(), connection(), intent, often(), 1, self.now())
    }

    pub(crate) fn resume(&self, record: Record) -> Job {
        Job::resume(record, often(), 1)
    }

    /// Runs a job to its outcome; the news of it as short texts.
    pub(crate) fn run(&self, job: Job) -> (Vec<String>, Outcome) {
        self.run_with_cancel_at(job, "never")
    }

    /// The same, with a person who cancels as soon as this is the news.
    pub(crate) fn run_with_cancel_at(&self, mut job: Job, moment: &str) -> (Vec<String>, Outcome) {
        let mut news = Vec::new();
        let driven = drive(&mut job, self, self.wished(), |event| {
            let text = short(&event);
            if text == moment {
                self.wish(Command::Cancel);
            }
            news.push(text);
        });
        let outcome = driven.now_or_never().expect("nothing here waits for real");
        (news, outcome)
    }

    /// The person wishes something.
    pub(crate) fn wish(&self, command: Command) {
        self.wishes.borrow_mut().push_back(command);
    }

    /// What the person has wished.
    pub(crate) fn wished(&self) -> impl Stream<Item = Command> + Unpin {
        stream::poll_fn(|_| match self.wishes.borrow_mut().pop_front() {
            Some(command) => Poll::Ready(Some(command)),
            None => Poll::Pending,
        })
    }

    /// The stages of the stored records.
    pub(crate) fn stages(&self) -> Vec<&'static str> {
        let records = self.records.borrow();
        records.iter().map(|record| stage(&record.stage)).collect()
    }

    /// The first record of this stage, as it would be found after a reload.
    pub(crate) fn found(&self, wanted: &str) -> Record {
        let records = self.records.borrow();
        let found = records
            .iter()
            .find(|record| stage(&record.stage) == wanted)
            .expect("a record of that stage");
        Record::from_value(&found.to_value()).expect("a record can be read again")
    }

    pub(crate) fn wall(&self) -> WallTime {
        self.now().wall
    }

    pub(crate) fn wait(&self, seconds: u64) {
        self.time
            .set(self.time.get() + Duration::from_secs(seconds));
    }

    /// What the service was asked, as method and last part of the path.
    pub(crate) fn asked(&self) -> Vec<String> {
        let emulator = self.emulator.borrow();
        let last = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
        emulator
            .log()
            .iter()
            .map(|asked| format!("{} {}", asked.method.as_str(), last(&asked.path)))
            .collect()
    }

    fn make(&self) {
        let now = self.now().wall;
        let mut emulator = self.emulator.borrow_mut();
        for work in emulator.due(now) {
            let made = match &self.failure {
                Some(error) => Err(error.clone()),
                None => Ok(vec![Media {
                    kind: MediaKind::Video,
                    url: format!("{BASE}/outputs/{}.mp4", work.id),
                }]),
            };
            emulator.finish(&work.id, made, now);
        }
    }
}

impl Platform for World {
    fn now(&self) -> Now {
        let time = self.time.get();
        Now {
            monotonic: Monotonic::after_origin(time),
            wall: WallTime::from_unix_millis(1_795_305_600_000).plus(time),
        }
    }

    async fn send(&self, mut request: HttpRequest) -> Result<HttpResponse, TransportError> {
        if let (Auth::Base, Some(token)) = (request.auth, self.token) {
            let bearer = format!("Bearer {token}");
            request
                .headers
                .push((header::AUTHORIZATION.to_owned(), bearer));
        }
        let cors = self.emulator.borrow().scenario().cors;
        if self.is_page && !cors.answers {
            return Err(TransportError {
                kind: TransportErrorKind::NoAnswer,
                words: "no leave to ask".to_owned(),
            });
        }
        self.make();
        let reply = self.emulator.borrow_mut().answer(&request, self.now().wall);
        self.make();
        match reply {
            Reply::Answer(response) => Ok(response),
            Reply::Reset => Err(TransportError {
                kind: TransportErrorKind::NoAnswer,
                words: "connection closed".to_owned(),
            }),
            Reply::Silence => {
                self.time.set(self.time.get() + request.timeout);
                Err(TransportError {
                    kind: TransportErrorKind::TimedOut,
                    words: "no answer".to_owned(),
                })
            }
        }
    }

    /// A wish that is open interrupts the wait, as it does on a real timer.
    async fn sleep(&self, span: Duration) {
        poll_fn(|_| match self.wishes.borrow().is_empty() {
            true => Poll::Ready(()),
            false => Poll::Pending,
        })
        .await;
        self.time.set(self.time.get() + span);
    }

    async fn store(&self, record: Record) -> Result<(), StoreError> {
        self.records.borrow_mut().push(record);
        Ok(())
    }
}

pub(crate) fn connection() -> Connection {
    Connection::new(BaseUrl::parse(BASE).expect("a base"), HostKind::Kinora)
}

pub(crate) fn request() -> Request {
    let draft = Wan22::new("the fog lifts", "https://example.com/lake.jpg").draft();
    let facts = Facts::new(connection().reach());
    draft
        .check(&ModelSpec::wan_2_2(), &facts)
        .request
        .expect("it may be sent")
}

/// Asks every second, to see every state.
fn often() -> Pace {
    Pace {
        longest: Duration::from_secs(1),
        ..Pace::REMOTE
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

fn short(event: &Event) -> String {
    match event {
        Event::Submitting => "submitting".to_owned(),
        Event::Accepted(_) => "accepted".to_owned(),
        Event::Status(status) => match status.queue_position {
            Some(place) => format!("place {place}"),
            None => format!("{:?}", status.state),
        },
        Event::Trouble { error, .. } => format!("trouble: {}", error.code()),
        Event::Cancel(CancelNews::Asked) => "asked to cancel".to_owned(),
        Event::Cancel(CancelNews::Confirmed) => "cancelled".to_owned(),
        Event::Cancel(CancelNews::TooLate) => "too late to cancel".to_owned(),
        Event::Cancel(news) => format!("{news:?}"),
        Event::NotKept(_) => "not kept".to_owned(),
    }
}
