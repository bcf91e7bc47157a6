//! The emulator over real HTTP, for whatever speaks the service's protocol on this machine.
//!
//! Every job that succeeds has the same output: `assets/sample.mp4`, five seconds of the bundled
//! still `lake` in motion, drawn by `kinora-motion` and encoded by x264. `examples/sample.rs` says
//! how to make it again. It is a stand-in; no model made it.

mod cord;
mod entry;
mod fault;
mod host;
mod options;
mod sample;
mod web;

use std::fmt;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use kinora::{BaseUrl, BaseUrlProblem};
use tokio::net::TcpListener;
use tokio::sync::Notify;

use cord::{Cord, Corded};
use host::Host;
pub(crate) use options::Options;

/// Serves until Ctrl-C or a termination signal.
///
/// # Errors
///
/// When the port is taken or the socket fails.
pub(crate) async fn serve(options: Options) -> Result<(), EmulateError> {
    serve_on(listen(options.port).await?, options, stopped()?).await
}

/// Why the emulator could not be served.
#[derive(Debug)]
pub(crate) enum EmulateError {
    /// Another program listens on the port.
    PortInUse(u16),
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
            Self::Base(problem) => write!(f, "the emulator has no usable address: {problem}"),
            Self::Signal(error) => write!(f, "the emulator could not be stopped again: {error}"),
            Self::Io(error) => write!(f, "the emulator cannot be served: {error}"),
        }
    }
}

async fn serve_on(
    listener: TcpListener,
    options: Options,
    stopped: impl Future<Output = ()> + Send + 'static,
) -> Result<(), EmulateError> {
    let origin = format!(
        "http://{}",
        listener.local_addr().map_err(EmulateError::Io)?
    );
    let base = BaseUrl::parse(&origin).map_err(EmulateError::Base)?;
    let host = Arc::new(Host::new(&options, base));
    let service = web::router(host, options.cors, options.media_cors)
        .into_make_service_with_connect_info::<Cord>();
    println!("listening on {origin}");
    axum::serve(Corded::new(listener), service)
        .with_graceful_shutdown(stopped)
        .await
        .map_err(EmulateError::Io)
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

#[cfg(test)]
mod tests;
