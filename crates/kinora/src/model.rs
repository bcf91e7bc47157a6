//! What a model accepts, as data. Forms, checks and requests are driven by it.
//!
//! One specification ships inside ([`ModelSpec::wan_2_2`]); any other comes from the schema that
//! the service publishes for a model ([`ModelSpec::from_value`]).

use std::borrow::Cow;

use crate::draft::CheckField;
use crate::{ModelId, Object, Value};

mod media;
pub use media::{Between, Formats, MediaRules, MediaType};

mod schema;
pub use schema::SpecProblem;

mod wan_2_2;
pub use wan_2_2::{Resolution, Wan22};

/// A model's input: its fields in the order they are published.
#[derive(Clone, Debug)]
pub struct ModelSpec {
    id: ModelId,
    fields: Cow<'static, [Field]>,
    published: Option<Object>,
    /// Checks the kinds of field that what ships inside does not have. Only the reading of a schema
    /// puts it here, so that an app with wan 2.2 alone need not carry it.
    pub(crate) further_kinds: Option<CheckField>,
}

impl PartialEq for ModelSpec {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id && self.fields == other.fields && self.published == other.published
    }
}

impl ModelSpec {
    /// `wan-ai/wan-2-2/image-to-video`, as its API page gives it:
    /// <https://www.runcomfy.com/models/wan-ai/wan-2-2/image-to-video/api> (read 2026-11-22).
    pub fn wan_2_2() -> Self {
        Self::WAN_2_2.clone()
    }

    /// The same, which every program shares: nothing is made or dropped.
    pub const WAN_2_2: &'static Self = &WAN_2_2;

    /// Reads what the service publishes for a model: a schema of its input, or a catalogue entry
    /// that has one.
    ///
    /// Keywords, types, formats and rules are those of [`wire::schema`](crate::wire::schema).
    /// What is not among them is kept in [`ModelSpec::published`] and otherwise ignored; a field
    /// of an unknown type takes any JSON. However odd the schema of a field, it is no error.
    ///
    /// ```
    /// use kinora::{FieldKind, ModelId, ModelSpec, Object};
    ///
    /// let steps = Object::new().with("type", "integer").with("maximum", 50);
    /// let schema = Object::new()
    ///     .with("type", "object")
    ///     .with("properties", Object::new().with("steps", steps));
    /// let id = ModelId::parse("maker/model")?;
    /// let spec = ModelSpec::from_value(id, &schema.into())?;
    /// assert!(matches!(spec.fields()[0].kind, FieldKind::Integer(_)));
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// When the value is no object, or neither has fields nor says that it is the schema of an
    /// object: an error's body, or a catalogue entry that was asked for without its schema.
    pub fn from_value(id: ModelId, value: &Value) -> Result<Self, SpecProblem> {
        Ok(Self::from_schema(id, schema::find(value)?))
    }

    /// Whether an object is the schema of a model's input, as far as can be told: it has fields, or
    /// says that it is the schema of an object.
    pub fn describes(object: &Object) -> bool {
        schema::is_schema(object)
    }

    /// Reads a schema that is known to be one. Without fields, everything given is sent as it is.
    pub fn from_schema(id: ModelId, schema: &Object) -> Self {
        Self {
            id,
            fields: schema::fields(schema).into(),
            published: Some(schema.clone()),
            further_kinds: Some(CheckField::FURTHER_KINDS),
        }
    }

    /// Reads what the service publishes for a model, as JSON text; see [`ModelSpec::from_value`].
    ///
    /// # Errors
    /// When the text is no JSON, and as with [`ModelSpec::from_value`].
    #[cfg(feature = "serde")]
    pub fn from_json(id: ModelId, text: &str) -> Result<Self, SpecProblem> {
        let value = serde_json::from_str(text);
        Self::from_value(id, &value.map_err(|_| SpecProblem::NotJson)?)
    }

    /// A model of which nothing but the name is known: everything given is sent as it is.
    pub fn unread(id: ModelId) -> Self {
        Self {
            id,
            fields: Cow::Borrowed(&[]),
            published: None,
            further_kinds: None,
        }
    }

    /// The model's name in the catalogue.
    pub fn id(&self) -> &ModelId {
        &self.id
    }

    /// The fields in published order.
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// The field of this name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The rules of a media field or of each item of a media list, when the field of this name is
    /// one.
    pub fn media_rules(&self, name: &str) -> Option<&MediaRules> {
        match &self.field(name)?.kind {
            FieldKind::Media(rules) | FieldKind::MediaList { each: rules, .. } => Some(rules),
            _ => None,
        }
    }

    /// The schema this was read from, with all that was not understood. None for what ships inside.
    pub fn published(&self) -> Option<&Object> {
        self.published.as_ref()
    }
}

/// One input of a model.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Its key in the request.
    pub name: Cow<'static, str>,
    /// Its label; made from the name where none is published.
    pub title: Cow<'static, str>,
    /// What the page says about it; often nothing.
    pub description: Cow<'static, str>,
    /// Whether the service insists on it.
    pub required: bool,
    /// Whether `null` may be sent. Elsewhere `null` means: left out.
    pub nullable: bool,
    /// What the service assumes when it is left out, or a sample where it is free text or a file.
    pub default: Option<Constant>,
    /// What may stand in it.
    pub kind: FieldKind,
}

static WAN_2_2: ModelSpec = ModelSpec {
    id: ModelId::OWN_WAN_2_2,
    fields: Cow::Borrowed(&wan_2_2::FIELDS),
    published: None,
    further_kinds: None,
};

/// A value of a specification, which may be part of the program.
#[derive(Clone, Debug, PartialEq)]
pub enum Constant {
    /// Text.
    Text(Cow<'static, str>),
    /// Anything else.
    Other(Value),
}

impl Constant {
    /// The value, to be sent or shown.
    pub fn to_value(&self) -> Value {
        match self {
            Self::Text(text) => Value::String(text.clone().into_owned()),
            Self::Other(value) => value.clone(),
        }
    }

    /// Whether a value is the same text, number or truth value; `5` and `5.0` are.
    pub(crate) fn is(&self, value: &Value) -> bool {
        match self {
            Self::Text(text) => value.as_str() == Some(text),
            Self::Other(own) => match own.as_number() {
                Some(number) => value.as_number() == Some(number),
                None => own.as_bool().is_some() && own.as_bool() == value.as_bool(),
            },
        }
    }
}

impl From<Value> for Constant {
    fn from(value: Value) -> Self {
        match value {
            Value::String(text) => Self::Text(text.into()),
            other => Self::Other(other),
        }
    }
}

/// What may stand in a field.
#[derive(Clone, Debug, PartialEq)]
pub enum FieldKind {
    /// Text, of at most so many characters (Unicode code points).
    Text {
        /// The most characters, when there is a limit.
        most: Option<usize>,
    },
    /// Text for which the page names values without excluding others.
    Suggested(&'static [&'static str]),
    /// One of these values.
    Choice(Cow<'static, [Constant]>),
    /// A whole number within these bounds and
    /// ±[`MAX_SAFE_INTEGER`](crate::limits::MAX_SAFE_INTEGER).
    Integer(Bounds),
    /// A number within these bounds.
    Number(Bounds),
    /// `true` or `false`.
    Boolean,
    /// The address of a file.
    Media(Cow<'static, MediaRules>),
    /// Addresses of files.
    MediaList {
        /// What each file must be.
        each: Cow<'static, MediaRules>,
        /// How many there may be.
        count: Count,
    },
    /// JSON that is sent as it is.
    Json(JsonShape),
}

impl FieldKind {
    /// Whether a published default is what the service assumes. Of texts and files it is a sample,
    /// and filling that in unasked would have the person pay for somebody else's idea.
    pub(crate) fn is_setting(&self) -> bool {
        match self {
            Self::Choice(_) | Self::Integer(_) | Self::Number(_) | Self::Boolean => true,
            Self::Text { .. }
            | Self::Suggested(_)
            | Self::Media(_)
            | Self::MediaList { .. }
            | Self::Json(_) => false,
        }
    }
}

/// The least and the greatest number, both included.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Bounds {
    /// The least, when there is one.
    pub least: Option<f64>,
    /// The greatest, when there is one.
    pub most: Option<f64>,
}

/// How many items a list has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// The fewest.
    pub least: usize,
    /// The most, when there is a limit.
    pub most: Option<usize>,
}

/// What is known of a field that takes JSON as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JsonShape {
    /// Nothing: any value.
    Any,
    /// A list of so many items.
    List(Count),
    /// An object.
    Object,
}

#[cfg(test)]
mod tests;
