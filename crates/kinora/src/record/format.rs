//! Records as values, for whatever storage the platform has. Every version ever written stays
//! readable; a fixture of each stands in the tests.

use core::fmt;

use super::{Record, Stage, Ticket};
use crate::record::Ending;
use crate::sentence::join;
use crate::{
    BaseUrl, Connection, HostKind, IntentId, Media, MediaKind, ModelId, Object, RequestId, Value,
    WallTime,
};

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
        let object = Object::new()
            .with(VERSION, Self::VERSION)
            .with(INTENT, self.intent.as_str());
        let object = with_service(object, &self.model, &self.connection)
            .with(INPUT, self.input.clone())
            .with(CREATED_AT, time_value(self.created_at));
        Value::Object(with_stage(object, &self.stage))
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
            intent: read(object, INTENT, |text| IntentId::parse(text).ok())?,
            stage: stage(object, &model, &connection)?,
            model,
            connection,
            input: input.ok_or(RecordProblem::Part(INPUT))?.clone(),
            created_at: time(object, CREATED_AT)?,
        })
    }
}

impl Ticket {
    /// The ticket as a value of format [`Ticket::VERSION`], for those who keep no records.
    pub fn to_value(&self) -> Value {
        let object = Object::new().with(VERSION, Self::VERSION);
        let object = with_service(object, &self.model, &self.connection);
        Value::Object(with_ticket(object, Some(self)))
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

fn versioned(value: &Value, known: i64) -> Result<&Object, RecordProblem> {
    let object = value.as_object().ok_or(RecordProblem::Part(VERSION))?;
    match object.get(VERSION).and_then(Value::as_int) {
        Some(version) if version == known => Ok(object),
        Some(version) if version > known => Err(RecordProblem::Newer),
        Some(_) | None => Err(RecordProblem::Part(VERSION)),
    }
}

fn with_service(object: Object, model: &ModelId, connection: &Connection) -> Object {
    object
        .with(MODEL, model.as_str())
        .with(BASE, connection.base().as_str())
        .with(HOST, host_word(connection.host()))
}

fn service(object: &Object) -> Result<(ModelId, Connection), RecordProblem> {
    let base = read(object, BASE, |text| BaseUrl::parse(text).ok())?;
    let host = read(object, HOST, host)?;
    let model = read(object, MODEL, |text| ModelId::parse(text).ok())?;
    Ok((model, Connection::new(base, host)))
}

fn with_stage(object: Object, stage: &Stage) -> Object {
    match stage {
        Stage::Sending => object.with(STAGE, "sending"),
        Stage::Uncertain => object.with(STAGE, "uncertain"),
        Stage::Accepted(ticket) => with_ticket(object.with(STAGE, "accepted"), Some(ticket)),
        Stage::Ended { ticket, ending } => with_ending(
            with_ticket(object.with(STAGE, "ended"), ticket.as_ref()),
            ending,
        ),
    }
}

fn with_ticket(object: Object, ticket: Option<&Ticket>) -> Object {
    match ticket {
        Some(ticket) => object
            .with(REQUEST_ID, ticket.id.as_str())
            .with(SUBMITTED_AT, time_value(ticket.submitted_at)),
        None => object,
    }
}

fn with_ending(object: Object, ending: &Ending) -> Object {
    match ending {
        Ending::Succeeded(files) => {
            let files = files.iter().map(file_value).collect();
            object
                .with(ENDING, "succeeded")
                .with(FILES, Value::List(files))
        }
        Ending::Failed(words) => object.with(ENDING, "failed").with(WORDS, words.as_str()),
        Ending::Cancelled => object.with(ENDING, "cancelled"),
        Ending::Refused(words) => object.with(ENDING, "refused").with(WORDS, words.as_str()),
        Ending::Expired => object.with(ENDING, "expired"),
    }
}

fn stage(
    object: &Object,
    model: &ModelId,
    connection: &Connection,
) -> Result<Stage, RecordProblem> {
    let ticket = || ticket(object, model, connection);
    match object.text(STAGE) {
        Some("sending") => Ok(Stage::Sending),
        Some("uncertain") => Ok(Stage::Uncertain),
        Some("accepted") => Ok(Stage::Accepted(ticket()?)),
        Some("ended") => {
            let ticket = object.get(REQUEST_ID).map(|_| ticket()).transpose()?;
            Ok(Stage::Ended {
                ticket,
                ending: ending(object)?,
            })
        }
        _ => Err(RecordProblem::Part(STAGE)),
    }
}

fn ticket(
    object: &Object,
    model: &ModelId,
    connection: &Connection,
) -> Result<Ticket, RecordProblem> {
    Ok(Ticket {
        id: read(object, REQUEST_ID, |text| RequestId::parse(text).ok())?,
        model: model.clone(),
        connection: connection.clone(),
        submitted_at: time(object, SUBMITTED_AT)?,
    })
}

fn ending(object: &Object) -> Result<Ending, RecordProblem> {
    let words = || object.text(WORDS).unwrap_or_default().to_owned();
    match object.text(ENDING) {
        Some("succeeded") => {
            let files = object.get(FILES).and_then(Value::as_list);
            let files = files.and_then(|files| files.iter().map(file).collect());
            Ok(Ending::Succeeded(files.ok_or(RecordProblem::Part(FILES))?))
        }
        Some("failed") => Ok(Ending::Failed(words())),
        Some("cancelled") => Ok(Ending::Cancelled),
        Some("refused") => Ok(Ending::Refused(words())),
        Some("expired") => Ok(Ending::Expired),
        _ => Err(RecordProblem::Part(ENDING)),
    }
}

fn file_value(media: &Media) -> Value {
    let kind = match media.kind {
        MediaKind::Video => "video",
        MediaKind::Image => "image",
        MediaKind::Other => "other",
    };
    Value::Object(Object::new().with(KIND, kind).with(URL, media.url.as_str()))
}

fn file(value: &Value) -> Option<Media> {
    let object = value.as_object()?;
    let kind = match object.text(KIND)? {
        "video" => MediaKind::Video,
        "image" => MediaKind::Image,
        _ => MediaKind::Other,
    };
    Some(Media {
        kind,
        url: object.text(URL)?.to_owned(),
    })
}

fn host_word(host: HostKind) -> &'static str {
    match host {
        HostKind::Kinora => "kinora",
        HostKind::RunComfy => "runcomfy",
    }
}

fn host(word: &str) -> Option<HostKind> {
    match word {
        "kinora" => Some(HostKind::Kinora),
        "runcomfy" => Some(HostKind::RunComfy),
        _ => None,
    }
}

fn read<T>(
    object: &Object,
    key: &'static str,
    parse: impl Fn(&str) -> Option<T>,
) -> Result<T, RecordProblem> {
    object
        .text(key)
        .and_then(parse)
        .ok_or(RecordProblem::Part(key))
}

fn time_value(time: WallTime) -> Value {
    Value::Int(i64::try_from(time.unix_millis()).unwrap_or(i64::MAX))
}

fn time(object: &Object, key: &'static str) -> Result<WallTime, RecordProblem> {
    let millis = object
        .get(key)
        .and_then(Value::as_int)
        .and_then(|millis| u64::try_from(millis).ok());
    millis
        .map(WallTime::from_unix_millis)
        .ok_or(RecordProblem::Part(key))
}

#[cfg(test)]
mod tests;
