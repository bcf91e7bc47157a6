//! What a model takes, field by field, told to JavaScript.

use kinora::{
    Between, Bounds, Constant, Count, Field, FieldKind, JsonShape, MediaRules, MediaType,
    ModelSpec, Value,
};

use crate::text::Writer;

/// The member `fields`: everything that a model takes, in published order.
pub(super) fn all(spec: &ModelSpec, to: &mut Writer) {
    to.key("fields");
    to.mark("[");
    for field in spec.fields() {
        write(field, to);
    }
    to.mark("]");
}

fn write(field: &Field, to: &mut Writer) {
    to.mark("{");
    to.text("name", &field.name);
    to.text("title", &field.title);
    if !field.description.is_empty() {
        to.text("description", &field.description);
    }
    to.truth("required", field.required);
    to.truth("nullable", field.nullable);
    if let Some(default) = &field.default {
        to.key("default");
        to.value(&default.to_value());
    }
    kind(&field.kind, to);
    to.mark("}");
}

fn kind(kind: &FieldKind, to: &mut Writer) {
    let word = match kind {
        FieldKind::Text { .. } | FieldKind::Suggested(_) => "text",
        FieldKind::Choice(_) => "choice",
        FieldKind::Integer(_) => "integer",
        FieldKind::Number(_) => "number",
        FieldKind::Boolean => "boolean",
        FieldKind::Media(_) => "media",
        FieldKind::MediaList { .. } => "mediaList",
        FieldKind::Json(_) => "json",
    };
    to.text("kind", word);
    match kind {
        FieldKind::Text { most } => length("maxLength", *most, to),
        FieldKind::Suggested(known) => {
            let known = known.iter().map(|word| Value::from(*word));
            list("suggestions", known, to);
        }
        FieldKind::Choice(choices) => list("choices", choices.iter().map(Constant::to_value), to),
        FieldKind::Integer(bounds) | FieldKind::Number(bounds) => numbers(bounds, to),
        FieldKind::Boolean => {}
        FieldKind::Media(each) => rules(each, to),
        FieldKind::MediaList { each, count: size } => {
            rules(each, to);
            count(size, to);
        }
        FieldKind::Json(JsonShape::Any) => {}
        FieldKind::Json(JsonShape::List(size)) => {
            to.text("shape", "list");
            count(size, to);
        }
        FieldKind::Json(JsonShape::Object) => to.text("shape", "object"),
    }
}

fn numbers(bounds: &Bounds, to: &mut Writer) {
    to.number("minimum", bounds.least);
    to.number("maximum", bounds.most);
}

fn count(count: &Count, to: &mut Writer) {
    length("minItems", Some(count.least).filter(|least| *least > 0), to);
    length("maxItems", count.most, to);
}

fn length(key: &str, most: Option<usize>, to: &mut Writer) {
    if let Some(most) = most {
        to.int(key, most as i64);
    }
}

fn list(key: &str, values: impl Iterator<Item = Value>, to: &mut Writer) {
    to.key(key);
    to.value(&Value::List(values.collect()));
}

/// The member `rules`, as `probeImage` takes them.
fn rules(rules: &MediaRules, to: &mut Writer) {
    to.key("rules");
    to.mark("{");
    let kind = match rules.kind {
        MediaType::Image => "image",
        MediaType::Video => "video",
        MediaType::Audio => "audio",
        MediaType::Any => "any",
    };
    to.text("kind", kind);
    if !rules.formats.is_empty() {
        let names = rules.formats.all().map(|format| format.name().into());
        list("formats", names, to);
    }
    between("width", rules.width, to);
    between("height", rules.height, to);
    between("ratio", rules.ratio, to);
    to.number("megabytesBelow", rules.megabytes_below);
    if rules.opaque {
        to.truth("opaque", true);
    }
    to.mark("}");
}

fn between(key: &str, between: Between, to: &mut Writer) {
    if !between.is_free() {
        to.key(key);
        to.mark("{");
        to.number("above", between.above);
        to.number("below", between.below);
        to.mark("}");
    }
}
