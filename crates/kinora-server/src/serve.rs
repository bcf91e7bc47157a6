//! The relay with the page it is for: the built app, and `/v1` with the token added.
//!
//! ```text
//!  browser ──► connection ──► router ─┬─ /healthz
//!              (time limits)          ├─ /v1/…    api ──► kinora_relay's rules ──► upstream
//!                                     └─ the page: files, their headers, config.json
//! ```
//!
//! What passes and why is decided in `kinora_relay`; here it is carried out.

mod api;
mod config;
mod connection;
mod error;
mod host;
mod log;
mod page;
mod upstream;

use std::env;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::routing::{any, get};
use clap::Parser;
use kinora::BaseUrl;
use kinora_relay::Relay;
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::emulate;
use config::{Config, ConfigProblem};
use error::ServeError;
use host::Host;
pub(crate) use log::Format;
use upstream::Upstream;

/// Where the relay stands, whom it serves, and what it serves beside.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// A TOML file with everything below, and budgets and limits. Flags beat it.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The address to listen on [default: 127.0.0.1:8080]; port 0 lets the system choose.
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: Option<String>,
    /// The relay's address as callers see it [default: the one it listens on].
    #[arg(long, value_name = "URL")]
    public: Option<String>,
    /// The service [default: RunComfy's].
    #[arg(long, value_name = "URL")]
    service: Option<String>,
    /// A file with the service's token; the variable RUNCOMFY_TOKEN beats it.
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,
    /// A page of another origin that may ask, as https://app.example.com or
    /// https://*.example.com; may be given several times.
    #[arg(long = "origin", value_name = "ORIGIN")]
    origins: Vec<String>,
    /// A model that may be used, as an id or wan-ai/**; may be given several times.
    #[arg(long = "model", value_name = "PATTERN")]
    models: Vec<String>,
    /// `anybody` who can reach the relay may call, or `nobody` [default: nobody].
    #[arg(long, value_name = "WHO")]
    callers: Option<String>,
    /// Who sends a line of this file as bearer token may call.
    #[arg(long, value_name = "FILE")]
    secrets_file: Option<PathBuf>,
    /// The IP address of a proxy whose X-Forwarded-For is believed; may be given several times.
    #[arg(long = "proxy", value_name = "IP")]
    proxies: Vec<String>,
    /// Let callers learn what a job cost.
    #[arg(long)]
    include_cost: bool,
    /// Pass result files on, at /v1/outputs?url=…, for pages that may not read them elsewhere.
    #[arg(long)]
    outputs: bool,
    /// The folder of the built app [default: web/dist].
    #[arg(long, value_name = "FOLDER", conflicts_with = "no_app")]
    app: Option<PathBuf>,
    /// Serve no page, only the relay.
    #[arg(long)]
    no_app: bool,
    /// Put the emulator in the service's place: no account, any model, anybody on this machine.
    #[arg(long, conflicts_with_all = ["service", "token_file"])]
    emulate: bool,
    /// An option for that emulator, as --emulate-with=--queue=5; may be given several times.
    #[arg(
        long,
        value_name = "OPTION",
        allow_hyphen_values = true,
        requires = "emulate"
    )]
    emulate_with: Vec<String>,
    /// How each request is told on the standard output.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    log: Format,
}

/// Serves until Ctrl-C or a termination signal, and then until what is under way has ended.
///
/// # Errors
///
/// When the configuration has a mistake, the page is not built, or the address cannot be had.
pub(crate) async fn serve(options: Options) -> Result<(), ServeError> {
    let variable = env::var_os(config::TOKEN);
    let variable = variable.as_ref().map(|text| text.to_string_lossy());
    let config = Config::read(&options, variable.as_deref())?;
    log::begin(options.log);
    let stop = stopped()?;
    let emulator = match options.emulate {
        true => Some(emulator(&options.emulate_with).await?),
        false => None,
    };
    let listener = listen(config.listen).await?;
    let serving = Serving::new(&config, &listener, emulator.as_ref())?;
    println!("Kinora is at {}/ (Ctrl-C stops it)", serving.public);
    serving.warn();
    let emulating = emulator.map(|emulator| {
        let mut stop = stop.clone();
        let stopped = async move { drop(stop.wait_for(|stop| *stop).await) };
        tokio::spawn(emulate::serve_on(
            emulator.listener,
            emulator.options,
            stopped,
        ))
    });
    connection::serve(listener, serving.router, stop).await;
    serving.host.landed().await;
    if let Some(emulating) = emulating {
        emulating.abort();
    }
    Ok(())
}

/// What is served, ready.
struct Serving {
    router: Router,
    host: Arc<Host>,
    public: BaseUrl,
}

impl Serving {
    fn new(
        config: &Config,
        listener: &TcpListener,
        emulator: Option<&Emulator>,
    ) -> Result<Self, ServeError> {
        let here = format!("http://{}", listener.local_addr().map_err(ServeError::Io)?);
        let public = match &config.public {
            Some(public) => public.clone(),
            None => BaseUrl::parse(&here).map_err(|_| ServeError::NoPublic(here))?,
        };
        let service = match (emulator, &config.service) {
            (Some(emulator), _) => emulator.base.clone(),
            (None, Some(service)) => service.clone(),
            (None, None) => BaseUrl::parse(BaseUrl::RUNCOMFY).map_err(ServeError::Base)?,
        };
        if emulator.is_none() && config.token.is_none() {
            return Err(ServeError::Config(ConfigProblem::NoToken));
        }
        let policy = config.policy(service.clone(), public.clone(), emulator.is_some());
        let upstream = Upstream::new(&service, config.token.as_ref(), &policy.limits);
        let relay = Relay::new(policy, config.token.clone());
        let upstream = upstream.map_err(ServeError::Client)?;
        let host = Arc::new(Host::new(relay, upstream, config.proxies.clone()));
        Ok(Self {
            router: router(Arc::clone(&host), config)?,
            host,
            public,
        })
    }

    /// Says what a closed relay will not do, before somebody wonders.
    fn warn(&self) {
        for words in self.host.what_is_closed() {
            eprintln!("note: {words}");
        }
    }
}

fn router(host: Arc<Host>, config: &Config) -> Result<Router, ServeError> {
    let api = any(api::answer).with_state(host);
    let router = Router::new()
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/v1", api.clone())
        .route("/v1/{*rest}", api);
    Ok(match &config.app.dir {
        Some(dir) => router.merge(page::router(dir, &config.app)?),
        None => router,
    })
}

/// An emulator that does not answer yet.
struct Emulator {
    listener: TcpListener,
    options: emulate::Options,
    base: BaseUrl,
}

#[derive(Parser)]
#[command(name = "--emulate-with", disable_help_flag = true)]
struct EmulatorFlags {
    #[command(flatten)]
    options: emulate::Options,
}

async fn emulator(words: &[String]) -> Result<Emulator, ServeError> {
    let words = ["--emulate-with"]
        .into_iter()
        .chain(words.iter().map(String::as_str));
    let flags = EmulatorFlags::try_parse_from(words);
    let options = flags
        .map_err(|error| ServeError::Emulator(error.to_string()))?
        .options;
    let listener = listen(SocketAddr::from(([127, 0, 0, 1], 0))).await?;
    let origin = format!("http://{}", listener.local_addr().map_err(ServeError::Io)?);
    Ok(Emulator {
        base: BaseUrl::parse(&origin).map_err(ServeError::Base)?,
        listener,
        options,
    })
}

async fn listen(address: SocketAddr) -> Result<TcpListener, ServeError> {
    let bound = TcpListener::bind(address).await;
    bound.map_err(|error| match error.kind() {
        io::ErrorKind::AddrInUse => ServeError::InUse(address),
        _ => ServeError::Address(address, error),
    })
}

/// Turns true when a person or the system wants the program to end. At the second wish it ends at
/// once.
fn stopped() -> Result<watch::Receiver<bool>, ServeError> {
    let (wish, stop) = watch::channel(false);
    let handler = move || {
        if wish.send_replace(true) {
            std::process::exit(1);
        }
    };
    ctrlc::set_handler(handler).map_err(ServeError::Signal)?;
    Ok(stop)
}

#[cfg(test)]
mod tests;
