//! What the core says, told to JavaScript.

use core::time::Duration;

use kinora::{
    Auth, Body, CancelNews, Event, HttpRequest, Media, MediaKind, Outcome, Output, Record,
    ServiceState,
};

use crate::problem;
use crate::text::Writer;

/// What the job wants done, or tells. `record` is the job's, for its names.
pub fn output(output: &Output, record: &Record, to: &mut Writer) {
    to.mark("{");
    let what = match output {
        Output::Store(_) => "store",
        Output::Send(_) => "send",
        Output::Sleep(_) => "sleep",
        Output::Event(_) => "event",
        Output::Done(_) => "done",
    };
    to.text("do", what);
    match output {
        Output::Store(record) => {
            to.key("record");
            to.value(&record.to_value());
        }
        Output::Send(wanted) => request(wanted, to),
        Output::Sleep(span) => millis("ms", *span, to),
        Output::Event(news) => {
            to.key("event");
            to.mark("{");
            event(news, to);
            to.mark("}");
        }
        Output::Done(Outcome::Succeeded(files)) => result(files, record, to),
        Output::Done(outcome) => problem::outcome(outcome, to),
    }
    to.mark("}");
}

/// How long the service took, to be learned: `{ do: "learn", ms }`.
pub fn took(took: Duration, to: &mut Writer) {
    to.mark("{");
    to.text("do", "learn");
    millis("ms", took, to);
    to.mark("}");
}

/// Members of a request for the shell to send.
pub fn request(request: &HttpRequest, to: &mut Writer) {
    to.text("method", request.method.as_str());
    to.text("url", &request.url);
    to.truth("auth", request.auth == Auth::Base);
    millis("ms", request.timeout, to);
    to.key("headers");
    to.mark("{");
    for (name, value) in &request.headers {
        to.text(name, value);
    }
    to.mark("}");
    match &request.body {
        Body::Json(json) => {
            to.key("json");
            to.value(json);
        }
        Body::Empty | Body::Text(_) => {}
    }
}

fn event(event: &Event, to: &mut Writer) {
    let kind = match event {
        Event::Submitting => "submitting",
        Event::Accepted(_) => "accepted",
        Event::Status(_) => "status",
        Event::Trouble { .. } => "trouble",
        Event::Cancel(_) => "cancel",
        Event::NotKept(_) => "warning",
    };
    to.text("type", kind);
    match event {
        Event::Submitting => {}
        Event::Accepted(ticket) => to.text("requestId", ticket.id.as_str()),
        Event::Status(status) => {
            to.text("state", state(&status.state));
            if let Some(position) = status.queue_position {
                to.int("queuePosition", i64::from(position));
            }
        }
        Event::Trouble { error, again_in } => {
            problem::error("error", error, to);
            millis("retryInMs", *again_in, to);
        }
        Event::Cancel(news) => {
            to.text("outcome", cancel(news));
            if let CancelNews::Failed(error) = news {
                problem::error("error", error, to);
            }
        }
        Event::NotKept(error) => {
            to.text("code", "not_stored");
            to.text("message", &error.sentence());
        }
    }
}

fn cancel(news: &CancelNews) -> &'static str {
    match news {
        CancelNews::Asked => "asked",
        CancelNews::Confirmed => "cancelled",
        CancelNews::TooLate => "too-late",
        CancelNews::Unclear(_) | CancelNews::Failed(_) => "unknown",
    }
}

/// The member `result`: `{ requestId, model, video, image, files }`, where `video` and `image`
/// are the first of their kind.
fn result(files: &[Media], record: &Record, to: &mut Writer) {
    to.key("result");
    to.mark("{");
    to.text(
        "requestId",
        record.ticket().map_or("", |ticket| ticket.id.as_str()),
    );
    to.text("model", record.model.as_str());
    for kind in [MediaKind::Video, MediaKind::Image] {
        match files.iter().find(|file| file.kind == kind) {
            Some(file) => to.text(media(kind), &file.url),
            None => {
                to.key(media(kind));
                to.mark("n");
            }
        }
    }
    to.key("files");
    to.mark("[");
    for file in files {
        to.mark("{");
        to.text("kind", media(file.kind));
        to.text("url", &file.url);
        to.mark("}");
    }
    to.mark("]");
    to.mark("}");
}

fn media(kind: MediaKind) -> &'static str {
    match kind {
        MediaKind::Video => "video",
        MediaKind::Image => "image",
        MediaKind::Other => "other",
    }
}

fn state(state: &ServiceState) -> &str {
    match state {
        ServiceState::InQueue => "queued",
        ServiceState::InProgress => "running",
        ServiceState::Completed => "completed",
        ServiceState::Succeeded => "succeeded",
        ServiceState::Failed => "failed",
        ServiceState::Cancelled => "cancelled",
        ServiceState::Unknown(word) => word,
    }
}

/// A member that is a span in milliseconds, rounded up: a wait that ends too soon is followed by
/// another of no time at all, without end where a clock only goes on with its timers.
pub fn millis(key: &str, span: Duration, to: &mut Writer) {
    let part = i64::from(span.subsec_nanos().div_ceil(1_000_000));
    to.int(
        key,
        span.as_secs().min(LONGEST_SECONDS) as i64 * 1000 + part,
    );
}

/// Three hundred million years.
const LONGEST_SECONDS: u64 = 1 << 53;
