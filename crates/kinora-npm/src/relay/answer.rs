//! What the rules decided, told to JavaScript.

use kinora_relay::{Answer, Change, Decision, FetchedHead, Flight, Line, Place};

use super::keeper::Keeper;
use crate::text::Writer;

/// What becomes of a request.
pub(super) fn decision(keeper: &mut Keeper, decision: Decision, to: &mut Writer) {
    match decision {
        Decision::Answer(told) => answer("answer", &told, to),
        Decision::Forward(flight) => {
            send(&flight, to);
            to.int("waiter", keeper.take_off(*flight));
        }
        Decision::Join(flight, dress) => match keeper.join(flight, dress) {
            Ok(waiter) => to.int("waiter", waiter),
            Err(lost) => answer("answer", &lost, to),
        },
        Decision::Fetch(fetch) => {
            to.key("fetch");
            to.mark("{");
            to.text("url", &fetch.url);
            headers(&fetch.headers, to);
            to.int("mostBytes", int(fetch.most_bytes));
            to.int("fetch", keeper.fetch(fetch));
            to.mark("}");
        }
    }
}

fn send(flight: &Flight, to: &mut Writer) {
    let request = &flight.request;
    to.key("send");
    to.mark("{");
    to.int("flight", int(flight.id().number()));
    to.text("method", request.method.as_str());
    to.text("url", &request.url);
    headers(&request.headers, to);
    if !request.body.is_empty() {
        to.text("body", &String::from_utf8_lossy(&request.body));
    }
    to.int("ms", int(request.timeout.as_millis() as u64));
    to.int("answerBytes", int(request.answer_bytes as u64));
    to.mark("}");
}

/// A whole answer, as the member `key`.
pub(super) fn answer(key: &str, answer: &Answer, to: &mut Writer) {
    to.key(key);
    to.mark("{");
    to.int("status", i64::from(answer.status));
    headers(&answer.headers, to);
    to.text("body", &String::from_utf8_lossy(&answer.body));
    line(&answer.line, to);
    to.mark("}");
}

/// The start of a file, as the member `head`.
pub(super) fn head(head: &FetchedHead, to: &mut Writer) {
    to.key("head");
    to.mark("{");
    to.int("status", i64::from(head.status));
    headers(&head.headers, to);
    line(&head.line, to);
    to.mark("}");
}

/// Everything that is to be stored or forgotten, if anything is.
pub(super) fn changes(keeper: &mut Keeper, to: &mut Writer) {
    let changes = keeper.relay.changes();
    if changes.is_empty() {
        return;
    }
    to.key("changes");
    to.mark("[");
    for change in &changes {
        one(change, to);
    }
    to.mark("]");
}

/// Texts, as the member `key`.
pub(super) fn texts(key: &str, texts: &[&str], to: &mut Writer) {
    to.key(key);
    to.mark("[");
    for text in texts {
        to.value(&(*text).into());
    }
    to.mark("]");
}

fn one(change: &Change, to: &mut Writer) {
    to.mark("{");
    match &change.place {
        Place::Caller(name) => {
            to.text("kind", "caller");
            to.text("name", name);
        }
        Place::Intent(account, intent) => {
            to.text("kind", "intent");
            to.int("account", int(*account as u64));
            to.text("name", intent.as_str());
        }
    }
    if let Some(value) = &change.value {
        to.key("record");
        to.value(value);
    }
    to.mark("}");
}

fn line(line: &Line, to: &mut Writer) {
    to.key("line");
    to.mark("{");
    to.text("call", line.call);
    if let Some(model) = &line.model {
        to.text("model", model);
    }
    to.int("status", i64::from(line.status));
    to.text("reason", line.reason);
    to.mark("}");
}

fn headers(headers: &[(String, String)], to: &mut Writer) {
    to.key("headers");
    to.mark("[");
    for (name, value) in headers {
        to.mark("[");
        to.value(&name.as_str().into());
        to.value(&value.as_str().into());
        to.mark("]");
    }
    to.mark("]");
}

fn int(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
