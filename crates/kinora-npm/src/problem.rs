//! What is told of something that did not work: the members of a `KinoraError`.

use kinora::{Error, Outcome};

use crate::text::Writer;

/// Why a wish was not taken up. Nothing was sent.
#[derive(Debug)]
pub struct Problem {
    code: &'static str,
    message: String,
}

impl Problem {
    /// Something in what the program handed in.
    pub fn bad(code: &'static str, message: String) -> Self {
        Self { code, message }
    }

    /// Tells it as the member `error` of an object.
    pub fn write(&self, to: &mut Writer) {
        begin(to, "error", self.code, &self.message, NEXT_STEP);
        to.mark("}");
    }
}

/// Tells of an error, as the member `key` of an object.
pub fn error(key: &str, error: &Error, to: &mut Writer) {
    begin(to, key, error.code(), &error.sentence(), error.next_step());
    to.truth("retryable", error.retryable());
    status(error, to);
    to.mark("}");
}

/// Tells how a job ended without a result, as the member `error` of an object.
pub fn outcome(outcome: &Outcome, to: &mut Writer) {
    let message = match outcome {
        Outcome::Refused(refusal) => &refusal.sentence(),
        Outcome::Failed(failure) => failure.words.as_str(),
        Outcome::Cancelled | Outcome::Succeeded(_) => "The job was cancelled.",
        Outcome::Uncertain(_) => {
            "The submit's answer was lost: a job may exist, and may cost. It is not sent again."
        }
        Outcome::Expired => "The service no longer knows the job.",
        Outcome::LostTouch(_) => {
            "The service could not be asked about the job, which may go on there."
        }
        Outcome::Overdue => "The deadline passed. The job may go on at the service.",
    };
    begin(to, "error", outcome.code(), message, outcome.next_step());
    to.truth("retryable", outcome.retryable());
    to.truth("resumable", outcome.resumable());
    if let Some(cause) = outcome.error() {
        status(cause, to);
        if !matches!(outcome, Outcome::Refused(_)) {
            error("cause", cause, to);
        }
    }
    if let Outcome::Failed(failure) = outcome
        && let Some(detail) = &failure.detail
    {
        to.key("detail");
        to.value(detail);
    }
    to.mark("}");
}

fn status(error: &Error, to: &mut Writer) {
    if let Some(status) = error.status() {
        to.int("status", i64::from(status));
    }
}

fn begin(to: &mut Writer, key: &str, code: &str, message: &str, next_step: &str) {
    to.key(key);
    to.mark("{");
    to.text("code", code);
    to.text("message", message);
    to.text("nextStep", next_step);
}

const NEXT_STEP: &str = "Change what is passed in; nothing was sent.";
