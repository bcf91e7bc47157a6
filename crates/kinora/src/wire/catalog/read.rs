//! Answers of the catalogue, read.

use super::{CatalogModel, CatalogPage, ModelKind};
use crate::wire::{classify, key};
use crate::{Error, HttpResponse, ModelId, Object, Value};

/// Reads a page of models. Entries without a usable id are counted and passed over.
///
/// # Errors
/// What [`classify`] finds, and [`Error::Unreadable`] when the answer has no list of models.
pub fn page(response: &HttpResponse) -> Result<CatalogPage, Error> {
    let object = classify(response)?;
    let entries = object.get(key::MODELS).and_then(Value::as_list);
    let entries = entries.ok_or(Error::Unreadable {
        status: response.status,
    })?;
    let models: Vec<_> = entries.iter().filter_map(entry).collect();
    let number = |key| {
        let number = object.get(key).and_then(Value::as_int)?;
        u64::try_from(number).ok()
    };
    Ok(CatalogPage {
        unusable: entries.len() - models.len(),
        models,
        total: number(key::TOTAL),
        offset: number(key::OFFSET).unwrap_or_default(),
    })
}

/// Reads the categories.
///
/// # Errors
/// What [`classify`] finds, and [`Error::Unreadable`] when the answer has no list of them.
pub fn categories(response: &HttpResponse) -> Result<Vec<String>, Error> {
    let object = classify(response)?;
    match object.get(key::CATEGORIES) {
        Some(Value::List(_)) => Ok(texts(object, key::CATEGORIES)),
        _ => Err(Error::Unreadable {
            status: response.status,
        }),
    }
}

/// Reads one model.
///
/// # Errors
/// What [`classify`] finds, and [`Error::Unreadable`] when the answer names no usable model id.
pub fn model(response: &HttpResponse) -> Result<CatalogModel, Error> {
    let object = classify(response)?;
    of_object(object).ok_or(Error::Unreadable {
        status: response.status,
    })
}

/// Reads an entry as it stands in a page, such as one that was kept in a file; nothing when it
/// names no usable model id.
pub fn entry(value: &Value) -> Option<CatalogModel> {
    of_object(value.as_object()?)
}

fn of_object(object: &Object) -> Option<CatalogModel> {
    let text = |key| object.text(key).map(str::to_owned);
    Some(CatalogModel {
        id: ModelId::parse(object.text(key::MODEL_ID)?).ok()?,
        display_name: text(key::DISPLAY_NAME),
        description: text(key::DESCRIPTION),
        categories: texts(object, key::CATEGORIES),
        kind: text(key::KIND).map(ModelKind::from),
        base_price_usd: object.get(key::BASE_PRICE_USD).and_then(price),
        price_unit: text(key::PRICE_UNIT),
        pricing_note: text(key::PRICING_NOTE),
        model_url: text(key::MODEL_URL),
        inputs: names(object, key::INPUTS),
        required_inputs: names(object, key::REQUIRED_INPUTS),
        input_schema: object
            .get(key::INPUT_SCHEMA)
            .and_then(Value::as_object)
            .cloned(),
    })
}

fn texts(object: &Object, key: &str) -> Vec<String> {
    let items = object.get(key).and_then(Value::as_list).unwrap_or_default();
    let texts = items.iter().filter_map(Value::as_str);
    texts.map(str::to_owned).collect()
}

/// Whether a list of inputs holds names or objects with a `name` is not documented.
fn names(object: &Object, key: &str) -> Vec<String> {
    let items = object.get(key).and_then(Value::as_list).unwrap_or_default();
    let name = |item: &Value| match item {
        Value::String(name) => Some(name.clone()),
        Value::Object(input) => input.text(NAME).map(str::to_owned),
        _ => None,
    };
    items.iter().filter_map(name).collect()
}

fn price(value: &Value) -> Option<f64> {
    let price = match value {
        Value::Int(whole) => *whole as f64,
        Value::Float(price) => *price,
        _ => return None,
    };
    (price >= 0.0).then_some(price)
}

const NAME: &str = "name";
