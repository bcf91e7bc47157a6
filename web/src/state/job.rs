//! A job as the stage shows it.

use kinora::wire::input as key;
use kinora::{Connection, HostKind, Object, Record, RequestId, Stage, WallTime};

mod tell;
pub(crate) use tell::is_of_token;

/// The job on the stage.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct JobView {
    /// Which wish it is. Changes when another job comes on stage.
    pub(crate) intent: String,
    /// Where it stands.
    pub(crate) phase: Phase,
    /// What was asked for.
    pub(crate) asked: Asked,
    /// Where it runs: `your browser`, or the service's host.
    pub(crate) place: String,
    /// Whose service that is.
    pub(crate) host: HostKind,
    /// The service's name for it, once it has one.
    pub(crate) request_id: Option<RequestId>,
    /// Whether it is a render of the demo, which no AI model made.
    pub(crate) is_demo: bool,
    /// Whether another tab looks after it; this one only follows.
    pub(crate) elsewhere: bool,
    /// Whether it cannot be asked for, since this page no longer has the token for its place.
    pub(crate) wants_token: bool,
    /// When it was begun.
    pub(crate) started_at: WallTime,
    /// What happened so far, oldest first.
    pub(crate) timeline: Vec<Entry>,
    /// A call that failed and is tried again, while that is so.
    pub(crate) trouble: Option<String>,
    /// Whether the job can be cancelled now.
    pub(crate) cancel: CancelOffer,
    /// Why it ended otherwise than hoped, with what can be done.
    pub(crate) problem: Option<Problem>,
}

impl JobView {
    /// A job as its record tells it, before anything is heard of it. `at` is the time of day.
    pub(crate) fn of(record: &Record, at: String) -> Self {
        let ticket = record.ticket();
        let (phase, sentence) = match &record.stage {
            Stage::Sending | Stage::Uncertain => (Phase::Submitting, "Sending the job."),
            Stage::Accepted(_) | Stage::Ended { .. } => (
                Phase::Queued { position: None },
                "Asking how the job stands.",
            ),
        };
        let is_demo = record.connection == Connection::demo();
        Self {
            intent: record.intent.as_str().to_owned(),
            phase,
            asked: Asked::of(&record.input),
            place: place(&record.connection),
            host: record.connection.host(),
            request_id: ticket.map(|ticket| ticket.id.clone()),
            is_demo,
            elsewhere: false,
            wants_token: false,
            started_at: record.created_at,
            timeline: vec![Entry::new(at, sentence)],
            trouble: None,
            cancel: CancelOffer::Possible,
            problem: None,
        }
    }

    /// What is to be entered so that it can be asked for again.
    pub(crate) fn wanted(&self) -> Option<&'static str> {
        self.wants_token.then_some(match self.host {
            HostKind::Kinora => "Enter the secret",
            HostKind::RunComfy => "Enter the token",
        })
    }
}

/// Where a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    /// It is on its way to the service.
    Submitting,
    /// It waits at the service; with its place in the queue, when the service says so.
    Queued {
        /// The place.
        position: Option<u32>,
    },
    /// It is being made.
    Running,
    /// It is done; the result is being fetched.
    Finishing,
    /// The video is there.
    Succeeded,
    /// The service tried and failed.
    Failed,
    /// It was stopped.
    Cancelled,
    /// The service refused it, or it could not be sent; no job exists.
    Refused,
    /// The submit's answer was lost: a job may exist. Offer *check* and *send again*.
    Uncertain,
    /// The service no longer knows the job.
    Expired,
    /// The service could not be asked for too long; the job may go on. Offer *watch again*.
    LostTouch,
}

impl Phase {
    /// Whether nothing more will happen by itself.
    pub(crate) const fn is_over(self) -> bool {
        match self {
            Self::Submitting | Self::Queued { .. } | Self::Running | Self::Finishing => false,
            Self::Succeeded
            | Self::Failed
            | Self::Cancelled
            | Self::Refused
            | Self::Uncertain
            | Self::Expired
            | Self::LostTouch => true,
        }
    }
}

/// What was asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Asked {
    /// The prompt.
    pub(crate) prompt: String,
    /// The effect, if one was chosen.
    pub(crate) template: Option<String>,
    /// `480P` or `1080P`.
    pub(crate) resolution: String,
    /// The seed, if one was given.
    pub(crate) seed: Option<i64>,
    /// The image's address.
    pub(crate) image: String,
}

impl Asked {
    /// What a model was given.
    pub(crate) fn of(input: &Object) -> Self {
        let text = |key| input.text(key).unwrap_or_default().to_owned();
        Self {
            prompt: text(key::PROMPT),
            template: input.text(key::TEMPLATE).map(str::to_owned),
            resolution: text(key::RESOLUTION),
            seed: input.get(key::SEED).and_then(kinora::Value::as_int),
            image: text(key::IMAGE),
        }
    }

    /// A name for lists and files: the prompt, or else the effect.
    pub(crate) fn title(&self) -> &str {
        match (self.prompt.trim(), &self.template) {
            ("", Some(template)) => template,
            ("", None) => "Untitled",
            (prompt, _) => prompt,
        }
    }
}

/// One line of the timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Local time of day: `14:05:09`.
    pub(crate) at: String,
    /// What happened.
    pub(crate) sentence: String,
}

impl Entry {
    pub(super) fn new(at: String, sentence: impl Into<String>) -> Self {
        Self {
            at,
            sentence: sentence.into(),
        }
    }
}

/// What can be said of cancelling now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CancelOffer {
    /// It can be asked for.
    Possible,
    /// The service is being asked.
    Asked,
    /// The service agreed.
    Confirmed,
    /// It runs already, and goes on to its end.
    TooLate,
    /// There is nothing to cancel.
    Nothing,
}

/// Why a job ended otherwise than hoped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    /// What happened.
    pub(crate) sentence: String,
    /// What the person can do.
    pub(crate) next_step: String,
}

/// Where a job runs, in words.
pub(super) fn place(connection: &Connection) -> String {
    if *connection == Connection::demo() {
        return "your browser".to_owned();
    }
    let base = connection.base().as_str();
    let host = base.split_once("://").map_or(base, |(_, rest)| rest);
    host.split('/').next().unwrap_or(host).to_owned()
}

#[cfg(test)]
mod tests;
