//! Records as values, for whatever storage the platform has. Every version ever written stays
//! readable; a fixture of each stands in the tests.

use core::fmt;

mod read;
use read::{part, service, stage, text, ticket, time, versioned};

use super::{Record, Stage, Ticket};
use crate::record::Ending;
use crate::sentence::join;
use crate::{Connection, HostKind, IntentId, Media, MediaKind, ModelId, Object, Value, WallTime};

/// A stored value is no record that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordProblem {
    /// It was written by a newer Kinora.
    Newer,
    /// This part is missing or malformed.
    Part(&'static str),
}

impl RecordProblem {
    /// What is wrong with it, as a sentence.
    pub fn sentence(self) -> String {
        match self {
            Self::Newer => {
                "This job was stored by a newer version of Kinora. Reload the page to get it."
                    .to_owned()
            }
            Self::Part(part) => join(&[
                "A stored job cannot be read: its \"",
                part,
                "\" is damaged.",
            ]),
        }
    }
}

impl fmt::Display for RecordProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.sentence())
    }
}

impl core::error::Error for RecordProblem {}

impl Record {
    /// The record as a value of format [`Record::VERSION`].
    pub fn to_value(&self) -> Value {
        let mut object = Object::new();
        object.insert(VERSION, Self::VERSION);
        put(&mut object, INTENT, self.intent.as_str());
        put_service(&mut object, &self.model, &self.connection);
        object.insert(INPUT, self.input.clone());
        put_time(&mut object, CREATED_AT, self.created_at);
        put_stage(&mut object, &self.stage);
        Value::Object(object)
    }

    /// Reads a record of any format version.
    ///
    /// # Errors
    /// When the value was written by a newer version, or a part of it is missing or malformed.
    pub fn from_value(value: &Value) -> Result<Self, RecordProblem> {
        let object = versioned(value, Self::VERSION)?;
        let (model, connection) = service(object)?;
        let input = object.get(INPUT).and_then(Value::as_object);
        Ok(Self {
            intent: part(INTENT, IntentId::parse(text(object, INTENT)?).ok())?,
            stage: stage(object, &model, &connection)?,
            model,
            connection,
            input: part(INPUT, input)?.clone(),
            created_at: time(object, CREATED_AT)?,
        })
    }
}

impl Ticket {
    /// The ticket as a value of format [`Ticket::VERSION`], for those who keep no records.
    pub fn to_value(&self) -> Value {
        let mut object = Object::new();
        object.insert(VERSION, Self::VERSION);
        put_service(&mut object, &self.model, &self.connection);
        put_ticket(&mut object, self);
        Value::Object(object)
    }

    /// Reads a ticket of any format version.
    ///
    /// # Errors
    /// When the value was written by a newer version, or a part of it is missing or malformed.
    pub fn from_value(value: &Value) -> Result<Self, RecordProblem> {
        let object = versioned(value, Self::VERSION)?;
        let (model, connection) = service(object)?;
        ticket(object, &model, &connection)
    }
}

const VERSION: &str = "version";
const INTENT: &str = "intent";
const MODEL: &str = "model";
const BASE: &str = "base";
const HOST: &str = "host";
const INPUT: &str = "input";
const CREATED_AT: &str = "created_at";
const STAGE: &str = "stage";
const REQUEST_ID: &str = "request_id";
const SUBMITTED_AT: &str = "submitted_at";
const ENDING: &str = "ending";
const WORDS: &str = "words";
const FILES: &str = "files";
const KIND: &str = "kind";
const URL: &str = "url";

const SENDING: &str = "sending";
const UNCERTAIN: &str = "uncertain";
const ACCEPTED: &str = "accepted";
const ENDED: &str = "ended";

const SUCCEEDED: &str = "succeeded";
const FAILED: &str = "failed";
const CANCELLED: &str = "cancelled";
const REFUSED: &str = "refused";
const EXPIRED: &str = "expired";

fn put_service(object: &mut Object, model: &ModelId, connection: &Connection) {
    put(object, MODEL, model.as_str());
    put(object, BASE, connection.base().as_str());
    put(object, HOST, host_word(connection.host()));
}

fn put_stage(object: &mut Object, stage: &Stage) {
    let word = match stage {
        Stage::Sending => SENDING,
        Stage::Uncertain => UNCERTAIN,
        Stage::Accepted(_) => ACCEPTED,
        Stage::Ended { .. } => ENDED,
    };
    put(object, STAGE, word);
    match stage {
        Stage::Sending | Stage::Uncertain => {}
        Stage::Accepted(ticket) => put_ticket(object, ticket),
        Stage::Ended { ticket, ending } => {
            if let Some(ticket) = ticket {
                put_ticket(object, ticket);
            }
            put_ending(object, ending);
        }
    }
}

fn put_ticket(object: &mut Object, ticket: &Ticket) {
    put(object, REQUEST_ID, ticket.id.as_str());
    put_time(object, SUBMITTED_AT, ticket.submitted_at);
}

fn put_ending(object: &mut Object, ending: &Ending) {
    let (word, words) = match ending {
        Ending::Succeeded(_) => (SUCCEEDED, None),
        Ending::Failed(words) => (FAILED, Some(words)),
        Ending::Cancelled => (CANCELLED, None),
        Ending::Refused(words) => (REFUSED, Some(words)),
        Ending::Expired => (EXPIRED, None),
    };
    put(object, ENDING, word);
    if let Ending::Succeeded(files) = ending {
        let mut values = Vec::new();
        for media in files {
            values.push(file_value(media));
        }
        object.insert(FILES, Value::List(values));
    }
    if let Some(words) = words {
        put(object, WORDS, words);
    }
}

fn file_value(media: &Media) -> Value {
    let kind = match media.kind {
        MediaKind::Video => "video",
        MediaKind::Image => "image",
        MediaKind::Other => "other",
    };
    let mut object = Object::new();
    put(&mut object, KIND, kind);
    put(&mut object, URL, &media.url);
    Value::Object(object)
}

fn host_word(host: HostKind) -> &'static str {
    match host {
        HostKind::Kinora => "kinora",
        HostKind::RunComfy => "runcomfy",
    }
}

fn put(object: &mut Object, key: &str, text: &str) {
    object.insert(key, text);
}

fn put_time(object: &mut Object, key: &str, time: WallTime) {
    object.insert(key, i64::try_from(time.unix_millis()).unwrap_or(i64::MAX));
}

#[cfg(test)]
mod tests;
