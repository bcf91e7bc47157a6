//! What asking costs: requests per job, and how late its end is noticed.
//!
//! Only durations are simulated: a job begins when it is accepted and ends after a time drawn from
//! a law; questions are answered at once. Every number is a mean over the jobs of one seed.

use anyhow::{Result, ensure};
use kinora::Pace;

use crate::table;

mod law;
mod simulation;
use law::{LAWS, Law};
use simulation::{Cost, Trial};

/// Prints the table.
///
/// # Errors
///
/// When a number misses its target.
pub(crate) fn run() -> Result<()> {
    println!("One submit, the status questions and one result; lag from the end to its notice.\n");
    let mut missed = Vec::new();
    for law in LAWS {
        let trial = Trial::of(law, JOBS);
        let lines = lines(&trial);
        println!("{}", trial.law.name);
        println!("{}", table::format(&rows(&trial, &lines)));
        missed.extend(lines.iter().filter_map(|line| line.missed(law)));
    }
    println!("{EXPLANATION}");
    ensure!(missed.is_empty(), "off target:\n{}", missed.join("\n"));
    Ok(())
}

/// One way to ask, and what it costs.
struct Line {
    what: String,
    cost: Cost,
    /// Requests of the optimum with the same mean lag.
    optimum: f64,
    /// Requests of the even interval with the same mean lag.
    even: f64,
    target: Target,
}

#[derive(Clone, Copy)]
enum Target {
    None,
    /// At most 24 requests at 0.8 s mean lag, where the law is a target's.
    Usual,
    /// At most 1.4 times the optimum's requests.
    Thrift,
    /// At most 1.2 times the even interval's requests, and a p95 lag of at most 6 s.
    Robust,
}

impl Line {
    fn new(trial: &Trial, what: impl Into<String>, cost: Cost, target: Target) -> Self {
        Self {
            what: what.into(),
            cost,
            optimum: 2.0 + trial.law.work() / cost.lag,
            even: trial.even(2.0 * cost.lag).requests,
            target,
        }
    }

    fn missed(&self, law: &Law) -> Option<String> {
        let cost = &self.cost;
        let met = match self.target {
            Target::None => true,
            Target::Usual => !law.is_usual || (cost.requests <= 24.0 && cost.lag <= 0.8),
            Target::Thrift => cost.requests <= 1.4 * self.optimum,
            Target::Robust => cost.requests <= 1.2 * self.even && cost.late <= 6.0,
        };
        (!met).then(|| format!("{}: {}: {cost:?}", law.name, self.what))
    }
}

fn lines(trial: &Trial) -> Vec<Line> {
    let intervals = [0.5, 2.0, 3.0, 5.0];
    let even = intervals.map(|every| {
        let cost = trial.even(every);
        Line::new(trial, format!("every {every} s"), cost, Target::None)
    });
    let usual = Line::new(
        trial,
        "ours, right history",
        trial.right(&Pace::REMOTE),
        Target::Usual,
    );
    let none = Line::new(
        trial,
        "ours, no history",
        trial.none(&Pace::REMOTE),
        Target::Robust,
    );
    let wrong = WRONG.map(|median| {
        let cost = trial.wrong(&Pace::REMOTE, median);
        Line::new(
            trial,
            format!("ours, history of {median} s"),
            cost,
            Target::Robust,
        )
    });
    let thrift = intervals.map(|every| {
        let cost = trial.thrifty(trial.even(every).lag);
        let what = format!("ours, trusting, lag of {every} s");
        Line::new(trial, what, cost, Target::Thrift)
    });
    even.into_iter()
        .chain([usual, none])
        .chain(wrong)
        .chain(thrift)
        .collect()
}

fn rows(trial: &Trial, lines: &[Line]) -> Vec<[String; 7]> {
    let head = [
        "",
        "requests",
        "mean lag",
        "p95 lag",
        "of optimum",
        "questions",
        "of even",
    ];
    let optimum = [0.25, 1.0, 1.5, 2.5].map(|lag| {
        let requests = 2.0 + trial.law.work() / lag;
        [
            "optimum".to_owned(),
            format!("{requests:.1}"),
            format!("{lag:.2} s"),
            String::new(),
            "1.00".to_owned(),
            "1.00".to_owned(),
            format!("{:.2}", requests / trial.even(2.0 * lag).requests),
        ]
    });
    let ours = lines.iter().map(|line| {
        [
            line.what.clone(),
            format!("{:.1}", line.cost.requests),
            format!("{:.2} s", line.cost.lag),
            format!("{:.2} s", line.cost.late),
            format!("{:.2}", line.cost.requests / line.optimum),
            format!("{:.2}", (line.cost.requests - 2.0) / (line.optimum - 2.0)),
            format!("{:.2}", line.cost.requests / line.even),
        ]
    });
    [head.map(str::to_owned)]
        .into_iter()
        .chain(optimum)
        .chain(ours)
        .collect()
}

/// Jobs in each line.
const JOBS: usize = 4000;
/// Medians of histories that are badly wrong, in seconds.
const WRONG: [f64; 6] = [5.0, 20.0, 30.0, 120.0, 180.0, 600.0];
const EXPLANATION: &str = "\
optimum: asking at a rate proportional to the square root of the hazard, which makes questions as
dense as that times survival; the least that is possible without knowing when a job ends.
of optimum, questions, of even: requests as a part of the optimum's, status questions alone as a part
of the optimum's, and requests as a part of an even interval's; each of equal mean lag.
right history: 32 durations of the same law. trusting: no longest gap (Pace::longest), and the
urgency that gives each even interval's lag. A longest gap of 5 s costs about eight questions in a
minute, and keeps a wrong history from making anyone late.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn asking_costs_no_more_than_it_should() {
        let missed = LAWS.iter().flat_map(|law| {
            let lines = lines(&Trial::of(law, JOBS));
            lines
                .iter()
                .filter_map(|line| line.missed(law))
                .collect::<Vec<_>>()
        });
        assert_eq!(missed.collect::<Vec<_>>(), [""; 0]);
    }

    #[test]
    fn a_pace_that_asks_too_often_or_too_late_is_found() {
        let trial = Trial::of(&LAWS[0], 100);
        let check = |every: f64, target| {
            let line = Line::new(&trial, "", trial.even(every), target);
            line.missed(&LAWS[0]).is_some()
        };
        assert!(check(0.5, Target::Usual) && check(2.0, Target::Usual));
        assert!(check(2.0, Target::Thrift) && check(8.0, Target::Robust));
        assert!(!check(5.0, Target::Robust));
    }
}
