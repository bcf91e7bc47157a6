//! Fields from the schema that the service publishes for a model.
//!
//! A schema is somebody else's text: whatever is missing, contradictory or of another type than it
//! should be is passed over, and the field then has one rule fewer.

use core::fmt;
use std::borrow::Cow;

use super::{Bounds, Constant, Count, Field, FieldKind, JsonShape};
use crate::limits::MAX_SAFE_INTEGER;
use crate::wire::key;
use crate::wire::schema::{
    DEFAULT, DESCRIPTION, ENUM, FORMAT, ITEMS, MAX_ITEMS, MAX_LENGTH, MAXIMUM, MIN_ITEMS, MINIMUM,
    PROPERTIES, REQUIRED, TITLE, TYPE, kind,
};
use crate::{Object, Value};

mod file;
mod name;

/// Why something is not the schema of a model's input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpecProblem {
    /// The text is no JSON.
    NotJson,
    /// The value is no object.
    NotAnObject,
    /// The object has no fields, and does not say that it is the schema of an object.
    NoFields,
}

impl SpecProblem {
    /// A stable name for programs.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotJson => "schema_not_json",
            Self::NotAnObject => "schema_not_an_object",
            Self::NoFields => "schema_without_fields",
        }
    }

    /// What is the matter, and what to do.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::NotJson => {
                "This is not JSON, so no model's schema can be read from it. Copy the input schema \
                 from the model's API page once more."
            }
            Self::NotAnObject => {
                "A model's schema is a JSON object, and this is something else. Use the input \
                 schema of the model's API page, or the model's entry in the catalogue."
            }
            Self::NoFields => {
                "This has no \"properties\", so it does not say what the model takes. Ask the \
                 catalogue for the model with its schema."
            }
        }
    }
}

impl fmt::Display for SpecProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.sentence())
    }
}

impl core::error::Error for SpecProblem {}

/// The schema itself, wherever it is wrapped.
pub(super) fn find(value: &Value) -> Result<&Object, SpecProblem> {
    let object = value.as_object().ok_or(SpecProblem::NotAnObject)?;
    let inner = object.get(key::INPUT_SCHEMA).and_then(Value::as_object);
    [Some(object), inner]
        .into_iter()
        .flatten()
        .find(|schema| is_schema(schema))
        .ok_or(SpecProblem::NoFields)
}

pub(super) fn is_schema(object: &Object) -> bool {
    object
        .get(PROPERTIES)
        .is_some_and(|fields| fields.as_object().is_some())
        || object.text(TYPE) == Some(kind::OBJECT)
}

/// The fields in published order, then any that are required without being described.
pub(super) fn fields(schema: &Object) -> Vec<Field> {
    let required = schema.get(REQUIRED).and_then(Value::as_list);
    let required: Vec<_> = required
        .unwrap_or_default()
        .iter()
        .filter_map(Value::as_str)
        .collect();
    let described = schema.get(PROPERTIES).and_then(Value::as_object);
    let described = described.into_iter().flat_map(Object::iter);
    let mut fields: Vec<_> = described
        .map(|(name, published)| field(name, published, required.contains(&name)))
        .collect();
    for name in required {
        if !fields.iter().any(|field| field.name == name) {
            fields.push(field(name, &Value::Null, true));
        }
    }
    fields
}

fn field(name: &str, published: &Value, required: bool) -> Field {
    let nothing = Object::new();
    let published = published.as_object().unwrap_or(&nothing);
    let words = |keyword| published.text(keyword).map(str::trim).unwrap_or_default();
    let title = match words(TITLE) {
        "" => name::title(name),
        title => title.to_owned(),
    };
    let (types, choices) = (types(published), choices(published));
    let null = |values: &[Value]| values.iter().any(Value::is_null);
    let nullable = types.contains(&kind::NULL)
        || published
            .get(ENUM)
            .and_then(Value::as_list)
            .is_some_and(null);
    Field {
        name: name.to_owned().into(),
        title: title.into(),
        description: words(DESCRIPTION).to_owned().into(),
        required,
        nullable,
        default: published
            .get(DEFAULT)
            .filter(|value| !value.is_null())
            .map(|value| value.clone().into()),
        kind: field_kind(name, published, &types, choices),
    }
}

fn field_kind(name: &str, published: &Object, types: &[&str], choices: Vec<Value>) -> FieldKind {
    let types: Vec<_> = types
        .iter()
        .filter(|word| **word != kind::NULL)
        .copied()
        .collect();
    let only = match types.as_slice() {
        [only] => *only,
        _ => "",
    };
    match only {
        kind::ARRAY => list(name, published),
        kind::OBJECT => FieldKind::Json(JsonShape::Object),
        _ if !choices.is_empty() => {
            FieldKind::Choice(choices.into_iter().map(Constant::from).collect())
        }
        kind::STRING => text(name, published),
        kind::INTEGER => FieldKind::Integer(bounds(published)),
        kind::NUMBER | kind::FLOAT => FieldKind::Number(bounds(published)),
        kind::BOOLEAN => FieldKind::Boolean,
        _ if types.is_empty() => untyped(name, published),
        _ => FieldKind::Json(JsonShape::Any),
    }
}

fn untyped(name: &str, published: &Object) -> FieldKind {
    let plural = published
        .text(FORMAT)
        .is_some_and(|word| word.ends_with('s'));
    if plural || published.get(ITEMS).is_some() {
        return list(name, published);
    }
    match file::rules(name, published) {
        Some(rules) => FieldKind::Media(Cow::Owned(rules)),
        None => FieldKind::Json(JsonShape::Any),
    }
}

fn text(name: &str, published: &Object) -> FieldKind {
    match file::rules(name, published) {
        Some(rules) => FieldKind::Media(Cow::Owned(rules)),
        None => FieldKind::Text {
            most: size(published, MAX_LENGTH),
        },
    }
}

fn list(name: &str, published: &Object) -> FieldKind {
    let least = size(published, MIN_ITEMS).unwrap_or_default();
    let count = Count {
        least,
        most: size(published, MAX_ITEMS).filter(|most| least <= *most),
    };
    match file::rules_of_list(name, published) {
        Some(each) => FieldKind::MediaList {
            each: Cow::Owned(each),
            count,
        },
        None => FieldKind::Json(JsonShape::List(count)),
    }
}

/// One word or several.
fn types(published: &Object) -> Vec<&str> {
    let word = published.text(TYPE);
    let words = published.get(TYPE).and_then(Value::as_list);
    let words = words.unwrap_or_default().iter().filter_map(Value::as_str);
    word.into_iter().chain(words).collect()
}

/// Where lists or objects stand among the values, nobody can choose, and any value will do.
fn choices(published: &Object) -> Vec<Value> {
    let values = published.get(ENUM).and_then(Value::as_list);
    let values = values.unwrap_or_default();
    let is_part = |value: &Value| value.as_list().is_some() || value.as_object().is_some();
    if values.iter().any(is_part) {
        return Vec::new();
    }
    let values = values.iter().filter(|value| !value.is_null());
    values.cloned().collect()
}

/// Bounds that exclude each other would forbid everything; then they are no bounds.
fn bounds(published: &Object) -> Bounds {
    let (least, most) = (number(published, MINIMUM), number(published, MAXIMUM));
    match (least, most) {
        (Some(least), Some(most)) if least > most => Bounds::default(),
        (least, most) => Bounds { least, most },
    }
}

fn size(published: &Object, keyword: &str) -> Option<usize> {
    let number = number(published, keyword)?;
    (number >= 0.0 && number <= MAX_SAFE_INTEGER as f64 && number.trunc() == number)
        .then_some(number as usize)
}

fn number(published: &Object, keyword: &str) -> Option<f64> {
    published.get(keyword).and_then(Value::as_number)
}

#[cfg(test)]
mod tests;
