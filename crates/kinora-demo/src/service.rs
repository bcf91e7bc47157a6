//! The service inside the page: the emulator, kept across reloads, and the loop that makes what is
//! due.

use core::cell::RefCell;
use core::num::NonZeroU32;
use core::pin::pin;
use std::rc::Rc;

use futures_channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded};
use futures_util::StreamExt;
use futures_util::future::select;
use kinora::wire::read::{self, CancelAnswer};
use kinora::wire::route::{Route, recognise};
use kinora::{Connection, HttpRequest, HttpResponse, Media, MediaKind, RequestId, Value, WallTime};
use kinora_browser::{Store, now, random, sleep};
use kinora_emulator::{Emulator, Scenario, Work};

use crate::codec::Container;
use crate::options::{Options, Progress};
use crate::order::Order;
use crate::studio::Studio;
use crate::trouble::Trouble;
use crate::{input, output, source};

/// Answers calls, and makes what is due.
pub(crate) struct Service {
    emulator: RefCell<Emulator>,
    store: Store,
    options: Options,
    watcher: RefCell<Option<Watcher>>,
    calls: UnboundedSender<()>,
}

/// Told of progress.
pub(crate) type Watcher = Rc<dyn Fn(Progress)>;

impl Service {
    /// The service as it was left, and what its loop waits for.
    pub(crate) async fn open(store: Store, options: Options) -> (Self, UnboundedReceiver<()>) {
        let (calls, called) = unbounded();
        let service = Self {
            emulator: RefCell::new(restored(&store, &options).await),
            store,
            options,
            watcher: RefCell::default(),
            calls,
        };
        (service, called)
    }

    /// Answers a call. An accepted job is kept, with its picture, before its id is told.
    pub(crate) async fn answer(&self, request: &HttpRequest) -> HttpResponse {
        let answer = self.emulator.borrow_mut().handle(request, wall());
        match route(request) {
            Some(Route::Submit(_)) => self.accepted(request, &answer).await,
            Some(Route::Cancel(id)) => self.stopped(&id, &answer).await,
            Some(
                Route::Status(_)
                | Route::Result(_)
                | Route::Models(_)
                | Route::Categories
                | Route::Model(_),
            )
            | None => {}
        }
        answer
    }

    /// Makes one film after the other, for as long as it is polled.
    pub(crate) async fn run(&self, mut called: UnboundedReceiver<()>) {
        let mut studio = Studio::new(self.options.worker);
        loop {
            let due = self.emulator.borrow_mut().due(wall());
            for work in due {
                self.make(&mut studio, &work).await;
            }
            let next = self.emulator.borrow().next_change(wall());
            match next {
                Some(span) => {
                    studio.prepare();
                    select(pin!(sleep(span)), called.next()).await;
                }
                None => {
                    called.next().await;
                }
            }
        }
    }

    /// Tells `watcher` of progress from now on.
    pub(crate) fn watch(&self, watcher: Watcher) {
        self.watcher.replace(Some(watcher));
    }

    pub(crate) fn store(&self) -> &Store {
        &self.store
    }

    async fn accepted(&self, request: &HttpRequest, answer: &HttpResponse) {
        let Ok(id) = read::submitted(answer) else {
            return;
        };
        self.save().await;
        if let Some(url) = request.body.object().and_then(input::image) {
            source::keep(&self.store, &id, url).await;
        }
        self.wake();
    }

    async fn stopped(&self, id: &RequestId, answer: &HttpResponse) {
        if let Ok(CancelAnswer::Cancelled) = read::cancelled(answer) {
            self.save().await;
            source::release(&self.store, id).await;
            self.wake();
        }
    }

    async fn make(&self, studio: &mut Studio, work: &Work) {
        let made = match self.film(studio, work).await {
            Ok(media) => Ok(vec![media]),
            Err(trouble) => Err(Value::from(trouble.to_string())),
        };
        self.emulator.borrow_mut().finish(&work.id, made, wall());
        self.save().await;
        source::release(&self.store, &work.id).await;
    }

    async fn film(&self, studio: &mut Studio, work: &Work) -> Result<Media, Trouble> {
        let url = input::image(&work.input).ok_or(Trouble::Gone)?;
        let order = Order {
            picture: source::picture(&self.store, &work.id, url).await?,
            input: input::seeded(work.input.clone(), &work.id),
            codec: self.options.codec,
        };
        let report = |done, all| self.report(&work.id, done, all);
        let file = studio.film(&order, &report).await?;
        let container = Container::of_media_type(&file.type_()).unwrap_or(Container::Mp4);
        let name = output::Name::new(&work.id, container);
        self.store
            .put_blob(&name.key(), &file)
            .await
            .map_err(|error| Trouble::NotKept(error.words))?;
        Ok(Media {
            kind: MediaKind::Video,
            url: name.url(),
        })
    }

    fn report(&self, id: &RequestId, done: u32, all: u32) {
        let watcher = self.watcher.borrow().clone();
        if let Some(watcher) = watcher {
            watcher(Progress {
                id: id.clone(),
                done,
                all,
            });
        }
    }

    /// Without room for it the jobs are lost with the page, as the page's own records are.
    async fn save(&self) {
        let snapshot = self.emulator.borrow().snapshot();
        let _ = self.store.put_value(SNAPSHOT, &snapshot).await;
    }

    fn wake(&self) {
        // The loop lives as long as the service, save for its last moment.
        let _ = self.calls.unbounded_send(());
    }
}

/// The emulator as it was left; a new one where nothing readable was.
async fn restored(store: &Store, options: &Options) -> Emulator {
    let base = Connection::demo().base().clone();
    let kept = store.get_value(SNAPSHOT).await.ok().flatten();
    let restored =
        kept.and_then(|kept| Emulator::restore(scenario(options), base.clone(), &kept).ok());
    restored.unwrap_or_else(|| Emulator::new(scenario(options), base))
}

/// Everybody may ask; a short line of others; one film at a time.
fn scenario(options: &Options) -> Scenario {
    Scenario {
        seed: random() as u64,
        ahead: AHEAD,
        tick: options.queue / AHEAD,
        slots: NonZeroU32::MIN,
        ..Scenario::default()
    }
}

fn route(request: &HttpRequest) -> Option<Route> {
    recognise(request.method, request.url.strip_prefix(Connection::DEMO)?)
}

fn wall() -> WallTime {
    now().wall
}

/// How many others a job finds before it.
const AHEAD: u32 = 2;
const SNAPSHOT: &str = "demo/emulator";
