//! The service's side of the wire: the answers that emulators give.

use super::read::CancelAnswer;
use super::{header, key, route, word};
use crate::{BaseUrl, Media, MediaKind, Object, RequestId, ServiceState, Status, Value, WallTime};

mod date;

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

/// The answer to a result call of a job that went well; `output` is one of [`output_object`],
/// [`output_list`] and [`output_text`].
pub fn succeeded(id: &RequestId, output: impl Into<Value>) -> Object {
    no_result(id, &ServiceState::Succeeded).with(key::OUTPUT, output)
}

/// The same answer, with what the job cost in US dollars.
pub fn with_cost(answer: Object, usd: f64) -> Object {
    answer.with(key::COST, Value::Float(usd))
}

/// Files by key, as a model's page shows them.
pub fn output_object(output: &[Media]) -> Value {
    let mut object = Object::new();
    for (kind, one, many) in [
        (MediaKind::Image, key::IMAGE, key::IMAGES),
        (MediaKind::Video, key::VIDEO, key::VIDEOS),
    ] {
        let all: Vec<Value> = urls(output.iter().filter(|media| media.kind == kind));
        match all.as_slice() {
            [] => {}
            [only] => object.insert(one, only.clone()),
            _ => object.insert(many, Value::List(all)),
        }
    }
    Value::Object(object)
}

/// "An array", says the prose.
pub fn output_list(output: &[Media]) -> Value {
    Value::List(urls(output.iter()))
}

/// "A single URL string (one file)", says the prose; several files are a list nevertheless.
pub fn output_text(output: &[Media]) -> Value {
    match output {
        [only] => Value::from(only.url.as_str()),
        _ => output_list(output),
    }
}

/// The answer to a result call of a job that went wrong.
pub fn failed(id: &RequestId, error: impl Into<Value>) -> Object {
    no_result(id, &ServiceState::Failed).with(key::ERROR, error)
}

/// Why a job went wrong, as an object.
pub fn error_object(words: impl Into<Value>) -> Value {
    Value::Object(Object::new().with(key::MESSAGE, words))
}

/// Why a job went wrong, as RunComfy's other product tells:
/// <https://github.com/iguanesolutions/go-runcomfyserverless> (read 2026-11-22).
pub fn error_list(words: impl Into<Value>) -> Value {
    Value::List(vec![Value::Object(Object::new().with(key::ERROR, words))])
}

/// The answer to a cancel. The service's sample gives `completed` as the state:
/// <https://docs.runcomfy.com/model-apis/async-queue-endpoints> (read 2026-11-22).
pub fn cancelled(id: &RequestId, state: &ServiceState, outcome: &CancelAnswer) -> Object {
    let outcome = match outcome {
        CancelAnswer::Cancelled => word::CANCELLED,
        CancelAnswer::NotCancellable => word::NOT_CANCELLABLE,
        CancelAnswer::Unknown(other) => other,
    };
    no_result(id, state).with(key::OUTCOME, outcome)
}

/// The answer to a cancel that was done, as the page above prints it: without the comma after the
/// state, so that it is no JSON.
pub fn cancelled_as_printed(id: &RequestId) -> String {
    let (request_id, status, outcome) = (key::REQUEST_ID, key::STATUS, key::OUTCOME);
    let (completed, cancelled) = (word::COMPLETED, word::CANCELLED);
    format!(r#"{{"{request_id}":"{id}","{status}":"{completed}" "{outcome}":"{cancelled}"}}"#)
}

/// The headers that ask to wait until a date, and that say what date it is now.
pub fn retry_after_date(then: WallTime, now: WallTime) -> [(String, String); 2] {
    [(header::RETRY_AFTER, then), (header::DATE, now)]
        .map(|(name, at)| (name.to_owned(), date::format(at)))
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

fn urls<'a>(media: impl Iterator<Item = &'a Media>) -> Vec<Value> {
    media.map(|media| Value::from(media.url.as_str())).collect()
}
