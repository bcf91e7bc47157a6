//! What the core says, told to JavaScript.

use core::time::Duration;

use kinora::{
    Auth, Body, CancelNews, Event, Failure, HttpRequest, Media, MediaKind, ModelId, Outcome,
    Output, Record, ServiceState,
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
        Output::Done(Outcome::Succeeded(files)) => match video(files, record) {
            None if makes_videos(record) => problem::outcome(&without_video(), to),
            video => result(files, video, record, to),
        },
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

/// The first video. Of a model that makes nothing else, a file that came under no name is one.
fn video<'a>(files: &'a [Media], record: &Record) -> Option<&'a Media> {
    let unnamed = || first(MediaKind::Other, files).filter(|_| makes_videos(record));
    first(MediaKind::Video, files).or_else(unnamed)
}

/// To whoever waits for a video, a job that made none went wrong, whatever the service calls it.
fn without_video() -> Outcome {
    Outcome::Failed(Failure {
        words: "The service names no video.".to_owned(),
        detail: None,
    })
}

fn first(kind: MediaKind, files: &[Media]) -> Option<&Media> {
    files.iter().find(|file| file.kind == kind)
}

fn makes_videos(record: &Record) -> bool {
    record.model == *ModelId::WAN_2_2
}

/// The member `result`: `{ requestId, model, video, image, files }`, where `image` is the first of its
/// kind.
fn result(files: &[Media], video: Option<&Media>, record: &Record, to: &mut Writer) {
    to.key("result");
    to.mark("{");
    to.text(
        "requestId",
        record.ticket().map_or("", |ticket| ticket.id.as_str()),
    );
    to.text("model", record.model.as_str());
    for (key, file) in [("video", video), ("image", first(MediaKind::Image, files))] {
        match file {
            Some(file) => to.text(key, &file.url),
            None => {
                to.key(key);
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

#[cfg(test)]
mod tests {
    use kinora::{
        BaseUrl, Connection, HostKind, IntentId, Object, RequestId, Stage, Ticket, Value, WallTime,
    };

    use super::*;
    use crate::text;

    fn record(model: &str) -> Record {
        let base = BaseUrl::parse("https://relay.example.com").expect("a base");
        let connection = Connection::new(base, HostKind::Kinora);
        let model = ModelId::parse(model).expect("a model");
        let time = WallTime::from_unix_millis(7);
        Record {
            intent: IntentId::parse("intent-1").expect("an id"),
            model: model.clone(),
            connection: connection.clone(),
            input: Object::new(),
            created_at: time,
            stage: Stage::Accepted(Ticket {
                id: RequestId::parse("request-1").expect("an id"),
                model,
                connection,
                submitted_at: time,
            }),
        }
    }

    /// What is told of a job of the model that made these files.
    fn check(model: &str, kinds: &[MediaKind], video: Result<Option<&str>, &str>) {
        let files = kinds.iter().map(|kind| Media {
            kind: *kind,
            url: media(*kind).to_owned(),
        });
        let mut told = Writer::default();
        let done = Output::Done(Outcome::Succeeded(files.collect()));
        output(&done, &record(model), &mut told);
        let told = text::read(&told.finish());
        let told = told.as_ref().and_then(Value::as_object).expect("an object");
        let member = |key| told.get(key).and_then(Value::as_object);
        let found = match (member("result"), member("error")) {
            (Some(result), None) => Ok(result.text("video")),
            (None, Some(error)) => Err(error.text("code").expect("a code")),
            other => panic!("neither or both: {other:?}"),
        };
        assert_eq!(found, video, "{model} {kinds:?}");
    }

    #[test]
    fn a_job_of_wan_always_makes_a_video() {
        const WAN: &str = "wan-ai/wan-2-2/image-to-video";
        check(
            WAN,
            &[MediaKind::Image, MediaKind::Video],
            Ok(Some("video")),
        );
        check(
            WAN,
            &[MediaKind::Other, MediaKind::Video],
            Ok(Some("video")),
        );
        check(WAN, &[MediaKind::Other], Ok(Some("other")));
        check(WAN, &[MediaKind::Image], Err("failed"));
        check(WAN, &[], Err("failed"));
    }

    #[test]
    fn a_job_of_another_model_may_make_none() {
        check("maker/model", &[MediaKind::Image], Ok(None));
        check("maker/model", &[MediaKind::Other], Ok(None));
        check("maker/model", &[MediaKind::Video], Ok(Some("video")));
    }
}
