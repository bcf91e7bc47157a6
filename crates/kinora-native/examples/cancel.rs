//! Cancels the oldest job that a program left behind. One that runs already goes on to its video.
//!
//! ```sh
//! cargo run -p kinora-native --example cancel
//! ```

mod common;

use std::error::Error;
use std::process::ExitCode;

use kinora::{Command, Ending, Job, Pace, Record, Stage};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<ExitCode, Box<dyn Error>> {
    let native = common::native(&common::connection()?)?;
    let found = native.records().all()?;
    let accepted = |record: &Record| matches!(record.stage, Stage::Accepted(_));
    let Some(record) = found.records.into_iter().find(accepted) else {
        eprintln!("no job is open");
        return Ok(ExitCode::SUCCESS);
    };
    let mut job = Job::resume(record, Pace::REMOTE, kinora_native::seed());
    let ended = common::run(&mut job, &native, &[Command::Cancel]).await;
    // To be cancelled is what was asked for here, and no failure.
    Ok(match job.record().stage {
        Stage::Ended {
            ending: Ending::Cancelled,
            ..
        } => ExitCode::SUCCESS,
        _ => ended,
    })
}
