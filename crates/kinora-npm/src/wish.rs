//! What JavaScript wants, read into the core's types.

use core::time::Duration;

use kinora::{
    BaseUrl, Body, Connection, Draft, Hint, History, HostKind, HttpResponse, Input, IntentId,
    ModelId, ModelSpec, Monotonic, Now, Object, RequestId, TransportError, TransportErrorKind,
    Value, WallTime,
};

use crate::problem::Problem;

/// Both clocks, as JavaScript reads them: milliseconds since the page's origin, and since 1970.
pub fn now(monotonic: f64, wall: f64) -> Now {
    Now {
        monotonic: Monotonic::after_origin(Duration::from_micros((monotonic * 1000.0) as u64)),
        wall: WallTime::from_unix_millis(wall as u64),
    }
}

/// The service at `base`, of the kind that `host` says.
///
/// # Errors
/// When the base is no address that a token may be sent to.
pub fn connection(wish: &Object) -> Result<Connection, Problem> {
    let base = text(wish, "base")?;
    match BaseUrl::parse(base) {
        Ok(base) => Ok(Connection::new(base, host(wish))),
        Err(_) if base == Connection::DEMO => Ok(Connection::demo()),
        Err(problem) => Err(Problem::Base(problem)),
    }
}

/// The kind of the service's host.
pub fn host(wish: &Object) -> HostKind {
    match wish.text("host") {
        Some("kinora") => HostKind::Kinora,
        _ => HostKind::RunComfy,
    }
}

/// The id of a model.
///
/// # Errors
/// When it has no form that may go into an address.
pub fn model(wish: &Object) -> Result<ModelId, Problem> {
    ModelId::parse(text(wish, "model")?).map_err(|bad| Problem::Id("bad_model", bad))
}

/// The id of an intent, which the shell mints.
///
/// # Errors
/// When it has no form that may go into a header.
pub fn intent(wish: &Object) -> Result<IntentId, Problem> {
    IntentId::parse(text(wish, "intent")?).map_err(|bad| Problem::Id("bad_intent", bad))
}

/// The id of a request, if there is one.
///
/// # Errors
/// When it has no form that may go into an address.
pub fn request_id(wish: &Object) -> Result<Option<RequestId>, Problem> {
    let Some(id) = wish.get("requestId") else {
        return Ok(None);
    };
    let id = RequestId::parse(id.as_str().unwrap_or_default());
    id.map(Some)
        .map_err(|bad| Problem::Id("bad_request_id", bad))
}

/// What is known of a model without a look at its schema. Of another than wan 2.2 every field is
/// sent as it is.
pub fn spec(id: ModelId) -> ModelSpec {
    if id == *ModelId::WAN_2_2 {
        ModelSpec::wan_2_2()
    } else {
        ModelSpec::unread(id)
    }
}

/// What is filled in, and what is known beside it.
///
/// # Errors
/// When `input` is no object.
pub fn draft(wish: &Object) -> Result<Draft, Problem> {
    match input_of(wish) {
        Some(input) => Ok(Draft::new(input.clone())),
        None => Err(Problem::NoInput),
    }
}

/// The model's input, if it is an object.
pub fn input_of(wish: &Object) -> Option<&Object> {
    wish.get("input")?.as_object()
}

/// A point in civil time, in milliseconds since 1970.
pub fn time(wish: &Object, key: &str) -> Option<WallTime> {
    let millis = wish.get(key)?.as_int()?;
    Some(WallTime::from_unix_millis(u64::try_from(millis).ok()?))
}

/// How long such jobs took before: `durations`, in milliseconds.
pub fn history(wish: &Object) -> History {
    let mut history = History::EMPTY;
    if let Some(Value::List(durations)) = wish.get("durations") {
        for millis in durations {
            if let Value::Int(millis) = millis {
                history.add(Duration::from_millis(millis.unsigned_abs()));
            }
        }
    }
    history
}

/// What happened; nothing for `null`. What cannot be read is an answer that cannot be read.
pub fn input(happened: Option<&Value>) -> Option<Input> {
    match happened {
        Some(Value::Null) => None,
        Some(Value::Object(happened)) => told(happened),
        _ => Some(Input::Failed(TransportError {
            kind: TransportErrorKind::NoAnswer,
            words: "the answer is nested too deep".to_owned(),
        })),
    }
}

fn told(happened: &Object) -> Option<Input> {
    let words = || happened.text("words").unwrap_or_default().to_owned();
    Some(match happened.text("is")? {
        "stored" => Input::Stored,
        "response" => Input::Response(response(happened)),
        "failed" => Input::Failed(TransportError {
            kind: match happened.text("kind")? {
                "not_sent" => TransportErrorKind::NotSent,
                "no_token" => TransportErrorKind::NoToken,
                "timed_out" => TransportErrorKind::TimedOut,
                _ => TransportErrorKind::NoAnswer,
            },
            words: words(),
        }),
        "woke" => Input::Woke,
        "cancel" => Input::Cancel,
        "visible" => Input::Hint(Hint::Visible),
        "hidden" => Input::Hint(Hint::Hidden),
        "online" => Input::Hint(Hint::Online),
        "offline" => Input::Hint(Hint::Offline),
        _ => return None,
    })
}

/// An answer: `{ status, headers: {…}, json | text }`.
pub fn response(answer: &Object) -> HttpResponse {
    let status = answer.get("status").and_then(Value::as_int);
    HttpResponse {
        status: status
            .and_then(|status| u16::try_from(status).ok())
            .unwrap_or(0),
        headers: headers(answer),
        body: body(answer),
    }
}

/// Headers of a request or an answer, by name.
pub fn headers(of: &Object) -> Vec<(String, String)> {
    let mut headers = Vec::new();
    if let Some(Value::Object(given)) = of.get("headers") {
        for (name, value) in given.iter() {
            let value = value.as_str().unwrap_or_default();
            headers.push((name.to_owned(), value.to_owned()));
        }
    }
    headers
}

/// The body of a request or an answer: `json` or `text`.
pub fn body(of: &Object) -> Body {
    match (of.get("json"), of.text("text")) {
        (Some(json), _) => Body::Json(json.clone()),
        (None, Some("") | None) => Body::Empty,
        (None, Some(text)) => Body::Text(text.to_owned()),
    }
}

/// A member that must be text.
///
/// # Errors
/// When it is not.
pub fn text<'a>(wish: &'a Object, key: &'static str) -> Result<&'a str, Problem> {
    wish.text(key).ok_or(Problem::NoText(key))
}
