//! A job as the stage shows it.

use kinora::WallTime;

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
    /// Whether it is a render of the demo, which no AI model made.
    pub(crate) is_demo: bool,
    /// Whether another tab looks after it; this one only follows.
    pub(crate) elsewhere: bool,
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

/// One line of the timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Local time of day: `14:05:09`.
    pub(crate) at: String,
    /// What happened.
    pub(crate) sentence: String,
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
