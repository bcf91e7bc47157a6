//! WebAssembly modules beside the page's own, for work that would hold the page up: in a worker
//! if there can be one, else on the page's thread.
//!
//! The page's boot script says where they are: `globalThis.kinoraModule = { worker, NAME, … }`.
//! `worker` is the address of `worker.js`, as a `TrustedScriptURL` where the page requires Trusted
//! Types; the worker loads the module that it is named after. `NAME()` promises the module, ready
//! for calls. A module exports one function of its own name, which takes an order, a listener for
//! its news, and whether it shares its thread with a page.

use std::cell::RefCell;
use std::rc::Rc;

use futures_channel::oneshot::{Sender, channel};
use js_sys::{Function, Object, Promise, global};
use wasm_bindgen::prelude::{Closure, wasm_bindgen};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::js::{member, object};

/// A module that answers each order once. Its worker ends when this is dropped.
pub(crate) struct Assistant {
    name: &'static str,
    place: RefCell<Place>,
}

enum Place {
    /// Nothing was asked yet.
    Nowhere,
    Worker(Rc<Room>),
    /// No worker can be had.
    Here,
}

impl Assistant {
    /// The module of this name; it is loaded with the first order.
    pub(crate) const fn new(name: &'static str) -> Self {
        Self {
            name,
            place: RefCell::new(Place::Nowhere),
        }
    }

    /// The module's answer to an order. What a worker cannot do is tried once more here.
    ///
    /// # Errors
    /// When the module cannot be loaded or broke down; what was thrown.
    pub(crate) async fn ask(&self, order: &JsValue) -> Result<JsValue, JsValue> {
        if let Some(room) = self.room() {
            match room.ask(order).await {
                Ok(answer) => return Ok(answer),
                Err(_) => *self.place.borrow_mut() = Place::Here,
            }
        }
        ask_here(self.name, order).await
    }

    fn room(&self) -> Option<Rc<Room>> {
        let mut place = self.place.borrow_mut();
        if matches!(*place, Place::Nowhere) {
            *place = Room::open(self.name).map_or(Place::Here, |room| Place::Worker(Rc::new(room)));
        }
        match &*place {
            Place::Worker(room) => Some(room.clone()),
            Place::Nowhere | Place::Here => None,
        }
    }
}

/// Few wait at a time, so a list does.
type Waiting = Rc<RefCell<Vec<(u32, Sender<JsValue>)>>>;

/// A worker, and those who wait for its answers.
struct Room {
    worker: Worker,
    waiting: Waiting,
    next: RefCell<u32>,
    /// The worker calls these as long as it lives.
    _handlers: [Closure<dyn FnMut(JsValue)>; 2],
}

impl Room {
    /// Starts a worker, if the page says where its script is and the browser allows it.
    fn open(name: &str) -> Option<Self> {
        let url = member(&member(&global(), MODULES), "worker");
        if url.is_undefined() {
            return None;
        }
        let options = object(&[("type", "module".into()), ("name", name.into())]);
        let worker = Worker::new(&url, &options).ok()?;
        let waiting = Waiting::default();
        let handlers = [answered(&waiting), broken(&waiting)];
        let [message, error] = handlers.each_ref().map(|handler| handler.as_ref());
        worker.set_onmessage(message.dyn_ref::<Function>());
        worker.set_onerror(error.dyn_ref::<Function>());
        Some(Self {
            worker,
            waiting,
            next: RefCell::new(0),
            _handlers: handlers,
        })
    }

    async fn ask(&self, order: &JsValue) -> Result<JsValue, JsValue> {
        let ticket = self.next.replace_with(|next| next.wrapping_add(1));
        let (sender, answer) = channel();
        self.waiting.borrow_mut().push((ticket, sender));
        let message = object(&[(TICKET, ticket.into()), (ORDER, order.clone())]);
        self.worker.post_message(&message)?;
        let answer = answer.await.map_err(|_| JsValue::UNDEFINED)?;
        // Only a worker whose module did not load says so.
        if answer.is_undefined() {
            return Err(JsValue::UNDEFINED);
        }
        Ok(answer)
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

/// Hands an answer to whoever waits for it, if they still do.
fn answered(waiting: &Waiting) -> Closure<dyn FnMut(JsValue)> {
    let waiting = waiting.clone();
    Closure::new(move |event: JsValue| {
        let data = member(&event, "data");
        let ticket = member(&data, TICKET).as_f64().map(|ticket| ticket as u32);
        let mut waiting = waiting.borrow_mut();
        let place = waiting.iter().position(|(waits, _)| Some(*waits) == ticket);
        if let Some((_, sender)) = place.map(|place| waiting.swap_remove(place)) {
            // Nobody waits any more where this fails.
            let _ = sender.send(member(&data, ANSWER));
        }
    })
}

/// Lets everyone go when the worker broke down.
fn broken(waiting: &Waiting) -> Closure<dyn FnMut(JsValue)> {
    let waiting = waiting.clone();
    Closure::new(move |_| waiting.borrow_mut().clear())
}

async fn ask_here(name: &str, order: &JsValue) -> Result<JsValue, JsValue> {
    let modules = member(&global(), MODULES);
    let load: Function = member(&modules, name).dyn_into()?;
    let loading: Promise = load.call0(&modules)?.dyn_into()?;
    let module = JsFuture::from(loading).await?;
    let work: Function = member(&module, name).dyn_into()?;
    let answer = Promise::new(&mut |resolve, reject| {
        let begun = work.call3(&JsValue::UNDEFINED, order, &resolve, &true.into());
        if let Err(thrown) = begun {
            // A listener of a promise does not throw.
            let _ = reject.call1(&JsValue::UNDEFINED, &thrown);
        }
    });
    JsFuture::from(answer).await
}

const MODULES: &str = "kinoraModule";

/// As `worker.js` reads and writes them.
const TICKET: &str = "ticket";
const ORDER: &str = "order";
const ANSWER: &str = "answer";

#[wasm_bindgen]
extern "C" {
    type Worker;

    /// Takes a text or, where Trusted Types are required, a `TrustedScriptURL`, which web-sys
    /// cannot hand over.
    #[wasm_bindgen(constructor, catch)]
    fn new(url: &JsValue, options: &Object) -> Result<Worker, JsValue>;

    #[wasm_bindgen(method, js_name = postMessage, catch)]
    fn post_message(this: &Worker, message: &JsValue) -> Result<(), JsValue>;

    #[wasm_bindgen(method, setter, js_name = onmessage)]
    fn set_onmessage(this: &Worker, handler: Option<&Function>);

    #[wasm_bindgen(method, setter, js_name = onerror)]
    fn set_onerror(this: &Worker, handler: Option<&Function>);

    #[wasm_bindgen(method)]
    fn terminate(this: &Worker);
}
