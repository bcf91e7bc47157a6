//! What is kept is there again after everything was closed.

use kinora::{Connection, HostKind, IntentId, ModelId, Object, Record, Stage, Value, WallTime};
use kinora_browser::Store;
use serde::{Deserialize, Serialize};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{Fakes, base, blob_of, bytes_of, deny_storage, fill_storage};

fn record(intent: &str, stage: Stage) -> Record {
    Record {
        intent: IntentId::parse(intent).unwrap(),
        model: ModelId::WAN_2_2.clone(),
        connection: Connection::new(base("http://127.0.0.1:8787"), HostKind::Kinora),
        input: Object::new().with("prompt", "").with("seed", 3),
        created_at: WallTime::from_unix_millis(1_790_000_000_000),
        stage,
    }
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Draft {
    prompt: String,
    seed: Option<i64>,
}

/// The same story on every kind of store; `reopen` makes another one over the same data.
async fn check(store: Store, reopen: impl AsyncFn(Store) -> Store) {
    let sending = record("a", Stage::Sending);
    store.put_record(&sending).await.unwrap();
    store
        .put_record(&record("b", Stage::Sending))
        .await
        .unwrap();
    let uncertain = record("b", Stage::Uncertain);
    store.put_record(&uncertain).await.unwrap();
    let draft = Draft {
        prompt: "a lake".to_owned(),
        seed: None,
    };
    store.put("draft", &draft).await.unwrap();
    let value: Value = Object::new()
        .with("jobs", Value::List(vec![1.into()]))
        .into();
    store.put_value("snapshot", &value).await.unwrap();
    store
        .put_blob("picture/1", &blob_of(b"bytes"))
        .await
        .unwrap();

    let store = reopen(store).await;
    let records = store.records().await.unwrap();
    assert_eq!(records, [Ok(sending.clone()), Ok(uncertain.clone())]);
    assert_eq!(
        store.record(&sending.intent).await.unwrap(),
        Some(sending.clone())
    );
    assert_eq!(store.get("draft").await.unwrap(), Some(draft));
    assert_eq!(store.get_value("snapshot").await.unwrap(), Some(value));
    let blob = store.blob("picture/1").await.unwrap().unwrap();
    assert_eq!(bytes_of(&blob).await, b"bytes");

    store.remove_record(&sending.intent).await.unwrap();
    store.remove("draft").await.unwrap();
    store.remove_blob("picture/1").await.unwrap();
    assert_eq!(store.records().await.unwrap(), [Ok(uncertain.clone())]);
    assert_eq!(store.get::<Draft>("draft").await.unwrap(), None);
    assert!(store.blob("picture/1").await.unwrap().is_none());
    store.remove_record(&uncertain.intent).await.unwrap();
}

#[wasm_bindgen_test]
async fn a_store_in_the_database_survives_being_reopened() {
    let store = Store::open().await;
    assert!(store.is_lasting());
    check(store, async |old| {
        drop(old);
        Store::open().await
    })
    .await;
}

#[wasm_bindgen_test]
async fn a_store_in_memory_does_the_same_for_one_visit() {
    let store = Store::in_memory();
    assert!(!store.is_lasting());
    check(store, async |old| old).await;
}

#[wasm_bindgen_test]
async fn a_value_of_another_shape_is_an_error_and_no_panic() {
    let store = Store::open().await;
    store.put_value("odd", &Value::Int(3)).await.unwrap();
    assert!(store.get::<Draft>("odd").await.is_err());
    store.remove("odd").await.unwrap();
}

#[wasm_bindgen_test]
async fn a_browser_without_storage_keeps_things_for_the_visit() {
    let _fakes = Fakes;
    for missing in [true, false] {
        deny_storage(missing);
        let store = Store::open().await;
        assert!(!store.is_lasting());
        store.put_value("a", &Value::Int(1)).await.unwrap();
        assert_eq!(store.get_value("a").await.unwrap(), Some(Value::Int(1)));
    }
}

#[wasm_bindgen_test]
async fn storage_that_is_full_says_so() {
    let _fakes = Fakes;
    let store = Store::open().await;
    fill_storage();
    let error = store
        .put_record(&record("a", Stage::Sending))
        .await
        .unwrap_err();
    assert!(error.words.contains("used up"), "{error}");
    assert_eq!(
        store.record(&IntentId::parse("a").unwrap()).await.unwrap(),
        None
    );
}
