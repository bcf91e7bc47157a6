//! What the three programs share: where records are, how news is shown, how Ctrl-C is heard.

use std::env;
use std::error::Error;
use std::pin::Pin;
use std::process::ExitCode;

use futures_util::stream::{self, Stream, StreamExt};
use kinora::{BaseUrl, Command, Connection, HostKind, Job, Outcome, drive};
use kinora_native::{Native, Records, Token};

/// The service: `KINORA_BASE`, or `kinora emulate` on this machine.
pub(crate) fn connection() -> Result<Connection, Box<dyn Error>> {
    let base = env::var("KINORA_BASE").unwrap_or_else(|_| "http://127.0.0.1:8787".to_owned());
    let base = BaseUrl::parse(&base)?;
    // An emulator or a relay of Kinora's; RunComfy's own base is always known as RunComfy's.
    Ok(Connection::new(base, HostKind::Kinora))
}

/// The platform: records in `KINORA_JOBS` or the folder `jobs`, the token from `RUNCOMFY_TOKEN`.
pub(crate) fn native(connection: &Connection) -> Result<Native, Box<dyn Error>> {
    let folder = env::var("KINORA_JOBS").unwrap_or_else(|_| "jobs".to_owned());
    let token = match env::var("RUNCOMFY_TOKEN") {
        Ok(text) => Some(Token::new(&text, connection.base().clone())?),
        Err(_) => None,
    };
    Ok(Native::new(Records::open(folder)?, token)?)
}

/// Drives a job to its outcome and tells it. After these commands Ctrl-C asks the service to stop
/// it.
pub(crate) async fn run(job: &mut Job, native: &Native, commands: &[Command]) -> ExitCode {
    let commands = stream::iter(commands.to_vec()).chain(interrupts());
    let outcome = drive(job, native, commands, |event| eprintln!("{event:?}")).await;
    tell(&outcome)
}

fn interrupts() -> Pin<Box<impl Stream<Item = Command>>> {
    Box::pin(stream::once(async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
        Command::Cancel
    }))
}

/// The video's address on standard output; everything else beside it.
fn tell(outcome: &Outcome) -> ExitCode {
    if let Outcome::Succeeded(files) = outcome {
        for file in files {
            println!("{}", file.url);
        }
        return ExitCode::SUCCESS;
    }
    match outcome.error() {
        Some(error) => eprintln!("{}: {error} {}", outcome.code(), error.next_step()),
        None => eprintln!("{}", outcome.code()),
    }
    ExitCode::FAILURE
}
