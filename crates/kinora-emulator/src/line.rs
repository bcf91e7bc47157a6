//! Jobs through time: who waits, who runs, who is done.
//!
//! Steps are taken in the order of their times, however seldom the host looks: what a caller is
//! told depends on when it asks, not on how often anybody asked before.

use core::time::Duration;

use kinora::RequestId;

use crate::Scenario;
use crate::job::{Job, State};

/// All jobs that can be asked for, in the order of their acceptance.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Line {
    pub(crate) jobs: Vec<Job>,
    /// When a slot last became free.
    pub(crate) freed_at: Duration,
}

impl Line {
    pub(crate) fn advance(&mut self, now: Duration, scenario: &Scenario) {
        while let Some((at, step)) = self.next_step(scenario)
            && at <= now
        {
            self.take(at, &step, scenario);
        }
        self.jobs.retain(|job| match job.state {
            State::Ended { at, .. } => now.saturating_sub(at) < scenario.retention,
            State::Queued | State::Running { .. } => true,
        });
    }

    /// When the next job starts or ends without anybody's doing.
    pub(crate) fn next_change(&self, scenario: &Scenario) -> Option<Duration> {
        self.next_step(scenario).map(|(at, _)| at)
    }

    pub(crate) fn job(&self, id: &RequestId) -> Option<&Job> {
        self.jobs.iter().find(|job| job.id == *id)
    }

    pub(crate) fn job_mut(&mut self, id: &RequestId) -> Option<&mut Job> {
        self.jobs.iter_mut().find(|job| job.id == *id)
    }

    /// The place in the queue, 1 being the next to run: other people's jobs that are still before
    /// it, and ours.
    pub(crate) fn position(&self, job: &Job, now: Duration, scenario: &Scenario) -> Option<u32> {
        if !job.is_queued() {
            return None;
        }
        let waited = now.saturating_sub(job.accepted_at);
        let gone = waited.as_nanos().checked_div(scenario.tick.as_nanos());
        let gone = gone.map_or(scenario.ahead, |gone| {
            u32::try_from(gone).unwrap_or(u32::MAX)
        });
        let queued = self.jobs.iter().filter(|job| job.is_queued());
        let ours = queued.take_while(|other| other.id != job.id).count();
        let before = scenario.ahead.saturating_sub(gone) as usize + ours;
        u32::try_from(before + 1).ok()
    }

    fn next_step(&self, scenario: &Scenario) -> Option<(Duration, Step)> {
        let ends = self.jobs.iter().enumerate();
        let ends =
            ends.filter_map(|(place, job)| Some((job.ends_at(scenario.run)?, Step::End(place))));
        ends.chain(self.next_start(scenario))
            .min_by_key(|(at, _)| *at)
    }

    fn next_start(&self, scenario: &Scenario) -> Option<(Duration, Step)> {
        let running = self.jobs.iter().filter(|job| job.is_running()).count();
        if running >= scenario.slots.get() as usize {
            return None;
        }
        let (place, first) = self
            .jobs
            .iter()
            .enumerate()
            .find(|(_, job)| job.is_queued())?;
        let ready_at = first.accepted_at.saturating_add(scenario.wait());
        Some((ready_at.max(self.freed_at), Step::Start(place)))
    }

    fn take(&mut self, at: Duration, step: &Step, scenario: &Scenario) {
        match *step {
            Step::Start(place) => self.jobs[place].start(at, scenario),
            Step::End(place) => {
                self.jobs[place].complete(at);
                self.freed_at = at;
            }
        }
    }
}

/// What happens next, and to the job at which place.
#[derive(Debug)]
enum Step {
    Start(usize),
    End(usize),
}
