//! What is wrong with a configuration, where, and what to do.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use kinora_relay::{BadSecret, Secret};

/// A mistake in the configuration.
#[derive(Debug)]
pub(crate) enum ConfigProblem {
    /// In a file, at a line.
    InFile {
        path: PathBuf,
        line: usize,
        words: String,
    },
    /// In a flag.
    InFlag { name: &'static str, words: String },
    /// A file cannot be read.
    Unreadable { path: PathBuf, words: String },
    /// The variable's token is none.
    TokenVariable(BadSecret),
    /// There is no token at all.
    NoToken,
    /// Anybody, and only some: one of them.
    BothCallers,
    /// A file of secrets has none.
    NoSecrets(PathBuf),
}

impl ConfigProblem {
    pub(super) fn in_file(path: &Path, line: usize, words: &dyn fmt::Display) -> Self {
        Self::InFile {
            path: path.to_owned(),
            line,
            words: words.to_string(),
        }
    }

    pub(super) fn in_flag(name: &'static str, words: String) -> Self {
        Self::InFlag { name, words }
    }

    pub(super) fn unreadable(path: &Path, error: &io::Error) -> Self {
        Self::Unreadable {
            path: path.to_owned(),
            words: error.to_string(),
        }
    }
}

impl fmt::Display for ConfigProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InFile { path, line, words } => {
                write!(formatter, "{}, line {line}: {words}", path.display())
            }
            Self::InFlag { name, words } => write!(formatter, "{name}: {words}"),
            Self::Unreadable { path, words } => write!(
                formatter,
                "{} cannot be read ({words}); check the path and who may read it",
                path.display()
            ),
            Self::TokenVariable(bad) => write!(formatter, "{}: {bad}", super::TOKEN),
            Self::NoToken => write!(
                formatter,
                "there is no token for the service; put it into the variable {}, or into a file \
                 that only this program may read and name that by --token-file, or try everything \
                 without an account by --emulate",
                super::TOKEN
            ),
            Self::BothCallers => formatter.write_str(
                "`callers` and `secrets_file` are both given; leave one of them out: either \
                 anybody may call, or those with a secret",
            ),
            Self::NoSecrets(path) => write!(
                formatter,
                "{} holds no secret; write one a line, of at least {} characters, such as the \
                 output of `openssl rand -hex 16`",
                path.display(),
                Secret::CHARS_AT_LEAST
            ),
        }
    }
}
