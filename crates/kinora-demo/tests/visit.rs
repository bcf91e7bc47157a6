//! The demo from another module: a visit gets the same answers, and its jobs outlive it.
#![allow(
    clippy::unwrap_used,
    reason = "a test ends with whatever goes wrong in it"
)]

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use js_sys::Function;
use kinora::{
    Auth, Body, HttpRequest, Job, Method, Object, Outcome, Pace, Platform, TransportErrorKind,
};
use kinora_browser::sleep;
use kinora_demo::{Demo, Options, Visit, desk, media, remove_media};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

use page::job::{HERE, only, outcome, store_with_picture, wish};

#[allow(dead_code, reason = "shared with the other tests of the demo")]
mod page;

wasm_bindgen_test_configure!(run_in_browser);

/// What `film.js` exports, here in the tests' own module.
#[wasm_bindgen(js_name = film)]
pub fn film_of_the_module(order: JsValue, report: Function, gently: bool) {
    kinora_demo::film::film(order, report, gently);
}

/// [`desk::open`], as `demo.js` exports it.
#[wasm_bindgen(js_name = open)]
pub async fn open_desk(
    store: JsValue,
    options: JsValue,
    watcher: Function,
) -> Result<u32, JsValue> {
    desk::open(store, options, watcher).await
}

/// [`desk::send`], as `demo.js` exports it.
#[wasm_bindgen(js_name = send)]
pub async fn send_to_desk(number: u32, request: JsValue) -> Result<JsValue, JsValue> {
    desk::send(number, request).await
}

/// [`desk::close`], as `demo.js` exports it.
#[wasm_bindgen(js_name = close)]
pub fn close_desk(number: u32) {
    desk::close(number);
}

#[wasm_bindgen_test]
async fn a_visit_makes_a_video_and_tells_of_every_frame() {
    page::serve_demo();
    let store = store_with_picture().await;
    let told = Rc::new(RefCell::new(Vec::new()));
    let hear = Rc::clone(&told);
    let visit = Visit::new(store.clone(), HERE, move |progress| {
        hear.borrow_mut().push((progress.done, progress.all));
    });
    let made = only(outcome(&visit, &mut wish("kinora-page:test")).await);
    let wanted: Vec<_> = (1..=120).map(|done| (done, 120)).collect();
    assert_eq!(*told.borrow(), wanted);
    assert!(media(&store, &made.url).await.unwrap().size() > 1000.0);
    remove_media(&store, &made.url).await.unwrap();
    assert!(media(&store, &made.url).await.is_none());
}

#[wasm_bindgen_test]
async fn a_visit_is_answered_as_the_demo_answers() {
    page::serve_demo();
    let store = store_with_picture().await;
    let demo = Demo::open_with(store.clone(), HERE).await;
    let visit = Visit::new(store, HERE, |_| {});
    let bodies = [
        Body::Empty,
        Body::Text("no JSON".to_owned()),
        Body::Json(Object::new().with("prompt", 1).into()),
    ];
    let paths = ["/v1/requests/none/status", "/nowhere", "/"];
    for (path, body) in paths
        .iter()
        .flat_map(|path| bodies.iter().map(move |body| (path, body)))
    {
        for method in [Method::Get, Method::Post] {
            let request = HttpRequest {
                method,
                url: format!("https://demo.kinora.invalid{path}"),
                headers: vec![("accept".to_owned(), "application/json".to_owned())],
                body: body.clone(),
                auth: Auth::None,
                timeout: Duration::from_secs(5),
            };
            let wanted = demo.send(request.clone()).await;
            assert_eq!(visit.send(request).await, wanted, "{method:?} {path}");
        }
    }
}

#[wasm_bindgen_test]
async fn a_job_outlives_a_visit() {
    page::serve_demo();
    let store = store_with_picture().await;
    let queue = Duration::from_secs(3);
    let visit = Visit::new(store.clone(), Options { queue, ..HERE }, |progress| {
        panic!("{progress:?}")
    });
    let mut job = wish("kinora-page:test");
    {
        let begun = std::pin::pin!(outcome(&visit, &mut job));
        let waited = std::pin::pin!(sleep(Duration::from_millis(600)));
        futures_util::future::select(begun, waited).await;
    }
    drop(visit);
    // A closed demo makes nothing, though its queue is over.
    sleep(Duration::from_secs(4)).await;
    let record = store.records().await.unwrap().remove(0).unwrap();
    assert!(record.ticket().is_some());
    let visit = Visit::new(store.clone(), HERE, |_| {});
    let mut resumed = Job::resume(record, Pace::IN_PAGE, 2);
    let made = only(outcome(&visit, &mut resumed).await);
    assert!(media(&store, &made.url).await.is_some());
}

#[wasm_bindgen_test]
async fn a_module_that_does_not_load_is_asked_for_again() {
    page::serve_no_demo();
    let visit = Visit::new(store_with_picture().await, HERE, |_| {});
    let request = HttpRequest {
        method: Method::Get,
        url: "https://demo.kinora.invalid/".to_owned(),
        headers: Vec::new(),
        body: Body::Empty,
        auth: Auth::None,
        timeout: Duration::from_secs(5),
    };
    let error = visit.send(request).await.unwrap_err();
    assert_eq!(error.kind, TransportErrorKind::NotSent);
    assert!(error.words.contains("it is not there"), "{error}");
    page::serve_demo();
    let outcome = outcome(&visit, &mut wish("kinora-page:test")).await;
    assert!(matches!(outcome, Outcome::Succeeded(_)), "{outcome:?}");
}
