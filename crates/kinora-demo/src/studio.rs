//! Where films are made: in a worker if there can be one, else here, a slice at a time.

use futures_channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded};
use futures_util::StreamExt;
use js_sys::{Function, global};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Blob;

use crate::film::shoot;
use crate::order::Order;
use crate::trouble::Trouble;
use crate::turn::Slices;
use crate::webcodecs::{Worker, member, object, words};
use crate::worker::{News, to_blob};

/// Makes one film at a time. Dropping it ends its worker.
pub(crate) struct Studio {
    room: Option<Room>,
    /// No worker can be had, or is wanted.
    stays_here: bool,
}

impl Studio {
    /// A studio that starts a worker with its first film, if it may.
    pub(crate) fn new(worker: bool) -> Self {
        Self {
            room: None,
            stays_here: !worker,
        }
    }

    /// Makes a film. What a worker cannot do is tried once more here.
    pub(crate) async fn film(
        &mut self,
        order: &Order,
        report: &dyn Fn(u32),
    ) -> Result<Blob, Trouble> {
        if let Some(room) = self.room() {
            match room.film(order, report).await {
                Err(trouble) if trouble.is_of_the_worker() => {}
                made => return made,
            }
            self.room = None;
            self.stays_here = true;
        }
        let film = shoot(order, &mut Slices::short(), report).await?;
        to_blob(&film)
    }

    fn room(&mut self) -> Option<&mut Room> {
        if self.room.is_none() && !self.stays_here {
            self.room = Room::open();
            self.stays_here = self.room.is_none();
        }
        self.room.as_mut()
    }
}

/// A worker that has been told where the module is.
struct Room {
    worker: Worker,
    news: UnboundedReceiver<News>,
    /// The worker calls these as long as it lives.
    _handlers: [Closure<dyn FnMut(JsValue)>; 2],
}

impl Room {
    /// Starts a worker, if the page says where its script is and the browser allows it.
    fn open() -> Option<Self> {
        let place = member(&global(), MODULE);
        let url = member(&place, "worker");
        if url.is_undefined() {
            return None;
        }
        let worker = Worker::new(&url, &object([("type", "module".into())])).ok()?;
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
        let urls = object([
            ("js", member(&place, "js")),
            ("wasm", member(&place, "wasm")),
        ]);
        worker.post_message(&urls).ok()?;
        Some(Self {
            worker,
            news,
            _handlers: handlers,
        })
    }

    async fn film(&mut self, order: &Order, report: &dyn Fn(u32)) -> Result<Blob, Trouble> {
        let refused = |thrown| Trouble::Worker(words(&thrown));
        self.worker
            .post_message(&order.to_message())
            .map_err(refused)?;
        loop {
            match self.news.next().await {
                Some(News::Frames(done)) => report(done),
                Some(News::Ended(made)) => return made,
                None => return Err(Trouble::Worker("it went silent".to_owned())),
            }
        }
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
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

/// Where the boot script says what the page was made of: `globalThis.kinoraModule = { js, wasm,
/// worker }`. The first two are absolute URLs as text; `worker` is the URL of `worker.js`, as a
/// `TrustedScriptURL` where the page requires Trusted Types.
const MODULE: &str = "kinoraModule";
