//! One look at every response: is it an answer, and if not, what went wrong?

use super::{code, header, key, read};
use crate::number::whole;
use crate::sentence::beginning;
use crate::{Body, Error, HttpResponse, Object, ServiceError, ServiceErrorKind, Value};

/// The object that an answer consists of.
///
/// # Errors
/// [`Error::Service`] for a status outside 2xx, and for an error number inside a 2xx, which
/// RunComfy's own clients guard against; [`Error::Unreadable`] when a 2xx is no JSON object, or a
/// 404 is a web page: then something else answers here, which knows nothing of any job.
pub fn classify(response: &HttpResponse) -> Result<&Object, Error> {
    let object = response.body.object();
    let success = (200..300).contains(&response.status);
    let number = object
        .and_then(|object| object.get(key::ERROR_CODE))
        .and_then(number)
        .filter(|number| *number != 0);
    match object {
        Some(object) if success && number.is_none() => Ok(object),
        None if success || is_page_not_found(response) => Err(Error::Unreadable {
            status: response.status,
        }),
        _ => Err(Error::Service(ServiceError {
            kind: kind(response.status, number),
            status: response.status,
            code: number,
            words: words(&response.body),
        })),
    }
}

fn is_page_not_found(response: &HttpResponse) -> bool {
    response.status == 404 && matches!(response.body, Body::Text(_))
}

/// Whether the service took a submit, as far as its answer proves it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accepted {
    /// It was certainly not accepted, and may be sent again.
    No,
    /// It was refused for good: the same submit would be refused again.
    Refused,
    /// Nothing is proved.
    Unknown,
}

/// Reads from a failed submit whether a job may exist nevertheless.
///
/// Only 429, and a 503 that one of our own hosts marks with [`header::ACCEPTED`], prove that
/// nothing was accepted and invite another try. A 4xx is a refusal. A 5xx, a redirect or an
/// unreadable 2xx proves nothing. An error number inside a 2xx is a refusal too: it is an answer
/// of the application itself.
pub fn accepted(response: &HttpResponse) -> Accepted {
    let marked = response.header(header::ACCEPTED) == Some("no");
    match response.status {
        429 => Accepted::No,
        503 if marked => Accepted::No,
        408 => Accepted::Unknown,
        400..500 => Accepted::Refused,
        200..300 if is_refusal(response) => Accepted::Refused,
        _ => Accepted::Unknown,
    }
}

/// Whether a 2xx carries an error that a repeat would meet again.
fn is_refusal(response: &HttpResponse) -> bool {
    match classify(response) {
        Err(Error::Service(error)) => !matches!(
            error.kind,
            ServiceErrorKind::Busy | ServiceErrorKind::Unavailable | ServiceErrorKind::NotReady
        ),
        Ok(_) | Err(_) => false,
    }
}

/// The first three digits of an error number are its HTTP status, so that inside a 200 the number
/// speaks for itself.
fn kind(status: u16, number: Option<i64>) -> ServiceErrorKind {
    match number {
        Some(code::UNKNOWN_MODEL) => return ServiceErrorKind::UnknownModel,
        Some(code::NO_BALANCE) => return ServiceErrorKind::NoBalance,
        Some(code::BAD_ACCOUNT) => return ServiceErrorKind::BadToken,
        Some(code::NOT_READY) => return ServiceErrorKind::NotReady,
        Some(code::NOT_YOURS) => return ServiceErrorKind::NotYours,
        Some(code::NOT_FOUND) => return ServiceErrorKind::NotFound,
        Some(_) | None => {}
    }
    let inner = number.and_then(|number| u16::try_from(number / 1000).ok());
    let status = if (200..300).contains(&status) {
        inner.unwrap_or(status)
    } else {
        status
    };
    match status {
        401 | 403 => ServiceErrorKind::BadToken,
        402 => ServiceErrorKind::NoBalance,
        404 => ServiceErrorKind::NotFound,
        413 => ServiceErrorKind::TooLarge,
        429 => ServiceErrorKind::Busy,
        408 => ServiceErrorKind::Unavailable,
        400..500 => ServiceErrorKind::Rejected,
        _ => ServiceErrorKind::Unavailable,
    }
}

fn number(value: &Value) -> Option<i64> {
    match value {
        Value::Int(number) => Some(*number),
        Value::String(text) => i64::try_from(whole(text)?).ok(),
        _ => None,
    }
}

/// The most characters of the service's words that are kept.
const WORDS_CHARS: usize = 300;

fn words(body: &Body) -> Option<String> {
    let words = match body {
        Body::Json(Value::Object(object)) => read::words_under(object)?,
        Body::Json(value) => read::words_in(value)?,
        Body::Empty | Body::Text(_) => return None,
    };
    Some(beginning(words, WORDS_CHARS).to_owned())
}
