//! Jobs that end by a law, asked by a pace or at an even interval.

use std::time::Duration;

use kinora::{Histories, History, ModelId, Object, Pace, Waiting};

use super::law::{Dice, Law};

/// What asking costs, as means over jobs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cost {
    /// Requests of a job: one submit, the questions, one result.
    pub(crate) requests: f64,
    /// Mean lag in seconds.
    pub(crate) lag: f64,
    /// The lag that one job in twenty exceeds, in seconds.
    pub(crate) late: f64,
}

/// Jobs of a law, in groups that each have a history of their own.
pub(crate) struct Trial {
    pub(crate) law: &'static Law,
    groups: Vec<Group>,
}

struct Group {
    /// Durations of earlier jobs, in seconds.
    history: Vec<f64>,
    /// Durations of the jobs that are asked, in seconds.
    jobs: Vec<f64>,
}

impl Trial {
    pub(crate) fn of(law: &'static Law, jobs: usize) -> Self {
        let mut dice = Dice(SEED);
        let mut draw = |count| (0..count).map(|_| law.draw(&mut dice)).collect();
        let groups = (0..GROUPS).map(|_| Group {
            history: draw(History::LONGEST),
            jobs: draw(jobs / GROUPS),
        });
        Self {
            law,
            groups: groups.collect(),
        }
    }

    /// Asked every so many seconds.
    pub(crate) fn even(&self, every: f64) -> Cost {
        cost(self.groups.iter().flat_map(|group| {
            group.jobs.iter().map(move |job| {
                let questions = (job / every).ceil().max(1.0);
                (questions, questions * every - job)
            })
        }))
    }

    /// Asked by a pace that knows jobs of the same law.
    pub(crate) fn right(&self, pace: &Pace) -> Cost {
        self.asked(|group| pace.clone().with_history(learned(&group.history)))
    }

    /// Asked by a pace that knows nothing.
    pub(crate) fn none(&self, pace: &Pace) -> Cost {
        self.asked(|_| pace.clone())
    }

    /// Asked by a pace that knows jobs of quite another law.
    pub(crate) fn wrong(&self, pace: &Pace, median: f64) -> Cost {
        let usual = |group: &Group| {
            let other = group.history.iter().map(|took| took / MINUTE * median);
            pace.clone()
                .with_history(learned(&other.collect::<Vec<_>>()))
        };
        self.asked(usual)
    }

    /// Asked by a pace that trusts its right history, with the least urgency that makes no more
    /// than this mean lag.
    pub(crate) fn thrifty(&self, lag: f64) -> Cost {
        let with = |urgency: f64| {
            self.right(&Pace {
                urgency: urgency as u32,
                first: Duration::MAX,
                longest: Duration::MAX,
                shortest: Duration::from_millis(50),
                ..Pace::REMOTE
            })
        };
        let (mut low, mut high) = (1.0_f64, 200_000.0_f64);
        while high > low * 1.02 {
            let middle = (low * high).sqrt();
            if with(middle).lag > lag {
                low = middle;
            } else {
                high = middle;
            }
        }
        with(high)
    }

    fn asked(&self, pace: impl Fn(&Group) -> Pace) -> Cost {
        let groups = self.groups.iter().map(|group| (group, pace(group)));
        cost(groups.flat_map(|(group, pace)| {
            let last = group.jobs.iter().fold(0.0_f64, |last, job| last.max(*job));
            let plan = plan(&pace, last);
            group.jobs.iter().map(move |job| {
                let place = plan.partition_point(|question| question < job);
                (place as f64 + 1.0, plan[place] - job)
            })
        }))
    }
}

/// When a pace asks, in seconds, until after `last`. It does not depend on when a job ends.
fn plan(pace: &Pace, last: f64) -> Vec<f64> {
    let (mut elapsed, mut plan) = (Duration::ZERO, Vec::new());
    while elapsed.as_secs_f64() < last {
        let asked = u32::try_from(plan.len()).unwrap_or(u32::MAX);
        elapsed += pace.next(&Waiting {
            elapsed,
            asked,
            is_told: asked > 0,
            queue_position: None,
            hidden: false,
        });
        plan.push(elapsed.as_secs_f64());
    }
    plan
}

/// A history as an app learns it: job by job, kept as a value between two visits.
fn learned(durations: &[f64]) -> History {
    let mut histories = Histories::default();
    let input = Object::new().with("resolution", "480P");
    for took in durations {
        let took = Duration::from_secs_f64(*took);
        histories.add(ModelId::WAN_2_2, &input, took);
        histories = Histories::from_value(&histories.to_value());
    }
    histories.of(ModelId::WAN_2_2, &input)
}

fn cost(jobs: impl Iterator<Item = (f64, f64)>) -> Cost {
    let (questions, mut lags): (Vec<f64>, Vec<f64>) = jobs.unzip();
    lags.sort_by(f64::total_cmp);
    let count = lags.len() as f64;
    Cost {
        requests: questions.iter().sum::<f64>() / count + 2.0,
        lag: lags.iter().sum::<f64>() / count,
        late: lags[lags.len() * 95 / 100],
    }
}

const SEED: u64 = 0x5EED;
/// Enough histories that no lucky one decides.
const GROUPS: usize = 8;
/// The median that the laws have, in seconds.
const MINUTE: f64 = 60.0;
