//! Fields of raw JSON, which are sent as they are if every JSON peer can read them.

use super::Check;
use crate::Value;
use crate::limits::{JSON_DEPTH, MAX_SAFE_INTEGER};
use crate::model::{Count, Field, JsonShape};

impl Check<'_> {
    pub(super) fn json(&mut self, field: &Field, value: &Value, shape: JsonShape) {
        match (shape, value) {
            (JsonShape::List(_), value) if value.as_list().is_none() => {
                return self.wrong_type(field, value, "a list");
            }
            (JsonShape::Object, value) if value.as_object().is_none() => {
                return self.wrong_type(field, value, "an object");
            }
            (JsonShape::List(count), Value::List(items))
                if self.miscounted(field, items, count) =>
            {
                return;
            }
            _ => {}
        }
        match flaw(value) {
            Some(flaw) => self.error(field, flaw.code(), flaw.sentence(&field.title)),
            None => self.put(field, value.clone()),
        }
    }

    /// Whether a list has too few or too many items, which is then said.
    pub(super) fn miscounted(&mut self, field: &Field, items: &[Value], count: Count) -> bool {
        let (title, has) = (&field.title, items.len());
        if has < count.least {
            let fewest = count.least;
            let more = fewest - has;
            let words = format!(
                "{title} has too few items: {has}; the model takes at least {fewest}. Add {more}."
            );
            self.error(field, "too_few_items", words);
        } else if let Some(most) = count.most.filter(|most| has > *most) {
            let fewer = has - most;
            let words = format!(
                "{title} has too many items: {has}; the model takes at most {most}. Remove {fewer}."
            );
            self.error(field, "too_many_items", words);
        } else {
            return false;
        }
        true
    }
}

/// Whether every JSON peer can read a value.
pub(in crate::draft) fn is_readable(value: &Value) -> bool {
    flaw(value).is_none()
}

/// Why a value would not arrive as it is.
pub(super) enum Flaw {
    Deep,
    Number,
}

impl Flaw {
    pub(super) const fn code(&self) -> &'static str {
        match self {
            Self::Deep => "too_deep",
            Self::Number => "not_exact",
        }
    }

    pub(super) fn sentence(&self, title: &str) -> String {
        match self {
            Self::Deep => format!(
                "{title} has more than {JSON_DEPTH} lists and objects inside each other, which \
                 readers of JSON refuse. Make it flatter."
            ),
            Self::Number => format!(
                "{title} has a number that JSON does not keep exact: it is not finite, or a whole \
                 number beyond {MAX_SAFE_INTEGER}. Send it as text, or make it smaller."
            ),
        }
    }
}

/// Looks no deeper than the limit, so that no depth exhausts the stack.
pub(super) fn flaw(value: &Value) -> Option<Flaw> {
    flaw_at(value, 0)
}

fn flaw_at(value: &Value, depth: usize) -> Option<Flaw> {
    let deeper = |inner: &Value| flaw_at(inner, depth + 1);
    match value {
        Value::List(_) | Value::Object(_) if depth >= JSON_DEPTH => Some(Flaw::Deep),
        Value::List(items) => items.iter().find_map(deeper),
        Value::Object(object) => object.iter().find_map(|(_, inner)| deeper(inner)),
        Value::Int(whole) if whole.unsigned_abs() > MAX_SAFE_INTEGER.unsigned_abs() => {
            Some(Flaw::Number)
        }
        Value::Float(number) if !number.is_finite() => Some(Flaw::Number),
        Value::Null | Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::String(_) => None,
    }
}
