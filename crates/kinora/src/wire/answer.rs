//! The service's side of the wire: the answers that emulators give.

use super::{key, route, word};
use crate::{BaseUrl, Media, MediaKind, Object, RequestId, ServiceState, Status, Value};

/// The answer to a submit that was accepted.
pub fn submitted(base: &BaseUrl, id: &RequestId) -> Object {
    with_urls(Object::new().with(key::REQUEST_ID, id.as_str()), base, id)
        .with(key::CANCEL_URL, format!("{base}{}", route::cancel(id)))
}

/// The answer to a status call.
pub fn status(base: &BaseUrl, id: &RequestId, status: &Status) -> Object {
    let mut answer = Object::new()
        .with(key::REQUEST_ID, id.as_str())
        .with(key::STATUS, state_word(&status.state));
    if let Some(position) = status.queue_position {
        answer.insert(key::QUEUE_POSITION, i64::from(position));
    }
    with_urls(answer, base, id)
}

/// The answer to a result call while there is no result, or after a cancel.
pub fn no_result(id: &RequestId, state: &ServiceState) -> Object {
    Object::new()
        .with(key::REQUEST_ID, id.as_str())
        .with(key::STATUS, state_word(state))
}

/// The answer to a result call of a job that went well.
pub fn succeeded(id: &RequestId, output: &[Media]) -> Object {
    no_result(id, &ServiceState::Succeeded).with(key::OUTPUT, output_object(output))
}

/// The answer to a result call of a job that went wrong.
pub fn failed(id: &RequestId, error: impl Into<Value>) -> Object {
    no_result(id, &ServiceState::Failed).with(key::ERROR, error)
}

/// The answer to a cancel. The service's sample gives `completed` as the state:
/// <https://docs.runcomfy.com/model-apis/async-queue-endpoints> (read 2026-11-22).
pub fn cancelled(id: &RequestId, state: &ServiceState, done: bool) -> Object {
    let outcome = if done {
        word::CANCELLED
    } else {
        word::NOT_CANCELLABLE
    };
    no_result(id, state).with(key::OUTCOME, outcome)
}

/// An error body with the service's own number and words.
pub fn error(code: i64, words: &str) -> Object {
    Object::new()
        .with(key::ERROR_CODE, code)
        .with(key::ERROR_MESSAGE, words)
}

/// An error body of a gateway in front of the service.
pub fn gateway_error(words: &str) -> Object {
    Object::new().with(key::MESSAGE, words)
}

/// The service's word for a state.
pub fn state_word(state: &ServiceState) -> &str {
    match state {
        ServiceState::InQueue => word::IN_QUEUE,
        ServiceState::InProgress => word::IN_PROGRESS,
        ServiceState::Completed => word::COMPLETED,
        ServiceState::Succeeded => word::SUCCEEDED,
        ServiceState::Failed => word::FAILED,
        ServiceState::Cancelled => word::CANCELLED,
        ServiceState::Unknown(word) => word,
    }
}

fn with_urls(answer: Object, base: &BaseUrl, id: &RequestId) -> Object {
    answer
        .with(key::STATUS_URL, format!("{base}{}", route::status(id)))
        .with(key::RESULT_URL, format!("{base}{}", route::result(id)))
}

fn output_object(output: &[Media]) -> Object {
    let urls = |kind| {
        output
            .iter()
            .filter(move |media| media.kind == kind)
            .map(|media| media.url.as_str())
    };
    let mut object = Object::new();
    for (kind, one, many) in [
        (MediaKind::Image, key::IMAGE, key::IMAGES),
        (MediaKind::Video, key::VIDEO, key::VIDEOS),
    ] {
        let all: Vec<Value> = urls(kind).map(Value::from).collect();
        match all.as_slice() {
            [] => {}
            [only] => object.insert(one, only.clone()),
            _ => object.insert(many, Value::List(all)),
        }
    }
    object
}
