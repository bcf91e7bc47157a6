//! What is told of something that did not work: the members of a `KinoraError`.

use kinora::{BadId, BaseUrlProblem, Error, Outcome};

use crate::text::Writer;

/// Why a wish was not taken up. Nothing was sent.
#[derive(Debug)]
pub enum Problem {
    /// The base is none.
    Base(BaseUrlProblem),
    /// An id is none; the code of its kind.
    Id(&'static str, BadId),
    /// A member that must be text is missing, or is none.
    NoText(&'static str),
    /// The input is no object.
    NoInput,
    /// What was passed in cannot be read.
    TooDeep,
    /// The input may not be sent as it is.
    Invalid,
    /// Something else: its code, and what is said of it.
    Other(&'static str, String),
}

impl Problem {
    /// Something in what the program handed in.
    pub fn bad(code: &'static str, message: String) -> Self {
        Self::Other(code, message)
    }

    /// A stable name for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Base(_) => "bad_base_url",
            Self::Id(code, _) | Self::Other(code, _) => code,
            Self::NoText(_) | Self::NoInput | Self::TooDeep => "bad_input",
            Self::Invalid => "invalid_input",
        }
    }

    /// What is wrong, as a sentence.
    pub fn sentence(&self) -> String {
        match self {
            Self::Base(problem) => problem.sentence().to_owned(),
            Self::Id(_, bad) => bad.sentence(),
            Self::NoText(key) => ["\"", key, "\" is missing, or is not text."].concat(),
            Self::NoInput => "The input must be a plain object of the model's fields.".to_owned(),
            Self::TooDeep => {
                "What was passed in cannot be read: it may be nested too deep.".to_owned()
            }
            Self::Invalid => "The input may not be sent as it is.".to_owned(),
            Self::Other(_, message) => message.clone(),
        }
    }

    /// Tells it as the member `error` of an object.
    pub fn write(&self, to: &mut Writer) {
        self.say(&self.sentence(), to);
    }

    /// The same without words, for a module that leaves them to another.
    pub fn write_briefly(&self, to: &mut Writer) {
        self.say("", to);
    }

    fn say(&self, message: &str, to: &mut Writer) {
        begin(to, "error", self.code(), message, NEXT_STEP);
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
