//! How the demo works, and what it tells of its work.

use core::time::Duration;

use kinora::RequestId;

use crate::codec::Codec;

/// How the demo works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// How long a job waits in the queue when no other is before it.
    pub queue: Duration,
    /// The only codec to use; by default the best that this browser encodes.
    pub codec: Option<Codec>,
    /// Whether a worker makes the videos, where there can be one. Without it the page's own thread
    /// does, in slices that are too short to be felt.
    pub worker: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            queue: QUEUE,
            codec: None,
            worker: true,
        }
    }
}

/// How far a running job is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The job.
    pub id: RequestId,
    /// Frames that are done. It falls back to the first when a codec fails and the next is tried.
    pub done: u32,
    /// Frames that the video will have.
    pub all: u32,
}

/// Long enough to be seen, too short to be waited for.
const QUEUE: Duration = Duration::from_millis(400);
