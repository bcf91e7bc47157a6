//! The app's state: one owner for everything that is more than a look.
//!
//! ```text
//!  components ──intents──► Session ──► kinora, kinora-browser, kinora-demo
//!       ▲                     │
//!       └───── signals ───────┘
//! ```
//!
//! Components read the signals and call the methods ("intents"). A plain form field's signal is
//! written directly: writing it *is* reporting what was typed. Everything else is for reading only.

use core::future::Future;
use core::time::Duration;

use futures_util::future::AbortHandle;
use kinora::{Command, IntentId, Record, RequestId};
use kinora_browser::{random, sleep};
use leptos::prelude::*;
use leptos::task::spawn_local;

mod batch;
pub(crate) use batch::{Batch, Image as BatchImage};
mod clock;
mod compose;
pub(crate) use compose::{Compose, PictureView};
mod fields;
mod form;
pub(crate) use form::Template;
mod host;
mod image;
mod job;
pub(crate) use job::{Asked, CancelOffer, Entry, JobView, Phase, Problem};
mod keep;
mod learned;
mod left;
mod media;
mod mend;
pub(crate) use media::ResultView;
pub(crate) use mend::{Copied, FORMATS, FRAMINGS, Mend, Offer, Progress, SHAPES};
mod notice;
pub(crate) use notice::Notice;
mod past;
pub(crate) use past::{Past, PastJob};
mod route;
pub(crate) use route::Route;
mod run;
mod service;
mod show;
pub(crate) use service::{Fate, Mode, Service, told};
mod stage;
pub(crate) use stage::Stage;
mod still;
pub(crate) use still::{STILLS, Still};
mod token;
mod watched;
pub(crate) use watched::{Watched, whenever};
mod word;

use keep::Kept;
use run::Wish;
use word::Word;

pub(crate) use kinora::Severity;
pub(crate) use kinora::image::{RuleCheck, Verdict};
pub(crate) use kinora::wire::input;

/// Handle to all of the app's signals. Copy it freely; it lives as long as the app.
#[derive(Clone, Copy)]
pub(crate) struct Session {
    /// What is being composed: the form and what is known of its image.
    pub(crate) compose: Compose,
    /// Where jobs are sent.
    pub(crate) service: Service,
    /// The job on the stage.
    pub(crate) stage: Stage,
    /// Jobs that ended, newest first.
    pub(crate) past: Past,
    /// Which view is open, by the address's hash.
    pub(crate) route: Watched<Route>,
    /// The field that should take the keyboard's focus now, by its key in the request
    /// (`prompt`, `img_url`, …, or `base`, `token`). The view focuses it and sets `None`.
    pub(crate) focus_request: Watched<Option<&'static str>>,
    kept: Kept,
    intent: Watched<String>,
    is_back: Watched<bool>,
    waiting: StoredValue<bool>,
    leaving: StoredValue<Option<AbortHandle>, LocalStorage>,
}

impl Session {
    /// The app's state, as it was left the last time.
    pub(crate) fn open() -> Self {
        let kept = Kept::new();
        let service = Service::new(kept, compose::absolute(""));
        let session = Self {
            compose: Compose::new(service.connection, kept),
            service,
            stage: Stage::new(),
            past: Past::new(),
            route: Route::signal(),
            focus_request: Watched::new(None),
            kept,
            intent: Watched::new(String::new()),
            is_back: Watched::new(false),
            waiting: StoredValue::new(false),
            leaving: StoredValue::new_local(None),
        };
        session.arm();
        session.compose.keep_looking();
        session.keep_left();
        spawn_local(session.take_up_what_was_left());
        session
    }

    /// The handle, anywhere below the app's root.
    pub(crate) fn here() -> Self {
        use_context().unwrap_or_else(Self::open)
    }

    /// Sends the draft, or moves the focus to the first field that forbids it. While a job is
    /// under way nothing happens; while the image is looked at, that is waited for.
    pub(crate) fn generate(self) {
        if self.stage.busy.get_untracked() || self.waiting.get_value() {
            return;
        }
        self.waiting.set_value(true);
        spawn_local(async move {
            while self.compose.looking.get_untracked() {
                sleep(A_MOMENT).await;
            }
            self.waiting.set_value(false);
            self.send_draft();
        });
    }

    /// Asks the service to stop the job; by way of the other tab, when that looks after it.
    pub(crate) fn cancel(self) {
        let job = self.stage.job.read_untracked();
        match job.as_ref().filter(|job| job.elsewhere) {
            Some(job) => Word::Cancel(job.intent.clone()).post(),
            None => self.stage.command(Command::Cancel),
        }
    }

    /// Clears the stage for another job, with the form as it is.
    pub(crate) fn generate_another(self) {
        self.stage.clear();
        self.arm();
        self.focus_request.set(Some(input::PROMPT));
    }

    /// After an uncertain submit: finds out whether the job exists. A Kinora host is sent the same
    /// wish again, which makes exactly one job either way; see [`Session::can_check`].
    pub(crate) fn check_uncertain(self) {
        self.with_record(move |record| self.enter(&record, self.check_again(record.clone())));
    }

    /// Whether [`Session::check_uncertain`] works for the job on the stage. Where it does not, show
    /// a field for a request id found in the service's own list, for [`Session::found`].
    pub(crate) fn can_check(self) -> Watched<bool> {
        Watched::of(move || {
            let job = self.stage.job.read();
            let now = kinora_browser::now().wall;
            job.as_ref()
                .is_some_and(|job| run::can_check(job.host, job.started_at, now))
        })
    }

    /// After an uncertain submit: the person found the job at the service. Returns what is wrong
    /// with the id, if something is.
    pub(crate) fn found(self, request_id: &str) -> Option<String> {
        match RequestId::parse(request_id.trim()) {
            Ok(id) => {
                self.with_record(move |record| {
                    let record = record.found(id);
                    self.enter(&record, self.keep_and_watch(record.clone()));
                });
                None
            }
            Err(problem) => Some(problem.to_string()),
        }
    }

    /// After an uncertain submit, or a job that ended badly: sends the same again as a new wish.
    pub(crate) fn send_again(self) {
        self.with_record(move |record| {
            if let Some(wish) = Wish::of(&record) {
                spawn_local(self.send_wish_again(wish));
            }
        });
    }

    /// After touch was lost: watches the job again.
    pub(crate) fn watch_again(self) {
        self.with_record(move |record| self.enter(&record, self.watch(record.intent.clone())));
    }

    /// Shows a job of the past on the stage.
    pub(crate) fn reopen(self, intent: String) {
        let watch = move |record: Record| self.enter(&record, self.watch(record.intent.clone()));
        self.with_record_of(intent, Box::new(watch));
    }

    /// Removes a job of the past, with its video.
    pub(crate) fn remove(self, intent: String) {
        if self.on_stage().as_ref() == Some(&intent) {
            self.stage.clear();
        }
        spawn_local(async move {
            if let Some(record) = self.record(&intent).await {
                self.kept.let_go(&record).await;
            }
            self.refresh_past().await;
        });
    }

    /// Arms the form with a new intent.
    fn arm(self) -> IntentId {
        let intent = IntentId::mint(random());
        self.intent.set(intent.as_str().to_owned());
        intent
    }

    /// The intent that the form is armed with.
    fn armed(self) -> IntentId {
        IntentId::parse(&self.intent.read_untracked()).unwrap_or_else(|_| self.arm())
    }

    /// Arms the form anew, if it was armed with this intent.
    fn settled(self, intent: &IntentId) {
        if *self.intent.read_untracked() == intent.as_str() {
            self.arm();
        }
    }

    fn send_draft(self) {
        let connection = self.service.try_to_send();
        let request = self.compose.try_to_send();
        match (connection, request) {
            (Ok(connection), Ok(request)) => self.enter_wish(Wish {
                request,
                connection,
            }),
            (Err(field), _) | (Ok(_), Err(field)) => self.focus_request.set(Some(field)),
        }
    }

    fn enter_wish(self, wish: Wish) {
        let record = wish.record(self.armed());
        self.enter(&record, self.start(wish));
    }

    fn enter(self, record: &Record, work: impl Future<Output = ()> + 'static) {
        let view = JobView::of(record, clock::time_of_day());
        self.stage.enter(view, Box::pin(work));
    }

    /// Does something with the record of the job on stage.
    fn with_record(self, act: impl FnOnce(Record) + 'static) {
        if let Some(intent) = self.on_stage() {
            self.with_record_of(intent, Box::new(act));
        }
    }

    fn with_record_of(self, intent: String, act: Box<dyn FnOnce(Record)>) {
        spawn_local(async move {
            if let Some(record) = self.record(&intent).await {
                act(record);
            }
        });
    }

    fn on_stage(self) -> Option<String> {
        let job = self.stage.job.read_untracked();
        job.as_ref().map(|job| job.intent.clone())
    }

    async fn record(self, intent: &str) -> Option<Record> {
        let intent = IntentId::parse(intent).ok()?;
        self.kept.record(&intent).await
    }

    async fn check_again(self, record: Record) {
        match run::hold(&record.intent).await {
            Some(held) => self.check(record, held).await,
            None => self.watch(record.intent).await,
        }
    }

    async fn keep_and_watch(self, record: Record) {
        // Not kept, the job is uncertain again after a reload.
        let _ = self.kept.opened().await.put_record(&record).await;
        self.watch(record.intent).await;
    }
}

/// Between two looks at whether the image was looked at.
const A_MOMENT: Duration = Duration::from_millis(50);
