//! What goes out.

use std::sync::Arc;

use kinora::wire::{answer, header, key};

use crate::log::Line;
use crate::{Reason, Secret, cors, json};

/// An answer as such, the same for everybody who is owed it.
#[derive(Clone, Debug, PartialEq)]
pub struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    pub(crate) reason: Reason,
    /// Whether it proves that no job was accepted.
    pub(crate) is_untaken: bool,
}

impl Reply {
    /// The answer that something does not pass.
    pub(crate) fn refusal(reason: Reason) -> Self {
        Self::words(reason.status(), reason)
    }

    /// The same under another status.
    pub(crate) fn words(status: u16, reason: Reason) -> Self {
        let words = answer::gateway_error(reason.sentence());
        let members = words.iter().map(|(key, value)| {
            let value = value.as_str().unwrap_or_default();
            format!("{}:{}", json::quote(key), json::quote(value))
        });
        let code = format!(
            "{}:{}",
            json::quote(key::REASON),
            json::quote(reason.code())
        );
        let members: Vec<_> = members.chain([code]).collect();
        Self {
            status,
            headers: vec![(header::CONTENT_TYPE.to_owned(), header::JSON.to_owned())],
            body: format!("{{{}}}", members.join(",")).into_bytes(),
            reason,
            is_untaken: reason.is_before_the_service(),
        }
    }

    pub(crate) fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }
}

/// An answer to one request, whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// Header names in lower case, with values.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
    /// What to log.
    pub line: Line,
}

/// What makes a [`Reply`] the [`Answer`] to one request: who asked, and for what.
#[derive(Clone, Debug, PartialEq)]
pub struct Dress {
    pub(crate) origin: Option<String>,
    pub(crate) call: &'static str,
    pub(crate) model: Option<String>,
    pub(crate) is_submit: bool,
    pub(crate) token: Option<Arc<Secret>>,
}

impl Dress {
    /// The answer to this request.
    pub fn answer(&self, reply: &Reply) -> Answer {
        let mut headers = reply.headers.clone();
        if self.is_submit && reply.is_untaken {
            headers.push((header::ACCEPTED.to_owned(), "no".to_owned()));
        }
        let fixed = ALWAYS.map(|(name, value)| (name.to_owned(), value.to_owned()));
        headers.extend(fixed);
        headers.extend(self.cors());
        Answer {
            status: reply.status,
            headers,
            body: reply.body.clone(),
            line: self.line(reply.status, reply.reason),
        }
    }

    /// The answer when the reply that is owed can no longer come.
    pub fn lost(&self) -> Answer {
        self.answer(&Reply::refusal(Reason::AnswerLost))
    }

    pub(crate) fn cors(&self) -> Vec<(String, String)> {
        cors::headers(self.origin.as_deref())
    }

    pub(crate) fn line(&self, status: u16, reason: Reason) -> Line {
        Line {
            call: self.call,
            model: self.model.clone().filter(|model| !self.leaks(model)),
            status,
            reason: reason.code(),
        }
    }

    /// Whether a text has the token in it.
    pub(crate) fn leaks(&self, text: &str) -> bool {
        let token = self.token.as_ref();
        token.is_some_and(|token| token.is_in(text.as_bytes()))
    }
}

/// What every answer of ours says: nobody keeps it, and it is what it says it is.
const ALWAYS: [(&str, &str); 2] = [
    ("cache-control", "no-store"),
    ("x-content-type-options", "nosniff"),
];
