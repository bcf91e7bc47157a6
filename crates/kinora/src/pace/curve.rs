//! How likely a job ends just now, given that it has not yet.

use core::time::Duration;

use super::History;
use crate::number::within;

/// The durations of a history, each spread out, beside a small doubt that they say nothing.
pub(super) struct Curve {
    /// In seconds, shortest first.
    durations: Vec<f64>,
    /// How far each is spread out, as a part of it.
    spread: f64,
    /// In seconds.
    guess: f64,
}

impl Curve {
    pub(super) fn new(history: &History, guess: Duration) -> Self {
        let durations = history.sorted();
        let spread = spread(&durations);
        Self {
            durations,
            spread,
            // At no time the hazard may be without end.
            guess: guess.as_secs_f64().max(LEAST_GUESS),
        }
    }

    /// Chance per second that the job ends now, `time` seconds after its start.
    ///
    /// The history's own hazard would rise without end once nearly all of its durations are over,
    /// so its survivors count as [`FEWEST`] at least. The more of them are over, the more likely
    /// it is that the history does not hold, and the guess takes its place: a hazard that hardly
    /// changes, since nothing is known of when.
    pub(super) fn hazard(&self, time: f64) -> f64 {
        let (mut ending, mut left) = (0.0, 0.0);
        for duration in &self.durations {
            let width = self.spread * duration;
            let (density, survival) = kernel((time - duration) / width);
            ending += density / width;
            left += survival;
        }
        let doubted = DOUBT / (DOUBT + left);
        let fewest = FEWEST * self.durations.len() as f64;
        ending / (DOUBT + left).max(fewest) + doubted / (self.guess + time / 4.0)
    }
}

/// Four tenths of the range of the tightest half, as a part of its lower end: a second peak or an
/// outlier does not change it. Few durations say little of their spread.
fn spread(sorted: &[f64]) -> f64 {
    let half = sorted.len() / 2;
    let ranges = sorted.iter().zip(sorted.iter().skip(half));
    let tightest = ranges
        .map(|(low, high)| high / low - 1.0)
        .fold(f64::INFINITY, f64::min);
    let least = OF_ONE / sorted.len().max(1) as f64;
    within(OF_RANGE * tightest, least, WIDEST)
}

/// Density and survival of Student's distribution with four degrees of freedom: tails heavy enough
/// for surprises, and no more than a square root to compute.
fn kernel(distance: f64) -> (f64, f64) {
    let root = (4.0 + distance * distance).sqrt();
    let (slope, rest) = (distance / root, 4.0 / (root * root));
    let density = 0.75 * rest * rest / root;
    (density, 0.5 - 0.25 * slope * (3.0 - slope * slope))
}

/// How many durations the doubt weighs as much as.
const DOUBT: f64 = 0.1;
/// The part of the history that counts as not yet over, at the least.
const FEWEST: f64 = 0.12;
/// Spread of one duration, as a part of the tightest half's range.
const OF_RANGE: f64 = 0.38;
/// The spread of a single duration.
const OF_ONE: f64 = 0.25;
const WIDEST: f64 = 0.5;
/// In seconds.
const LEAST_GUESS: f64 = 0.001;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kernel_is_a_distribution() {
        let step = 0.01;
        let places = (-40_000..40_000).map(|place| f64::from(place) * step);
        let mut left = 1.0;
        for place in places {
            let survival = kernel(place).1;
            assert!((survival - left).abs() < 1e-4, "{place}: {survival} {left}");
            left -= kernel(place + step / 2.0).0 * step;
        }
        assert!(left.abs() < 1e-4, "{left} is left");
    }

    #[test]
    fn the_spread_is_that_of_the_main_peak() {
        let alone: Vec<_> = (50..70).map(f64::from).collect();
        let mut mixed: Vec<_> = alone.clone();
        mixed.extend([180.0, 181.0, 182.0, 1e6]);
        let (alone, mixed) = (spread(&alone), spread(&mixed));
        assert!((0.8..1.4).contains(&(mixed / alone)), "{alone} {mixed}");
        assert_eq!(spread(&[60.0; 30]), OF_ONE / 30.0);
        assert_eq!(spread(&[60.0]), OF_ONE);
        assert_eq!(spread(&[1.0, 1e9]), WIDEST);
    }

    #[test]
    fn the_hazard_is_highest_where_jobs_ended_and_never_nothing() {
        let mut history = History::EMPTY;
        (58..63).for_each(|seconds| history.add(Duration::from_secs(seconds)));
        let curve = Curve::new(&history, Duration::from_secs(60));
        let at = [0.0, 30.0, 60.0, 90.0, 1e4].map(|time| curve.hazard(time));
        assert!(at[1] < at[2] / 20.0 && at[3] < at[2] / 5.0, "{at:?}");
        assert!(at.iter().all(|hazard| *hazard > 0.0), "{at:?}");
    }
}
