//! Inputs that need no second look.
//!
//! Whoever sends a job has to know whether its input may be sent, but seldom more than that. What
//! stands here is a small part of what [`Draft::check`] knows, in a small part of its code: it finds
//! out that a usual input is fine. Of any other it says nothing, and the check decides.

use super::Draft;
use crate::limits::{self, MAX_SAFE_INTEGER};
use crate::wire::input;
use crate::{ModelId, Request, Resolution, Value, source};

impl Draft {
    /// The request to wan 2.2, the same as [`Draft::check`] makes of this draft; nothing when the
    /// draft needs that check, which may find it fine all the same.
    pub fn plain_request(&self) -> Option<Request> {
        let is_whole = self.value(input::PROMPT).is_some() && self.value(input::IMAGE).is_some();
        let is_plain = is_whole
            && self
                .values
                .iter()
                .all(|(field, value)| is_plain(field, value));
        is_plain.then(|| Request::checked(ModelId::WAN_2_2.clone(), self.values.clone()))
    }
}

fn is_plain(field: &str, value: &Value) -> bool {
    match (field, value) {
        (input::PROMPT, Value::String(text)) => characters(text) <= limits::PROMPT_CHARS,
        (input::NEGATIVE_PROMPT, Value::String(text)) => {
            !text.is_empty() && characters(text) <= limits::NEGATIVE_PROMPT_CHARS
        }
        (input::IMAGE, Value::String(address)) => source::is_plain(address),
        (input::TEMPLATE, Value::String(name)) => !name.is_empty(),
        (input::RESOLUTION, Value::String(side)) => {
            Resolution::ALL.iter().any(|known| known.as_str() == side)
        }
        (input::DURATION, Value::Int(seconds)) => *seconds == limits::DURATION_SECONDS,
        (input::PROMPT_EXTEND, Value::Bool(_)) => true,
        (input::SEED, Value::Int(seed)) => seed.unsigned_abs() <= MAX_SAFE_INTEGER.unsigned_abs(),
        _ => false,
    }
}

/// How many characters a text has: all bytes but those that go on with one.
fn characters(text: &str) -> usize {
    text.bytes().filter(|byte| byte & 0xc0 != 0x80).count()
}
