//! Answers that go wrong, as a service and whatever stands before it give them.

use kinora::retry::Call;
use kinora::wire::{answer, code, header};
use kinora::{Body, HostKind, HttpResponse, Object, Value};

use super::dice::Dice;
use super::plan::{Micros, SECOND};

/// An answer in place of the true one.
pub(crate) struct Mishap {
    pub(crate) response: HttpResponse,
    /// How long it asks to wait, if it does.
    pub(crate) wait: Option<Micros>,
}

/// Nothing was done, and the answer proves it or is repeated.
pub(crate) fn refusal(dice: &mut Dice, call: Call, host: HostKind, server: u64) -> Mishap {
    let response = match dice.between(0, 16) {
        0..4 => gateway(429, "Too Many Requests"),
        4..6 if host == HostKind::Kinora => marked(gateway(503, "Service Unavailable")),
        6 => numbered(400, code::UNKNOWN_MODEL),
        7 => numbered(400, code::NO_BALANCE),
        8 => numbered(dice.pick(&[400, 200]), code::BAD_ACCOUNT),
        9 => gateway(dice.pick(&[401, 402, 403]), "Unauthorized"),
        10 => gateway(422, "Unprocessable"),
        11 if call == Call::Submit => gateway(413, "Too Large"),
        _ => trouble(dice),
    };
    asking_to_wait(dice, response, server)
}

/// What was asked is done, and the answer does not say so.
pub(crate) fn misreport(dice: &mut Dice, call: Call, server: u64) -> Mishap {
    let response = match dice.between(0, 8) {
        0 => HttpResponse::json(200, Object::new()),
        1 => HttpResponse::json(dice.pick(&[200, 202]), Value::List(Vec::new())),
        2 => HttpResponse::json(200, Value::Null),
        3 if call == Call::Submit => {
            HttpResponse::json(200, Object::new().with("request_id", "../../admin"))
        }
        4 => HttpResponse::json(200, Object::new().with("status", 7)),
        _ => trouble(dice),
    };
    asking_to_wait(dice, response, server)
}

/// An answer that was cut off or damaged on its way, as an edge hands it on.
pub(crate) fn damaged(dice: &mut Dice, response: &HttpResponse) -> HttpResponse {
    let Body::Json(value) = &response.body else {
        return response.clone();
    };
    let mut text = serde_json::to_string(value).unwrap_or_default();
    let at = usize::try_from(dice.between(0, text.len() as u64)).unwrap_or_default();
    match dice.percent(50) {
        true => text.truncate(text.floor_char_boundary(at)),
        false => text.insert(text.floor_char_boundary(at), '\u{1}'),
    }
    let body = match text.is_empty() {
        true => Body::Empty,
        false => Body::Text(text),
    };
    HttpResponse {
        body,
        ..response.clone()
    }
}

fn trouble(dice: &mut Dice) -> HttpResponse {
    match dice.between(0, 5) {
        0 => gateway(500, "Internal Server Error"),
        1 => gateway(503, "Service Unavailable"),
        2 => gateway(dice.pick(&[408, 502, 504, 520]), "Bad Gateway"),
        3 => page(dice.pick(&[200, 502, 503])),
        _ => HttpResponse {
            status: dice.pick(&[204, 302, 500]),
            headers: Vec::new(),
            body: Body::Empty,
        },
    }
}

fn asking_to_wait(dice: &mut Dice, mut response: HttpResponse, server: u64) -> Mishap {
    let may = matches!(response.status, 429 | 503) && dice.percent(60);
    if !may {
        return Mishap {
            response,
            wait: None,
        };
    }
    let seconds = dice.pick(&[0, 1, 3, 10, 60, 300]);
    let headers = match dice.between(0, 3) {
        0 => vec![(header::RETRY_AFTER, seconds.to_string())],
        1 => vec![(header::RETRY_AFTER_MS, (seconds * 1000).to_string())],
        _ => vec![
            (header::DATE, date(server)),
            (header::RETRY_AFTER, date(server + seconds)),
        ],
    };
    let headers = headers
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value));
    response.headers.extend(headers);
    Mishap {
        response,
        wait: Some(seconds * SECOND),
    }
}

fn gateway(status: u16, words: &str) -> HttpResponse {
    HttpResponse::json(status, answer::gateway_error(words))
}

fn numbered(status: u16, code: i64) -> HttpResponse {
    HttpResponse::json(status, answer::error(code, "No."))
}

fn marked(mut response: HttpResponse) -> HttpResponse {
    response
        .headers
        .push((header::ACCEPTED.to_owned(), "no".to_owned()));
    response
}

fn page(status: u16) -> HttpResponse {
    HttpResponse {
        status,
        headers: Vec::new(),
        body: Body::Text("<!doctype html><title>Sign in</title>".to_owned()),
    }
}

/// A date as HTTP writes it, from seconds since 1970:
/// <https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7>
fn date(seconds: u64) -> String {
    let (days, rest) = (seconds / 86_400, seconds % 86_400);
    let (year, month, day) = civil(days);
    let weekday = WEEKDAYS[usize::try_from((days + 4) % 7).unwrap_or_default()];
    let (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60);
    let month = MONTHS[month];
    format!("{weekday}, {day:02} {month} {year} {hour:02}:{minute:02}:{second:02} GMT")
}

/// Year, month from 0 and day of so many days after 1970-01-01.
fn civil(mut days: u64) -> (u64, usize, u64) {
    let mut year = 1970;
    let by = |year: u64, many| year.is_multiple_of(many);
    let leap = |year| by(year, 4) && (!by(year, 100) || by(year, 400));
    while days >= 365 + u64::from(leap(year)) {
        days -= 365 + u64::from(leap(year));
        year += 1;
    }
    let february = 28 + u64::from(leap(year));
    let lengths = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let mut month = 0;
    while days >= lengths[month] {
        days -= lengths[month];
        month += 1;
    }
    (year, month, days + 1)
}

const WEEKDAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];
