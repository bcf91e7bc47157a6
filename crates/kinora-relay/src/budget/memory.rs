//! What a caller has spent, as a record: `{ submits: [at, …], jobs: [{ since, flight | job }, …] }`,
//! times in milliseconds of Unix time.

use kinora::{Object, RequestId, Value, WallTime};

use super::{Job, Ledger, Open, Spending};
use crate::FlightId;
use crate::memory::{int, number, time};

impl Ledger {
    /// A caller's record; none, when there is nothing to remember.
    pub(crate) fn kept(&self, caller: &str) -> Option<Value> {
        let spending = self.callers.get(caller)?;
        if spending.jobs.is_empty() && spending.submits.0.is_empty() {
            return None;
        }
        let submits = spending.submits.0.iter().map(|at| int(at.unix_millis()));
        let jobs = spending.jobs.iter().map(|open| Value::Object(open.kept()));
        let record = Object::new()
            .with("submits", Value::List(submits.collect()))
            .with("jobs", Value::List(jobs.collect()));
        Some(Value::Object(record))
    }

    /// Takes a record up; the greatest number of a flight in it.
    pub(crate) fn recall(&mut self, caller: String, record: &Object, now: WallTime) -> u64 {
        let list = |key| record.get(key).and_then(Value::as_list).unwrap_or_default();
        let jobs = list("jobs").iter().filter_map(Value::as_object);
        let mut spending = Spending {
            jobs: jobs.filter_map(Open::recalled).collect(),
            ..Spending::default()
        };
        let submits = list("submits").iter().filter_map(Value::as_int);
        spending.submits.0 = submits
            .filter_map(|at| u64::try_from(at).ok())
            .map(WallTime::from_unix_millis)
            .collect();
        if spending.is_over(&mut self.owners, now) {
            self.marks.mark(&caller);
            return 0;
        }
        let mut last = 0;
        for open in &spending.jobs {
            match &open.job {
                Job::Sent(flight) => last = last.max(flight.number()),
                Job::Accepted(id) => {
                    self.owners.insert(id.clone(), caller.clone());
                }
            }
        }
        self.callers.insert(caller, spending);
        last
    }
}

impl Open {
    fn kept(&self) -> Object {
        let since = int(self.since.unix_millis());
        let record = Object::new().with("since", since);
        match &self.job {
            Job::Sent(flight) => record.with("flight", int(flight.number())),
            Job::Accepted(id) => record.with("job", id.as_str()),
        }
    }

    fn recalled(record: &Object) -> Option<Self> {
        let job = match record.text("job") {
            Some(id) => Job::Accepted(RequestId::parse(id).ok()?),
            None => Job::Sent(FlightId::new(number(record, "flight")?)),
        };
        Some(Self {
            job,
            since: time(record, "since")?,
        })
    }
}
