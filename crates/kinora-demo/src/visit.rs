//! The demo as the app sees it: calls go to the demo's own module, which is loaded with the first.

use core::cell::RefCell;
use core::fmt;
use core::time::Duration;
use std::rc::Rc;

use js_sys::{Array, Function, Promise, Reflect, global};
use kinora::{
    HttpRequest, HttpResponse, Now, Platform, Record, RequestId, StoreError, TransportError,
    TransportErrorKind,
};
use kinora_browser::{Store, now, sleep};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise, spawn_local};

use crate::js::{member, words};
use crate::options::{Options, Progress};
use crate::wire::{options_to_js, request_to_js, response_from_js};

/// The demo in a WebAssembly module of its own.
///
/// The module is loaded by `globalThis.kinoraModule.demo()`. The demo works for as long as this
/// lives; jobs that are not done by then are made the next time it is opened on the same store.
pub struct Visit {
    store: Store,
    options: Options,
    watcher: Closure<Watcher>,
    opened: RefCell<Option<Rc<Opened>>>,
}

type Watcher = dyn Fn(String, u32, u32);

impl Visit {
    /// A demo on this store, which is opened at once. `watcher` is called after every frame of
    /// every job.
    pub fn new(store: Store, options: Options, watcher: impl Fn(Progress) + 'static) -> Self {
        let tell: Box<Watcher> = Box::new(move |id, done, all| {
            if let Ok(id) = RequestId::parse(&id) {
                watcher(Progress { id, done, all });
            }
        });
        let visit = Self {
            store,
            options,
            watcher: Closure::wrap(tell),
            opened: RefCell::default(),
        };
        visit.opened();
        visit
    }

    /// The demo, as it is opened or about to be.
    fn opened(&self) -> Rc<Opened> {
        let open = || Rc::new(Opened::new(&self.store, &self.options, &self.watcher));
        Rc::clone(self.opened.borrow_mut().get_or_insert_with(open))
    }
}

impl Platform for Visit {
    fn now(&self) -> Now {
        now()
    }

    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let opened = self.opened();
        let demo = match JsFuture::from(opened.demo.clone()).await {
            Ok(demo) => demo,
            Err(thrown) => {
                // The next call tries it anew.
                self.opened.take();
                return Err(failed(TransportErrorKind::NotSent, &thrown));
            }
        };
        let request = request_to_js(&request);
        let answer = call(
            &member(&demo, MODULE),
            "send",
            &[&member(&demo, NUMBER), &request],
        )
        .map_err(|thrown| failed(TransportErrorKind::NotSent, &thrown))?;
        let answer = JsFuture::from(answer)
            .await
            .map_err(|thrown| failed(TransportErrorKind::NoAnswer, &thrown))?;
        let none = || failed(TransportErrorKind::NoAnswer, &"the answer is none".into());
        response_from_js(&answer).ok_or_else(none)
    }

    async fn sleep(&self, span: Duration) {
        sleep(span).await;
    }

    async fn store(&self, record: Record) -> Result<(), StoreError> {
        self.store.put_record(&record).await
    }
}

impl fmt::Debug for Visit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Visit")
    }
}

/// Promises `{ module, number }`; closes what was opened once nobody needs it.
struct Opened {
    demo: Promise,
}

impl Opened {
    fn new(store: &Store, options: &Options, watcher: &Closure<Watcher>) -> Self {
        let store = store.shared();
        let options = options_to_js(options);
        let watcher = watcher.as_ref().clone();
        let demo = future_to_promise(async move {
            let module = load().await?;
            let opening = call(&module, "open", &[&store, &options, &watcher])?;
            let number = JsFuture::from(opening).await?;
            let demo = crate::js::object([(MODULE, module), (NUMBER, number)]);
            Ok(demo.into())
        });
        Self { demo }
    }
}

impl Drop for Opened {
    fn drop(&mut self) {
        let demo = self.demo.clone();
        spawn_local(async move {
            if let Ok(demo) = JsFuture::from(demo).await {
                // What was never there need not be closed.
                let _ = invoke(&member(&demo, MODULE), "close", &[&member(&demo, NUMBER)]);
            }
        });
    }
}

async fn load() -> Result<JsValue, JsValue> {
    let modules = member(&global(), "kinoraModule");
    let load: Function = member(&modules, "demo").dyn_into()?;
    let loading: Promise = load.call0(&modules)?.dyn_into()?;
    JsFuture::from(loading).await
}

/// Calls a function of the module that promises something.
fn call(module: &JsValue, name: &str, arguments: &[&JsValue]) -> Result<Promise, JsValue> {
    invoke(module, name, arguments)?.dyn_into()
}

fn invoke(module: &JsValue, name: &str, arguments: &[&JsValue]) -> Result<JsValue, JsValue> {
    let function: Function = member(module, name).dyn_into()?;
    let arguments: Array = arguments.iter().copied().collect();
    Reflect::apply(&function, &JsValue::UNDEFINED, &arguments)
}

fn failed(kind: TransportErrorKind, thrown: &JsValue) -> TransportError {
    TransportError {
        kind,
        words: ["the demo: ", &words(thrown)].concat(),
    }
}

const MODULE: &str = "module";
const NUMBER: &str = "number";
