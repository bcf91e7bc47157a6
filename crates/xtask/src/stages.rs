//! Work in named stages: each is announced, timed and reported, and one that fails does not keep
//! the others from running.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::Result;

use crate::table;

/// The stages run so far.
#[derive(Default)]
pub(crate) struct Stages {
    finished: Vec<Finished>,
}

struct Finished {
    title: &'static str,
    verdict: Verdict,
    took: Duration,
}

#[derive(Clone, Copy, PartialEq)]
enum Verdict {
    Passed,
    Failed,
    NotRun,
}

impl Stages {
    /// Runs one stage; `None` when it failed.
    pub(crate) fn run<T>(
        &mut self,
        title: &'static str,
        usually: &str,
        work: impl FnOnce() -> Result<T>,
    ) -> Option<T> {
        println!("\n=== {title} (usually {usually})");
        let started = Instant::now();
        let result = work()
            .inspect_err(|error| eprintln!("error: {error:#}"))
            .ok();
        let verdict = if result.is_some() {
            Verdict::Passed
        } else {
            Verdict::Failed
        };
        self.finished.push(Finished {
            title,
            verdict,
            took: started.elapsed(),
        });
        result
    }

    /// Reports stages that cannot run because another one failed. They count as failures.
    pub(crate) fn cannot_run(&mut self, titles: &[&'static str]) {
        for title in titles {
            println!("\n=== {title}: not run, because a stage it needs failed");
            self.finished.push(Finished {
                title,
                verdict: Verdict::NotRun,
                took: Duration::ZERO,
            });
        }
    }

    /// Prints the summary; its last line is `N passed, M failed`.
    pub(crate) fn finish(self) -> ExitCode {
        print!("\n{}", self.summary());
        ExitCode::from(u8::from(self.failed() > 0))
    }

    fn summary(&self) -> String {
        let rows: Vec<_> = self.finished.iter().map(Finished::row).collect();
        let failed = self.failed();
        let passed = rows.len() - failed;
        format!("{}{passed} passed, {failed} failed\n", table::format(&rows))
    }

    fn failed(&self) -> usize {
        self.finished
            .iter()
            .filter(|stage| stage.verdict != Verdict::Passed)
            .count()
    }
}

impl Finished {
    fn row(&self) -> [String; 3] {
        let verdict = match self.verdict {
            Verdict::Passed => "passed",
            Verdict::Failed => "FAILED",
            Verdict::NotRun => "NOT RUN",
        };
        [
            self.title.to_owned(),
            verdict.to_owned(),
            format!("{:.1} s", self.took.as_secs_f64()),
        ]
    }
}

#[cfg(test)]
mod tests {
    use anyhow::bail;

    use super::*;

    #[test]
    fn a_failure_is_counted_and_the_rest_still_runs() {
        let mut stages = Stages::default();
        assert_eq!(stages.run("one", "no time", || Ok(1)), Some(1));
        assert_eq!(stages.run::<()>("two", "no time", || bail!("broken")), None);
        stages.cannot_run(&["three"]);
        assert_eq!(stages.run("four", "no time", || Ok(4)), Some(4));
        let summary = stages.summary();
        assert!(summary.ends_with("\n2 passed, 2 failed\n"), "{summary}");
        assert!(summary.contains("two     FAILED"), "{summary}");
        assert!(summary.contains("three  NOT RUN"), "{summary}");
        assert_eq!(stages.finish(), ExitCode::FAILURE);
    }

    #[test]
    fn all_passing_stages_succeed() {
        let mut stages = Stages::default();
        stages.run("one", "no time", || Ok(()));
        assert!(stages.summary().ends_with("1 passed, 0 failed\n"));
        assert_eq!(stages.finish(), ExitCode::SUCCESS);
    }
}
