//! Entries of the catalogue, told to JavaScript.

use kinora::wire::catalog::{CatalogModel, CatalogPage};
use kinora::{ModelSpec, Object};

use super::field;
use crate::text::Writer;
use crate::wish;

/// The member `page`: `{ models, total?, offset, next? }`.
pub(super) fn page(page: &CatalogPage, to: &mut Writer) {
    to.key("page");
    to.mark("{");
    to.key("models");
    to.mark("[");
    for model in &page.models {
        to.mark("{");
        members(model, to);
        to.mark("}");
    }
    to.mark("]");
    count("total", page.total, to);
    count("offset", Some(page.offset), to);
    count("next", page.next_offset(), to);
    to.mark("}");
}

/// The member `categories`.
pub(super) fn categories(categories: &[String], to: &mut Writer) {
    texts("categories", categories, to);
}

/// The member `model`: one entry with its fields. Without a schema these are those that this package
/// knows.
pub(super) fn model(model: &CatalogModel, to: &mut Writer) {
    to.key("model");
    to.mark("{");
    members(model, to);
    let id = model.id.clone();
    field::all(
        &match schema(model) {
            Some(schema) => ModelSpec::from_schema(id, schema),
            None => wish::spec(id),
        },
        to,
    );
    to.mark("}");
}

/// The members of an entry. What the service does not say is left out.
fn members(model: &CatalogModel, to: &mut Writer) {
    to.text("id", model.id.as_str());
    let kind = model.kind.as_ref().map(|kind| kind.as_str());
    for (key, text) in [
        ("displayName", model.display_name.as_deref()),
        ("description", model.description.as_deref()),
        ("kind", kind),
        ("priceUnit", model.price_unit.as_deref()),
        ("pricingNote", model.pricing_note.as_deref()),
        ("modelUrl", model.model_url.as_deref()),
    ] {
        if let Some(text) = text {
            to.text(key, text);
        }
    }
    to.number("basePriceUsd", model.base_price_usd);
    texts("categories", &model.categories, to);
    texts("inputs", &model.inputs, to);
    texts("requiredInputs", &model.required_inputs, to);
    if let Some(schema) = schema(model) {
        to.key("schema");
        to.object(schema);
    }
}

/// The schema, unless it describes nothing: such a one is of no use to whoever wants to check by it.
fn schema(model: &CatalogModel) -> Option<&Object> {
    let schema = model.input_schema.as_ref();
    schema.filter(|schema| ModelSpec::describes(schema))
}

fn texts(key: &str, texts: &[String], to: &mut Writer) {
    to.key(key);
    to.mark("[");
    for text in texts {
        to.item(text);
    }
    to.mark("]");
}

fn count(key: &str, number: Option<u64>, to: &mut Writer) {
    if let Some(number) = number {
        to.int(key, i64::try_from(number).unwrap_or(i64::MAX));
    }
}
