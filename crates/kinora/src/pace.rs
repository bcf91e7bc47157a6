//! When to ask a job's status next: seldom enough to be polite, soon enough not to be late.
//!
//! A question costs one request, and a late answer costs the person time. With `h(t)` the chance
//! per second that the job ends just now, asking `λ(t)` times a second costs least in all when
//! `λ = √(urgency · h / 2)`. The next question is planned where `λ`, summed up from now, reaches
//! one. What is known of `h` comes from [`History`]; two rules hold whatever that says:
//!
//! - No gap is longer than [`Pace::longest`], so a history that promises a long wait makes no one
//!   late by more.
//! - No gap is much longer than the average gap so far. A job that outlives a history which
//!   promised an early end was asked often for nothing; asking on at a like rate at least buys
//!   notice for it. So the requests stay near those of an even interval with the same lag.

use core::time::Duration;

use crate::number::within;

mod curve;
use curve::Curve;
mod history;
pub use history::{Histories, History};

/// A policy for asking, as numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pace {
    /// How many requests it is worth to notice an end a minute sooner.
    pub urgency: u32,
    /// How long a job takes about, as long as nothing is known of its like.
    pub guess: Duration,
    /// When the first question is asked at the latest: a person wants to know where a job stands.
    pub first: Duration,
    /// The shortest wait between two questions.
    pub shortest: Duration,
    /// The longest wait while someone is looking. [`Duration::MAX`] trusts the history alone.
    pub longest: Duration,
    /// The longest wait while nobody is looking.
    pub hidden: Duration,
    /// How long such jobs took before.
    pub history: History,
}

/// What is known when the next question is planned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Time since the job was accepted, or was last seen in the queue.
    pub elapsed: Duration,
    /// Questions asked in this time.
    pub asked: u32,
    /// Whether the service has said yet where the job stands.
    pub is_told: bool,
    /// Place in the queue, if it is in one and the service says where.
    pub queue_position: Option<u32>,
    /// Whether nobody is looking.
    pub hidden: bool,
}

impl Pace {
    /// For a service elsewhere: every question is a request to somebody's machine.
    pub const REMOTE: Self = Self {
        urgency: 1000,
        guess: Duration::from_secs(60),
        first: Duration::from_secs(1),
        shortest: Duration::from_millis(250),
        longest: Duration::from_secs(5),
        hidden: Duration::from_secs(20),
        history: History::EMPTY,
    };

    /// For the demo inside the page: a question costs nothing.
    pub const IN_PAGE: Self = Self {
        urgency: 30_000,
        guess: Duration::from_secs(1),
        first: Duration::from_millis(60),
        shortest: Duration::from_millis(60),
        longest: Duration::from_millis(250),
        hidden: Duration::from_secs(1),
        history: History::EMPTY,
    };

    /// The same, with what is known of such jobs.
    #[must_use]
    pub fn with_history(self, history: History) -> Self {
        Self { history, ..self }
    }

    /// The wait before the next question.
    ///
    /// While nobody looks, an end noticed late costs little. Behind others in the queue nothing can
    /// be ready, so half as long again is waited for each of them, up to the longest wait: how fast
    /// the queue moves is not known.
    pub fn next(&self, waiting: &Waiting) -> Duration {
        let urgency = f64::from(self.urgency) / 60.0;
        let (urgency, longest, most) = match waiting.hidden {
            true => (
                urgency / HIDDEN_THRIFT,
                self.hidden.as_secs_f64(),
                self.hidden,
            ),
            false => (urgency, self.even(waiting), self.longest),
        };
        let curve = Curve::new(&self.history, self.guess);
        let shortest = self.shortest.as_secs_f64();
        let gap = gap(waiting.elapsed.as_secs_f64(), longest, shortest, |time| {
            (urgency / 2.0 * curve.hazard(time)).sqrt()
        });
        let ahead = waiting.queue_position.unwrap_or(0).min(MOST_AHEAD);
        let wait = match (waiting.is_told, ahead) {
            (false, _) => gap.min(self.first.as_secs_f64()),
            (true, 0) => gap,
            (true, _) => (gap + gap * f64::from(ahead) / 2.0).min(most.as_secs_f64()),
        };
        Duration::from_millis((wait * 1000.0) as u64)
    }

    /// The longest gap that keeps the requests near those of an even interval. The first question
    /// does not count, being early.
    fn even(&self, waiting: &Waiting) -> f64 {
        let counted = f64::from(waiting.asked.saturating_sub(1));
        // Before the second question there is no average: without end, whatever is divided.
        let average = waiting.elapsed.as_secs_f64().max(SHORTEST) / counted;
        (average * UNEVEN).min(self.longest.as_secs_f64())
    }
}

/// From `start` on, sums up `rate` to one question.
fn gap(start: f64, longest: f64, shortest: f64, rate: impl Fn(f64) -> f64) -> f64 {
    let shortest = shortest.max(SHORTEST);
    let most = longest.max(shortest);
    let (mut gap, mut questions) = (0.0, 0.0);
    while gap < most {
        let rate = within(rate(start + gap), SELDOM, 1.0 / SHORTEST);
        let step = (FINE / rate).min((start + gap) / STEPS_OF_TIME + shortest * FINE);
        if questions + rate * step >= 1.0 {
            gap += (1.0 - questions) / rate;
            break;
        }
        questions += rate * step;
        gap += step;
    }
    within(gap, shortest, most)
}

/// No wait is shorter, whatever a pace says, in seconds.
const SHORTEST: f64 = 0.01;
/// No rate is lower, in questions per second.
const SELDOM: f64 = 1e-9;
/// The most jobs ahead that lengthen a wait.
const MOST_AHEAD: u32 = 10;
/// How much less an early notice is worth while nobody looks.
const HIDDEN_THRIFT: f64 = 16.0;
/// How much longer than the average gap so far a gap may be.
const UNEVEN: f64 = 1.15;
/// The part of a question that is the largest step of summing up.
const FINE: f64 = 0.25;
/// The part of the elapsed time that is one, so that no narrow peak is stepped over.
const STEPS_OF_TIME: f64 = 64.0;

#[cfg(test)]
mod tests;
