//! How much each caller may: requests, submits, jobs under way.

use core::time::Duration;
use std::collections::{BTreeMap, VecDeque};

use kinora::{RequestId, WallTime};

use crate::memory::Marks;
use crate::{FlightId, Reason};

mod memory;

/// What each caller may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budgets {
    /// Requests in any minute.
    pub requests_per_minute: u32,
    /// Submits in any hour.
    pub submits_per_hour: u32,
    /// Jobs under way at once.
    pub jobs_at_once: u32,
}

impl Default for Budgets {
    fn default() -> Self {
        Self {
            requests_per_minute: 240,
            submits_per_hour: 30,
            jobs_at_once: 4,
        }
    }
}

/// Too much was asked for: why, and how long to wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Spent {
    pub(crate) reason: Reason,
    pub(crate) wait: Duration,
}

/// What every caller has spent.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    callers: BTreeMap<String, Spending>,
    /// Whose job it is.
    owners: BTreeMap<RequestId, String>,
    /// Callers of whom something changed that is worth storing.
    pub(crate) marks: Marks<String>,
}

#[derive(Debug, Default)]
struct Spending {
    requests: Window,
    submits: Window,
    jobs: Vec<Open>,
}

#[derive(Debug)]
struct Open {
    job: Job,
    since: WallTime,
}

#[derive(Debug, PartialEq)]
enum Job {
    /// Sent, not yet answered.
    Sent(FlightId),
    Accepted(RequestId),
}

impl Ledger {
    /// Counts a request.
    pub(crate) fn ask(
        &mut self,
        caller: &str,
        budgets: Budgets,
        now: WallTime,
    ) -> Result<(), Spent> {
        if !self.callers.contains_key(caller) {
            self.make_room(now)?;
        }
        let spending = self.callers.entry(caller.to_owned()).or_default();
        let most = budgets.requests_per_minute;
        let counted = spending.requests.count(most, MINUTE, now);
        counted.map_err(|wait| Spent {
            reason: Reason::TooManyRequests,
            wait,
        })
    }

    /// Counts a submit, and holds a place for its job.
    pub(crate) fn submit(
        &mut self,
        caller: &str,
        flight: FlightId,
        budgets: Budgets,
        now: WallTime,
    ) -> Result<(), Spent> {
        let spending = self.callers.entry(caller.to_owned()).or_default();
        spending.close_old(&mut self.owners, now);
        if spending.jobs.len() >= budgets.jobs_at_once as usize {
            return Err(Spent {
                reason: Reason::TooManyJobs,
                wait: A_JOB,
            });
        }
        let counted = spending.submits.count(budgets.submits_per_hour, HOUR, now);
        counted.map_err(|wait| Spent {
            reason: Reason::TooManySubmits,
            wait,
        })?;
        spending.jobs.push(Open {
            job: Job::Sent(flight),
            since: now,
        });
        self.marks.mark(caller);
        Ok(())
    }

    /// The submit was answered: by a job, or by certainly none.
    pub(crate) fn landed(&mut self, caller: &str, flight: FlightId, id: Option<&RequestId>) {
        let Some(spending) = self.callers.get_mut(caller) else {
            return;
        };
        let Some(at) = spending.place(&Job::Sent(flight)) else {
            return;
        };
        self.marks.mark(caller);
        match id {
            Some(id) => {
                self.owners.insert(id.clone(), caller.to_owned());
                if let Some(open) = spending.jobs.get_mut(at) {
                    open.job = Job::Accepted(id.clone());
                }
            }
            None => {
                spending.jobs.remove(at);
            }
        }
    }

    /// The job is over, whoever asked.
    pub(crate) fn ended(&mut self, id: &RequestId) {
        let Some(owner) = self.owners.remove(id) else {
            return;
        };
        if let Some(spending) = self.callers.get_mut(&owner)
            && let Some(at) = spending.place(&Job::Accepted(id.clone()))
        {
            spending.jobs.remove(at);
            self.marks.mark(&owner);
        }
    }

    /// Forgets callers of whom nothing counts any more, when there are many.
    fn make_room(&mut self, now: WallTime) -> Result<(), Spent> {
        if self.callers.len() < CALLERS_AT_MOST {
            return Ok(());
        }
        let owners = &mut self.owners;
        self.callers
            .retain(|_, spending| !spending.is_over(owners, now));
        if self.callers.len() < CALLERS_AT_MOST {
            return Ok(());
        }
        Err(Spent {
            reason: Reason::Full,
            wait: MINUTE,
        })
    }

    #[cfg(test)]
    fn known(&self) -> (usize, usize) {
        (self.callers.len(), self.owners.len())
    }
}

impl Spending {
    fn place(&self, job: &Job) -> Option<usize> {
        self.jobs.iter().position(|open| open.job == *job)
    }

    /// A caller who never asks how a job ended gets its place back after a while.
    fn close_old(&mut self, owners: &mut BTreeMap<RequestId, String>, now: WallTime) {
        self.jobs.retain(|open| {
            let is_open = now.since(open.since) < HOUR;
            if let (false, Job::Accepted(id)) = (is_open, &open.job) {
                owners.remove(id);
            }
            is_open
        });
    }

    fn is_over(&mut self, owners: &mut BTreeMap<RequestId, String>, now: WallTime) -> bool {
        self.close_old(owners, now);
        self.jobs.is_empty()
            && self.requests.is_over(MINUTE, now)
            && self.submits.is_over(HOUR, now)
    }
}

/// When things happened, oldest first; never more than are allowed.
#[derive(Debug, Default)]
struct Window(VecDeque<WallTime>);

impl Window {
    /// Counts one more, or says how long until there is room for one.
    fn count(&mut self, most: u32, span: Duration, now: WallTime) -> Result<(), Duration> {
        while self.0.front().is_some_and(|at| now.since(*at) >= span) {
            self.0.pop_front();
        }
        if self.0.len() < most as usize {
            self.0.push_back(now);
            return Ok(());
        }
        let passed = self.0.front().map_or(Duration::ZERO, |at| now.since(*at));
        Err(span.saturating_sub(passed))
    }

    fn is_over(&self, span: Duration, now: WallTime) -> bool {
        self.0.back().is_none_or(|at| now.since(*at) >= span)
    }
}

const MINUTE: Duration = Duration::from_secs(60);
/// Also how long a job counts as under way when nobody asks how it ended.
const HOUR: Duration = Duration::from_secs(60 * 60);
/// How long to wait for a place: about as long as a short job takes.
const A_JOB: Duration = Duration::from_secs(30);
/// How many callers are remembered; some ten megabytes.
const CALLERS_AT_MOST: usize = 20_000;

#[cfg(test)]
mod tests;
