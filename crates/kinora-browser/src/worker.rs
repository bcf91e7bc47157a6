//! WebAssembly modules beside the page's own, for work that would hold the page up: in a worker
//! if there can be one, else on the page's thread.
//!
//! The page's boot script says where they are: `globalThis.kinoraModule = { worker, NAME, … }`.
//! `worker` is the address of `worker.js`, as a `TrustedScriptURL` where the page requires Trusted
//! Types; the worker loads the module that it is named after. `NAME()` promises the module, ready
//! for calls. A module exports one function of its own name, which takes an order, a listener for
//! its news, and whether it shares its thread with a page. One that answers orders calls its
//! listener with news, marked as `more`, and then with the answer; and it gives back a function
//! that stops the work.

use std::cell::RefCell;
use std::rc::Rc;

use futures_channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded};
use futures_util::StreamExt;
use futures_util::future::LocalBoxFuture;
use js_sys::{Function, Object, Promise, global};
use wasm_bindgen::prelude::{Closure, wasm_bindgen};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::js::{member, object};

/// A module that answers orders. Its worker ends when this is dropped.
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

    /// The module's answer to an order; what comes before it is told. What a worker cannot do is
    /// tried once more here. Dropping the future stops the work.
    ///
    /// # Errors
    /// When the module cannot be loaded or broke down; what was thrown.
    ///
    /// In a box, since it is large and awaited in several places.
    pub(crate) fn ask<'a>(
        &'a self,
        order: &'a JsValue,
        tell: &'a dyn Fn(&JsValue),
    ) -> LocalBoxFuture<'a, Result<JsValue, JsValue>> {
        Box::pin(async move {
            if let Some(room) = self.room() {
                match room.ask(order, tell).await {
                    Ok(answer) => return Ok(answer),
                    Err(_) => *self.place.borrow_mut() = Place::Here,
                }
            }
            ask_here(self.name, order, tell).await
        })
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
type Waiting = Rc<RefCell<Vec<(u32, UnboundedSender<JsValue>)>>>;

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

    async fn ask(&self, order: &JsValue, tell: &dyn Fn(&JsValue)) -> Result<JsValue, JsValue> {
        let ticket = self.next.replace_with(|next| next.wrapping_add(1));
        let (sender, answers) = unbounded();
        self.waiting.borrow_mut().push((ticket, sender));
        let _seat = Seat { room: self, ticket };
        let message = object(&[(TICKET, ticket.into()), (ORDER, order.clone())]);
        self.worker.post_message(&message)?;
        last(answers, tell).await
    }
}

/// One who waits. When this is dropped before the answer came, the worker stops working on it.
struct Seat<'room> {
    room: &'room Room,
    ticket: u32,
}

impl Drop for Seat<'_> {
    fn drop(&mut self) {
        let mut waiting = self.room.waiting.borrow_mut();
        let place = waiting.iter().position(|(waits, _)| *waits == self.ticket);
        if let Some(place) = place {
            waiting.swap_remove(place);
            // A worker that takes no message works on nothing.
            let message = object(&[(TICKET, self.ticket.into())]);
            let _ = self.room.worker.post_message(&message);
        }
    }
}

/// The answer after all news, which are told.
async fn last(
    mut answers: UnboundedReceiver<JsValue>,
    tell: &dyn Fn(&JsValue),
) -> Result<JsValue, JsValue> {
    while let Some(answer) = answers.next().await {
        if is_news(&answer) {
            tell(&answer);
        } else if answer.is_undefined() {
            // Only a worker whose module did not load says so.
            break;
        } else {
            return Ok(answer);
        }
    }
    Err(JsValue::UNDEFINED)
}

fn is_news(answer: &JsValue) -> bool {
    member(answer, MORE).is_truthy()
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
        let Some(place) = place else { return };
        let answer = member(&data, ANSWER);
        let is_last = !is_news(&answer);
        if let Some((_, sender)) = waiting.get(place) {
            // Nobody waits any more where this fails.
            let _ = sender.unbounded_send(answer);
        }
        if is_last {
            waiting.swap_remove(place);
        }
    })
}

/// Lets everyone go when the worker broke down.
fn broken(waiting: &Waiting) -> Closure<dyn FnMut(JsValue)> {
    let waiting = waiting.clone();
    Closure::new(move |_| waiting.borrow_mut().clear())
}

/// The same without a worker, for what needs the page: a module that is loaded with each order
/// anew, which costs nothing after the first.
pub(crate) async fn ask_here(
    name: &str,
    order: &JsValue,
    tell: &dyn Fn(&JsValue),
) -> Result<JsValue, JsValue> {
    let modules = member(&global(), MODULES);
    let load: Function = member(&modules, name).dyn_into()?;
    let loading: Promise = load.call0(&modules)?.dyn_into()?;
    let module = JsFuture::from(loading).await?;
    let work: Function = member(&module, name).dyn_into()?;
    let (sender, answers) = unbounded();
    let report = Closure::<dyn FnMut(JsValue)>::new(move |answer| {
        // Nobody waits any more where this fails.
        let _ = sender.unbounded_send(answer);
    });
    let stop = work.call3(&JsValue::UNDEFINED, order, report.as_ref(), &true.into())?;
    let _stop = Stop(stop);
    last(answers, tell).await
}

/// Stops the work on this thread when dropped; what is over stays so.
struct Stop(JsValue);

impl Drop for Stop {
    fn drop(&mut self) {
        if let Some(stop) = self.0.dyn_ref::<Function>() {
            // It does not throw.
            let _ = stop.call0(&JsValue::UNDEFINED);
        }
    }
}

const MODULES: &str = "kinoraModule";

/// As `worker.js` reads and writes them.
const TICKET: &str = "ticket";
const ORDER: &str = "order";
const ANSWER: &str = "answer";
pub(crate) const MORE: &str = "more";

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
