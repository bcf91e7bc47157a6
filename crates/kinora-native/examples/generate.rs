//! A whole job: an image's address and a prompt in, a video's address out.
//!
//! ```sh
//! cargo run -p kinora-server -- emulate &
//! cargo run -p kinora-native --example generate -- https://example.com/lake.jpg "the fog lifts"
//! ```
//!
//! Ctrl-C asks the service to cancel. Killed outright, the job is kept and `resume` takes it up.

mod common;

use std::env;
use std::error::Error;
use std::process::ExitCode;

use kinora::{Facts, Job, ModelSpec, Pace, Platform, Severity, Wan22};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<ExitCode, Box<dyn Error>> {
    let mut words = env::args().skip(1);
    let image = words.next().ok_or("usage: generate IMAGE_URL [PROMPT]")?;
    let prompt = words.next().unwrap_or_default();

    let connection = common::connection()?;
    let native = common::native(&connection)?;
    let draft = Wan22::new(&prompt, &image).draft();
    let checked = draft.check(&ModelSpec::wan_2_2(), &Facts::new(connection.reach()));
    for issue in checked.report.issues() {
        let is_error = issue.severity == Severity::Error;
        let mark = if is_error { "error" } else { "note" };
        eprintln!("{mark}: {}: {}", issue.field, issue.message);
    }
    let Some(request) = checked.request else {
        return Ok(ExitCode::FAILURE);
    };

    let (intent, seed) = (kinora_native::mint(), kinora_native::seed());
    let mut job = Job::new(
        request,
        connection,
        intent,
        Pace::REMOTE,
        seed,
        native.now(),
    );
    Ok(common::run(&mut job, &native, &[]).await)
}
