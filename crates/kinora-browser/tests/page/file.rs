//! Files of the page.

use kinora::Value;
use kinora_browser::file::{FileUrl, fetch};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{Fakes, answer, asked, blob_of, bytes_of, headers, refuse};

#[wasm_bindgen_test]
async fn a_file_is_there_under_its_address_until_that_is_dropped() {
    let url = FileUrl::new(&blob_of(b"bytes")).unwrap();
    let address = url.as_str().to_owned();
    let file = fetch(&address).await.unwrap();
    assert_eq!(bytes_of(&file).await, b"bytes");
    drop(url);
    assert!(fetch(&address).await.is_none());
}

#[wasm_bindgen_test]
async fn a_file_that_is_kept_from_scripts_or_missing_is_none() {
    let _fakes = Fakes;
    refuse();
    assert!(fetch("https://media.example.com/a.mp4").await.is_none());
    answer(404, &headers(&[]), "gone");
    assert!(fetch("https://media.example.com/a.mp4").await.is_none());
    let headers = asked()[0]
        .get("headers")
        .and_then(Value::as_object)
        .cloned();
    assert_eq!(headers.unwrap().text("authorization"), None);
}
