//! What the service says of a job.

use crate::Value;

/// Where a job stands, as a status answer tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// The state.
    pub state: ServiceState,
    /// Place in the queue, only while in it. How the service counts is not documented; the
    /// sample shows `3`.
    pub queue_position: Option<u32>,
}

/// The service's words for states.
/// <https://docs.runcomfy.com/model-apis/async-queue-endpoints> (read 2026-11-22).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ServiceState {
    /// Waiting for a machine. Can still be cancelled.
    InQueue,
    /// Being made. Cannot be cancelled.
    InProgress,
    /// No longer running; only the result tells whether it went well.
    Completed,
    /// A result's word for: went well.
    Succeeded,
    /// A result's word for: went wrong.
    Failed,
    /// Stopped by a cancel.
    Cancelled,
    /// A word that was not documented when this was written.
    Unknown(String),
}

/// One file that a job made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Media {
    /// What it is, by the key it came under.
    pub kind: MediaKind,
    /// Where it is. Fetched without any token.
    pub url: String,
}

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediaKind {
    /// From `video` or `videos`.
    Video,
    /// From `image` or `images`.
    Image,
    /// From another key, or from none.
    Other,
}

/// Why a job went wrong, in the service's own words.
#[derive(Clone, Debug, PartialEq)]
pub struct Failure {
    /// The words, found in whatever shape they came.
    pub words: String,
    /// What the service sent, for a bug report.
    pub detail: Option<Value>,
}
