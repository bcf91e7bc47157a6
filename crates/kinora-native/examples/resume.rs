//! Takes up the oldest job that a program left behind, and goes on to its video.
//!
//! ```sh
//! cargo run -p kinora-native --example resume
//! ```

mod common;

use std::error::Error;
use std::process::ExitCode;

use kinora::{Job, Pace, Record, Stage};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<ExitCode, Box<dyn Error>> {
    let native = common::native(&common::connection()?)?;
    let found = native.records().all()?;
    for (path, problem) in &found.problems {
        eprintln!("{}: {problem}", path.display());
    }
    let is_open = |record: &Record| !matches!(record.stage, Stage::Ended { .. });
    let Some(record) = found.records.into_iter().find(is_open) else {
        eprintln!("no job is open");
        return Ok(ExitCode::SUCCESS);
    };
    let mut job = Job::resume(record, Pace::REMOTE, kinora_native::seed());
    Ok(common::run(&mut job, &native, &[]).await)
}
