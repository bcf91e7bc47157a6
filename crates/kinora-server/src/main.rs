//! The native binary: hosts the emulator, serves the built app, relays to the service.

mod emulate;
mod serve;
mod site;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "kinora", version, about = "Kinora's native side")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Pretend RunComfy's Model API on this machine, for tests and for trying things out.
    Emulate(emulate::Options),
    /// Relay to RunComfy with the token kept here, and serve the built app beside it.
    Serve(Box<serve::Options>),
    /// Serve the built app to this machine's browsers.
    Site(site::Options),
}

#[tokio::main]
async fn main() -> ExitCode {
    let served = match Cli::parse().command {
        Command::Emulate(options) => emulate::serve(options)
            .await
            .map_err(|error| error.to_string()),
        Command::Serve(options) => serve::serve(*options)
            .await
            .map_err(|error| error.to_string()),
        Command::Site(options) => site::serve(options)
            .await
            .map_err(|error| error.to_string()),
    };
    match served {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}
