//! Schemas of example models, built.

use kinora::wire::catalog::CatalogModel;
use kinora::wire::schema::{
    DEFAULT, DESCRIPTION, ENUM, FORMAT, ITEMS, MAX_ITEMS, MAX_LENGTH, MAXIMUM, MIN_ITEMS, MINIMUM,
    PROPERTIES, REQUIRED, RULE, TITLE, TYPE, VALIDATIONS, VALUE, kind,
};
use kinora::{Object, Value};

/// One input: its name, whether it must be given, and its schema.
pub(super) struct Input {
    name: &'static str,
    required: bool,
    schema: Object,
}

impl Input {
    pub(super) fn new(name: &'static str, kind: &str, title: &str) -> Self {
        let schema = Object::new().with(TITLE, title).with(TYPE, kind);
        Self {
            name,
            required: false,
            schema,
        }
    }

    pub(super) fn text(name: &'static str, title: &str) -> Self {
        Self::new(name, kind::STRING, title)
    }

    pub(super) fn required(self) -> Self {
        Self {
            required: true,
            ..self
        }
    }

    pub(super) fn described(self, text: &str) -> Self {
        self.with(DESCRIPTION, text)
    }

    pub(super) fn default(self, value: impl Into<Value>) -> Self {
        self.with(DEFAULT, value)
    }

    pub(super) fn longest(self, characters: usize) -> Self {
        self.with(MAX_LENGTH, i64::try_from(characters).unwrap_or(i64::MAX))
    }

    pub(super) fn one_of<T: Into<Value>>(self, values: impl IntoIterator<Item = T>) -> Self {
        self.with(ENUM, list(values))
    }

    pub(super) fn between(self, least: impl Into<Value>, most: impl Into<Value>) -> Self {
        self.with(MINIMUM, least).with(MAXIMUM, most)
    }

    pub(super) fn format(self, format: &str) -> Self {
        self.with(FORMAT, format)
    }

    pub(super) fn items(self, kind: &str, fewest: i64, most: i64) -> Self {
        let item = Object::new().with(TYPE, kind);
        self.with(ITEMS, item)
            .with(MIN_ITEMS, fewest)
            .with(MAX_ITEMS, most)
    }

    /// `null` may stand in its place.
    pub(super) fn nullable(self, kind: &str) -> Self {
        self.with(TYPE, list([kind, kind::NULL]))
    }

    /// Rules for a file: name, value, sentence.
    pub(super) fn rules(self, rules: &[(&str, Value, &str)]) -> Self {
        let rule = |(name, value, words): &(&str, Value, &str)| {
            Object::new()
                .with(RULE, *name)
                .with(VALUE, value.clone())
                .with(WORDS, *words)
        };
        self.with(VALIDATIONS, list(rules.iter().map(rule)))
    }

    fn with(mut self, keyword: &str, value: impl Into<Value>) -> Self {
        self.schema.insert(keyword, value);
        self
    }
}

/// The same entry, with these inputs and their schema.
pub(super) fn with_inputs(mut entry: CatalogModel, inputs: Vec<Input>) -> CatalogModel {
    let name = |input: &Input| input.name.to_owned();
    entry.inputs = inputs.iter().map(name).collect();
    let required = inputs.iter().filter(|input| input.required);
    entry.required_inputs = required.map(name).collect();
    let properties = inputs
        .into_iter()
        .map(|input| (input.name, Value::Object(input.schema)));
    let schema = Object::new()
        .with(TYPE, kind::OBJECT)
        .with(TITLE, "Input")
        .with(
            REQUIRED,
            list(entry.required_inputs.iter().map(String::as_str)),
        )
        .with(PROPERTIES, properties.collect::<Object>());
    entry.input_schema = Some(schema);
    entry
}

fn list<T: Into<Value>>(items: impl IntoIterator<Item = T>) -> Value {
    Value::List(items.into_iter().map(Into::into).collect())
}

/// The sentence of a rule, for people.
const WORDS: &str = "validation_error";
