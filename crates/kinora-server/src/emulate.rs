//! The emulator over real HTTP, for whatever speaks the service's protocol on this machine.
//!
//! Every job that succeeds has the same output: the person's own clip, or `assets/sample.mp4`,
//! five seconds of the bundled still `lake` in motion, drawn by `kinora-motion` and encoded by x264.
//! `examples/sample.rs` says how to make it again. It is a stand-in; no model made it.

mod clip;
mod cord;
mod entry;
mod host;
mod mishap;
mod options;
mod scenario;
mod web;

use std::fmt;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use kinora::{BaseUrl, BaseUrlProblem};
use tokio::net::TcpListener;
use tokio::sync::Notify;

use clip::Clip;
use cord::{Cord, Corded};
use host::Host;
pub(crate) use options::Options;

/// Serves until Ctrl-C or a termination signal.
///
/// # Errors
///
/// When the port is taken or the socket fails, and when a scenario or a video is of no use.
pub(crate) async fn serve(options: Options) -> Result<(), EmulateError> {
    if options.list_scenarios {
        print!("{}", options::presets());
        return Ok(());
    }
    serve_on(listen(options.port).await?, options, stopped()?).await
}

/// Why the emulator could not be served.
#[derive(Debug)]
pub(crate) enum EmulateError {
    /// Another program listens on the port.
    PortInUse(u16),
    /// The scenario cannot be used; why, and what could.
    Scenario(String),
    /// The video cannot be used; why, and what could.
    Video(String),
    /// The system gave an address that is no base.
    Base(BaseUrlProblem),
    /// The system does not tell when the program shall end.
    Signal(ctrlc::Error),
    /// The system refused for another reason.
    Io(io::Error),
}

impl fmt::Display for EmulateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PortInUse(port) => write!(
                f,
                "port {port} is in use by another program; choose another one, or let the system \
                 choose with `--port 0`"
            ),
            Self::Scenario(words) => write!(f, "{words}"),
            Self::Video(words) => write!(f, "{words}"),
            Self::Base(problem) => write!(f, "the emulator has no usable address: {problem}"),
            Self::Signal(error) => write!(f, "the emulator could not be stopped again: {error}"),
            Self::Io(error) => write!(f, "the emulator cannot be served: {error}"),
        }
    }
}

/// Serves on a listener until `stopped` resolves.
///
/// # Errors
///
/// When the listener has no usable address, or the socket fails.
pub(crate) async fn serve_on(
    listener: TcpListener,
    options: Options,
    stopped: impl Future<Output = ()> + Send + 'static,
) -> Result<(), EmulateError> {
    let origin = format!(
        "http://{}",
        listener.local_addr().map_err(EmulateError::Io)?
    );
    let base = BaseUrl::parse(&origin).map_err(EmulateError::Base)?;
    let (scenario, cors) = options.scenario().map(|it| (it.clone(), it.cors))?;
    let clip = options
        .video
        .as_deref()
        .map_or_else(|| Ok(Clip::sample()), Clip::read)?;
    let host = Arc::new(Host::new(scenario, clip, base));
    let service =
        web::router(Arc::clone(&host), cors).into_make_service_with_connect_info::<Cord>();
    println!("listening on {origin}");
    let ending = Arc::clone(&host);
    let stopped = async move {
        stopped.await;
        ending.end();
    };
    let served = axum::serve(Corded::new(listener), service).with_graceful_shutdown(stopped);
    let too_long = async {
        host.ended().await;
        tokio::time::sleep(GRACE).await;
    };
    tokio::select! {
        served = served.into_future() => served.map_err(EmulateError::Io),
        () = too_long => Ok(()),
    }
}

async fn listen(port: u16) -> Result<TcpListener, EmulateError> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    TcpListener::bind(address)
        .await
        .map_err(|error| match error.kind() {
            io::ErrorKind::AddrInUse => EmulateError::PortInUse(port),
            _ => EmulateError::Io(error),
        })
}

/// Resolves when a person or the system wants the program to end.
///
/// # Errors
///
/// When the system takes no handler.
fn stopped() -> Result<impl Future<Output = ()>, EmulateError> {
    let stop = Arc::new(Notify::new());
    let wish = Arc::clone(&stop);
    ctrlc::set_handler(move || stop.notify_one()).map_err(EmulateError::Signal)?;
    Ok(async move { wish.notified().await })
}

/// How long a call that is being answered may take until the end. Whoever waits for an answer that
/// never comes is let go at once.
const GRACE: Duration = Duration::from_secs(2);

#[cfg(test)]
mod tests;
