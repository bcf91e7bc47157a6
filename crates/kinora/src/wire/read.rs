//! Answers of the service, read. Whatever is not documented is tolerated, never trusted.

use super::{classify, code, key, word};
use crate::sentence::beginning;
use crate::{
    Error, Failure, HttpResponse, Media, MediaKind, Object, RequestId, ServiceState, Status, Value,
};

/// What a result call found.
#[derive(Clone, Debug, PartialEq)]
pub enum ResultAnswer {
    /// It went well and made these files.
    Succeeded(Vec<Media>),
    /// It went wrong.
    Failed(Failure),
    /// It was stopped.
    Cancelled,
    /// There is no result yet; the state, where the answer names it.
    NotReady(Option<ServiceState>),
}

/// What a cancel call did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CancelAnswer {
    /// The job is stopped.
    Cancelled,
    /// The job runs or has ended; it stays as it is.
    NotCancellable,
    /// A word that was not documented when this was written; asking for the status tells more.
    Unknown(String),
}

/// Reads the answer to a submit. Any 2xx will do, with or without URLs.
///
/// # Errors
/// What [`classify`] finds, and [`Error::NoRequestId`] when the answer names no usable id.
pub fn submitted(response: &HttpResponse) -> Result<RequestId, Error> {
    let object = classify(response)?;
    let id = object
        .text(key::REQUEST_ID)
        .and_then(|id| RequestId::parse(id).ok());
    id.ok_or(Error::NoRequestId {
        status: response.status,
    })
}

/// Reads the answer to a status call.
///
/// # Errors
/// What [`classify`] finds, and [`Error::Unreadable`] when the answer names no state.
pub fn status(response: &HttpResponse) -> Result<Status, Error> {
    let object = classify(response)?;
    let state = state(object).ok_or(Error::Unreadable {
        status: response.status,
    })?;
    let position = object.get(key::QUEUE_POSITION).and_then(Value::as_int);
    let queue_position = position
        .filter(|_| state == ServiceState::InQueue)
        .and_then(|position| u32::try_from(position).ok());
    Ok(Status {
        state,
        queue_position,
    })
}

/// Reads the answer to a result call. "Not ready" comes as a state inside a 200, or as an error
/// with [`code::NOT_READY`].
///
/// A 2xx whose state is "failed" is a job's failure, even when it carries an error number too.
///
/// # Errors
/// What [`classify`] finds, and [`Error::Unreadable`] when the answer names no state.
pub fn result(response: &HttpResponse) -> Result<ResultAnswer, Error> {
    let object = match (classify(response), response.body.object()) {
        (Err(Error::Service(error)), _) if error.code == Some(code::NOT_READY) => {
            return Ok(ResultAnswer::NotReady(None));
        }
        (Err(Error::Service(error)), Some(object))
            if (200..300).contains(&error.status)
                && state(object) == Some(ServiceState::Failed) =>
        {
            object
        }
        (classified, _) => classified?,
    };
    let state = state(object).ok_or(Error::Unreadable {
        status: response.status,
    })?;
    Ok(match state {
        ServiceState::Succeeded => ResultAnswer::Succeeded(output(object)),
        ServiceState::Completed if has_output(object) => ResultAnswer::Succeeded(output(object)),
        ServiceState::Failed => ResultAnswer::Failed(failure(object)),
        ServiceState::Cancelled => ResultAnswer::Cancelled,
        other => ResultAnswer::NotReady(Some(other)),
    })
}

/// Reads the answer to a cancel. "Too late" is an answer, not an error.
///
/// # Errors
/// What [`classify`] finds.
pub fn cancelled(response: &HttpResponse) -> Result<CancelAnswer, Error> {
    let outcome = match classify(response) {
        // The documentation's own sample is not valid JSON; the status has the last word anyway.
        Err(Error::Unreadable { .. }) => "",
        classified => classified?.text(key::OUTCOME).unwrap_or_default(),
    };
    Ok(match outcome {
        word::CANCELLED => CancelAnswer::Cancelled,
        word::NOT_CANCELLABLE => CancelAnswer::NotCancellable,
        other => CancelAnswer::Unknown(other.to_owned()),
    })
}

fn has_output(object: &Object) -> bool {
    object
        .get(key::OUTPUT)
        .is_some_and(|output| !output.is_null())
}

/// RunComfy's own command line reads states in whatever case, and "cancelled" in both spellings:
/// <https://github.com/runcomfy-com/runcomfy-cli> (read 2026-11-22).
fn state(object: &Object) -> Option<ServiceState> {
    let text = object.text(key::STATUS)?;
    for (word, state) in &STATES {
        if word.eq_ignore_ascii_case(text) {
            return Some(state.clone());
        }
    }
    Some(ServiceState::Unknown(
        beginning(text, STATE_CHARS).to_owned(),
    ))
}

static STATES: [(&str, ServiceState); 7] = [
    (word::IN_QUEUE, ServiceState::InQueue),
    (word::IN_PROGRESS, ServiceState::InProgress),
    (word::COMPLETED, ServiceState::Completed),
    (word::SUCCEEDED, ServiceState::Succeeded),
    (word::FAILED, ServiceState::Failed),
    (word::CANCELLED, ServiceState::Cancelled),
    (word::CANCELED, ServiceState::Cancelled),
];

/// The most characters of a state's name that are kept.
const STATE_CHARS: usize = 64;

/// "A single URL string (one file) or an array", says the prose; an object by its model's output
/// schema, says the page. All three are read.
fn output(result: &Object) -> Vec<Media> {
    let mut files = Vec::new();
    match result.get(key::OUTPUT) {
        Some(Value::Object(by_key)) => {
            for (name, value) in by_key.iter() {
                urls(kind_of(name), value, &mut files);
            }
        }
        Some(value) => urls(MediaKind::Other, value, &mut files),
        None => {}
    }
    files
}

fn kind_of(name: &str) -> MediaKind {
    match name {
        key::VIDEO | key::VIDEOS => MediaKind::Video,
        key::IMAGE | key::IMAGES => MediaKind::Image,
        _ => MediaKind::Other,
    }
}

fn urls(kind: MediaKind, value: &Value, files: &mut Vec<Media>) {
    match value {
        Value::String(url) => files.push(Media {
            kind,
            url: url.clone(),
        }),
        Value::List(items) => {
            for item in items {
                if item.as_str().is_some() {
                    urls(kind, item, files);
                }
            }
        }
        _ => {}
    }
}

/// The shape of `error` is undocumented: a text, an object and a list of objects all occur in
/// RunComfy's products. Without it, the words may stand beside the state.
fn failure(result: &Object) -> Failure {
    let error = result.get(key::ERROR).filter(|error| !error.is_null());
    let words = match error {
        Some(error) => words_in(error),
        None => words_under(result),
    };
    let words = words.unwrap_or("The service gave no reason.");
    Failure {
        words: beginning(words, FAILURE_CHARS).to_owned(),
        detail: error.cloned(),
    }
}

/// The first words of a value: where they are known to stand, or else wherever there are some.
pub fn words_in(value: &Value) -> Option<&str> {
    match value {
        Value::String(text) => Some(text.as_str()).filter(|text| !text.trim_ascii().is_empty()),
        Value::List(items) => items.iter().find_map(words_in),
        Value::Object(object) => {
            words_under(object).or_else(|| object.iter().find_map(|(_, value)| words_in(value)))
        }
        Value::Null | Value::Bool(_) | Value::Int(_) | Value::Float(_) => None,
    }
}

/// The words of an object whose other members may be texts of another kind.
pub(super) fn words_under(object: &Object) -> Option<&str> {
    WORDS
        .iter()
        .find_map(|key| object.get(key).and_then(words_in))
}

/// Where words are looked for, in the order of RunComfy's own clients:
/// <https://github.com/runcomfy-com/runcomfy-mcp> (read 2026-11-22).
const WORDS: [&str; 5] = [
    key::ERROR_MESSAGE,
    key::MESSAGE,
    key::ERROR,
    key::DETAIL,
    key::MSG,
];

/// The most characters of a failure's words that are kept; its detail keeps all.
const FAILURE_CHARS: usize = 2000;
