//! Jobs that ended.

use kinora::{Ending, Record, Stage};

use super::clock::day_and_time;
use super::{Asked, Watched};

/// The jobs that ended, newest first.
#[derive(Clone, Copy)]
pub(crate) struct Past {
    /// The last few.
    pub(crate) jobs: Watched<Vec<PastJob>>,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PastJob {
    /// Which wish it was; a key for lists.
    pub(crate) intent: String,
    /// Its prompt, or its effect where there was none.
    pub(crate) title: String,
    /// How it ended and when it was begun: `Done · 2026-11-23 14:05`.
    pub(crate) line: String,
    /// Whether it has a video.
    pub(crate) succeeded: bool,
}

impl Past {
    pub(super) fn new() -> Self {
        Self {
            jobs: Watched::new(Vec::new()),
        }
    }

    /// Shows the newest of these records, which come newest first.
    pub(super) fn show(self, records: &[Record]) {
        let jobs = records.iter().take(SHOWN).map(PastJob::of).collect();
        self.jobs.set(jobs);
    }
}

impl PastJob {
    fn of(record: &Record) -> Self {
        let when = day_and_time(record.created_at);
        Self {
            intent: record.intent.as_str().to_owned(),
            title: Asked::of(&record.input).title().to_owned(),
            line: [stage_word(&record.stage), " · ", &when].concat(),
            succeeded: matches!(
                record.stage,
                Stage::Ended {
                    ending: Ending::Succeeded(_),
                    ..
                }
            ),
        }
    }
}

/// Splits records into those to keep, newest first, and those that are too many. What has not ended
/// is always kept.
pub(super) fn newest(records: Vec<Record>) -> (Vec<Record>, Vec<Record>) {
    let mut ended = 0;
    newest_first(records).into_iter().partition(|record| {
        ended += usize::from(matches!(record.stage, Stage::Ended { .. }));
        ended <= KEPT || !matches!(record.stage, Stage::Ended { .. })
    })
}

/// Orders records. There are too few of them for more than insertion to pay.
fn newest_first(records: Vec<Record>) -> Vec<Record> {
    let mut ordered = Vec::with_capacity(records.len());
    for record in records {
        let place = ordered.partition_point(|other: &Record| other.created_at >= record.created_at);
        ordered.insert(place, record);
    }
    ordered
}

fn stage_word(stage: &Stage) -> &'static str {
    match stage {
        Stage::Sending | Stage::Accepted(_) => "Not finished",
        Stage::Uncertain => "Uncertain",
        Stage::Ended { ending, .. } => match ending {
            Ending::Succeeded(_) => "Done",
            Ending::Failed(_) => "Failed",
            Ending::Cancelled => "Cancelled",
            Ending::Refused(_) => "Not accepted",
            Ending::Expired => "Expired",
        },
    }
}

/// How many jobs are shown.
const SHOWN: usize = 12;
/// How many ended jobs are kept.
const KEPT: usize = 50;

#[cfg(test)]
mod tests {
    use kinora::{Connection, IntentId, ModelId, Object, WallTime};

    use super::*;

    fn record(age: u64, stage: Stage) -> Record {
        Record {
            intent: IntentId::mint(u128::from(age)),
            model: ModelId::WAN_2_2.clone(),
            connection: Connection::demo(),
            input: Object::new(),
            created_at: WallTime::from_unix_millis(1000 - age),
            stage,
        }
    }

    fn ended(age: u64) -> Record {
        let stage = Stage::Ended {
            ticket: None,
            ending: Ending::Cancelled,
        };
        record(age, stage)
    }

    #[test]
    fn only_the_newest_ended_jobs_are_kept() {
        let (kept, old) = newest((0..60).rev().map(ended).collect());
        assert_eq!(kept, (0..50).map(ended).collect::<Vec<_>>());
        assert_eq!(old.len(), 10);
    }

    #[test]
    fn a_job_that_has_not_ended_is_kept_however_old() {
        let mut records: Vec<_> = (0..60).map(ended).collect();
        records.push(record(900, Stage::Uncertain));
        let (kept, old) = newest(records);
        assert_eq!(kept.last(), Some(&record(900, Stage::Uncertain)));
        assert_eq!((kept.len(), old.len()), (51, 10));
    }
}
