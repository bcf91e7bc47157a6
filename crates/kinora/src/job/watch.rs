//! How long a job takes, as far as questions tell.

use core::time::Duration;

use crate::{Monotonic, ServiceState};

/// The time that a job's pace and its history count: from when it was accepted, or was last seen
/// in the queue, to when it was seen to be over.
#[derive(Clone, Debug, Default)]
pub(super) struct Watch {
    since: Option<Monotonic>,
    /// When it was last seen not to be over.
    running: Option<Monotonic>,
    asked: u32,
    took: Option<Duration>,
    /// When a job that was taken up again was first counted, and how old it was then.
    resumed: Option<(Monotonic, Duration)>,
}

impl Watch {
    pub(super) fn begin(&mut self, now: Monotonic) {
        *self = Self {
            since: Some(now),
            running: Some(now),
            ..Self::default()
        };
    }

    /// A status answer.
    pub(super) fn saw(&mut self, state: &ServiceState, now: Monotonic) {
        match state {
            ServiceState::InQueue => self.begin(now),
            ServiceState::InProgress | ServiceState::Unknown(_) => {
                self.running = Some(now);
                self.asked += 1;
            }
            ServiceState::Completed
            | ServiceState::Succeeded
            | ServiceState::Failed
            | ServiceState::Cancelled => self.over(now),
        }
    }

    /// Between the last two questions, in the middle; unknown when they lie too far apart.
    fn over(&mut self, now: Monotonic) {
        let (Some(since), Some(running)) = (self.since, self.running) else {
            return;
        };
        let (least, most) = (running.nanos_since(since), now.nanos_since(since));
        let unseen = most.saturating_sub(least);
        let middle = least + unseen / 2;
        let is_known = least == 0 || unseen <= middle / 2;
        if self.took.is_none() && is_known {
            self.took = Some(Duration::from_nanos(middle));
        }
    }

    /// How long it has been watched, if it was watched from its start.
    pub(super) fn elapsed(&self, now: Monotonic) -> Option<Duration> {
        self.since.map(|since| now.since(since))
    }

    /// The age of a job that was not watched from its start, `before` being what the wall clock
    /// says; only the first is believed.
    pub(super) fn resumed(&mut self, before: Duration, now: Monotonic) -> Duration {
        let (at, age) = *self.resumed.get_or_insert((now, before));
        now.plus(age).since(at)
    }

    /// The next question is not the pace's: it does not count, or whoever comes and goes would be
    /// taken for a pace that asks often, and kept up.
    pub(super) fn ask_aside(&mut self) {
        self.asked = self.asked.saturating_sub(1);
    }

    /// Questions of the pace since it began.
    pub(super) const fn asked(&self) -> u32 {
        self.asked
    }

    pub(super) const fn took(&self) -> Option<Duration> {
        self.took
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> Monotonic {
        Monotonic::after_origin(Duration::from_secs(seconds))
    }

    #[test]
    fn the_time_counts_from_the_end_of_the_queue() {
        let mut watch = Watch::default();
        watch.begin(at(0));
        watch.saw(&ServiceState::InQueue, at(30));
        watch.saw(&ServiceState::InProgress, at(60));
        watch.saw(&ServiceState::InProgress, at(88));
        assert_eq!(
            (watch.elapsed(at(89)), watch.asked()),
            (Some(Duration::from_secs(59)), 2)
        );
        watch.saw(&ServiceState::Completed, at(92));
        assert_eq!(watch.took(), Some(Duration::from_secs(60)));
        watch.saw(&ServiceState::Completed, at(500));
        assert_eq!(
            watch.took(),
            Some(Duration::from_secs(60)),
            "the first is the one"
        );
    }

    #[test]
    fn a_time_that_was_not_watched_is_not_told() {
        let mut resumed = Watch::default();
        resumed.saw(&ServiceState::InProgress, at(5));
        resumed.saw(&ServiceState::Completed, at(6));
        assert_eq!(resumed.took(), None);
        let mut asleep = Watch::default();
        asleep.begin(at(0));
        asleep.saw(&ServiceState::InProgress, at(10));
        asleep.saw(&ServiceState::Completed, at(60));
        assert_eq!(asleep.took(), None);
        let mut quick = Watch::default();
        quick.begin(at(0));
        quick.saw(&ServiceState::Completed, at(3));
        assert_eq!(quick.took(), Some(Duration::from_millis(1500)));
    }

    #[test]
    fn a_resumed_job_grows_older_though_the_wall_clock_stepped_back() {
        let mut watch = Watch::default();
        let (back, later) = (Duration::ZERO, Duration::from_secs(3600));
        assert_eq!(watch.resumed(back, at(5)), Duration::ZERO);
        assert_eq!(watch.resumed(back, at(35)), Duration::from_secs(30));
        assert_eq!(watch.resumed(later, at(36)), Duration::from_secs(31));
    }
}
