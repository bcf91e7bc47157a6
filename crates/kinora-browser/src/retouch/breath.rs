//! Pauses in long work on a thread that others need.

use core::time::Duration;

use kinora::Monotonic;

use crate::{now, sleep};

/// When others last had their turn.
pub(super) struct Breath(Monotonic);

impl Breath {
    /// They had it just now.
    pub(super) fn taken() -> Self {
        Self(now().monotonic)
    }

    /// Gives them their turn when the thread was kept for long.
    pub(super) async fn when_due(&mut self) {
        if now().monotonic.since(self.0) > SLICE {
            sleep(Duration::ZERO).await;
            *self = Self::taken();
        }
    }
}

/// How long to keep the page's thread before other tasks get their turn.
const SLICE: Duration = Duration::from_millis(12);
