//! The catalogue's side of the wire: the answers that emulators give.

use super::{CatalogModel, CatalogQuery};
use crate::wire::key;
use crate::{Object, Value};

/// A page: those of `all` that a query asks for, in their order. A search finds words of the id,
/// the name and the description, whatever the case of A to Z; every word must be found.
pub fn page(all: &[&CatalogModel], query: &CatalogQuery) -> Object {
    let matching: Vec<_> = all
        .iter()
        .filter(|model| is_asked_for(model, query))
        .collect();
    let shown = matching
        .iter()
        .skip(query.offset as usize)
        .take(query.limit() as usize)
        .map(|model| Value::Object(entry(model, query.include_schema)))
        .collect();
    Object::new()
        .with(key::MODELS, Value::List(shown))
        .with(
            key::TOTAL,
            i64::try_from(matching.len()).unwrap_or(i64::MAX),
        )
        .with(key::LIMIT, i64::from(query.limit()))
        .with(key::OFFSET, i64::from(query.offset))
}

/// The categories of all models, each once, in the order of their first model.
pub fn categories(all: &[&CatalogModel]) -> Object {
    let mut known: Vec<&String> = Vec::new();
    for category in all.iter().flat_map(|model| &model.categories) {
        if !known.contains(&category) {
            known.push(category);
        }
    }
    Object::new().with(key::CATEGORIES, texts(known))
}

/// One model, with its input schema.
pub fn model(model: &CatalogModel) -> Object {
    entry(model, true)
}

fn entry(model: &CatalogModel, with_schema: bool) -> Object {
    let mut entry = Object::new().with(key::MODEL_ID, model.id.as_str());
    let text = |text: &Option<String>| text.as_deref().map(Value::from);
    let kind = model.kind.as_ref().map(|kind| Value::from(kind.as_str()));
    let schema = model.input_schema.as_ref().filter(|_| with_schema);
    for (key, value) in [
        (key::DISPLAY_NAME, text(&model.display_name)),
        (key::DESCRIPTION, text(&model.description)),
        (key::CATEGORIES, Some(texts(&model.categories))),
        (key::KIND, kind),
        (key::BASE_PRICE_USD, model.base_price_usd.map(Value::Float)),
        (key::PRICE_UNIT, text(&model.price_unit)),
        (key::PRICING_NOTE, text(&model.pricing_note)),
        (key::MODEL_URL, text(&model.model_url)),
        (key::INPUTS, Some(texts(&model.inputs))),
        (key::REQUIRED_INPUTS, Some(texts(&model.required_inputs))),
        (key::INPUT_SCHEMA, schema.cloned().map(Value::Object)),
    ] {
        if let Some(value) = value {
            entry.insert(key, value);
        }
    }
    entry
}

fn is_asked_for(model: &CatalogModel, query: &CatalogQuery) -> bool {
    let category = query.category.as_ref();
    category.is_none_or(|category| model.categories.contains(category))
        && (query.kind.is_none() || query.kind == model.kind)
        && query
            .search
            .as_deref()
            .is_none_or(|words| has(model, words))
}

fn has(model: &CatalogModel, words: &str) -> bool {
    let parts = [model.display_name.as_deref(), model.description.as_deref()];
    let mut text = model.id.to_string();
    for part in parts.into_iter().flatten() {
        text.push('\n');
        text.push_str(part);
    }
    let text = text.to_ascii_lowercase();
    words
        .to_ascii_lowercase()
        .split_whitespace()
        .all(|word| text.contains(word))
}

fn texts<'a>(texts: impl IntoIterator<Item = &'a String>) -> Value {
    let texts = texts.into_iter().map(|text| Value::from(text.as_str()));
    Value::List(texts.collect())
}
