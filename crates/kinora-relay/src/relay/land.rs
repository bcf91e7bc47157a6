//! What comes back from the service, judged.

use kinora::wire::{self, Accepted, header, key, read, word};
use kinora::{Body, HttpResponse, Object, RequestId, TransportErrorKind, Value};

use super::Relay;
use crate::answer::Reply;
use crate::json::{self, Document};
use crate::rewrite::rewrite;
use crate::{Flight, Reason, Upstream};

impl Relay {
    /// What the callers of a flight are told, and what is remembered of it.
    pub fn land(&mut self, flight: &Flight, upstream: Upstream) -> Reply {
        let (reply, told) = self.judge(flight, upstream);
        if flight.call.is_submit() {
            self.submitted(flight, &reply, told.as_ref());
        } else if let Some(id) = flight.request_id()
            && told.is_some_and(|told| is_over(&told))
        {
            self.ledger.ended(id);
        }
        reply
    }

    fn submitted(&mut self, flight: &Flight, reply: &Reply, told: Option<&HttpResponse>) {
        let id = told.and_then(|told| read::submitted(told).ok());
        if id.is_some() || reply.is_untaken {
            self.ledger.landed(&flight.caller, flight.id, id.as_ref());
        }
        if let Some(key) = &flight.promise {
            self.promises.settle(key, flight.id, reply);
        }
    }

    /// The reply, and what the service said as far as the rules care: its top level.
    fn judge(&self, flight: &Flight, upstream: Upstream) -> (Reply, Option<HttpResponse>) {
        let refuse = |reason| (Reply::refusal(reason), None);
        let (status, headers, body) = match upstream {
            Upstream::Answered {
                status,
                headers,
                body,
            } => (status, headers, body),
            Upstream::Failed(TransportErrorKind::NotSent | TransportErrorKind::NoToken) => {
                return refuse(Reason::ServiceDown);
            }
            Upstream::Failed(TransportErrorKind::NoAnswer) => return refuse(Reason::AnswerLost),
            Upstream::Failed(TransportErrorKind::TimedOut) => return refuse(Reason::AnswerLate),
            Upstream::TooLarge => return refuse(Reason::AnswerTooLarge),
        };
        match status {
            200..300 | 400..600 => {}
            300..400 => return refuse(Reason::Redirected),
            _ => return refuse(Reason::AnswerLost),
        }
        if body.is_empty() {
            return self.passed(flight, status, &headers, Vec::new(), Body::Empty);
        }
        let mut leaks = self.token_is_in(&body);
        let document = Document::read(&body, ANSWER_DEPTH, &mut |text| {
            leaks |= self.token_is_in(text.as_bytes());
        });
        match document {
            _ if leaks => refuse(Reason::AnswerWithheld),
            Ok(document) => {
                let told = top_level(&document);
                let id = id(flight, &told);
                let text = rewrite(&document, id.as_ref(), &self.policy.public);
                let told = Body::Json(told.into());
                self.passed(flight, status, &headers, text.into_bytes(), told)
            }
            // A gateway's web page: what it says of the answer is kept, what it is is not.
            Err(_) if status >= 400 => {
                let (mut reply, told) =
                    self.passed(flight, status, &headers, Vec::new(), Body::Empty);
                let words = Reply::words(status, Reason::AnswerNotJson);
                reply.body = words.body;
                reply.headers.extend(words.headers);
                reply.reason = Reason::AnswerNotJson;
                (reply, told)
            }
            Err(_) => refuse(Reason::AnswerNotJson),
        }
    }

    fn passed(
        &self,
        flight: &Flight,
        status: u16,
        headers: &[(String, String)],
        body: Vec<u8>,
        told: Body,
    ) -> (Reply, Option<HttpResponse>) {
        let told = HttpResponse {
            status,
            headers: Vec::new(),
            body: told,
        };
        let is_untaken = flight.call.is_submit() && wire::accepted(&told) != Accepted::Unknown;
        let is_untaken = is_untaken && read::submitted(&told).is_err();
        let kept = headers.iter().filter(|(name, value)| {
            PASSED.contains(&name.as_str())
                && value.len() <= HEADER_CHARS
                && !self.token_is_in(value.as_bytes())
        });
        let mut headers: Vec<_> = kept.cloned().collect();
        if !body.is_empty() {
            headers.push((header::CONTENT_TYPE.to_owned(), header::JSON.to_owned()));
        }
        let reply = Reply {
            status,
            headers,
            body,
            reason: Reason::Passed,
            is_untaken,
        };
        (reply, Some(told))
    }

    fn token_is_in(&self, text: &[u8]) -> bool {
        self.token.as_ref().is_some_and(|token| token.is_in(text))
    }
}

/// The job that an answer is about: the one it names, or else the one it was asked about.
fn id(flight: &Flight, told: &Object) -> Option<RequestId> {
    let named = told.text(key::REQUEST_ID);
    let named = named.and_then(|text| RequestId::parse(text).ok());
    flight.request_id().cloned().or(named)
}

/// The top-level members with their numbers and texts; what is nested is not looked into.
fn top_level(document: &Document<'_>) -> Object {
    let value = |text: &str| match text.as_bytes().first() {
        Some(b'"') => json::unescape(text).map_or(Value::Null, Value::String),
        Some(b't' | b'f') => Value::Bool(text == "true"),
        Some(b'{') => Value::Object(Object::new()),
        Some(b'[') => Value::List(Vec::new()),
        Some(_) | None => text.parse::<i64>().map_or(Value::Null, Value::Int),
    };
    let members = document.members().iter();
    members
        .map(|member| (member.key.as_str(), value(document.text(&member.value))))
        .collect()
}

/// Whether an answer says that its job is over, or unknown.
fn is_over(told: &HttpResponse) -> bool {
    let words = [
        word::COMPLETED,
        word::SUCCEEDED,
        word::FAILED,
        word::CANCELLED,
    ];
    let state = told
        .body
        .object()
        .and_then(|object| object.text(key::STATUS));
    told.status == 404 || state.is_some_and(|state| words.contains(&state))
}

/// What of the service's headers callers get.
const PASSED: [&str; 3] = [header::RETRY_AFTER, header::RETRY_AFTER_MS, header::DATE];
/// The longest header that is passed on: dates have 29 characters.
const HEADER_CHARS: usize = 64;
/// Deepest nesting of an answer: catalogues carry schemas.
const ANSWER_DEPTH: usize = 64;
