//! Records and tickets, read part by part.

use super::{
    ACCEPTED, BASE, CANCELLED, ENDED, ENDING, EXPIRED, FAILED, FILES, HOST, KIND, MODEL, REFUSED,
    REQUEST_ID, RecordProblem, SENDING, STAGE, SUBMITTED_AT, SUCCEEDED, UNCERTAIN, URL, VERSION,
    WORDS,
};
use crate::record::{Ending, Stage, Ticket};
use crate::{
    BaseUrl, Connection, HostKind, Media, MediaKind, ModelId, Object, RequestId, Value, WallTime,
};

pub(super) fn versioned(value: &Value, known: i64) -> Result<&Object, RecordProblem> {
    let object = value.as_object().ok_or(RecordProblem::Part(VERSION))?;
    match object.get(VERSION).and_then(Value::as_int) {
        Some(version) if version == known => Ok(object),
        Some(version) if version > known => Err(RecordProblem::Newer),
        Some(_) | None => Err(RecordProblem::Part(VERSION)),
    }
}

pub(super) fn service(object: &Object) -> Result<(ModelId, Connection), RecordProblem> {
    let base = part(BASE, BaseUrl::parse(text(object, BASE)?).ok())?;
    let host = part(HOST, host(text(object, HOST)?))?;
    let model = part(MODEL, ModelId::parse(text(object, MODEL)?).ok())?;
    Ok((model, Connection::new(base, host)))
}

pub(super) fn stage(
    object: &Object,
    model: &ModelId,
    connection: &Connection,
) -> Result<Stage, RecordProblem> {
    Ok(match text(object, STAGE)? {
        SENDING => Stage::Sending,
        UNCERTAIN => Stage::Uncertain,
        word @ (ACCEPTED | ENDED) => {
            let is_known = word == ACCEPTED || object.get(REQUEST_ID).is_some();
            let ticket = match is_known {
                true => Some(ticket(object, model, connection)?),
                false => None,
            };
            match ticket {
                Some(ticket) if word == ACCEPTED => Stage::Accepted(ticket),
                ticket => Stage::Ended {
                    ticket,
                    ending: ending(object)?,
                },
            }
        }
        _ => return Err(RecordProblem::Part(STAGE)),
    })
}

pub(super) fn ticket(
    object: &Object,
    model: &ModelId,
    connection: &Connection,
) -> Result<Ticket, RecordProblem> {
    Ok(Ticket {
        id: part(REQUEST_ID, RequestId::parse(text(object, REQUEST_ID)?).ok())?,
        model: model.clone(),
        connection: connection.clone(),
        submitted_at: time(object, SUBMITTED_AT)?,
    })
}

fn ending(object: &Object) -> Result<Ending, RecordProblem> {
    let words = || object.text(WORDS).unwrap_or_default().to_owned();
    Ok(match text(object, ENDING)? {
        SUCCEEDED => {
            let files = object.get(FILES).and_then(Value::as_list);
            let mut found = Vec::new();
            for value in part(FILES, files)? {
                found.push(part(FILES, file(value))?);
            }
            Ending::Succeeded(found)
        }
        FAILED => Ending::Failed(words()),
        CANCELLED => Ending::Cancelled,
        REFUSED => Ending::Refused(words()),
        EXPIRED => Ending::Expired,
        _ => return Err(RecordProblem::Part(ENDING)),
    })
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

fn host(word: &str) -> Option<HostKind> {
    match word {
        "kinora" => Some(HostKind::Kinora),
        "runcomfy" => Some(HostKind::RunComfy),
        _ => None,
    }
}

pub(super) fn text<'a>(object: &'a Object, key: &'static str) -> Result<&'a str, RecordProblem> {
    part(key, object.text(key))
}

pub(super) fn part<T>(key: &'static str, found: Option<T>) -> Result<T, RecordProblem> {
    found.ok_or(RecordProblem::Part(key))
}

pub(super) fn time(object: &Object, key: &'static str) -> Result<WallTime, RecordProblem> {
    let millis = object.get(key).and_then(Value::as_int);
    let millis = millis.and_then(|millis| u64::try_from(millis).ok());
    part(key, millis.map(WallTime::from_unix_millis))
}
