//! Any bytes as what a service answers, or as what a store gives back.

use kinora::wire::{accepted, catalog, classify, read, route};
use kinora::{Body, HttpResponse, Method, Record, Value};

/// The first two bytes are the status, then comes the body, JSON or not.
pub(crate) fn try_out(input: &[u8]) {
    let Some((status, body)) = input.split_first_chunk() else {
        return;
    };
    let status = u16::from_le_bytes(*status) % 600;
    let body = match serde_json::from_slice::<Value>(body) {
        Ok(value) => {
            stored(&value);
            Body::Json(value)
        }
        Err(_) => {
            let text = String::from_utf8_lossy(body).into_owned();
            asked(&text);
            Body::Text(text)
        }
    };
    answered(&HttpResponse {
        status,
        headers: Vec::new(),
        body,
    });
}

fn answered(response: &HttpResponse) {
    let is_answer = classify(response).is_ok();
    assert!(!is_answer || (200..300).contains(&response.status));
    let _ = accepted(response);
    let _ = (read::submitted(response), read::status(response));
    let _ = (read::result(response), read::cancelled(response));
    let _ = (
        catalog::read::page(response),
        catalog::read::model(response),
    );
    let _ = catalog::read::categories(response);
}

fn stored(value: &Value) {
    if let Ok(record) = Record::from_value(value) {
        assert_eq!(Record::from_value(&record.to_value()), Ok(record));
    }
}

fn asked(path: &str) {
    let _ = (
        route::recognise(Method::Get, path),
        route::recognise(Method::Post, path),
    );
}
