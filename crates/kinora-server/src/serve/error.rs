//! Why nothing could be served, and what to do about it.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;

use kinora::BaseUrlProblem;

use super::config::ConfigProblem;

/// Why nothing could be served.
#[derive(Debug)]
pub(crate) enum ServeError {
    /// The configuration has a mistake.
    Config(ConfigProblem),
    /// The page is not built.
    NotBuilt(PathBuf),
    /// The page's folder cannot be read.
    Page(PathBuf, io::Error),
    /// Another program listens there.
    InUse(SocketAddr),
    /// The system gives no such address.
    Address(SocketAddr, io::Error),
    /// What the relay listens on is no address for callers.
    NoPublic(String),
    /// An address that ought to be one is no base.
    Base(BaseUrlProblem),
    /// The emulator's options have a mistake.
    Emulator(String),
    /// The way to the service cannot be prepared.
    Client(reqwest::Error),
    /// The system does not tell when the program shall end.
    Signal(ctrlc::Error),
    /// The system refused for another reason.
    Io(io::Error),
}

impl From<ConfigProblem> for ServeError {
    fn from(problem: ConfigProblem) -> Self {
        Self::Config(problem)
    }
}

impl fmt::Display for ServeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Config(problem) => write!(f, "{problem}"),
            Self::NotBuilt(dir) => write!(
                f,
                "there is no index.html in {}; `cargo xtask site` builds the page, --app names \
                 another folder, and --no-app serves the relay alone",
                dir.display()
            ),
            Self::Page(dir, error) => write!(f, "{} cannot be read: {error}", dir.display()),
            Self::InUse(address) => write!(
                f,
                "{address} is in use by another program; choose another port, or let the system \
                 choose with `--listen 127.0.0.1:0`"
            ),
            Self::Address(address, error) => write!(
                f,
                "{address} cannot be listened on ({error}); use an address of this machine, such \
                 as 127.0.0.1:8080"
            ),
            Self::NoPublic(here) => write!(
                f,
                "{here} is no address that callers can be given; name the one that they use by \
                 --public, such as https://video.example.com"
            ),
            Self::Base(problem) => write!(f, "{problem}"),
            Self::Emulator(words) => write!(f, "{words}"),
            Self::Client(error) => write!(f, "the way to the service cannot be prepared: {error}"),
            Self::Signal(error) => write!(f, "the program could not be stopped again: {error}"),
            Self::Io(error) => write!(f, "nothing can be served: {error}"),
        }
    }
}
