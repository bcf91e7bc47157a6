//! The built app as a plain static site, for browsers on this machine only.
//!
//! It does no more than any static host would: no rewriting, no injected script, no headers that
//! the app needs. What works here works on such a host too.

pub(crate) mod caching;
pub(crate) mod headers;

use std::fmt;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process;

use axum::Router;
use axum::extract::Request;
use axum::http::header::{CACHE_CONTROL, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::{self, Next};
use axum::response::Response;
use tokio::net::TcpListener;
use tower_http::services::ServeDir;

/// Which files to serve, and where.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// The folder of the built app.
    #[arg(long, default_value = "web/dist")]
    dir: PathBuf,
    /// The port on 127.0.0.1; 0 lets the system choose one.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Print every request's method, path and status.
    #[arg(long)]
    log: bool,
    /// Print the `_headers` file for a static host that has the site at this path, and end.
    #[arg(long, value_name = "PATH")]
    headers: Option<String>,
    /// Run this program with the site's address once it is there.
    #[arg(long, value_name = "PROGRAM")]
    open_with: Option<PathBuf>,
}

/// Serves until the process is stopped.
///
/// # Errors
///
/// When the folder holds no `index.html`, the port is taken, or the socket fails.
pub(crate) async fn serve(options: Options) -> Result<(), SiteError> {
    if !options.dir.join("index.html").is_file() {
        return Err(SiteError::NotBuilt(options.dir));
    }
    if let Some(base) = &options.headers {
        print!(
            "{}",
            headers::file(&options.dir, base).map_err(SiteError::Io)?
        );
        return Ok(());
    }
    let listener = listen(options.port).await?;
    let address = format!("http://{}/", listener.local_addr().map_err(SiteError::Io)?);
    println!("Kinora is at {address} (Ctrl-C stops it)");
    if let Some(program) = &options.open_with {
        open(program, &address);
    }
    axum::serve(listener, router(&options.dir, options.log))
        .await
        .map_err(SiteError::Io)
}

/// Why the site could not be served.
#[derive(Debug)]
pub(crate) enum SiteError {
    /// The folder has no `index.html`.
    NotBuilt(PathBuf),
    /// Another program listens on the port.
    PortInUse(u16),
    /// The system refused for another reason.
    Io(io::Error),
}

impl fmt::Display for SiteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotBuilt(dir) => write!(
                f,
                "there is no index.html in {}; `cargo xtask demo` builds the app first",
                dir.display()
            ),
            Self::PortInUse(port) => write!(
                f,
                "port {port} is in use by another program; choose another one, as in `--port {}`",
                port.checked_add(1).unwrap_or(8081)
            ),
            Self::Io(error) => write!(f, "the site cannot be served: {error}"),
        }
    }
}

async fn listen(port: u16) -> Result<TcpListener, SiteError> {
    TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))
        .await
        .map_err(|error| match error.kind() {
            io::ErrorKind::AddrInUse => SiteError::PortInUse(port),
            _ => SiteError::Io(error),
        })
}

/// Starts a program that shows the page. The address is on the screen too, so a failure is no loss.
fn open(program: &Path, address: &str) {
    let quiet = process::Stdio::null;
    let started = process::Command::new(program)
        .arg(address)
        .stdin(quiet())
        .stdout(quiet())
        .stderr(quiet())
        .spawn();
    if let Err(error) = started {
        eprintln!("{} did not start: {error}", program.display());
    }
}

fn router(dir: &Path, log: bool) -> Router {
    let router = Router::new()
        .fallback_service(ServeDir::new(dir))
        .layer(middleware::from_fn(add_headers));
    if log {
        router.layer(middleware::from_fn(print_request))
    } else {
        router
    }
}

async fn add_headers(request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let mut response = next.run(request).await;
    let found = response.status() != StatusCode::NOT_FOUND;
    describe(response.headers_mut(), &path, found);
    response
}

fn describe(headers: &mut HeaderMap, path: &str, found: bool) {
    let caching = if found {
        caching::policy(path)
    } else {
        caching::REVALIDATE
    };
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(caching));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
}

async fn print_request(request: Request, next: Next) -> Response {
    let line = format!("{} {}", request.method(), request.uri().path());
    let response = next.run(request).await;
    println!("{line} {}", response.status().as_u16());
    response
}

#[cfg(test)]
mod tests;
