//! What is told of each request: which call, which model, what became of it and why. Never a
//! prompt, a token, an address of an image, or anything else that a caller wrote.

use std::time::Duration;

use kinora_relay::Line;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{Layer, fmt};

/// How requests are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// One line of words.
    Text,
    /// One line of JSON.
    Json,
    /// Not at all.
    Off,
}

/// Begins to tell. Other crates are not listened to: what they say of requests is not ours to
/// judge.
pub(super) fn begin(format: Format) {
    let ours = || Targets::new().with_target(TARGET, tracing::Level::INFO);
    let layer = match format {
        Format::Text => fmt::layer().with_target(false).with_ansi(false).boxed(),
        Format::Json => fmt::layer()
            .json()
            .flatten_event(true)
            .with_target(false)
            .boxed(),
        Format::Off => return,
    };
    // A second subscriber is refused; the first tells already.
    let _ = tracing_subscriber::registry()
        .with(layer.with_filter(ours()))
        .try_init();
}

/// Tells of one request.
pub(super) fn line(line: &Line, caller: &str, took: Duration) {
    tracing::info!(
        target: TARGET,
        call = line.call,
        model = line.model.as_deref(),
        status = line.status,
        reason = line.reason,
        caller,
        ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
    );
}

const TARGET: &str = "kinora_relay";
