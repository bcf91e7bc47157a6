//! Where films are made: in a worker if there can be one, else here, a slice at a time. The module
//! that makes them is loaded with the first.

use futures_channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded};
use futures_util::StreamExt;
use js_sys::{Function, Promise, global};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

use crate::js::{Worker, member, object, words};
use crate::news::News;
use crate::order::Order;
use crate::trouble::Trouble;

/// Makes one film at a time. Dropping it ends its worker.
pub(crate) struct Studio {
    room: Option<Room>,
    /// No worker can be had, or is wanted.
    stays_here: bool,
}

/// Told how many frames are done, of how many.
type Report<'a> = &'a dyn Fn(u32, u32);

impl Studio {
    /// A studio that starts a worker with its first film, if it may.
    pub(crate) fn new(worker: bool) -> Self {
        Self {
            room: None,
            stays_here: !worker,
        }
    }

    /// Starts the worker, which loads the module meanwhile.
    pub(crate) fn prepare(&mut self) {
        self.room();
    }

    /// Makes a film. What a worker cannot do is tried once more here.
    pub(crate) async fn film(
        &mut self,
        order: &Order,
        report: Report<'_>,
    ) -> Result<Blob, Trouble> {
        if let Some(room) = self.room() {
            match room.film(order, report).await {
                Err(trouble) if trouble.is_of_the_worker() => {}
                made => return made,
            }
            self.room = None;
            self.stays_here = true;
        }
        film_here(order, report).await
    }

    fn room(&mut self) -> Option<&mut Room> {
        if self.room.is_none() && !self.stays_here {
            self.room = Room::open();
            self.stays_here = self.room.is_none();
        }
        self.room.as_mut()
    }
}

/// A worker, which loads the module by itself.
struct Room {
    worker: Worker,
    news: UnboundedReceiver<News>,
    /// The worker calls these as long as it lives.
    _handlers: [Closure<dyn FnMut(JsValue)>; 2],
}

impl Room {
    /// Starts a worker, if the page says where its script is and the browser allows it.
    fn open() -> Option<Self> {
        let url = member(&member(&global(), MODULE), "worker");
        if url.is_undefined() {
            return None;
        }
        let options = object([("type", "module".into()), ("name", "film".into())]);
        let worker = Worker::new(&url, &options).ok()?;
        let (sender, news) = unbounded();
        let handlers = [
            handler(&sender, |event| News::from_message(&member(event, "data"))),
            handler(&sender, |event| {
                News::Ended(Err(Trouble::Worker(words(event))))
            }),
        ];
        let [message, error] = handlers.each_ref().map(|handler| handler.as_ref());
        worker.set_onmessage(message.dyn_ref::<Function>());
        worker.set_onerror(error.dyn_ref::<Function>());
        Some(Self {
            worker,
            news,
            _handlers: handlers,
        })
    }

    async fn film(&mut self, order: &Order, report: Report<'_>) -> Result<Blob, Trouble> {
        self.worker
            .post_message(&order.to_message())
            .map_err(broken)?;
        follow(&mut self.news, report).await
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

/// Makes a film on this thread. Once this is dropped its listener throws, and the module gives up.
async fn film_here(order: &Order, report: Report<'_>) -> Result<Blob, Trouble> {
    let module = load().await.map_err(broken)?;
    let film: Function = member(&module, "film").dyn_into().map_err(broken)?;
    let (sender, mut news) = unbounded();
    let listener = handler(&sender, News::from_message);
    film.call3(
        &JsValue::UNDEFINED,
        &order.to_message(),
        listener.as_ref(),
        &true.into(),
    )
    .map_err(broken)?;
    follow(&mut news, report).await
}

async fn load() -> Result<JsValue, JsValue> {
    let place = member(&global(), MODULE);
    let load: Function = member(&place, "film").dyn_into()?;
    let loading: Promise = load.call0(&place)?.dyn_into()?;
    JsFuture::from(loading).await
}

async fn follow(news: &mut UnboundedReceiver<News>, report: Report<'_>) -> Result<Blob, Trouble> {
    loop {
        match news.next().await {
            Some(News::Frames(done, all)) => report(done, all),
            Some(News::Ended(made)) => return made,
            None => return Err(Trouble::Worker("it went silent".to_owned())),
        }
    }
}

fn handler(
    sender: &UnboundedSender<News>,
    read: impl Fn(&JsValue) -> News + 'static,
) -> Closure<dyn FnMut(JsValue)> {
    let sender = sender.clone();
    Closure::new(move |event: JsValue| {
        // Nobody listens once the room is closed.
        let _ = sender.unbounded_send(read(&event));
    })
}

#[expect(clippy::needless_pass_by_value, reason = "for map_err")]
fn broken(thrown: JsValue) -> Trouble {
    Trouble::Worker(words(&thrown))
}

/// What the boot script says: `globalThis.kinoraModule = { worker, film }`. `worker` is the URL of
/// `worker.js`, as a `TrustedScriptURL` where the page requires Trusted Types. `film()` promises
/// the module of the program `film`, ready for calls.
const MODULE: &str = "kinoraModule";
