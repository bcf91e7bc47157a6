//! The crate in a worker, where there is no window.

#![expect(
    clippy::unwrap_used,
    reason = "in a test, what is not there is a failure"
)]

#[expect(dead_code, reason = "the page's tests use the rest")]
mod support;

use futures_util::{StreamExt, poll};
use kinora::image::{Alpha, ByteSize, Look, LookProblem};
use kinora::{Platform, Reach, SourceUrl, Value};
use kinora_browser::look::{Depth, Looker, Source};
use kinora_browser::{Browser, Store, hints, lock};
use wasm_bindgen_test::wasm_bindgen_test;

use support::{Fakes, answer, get, headers, paint, work_here};

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_dedicated_worker);

#[wasm_bindgen_test]
async fn requests_are_sent_and_values_kept() {
    let _fakes = Fakes;
    answer(200, &headers(&[]), "[1]");
    let store = Store::open().await;
    assert!(store.is_lasting());
    store.put_value("worker", &Value::Int(1)).await.unwrap();
    assert_eq!(
        store.get_value("worker").await.unwrap(),
        Some(Value::Int(1))
    );
    let browser = Browser::new(store, None);
    let response = browser
        .send(get("https://relay.example.com"))
        .await
        .unwrap();
    assert_eq!(response.status, 200);
}

#[wasm_bindgen_test]
async fn pixels_are_read_and_only_unreadable_images_stay_unmeasured() {
    let blob = paint((40, 30), "image/png", true, Some((39, 29))).await;
    work_here();
    let looker = Looker::new(Store::in_memory());
    let most = ByteSize::mebibytes(10);
    let looked = looker
        .look(&Source::Blob(blob), Depth::Whole, most, &|_| {})
        .await;
    let Look::Found(facts) = looked.look else {
        panic!("{:?}", looked.look)
    };
    assert_eq!(facts.alpha, Some(Alpha::Transparent));
    let nowhere = SourceUrl::parse("http://127.0.0.1:9/a.png", Reach::Page).unwrap();
    let looked = looker
        .look(&Source::Url(nowhere), Depth::Whole, most, &|_| {})
        .await;
    assert_eq!(looked.look, Look::Failed(LookProblem::Unreachable));
}

#[wasm_bindgen_test]
async fn hints_and_locks_are_there_too() {
    let mut hints = hints();
    assert!(poll!(hints.next()).is_pending());
    assert!(lock::try_hold("worker").await.is_some());
}
