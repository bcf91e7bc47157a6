//! One budget of requests for all jobs of a page or process, so that hundreds of them neither
//! storm the service nor starve each other.
//!
//! Two lanes, each with a steady rate and a small burst: one for questions (`GET`), one for what a
//! person wishes (`POST`: submits and cancels), which so never waits behind questions. Within a
//! lane each job has one place at most, and places are in the order of asking, so that every job
//! gets its turn once while each other gets one: with `n` jobs waiting, after `n / rate` seconds.

use core::time::Duration;

use crate::{IntentId, Method, Monotonic};

/// The budget. Hosts keep one, and answer [`Platform::turn`](crate::Platform::turn) and
/// [`Platform::hold`](crate::Platform::hold) from it.
#[derive(Clone, Debug)]
pub struct Budget {
    questions: Lane,
    wishes: Lane,
}

/// Whether a request may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// Send it now.
    Ready,
    /// Wait this long, then ask for the turn again. The place is kept.
    Wait(Duration),
}

impl Budget {
    /// For a service elsewhere: 8 questions and 2 wishes a second. RunComfy publishes no limit for
    /// its Model API; its hosted MCP endpoint lets 600 requests a minute through:
    /// <https://github.com/runcomfy-com/runcomfy-mcp> (read 2026-11-22).
    pub const REMOTE: Self = Self::new(8, 2);

    /// A budget of so many questions and wishes a second, and as many at once after a rest.
    pub const fn new(questions: u32, wishes: u32) -> Self {
        Self {
            questions: Lane::new(questions),
            wishes: Lane::new(wishes),
        }
    }

    /// Takes a turn for a job, or a place in the line.
    pub fn take(&mut self, job: &IntentId, method: Method, now: Monotonic) -> Turn {
        match method {
            Method::Get => self.questions.take(job, now),
            Method::Post => self.wishes.take(job, now),
        }
    }

    /// Lets nobody ask for this long, and then only at the steady rate.
    pub fn hold(&mut self, span: Duration, now: Monotonic) {
        self.questions.hold(span, now);
        self.wishes.hold(span, now);
    }
}

/// A line that moves on at a steady rate.
#[derive(Clone, Debug)]
struct Lane {
    /// Time between two turns.
    every: Duration,
    /// How much earlier than due a turn may come.
    burst: Duration,
    /// When the next turn is due.
    due: Option<Monotonic>,
    held: Option<Monotonic>,
    waiting: Vec<(IntentId, Monotonic)>,
}

impl Lane {
    const fn new(per_second: u32) -> Self {
        let per_second = if per_second == 0 { 1 } else { per_second };
        let millis = 1000_u64.div_ceil(per_second as u64);
        Self {
            every: Duration::from_millis(millis),
            burst: Duration::from_millis(millis * (per_second as u64 - 1)),
            due: None,
            held: None,
            waiting: Vec::new(),
        }
    }

    fn take(&mut self, job: &IntentId, now: Monotonic) -> Turn {
        if let Some(place) = self.waiting.iter().position(|(known, _)| known == job) {
            let wait = self.waiting[place].1.since(now);
            if wait.is_zero() {
                self.waiting.remove(place);
                return Turn::Ready;
            }
            return Turn::Wait(wait);
        }
        // Whoever did not come for its turn is gone.
        self.waiting.retain(|(_, turn)| now.since(*turn) < GONE);
        let due = self.due.map_or(now, |due| due.max(now));
        self.due = Some(due.plus(self.every));
        let wait = due.since(now).saturating_sub(self.burst);
        if wait.is_zero() {
            return Turn::Ready;
        }
        self.waiting.push((job.clone(), now.plus(wait)));
        Turn::Wait(wait)
    }

    fn hold(&mut self, span: Duration, now: Monotonic) {
        let until = now.plus(span);
        let from = self.held.map_or(now, |held| held.max(now));
        let longer = until.since(from);
        if longer.is_zero() {
            return;
        }
        self.held = Some(until);
        for (_, turn) in &mut self.waiting {
            *turn = (*turn).max(now).plus(longer);
        }
        let spent = now.plus(self.burst);
        self.due = Some(self.due.map_or(spent, |due| due.max(spent)).plus(longer));
    }
}

/// How long after its turn a place is kept.
const GONE: Duration = Duration::from_secs(60);

#[cfg(test)]
mod tests;
