//! Drafts for a model with a field of every kind.

use super::*;
use crate::limits::JSON_DEPTH;
use crate::{ModelId, ModelSpec};

/// A model of nobody's, with a field of every kind that schemas have.
pub(super) fn spec() -> ModelSpec {
    const SCHEMA: &str = r#"{
      "required": ["words", "start_image_url", "mode"],
      "properties": {
        "words": {"type": "string", "maxLength": 10},
        "start_image_url": {"type": "string", "format": "image_uri", "validations": [
          {"validation_rule": "width/height<", "validation_value": 2.5},
          {"validation_rule": "file_size_mb<", "validation_value": 1.5}]},
        "references": {"type": "array", "format": "image_uris", "minItems": 2, "maxItems": 3,
          "validations": [{"validation_rule": "width_pixels>", "validation_value": 14}]},
        "clip_url": {"type": "string", "format": "video_uri", "validations": [
          {"validation_rule": "file_size_mb<", "validation_value": 16}]},
        "audios": {"type": "array", "format": "audio_uris", "maxItems": 1},
        "mode": {"type": "string", "enum": ["balanced", "Quality"], "default": "balanced"},
        "duration": {"type": "integer", "enum": [3, 4, 5, 6]},
        "length": {"type": "string", "enum": ["auto", "5", "10"]},
        "steps": {"type": "integer", "minimum": 1, "maximum": 50},
        "start": {"type": "integer", "minimum": 0},
        "scale": {"type": "float", "minimum": 0, "maximum": 1.5},
        "strength": {"type": "number", "maximum": 1},
        "sound": {"type": "boolean"},
        "style": {"type": ["string", "null"]},
        "shots": {"type": "array", "maxItems": 2},
        "camera": {"type": "object"},
        "extra": {"type": "tensor"}
      }}"#;
    let id = ModelId::parse("maker/Model-1.5/4K").expect("an id");
    ModelSpec::from_json(id, SCHEMA).expect("a schema")
}

pub(super) fn good() -> Draft {
    let mut draft = Draft::default();
    draft.set("words", "fog");
    draft.set("start_image_url", IMAGE);
    draft
}

fn checked(field: &str, value: Value) -> Checked {
    let mut draft = good();
    draft.set(field, value);
    draft.check(&spec(), &Facts::new(Reach::Internet))
}

/// The errors about one field that has this value in a draft that is good otherwise.
fn errors(field: &str, value: impl Into<Value>) -> Vec<&'static str> {
    let checked = checked(field, value.into());
    let others = checked.report.errors().filter(|issue| issue.field != field);
    assert_eq!(others.count(), 0);
    let about = checked.report.of(field);
    let errors = about.filter(|issue| issue.severity == Severity::Error);
    errors.map(|issue| issue.code).collect()
}

/// What is sent for a field that has this value.
fn sent(field: &str, value: impl Into<Value>) -> Option<Value> {
    let request = checked(field, value.into())
        .request
        .expect("it may be sent");
    request.input().get(field).cloned()
}

fn list(items: &[&str]) -> Value {
    Value::List(items.iter().map(|item| Value::from(*item)).collect())
}

#[test]
fn a_required_setting_is_sent_with_its_default_and_a_text_is_not() {
    let checked = good().check(&spec(), &Facts::new(Reach::Internet));
    let wanted = Object::new()
        .with("words", "fog")
        .with("start_image_url", IMAGE)
        .with("mode", "balanced");
    assert_eq!(checked.request.expect("no errors").input(), &wanted);
    let sample =
        r#"{"required":["prompt"],"properties":{"prompt":{"type":"string","default":"a cat"}}}"#;
    let spec = ModelSpec::from_json(ModelId::WAN_2_2.clone(), sample).expect("a schema");
    let checked = Draft::default().check(&spec, &Facts::new(Reach::Internet));
    let codes: Vec<_> = checked.report.errors().map(|issue| issue.code).collect();
    assert_eq!(codes, ["missing"], "a sample prompt is nobody's wish");
}

#[test]
fn numbers_lie_within_their_bounds() {
    for (field, value, wanted) in [
        ("steps", Value::Int(0), Some("below_minimum")),
        ("steps", Value::Int(1), None),
        ("steps", Value::Int(50), None),
        ("steps", Value::Int(51), Some("above_maximum")),
        ("steps", Value::Float(1.5), Some("not_an_integer")),
        ("steps", Value::from("7"), Some("not_an_integer")),
        ("start", Value::Int((1 << 53) - 1), None),
        ("start", Value::Int(1 << 53), Some("not_an_integer")),
        ("start", Value::Float(1e300), Some("not_an_integer")),
        ("scale", Value::Float(-0.1), Some("below_minimum")),
        ("scale", Value::Int(0), None),
        ("scale", Value::Float(1.5), None),
        ("scale", Value::Float(1.6), Some("above_maximum")),
        ("scale", Value::Float(f64::NAN), Some("not_a_number")),
        ("scale", Value::Float(f64::INFINITY), Some("not_a_number")),
        ("scale", Value::from("1"), Some("not_a_number")),
        ("strength", Value::Int(-(1 << 53)), Some("not_a_number")),
    ] {
        let wanted: Vec<_> = wanted.into_iter().collect();
        assert_eq!(errors(field, value.clone()), wanted, "{field} {value:?}");
    }
    assert_eq!(sent("steps", Value::Float(7.0)), Some(Value::Int(7)));
    assert_eq!(sent("scale", Value::Float(0.5)), Some(Value::Float(0.5)));
}

#[test]
fn a_choice_is_what_was_published_letter_by_letter() {
    assert_eq!(errors("duration", 5), [""; 0]);
    assert_eq!(errors("duration", 7), ["not_a_choice"]);
    assert_eq!(errors("duration", "5"), ["not_a_choice"]);
    assert_eq!(errors("length", "auto"), [""; 0]);
    assert_eq!(errors("length", 5), ["not_a_choice"]);
    assert_eq!(sent("duration", Value::Float(5.0)), Some(Value::Int(5)));
    let offer = |value: &str| {
        let checked = checked("mode", value.into());
        let issue = checked.report.of("mode").next().expect("an issue");
        issue.offer.clone()
    };
    assert_eq!(offer("quality").as_deref(), Some("Quality"));
    assert_eq!(offer("best"), None);
}

#[test]
fn null_is_sent_where_it_may_stand_and_means_left_out_elsewhere() {
    assert_eq!(sent("style", Value::Null), Some(Value::Null));
    assert_eq!(sent("steps", Value::Null), None);
    assert_eq!(errors("words", Value::Null), ["missing"]);
}

#[test]
fn lists_of_files_have_their_length_and_each_file_its_rules() {
    let other = "https://example.com/b.png";
    assert_eq!(errors("references", list(&[IMAGE])), ["too_few_items"]);
    assert_eq!(errors("references", list(&[IMAGE, other])), [""; 0]);
    assert_eq!(errors("references", list(&[IMAGE; 3])), [""; 0]);
    assert_eq!(errors("references", list(&[IMAGE; 4])), ["too_many_items"]);
    assert_eq!(errors("references", IMAGE), ["wrong_type"]);
    assert_eq!(sent("references", list(&[])), None);
    assert_eq!(sent("audios", list(&[other])), Some(list(&[other])));
    let mut draft = good();
    draft.set("references", list(&[IMAGE, "http://example.com/b.png", ""]));
    let narrow = Look::Found(ImageFacts {
        width: Some(13),
        ..ImageFacts::default()
    });
    let facts = Facts::new(Reach::Internet).with_look_at("references", 0, narrow);
    let checked = draft.check(&spec(), &facts);
    let found: Vec<_> = checked
        .report
        .of("references")
        .map(|issue| (issue.item, issue.code, issue.offer.as_deref()))
        .collect();
    let twin = Some("https://example.com/b.png");
    assert_eq!(
        found,
        [
            (Some(0), "image_width", None),
            (Some(1), "url_insecure", twin),
            (Some(2), "image_missing", None),
        ]
    );
}

#[test]
fn a_file_that_is_not_required_may_be_left_out() {
    assert_eq!(sent("clip_url", ""), None);
    assert_eq!(sent("clip_url", Value::Null), None);
    assert_eq!(
        errors("clip_url", "ftp://example.com/a.mp4"),
        ["url_scheme"]
    );
}

#[test]
fn a_video_is_held_against_its_own_rules() {
    let mut draft = good();
    draft.set("clip_url", "https://example.com/a.mp4");
    let verdict = |bytes| {
        let look = Look::Found(ImageFacts {
            bytes: Some(ByteSize::bytes(bytes)),
            ..ImageFacts::default()
        });
        let facts = Facts::new(Reach::Internet).with_look("clip_url", look);
        let checked = draft.check(&spec(), &facts);
        let issue = checked.report.of("clip_url").next();
        issue.map(|issue| (issue.code, issue.severity))
    };
    assert_eq!(verdict(15_999_999), None);
    assert_eq!(
        verdict(16_000_000),
        Some(("media_bytes", Severity::Borderline))
    );
    assert_eq!(verdict(16_777_217), Some(("media_bytes", Severity::Error)));
}

#[test]
fn raw_json_is_sent_as_it_is_if_it_arrives_so() {
    let camera = Object::new()
        .with("zoom", Value::Float(1.5))
        .with("pan", Value::Null);
    assert_eq!(sent("camera", camera.clone()), Some(camera.into()));
    assert_eq!(errors("camera", "left"), ["wrong_type"]);
    assert_eq!(errors("shots", "one"), ["wrong_type"]);
    assert_eq!(errors("shots", list(&["a", "b"])), [""; 0]);
    assert_eq!(errors("shots", list(&["a", "b", "c"])), ["too_many_items"]);
    for field in ["extra", "a_field_of_tomorrow"] {
        assert_eq!(sent(field, 7), Some(Value::Int(7)));
        let nested = |depth| (0..depth).fold(Value::Null, |inner, _| Value::List(vec![inner]));
        assert_eq!(errors(field, nested(JSON_DEPTH)), [""; 0]);
        assert_eq!(errors(field, nested(JSON_DEPTH + 1)), ["too_deep"]);
        let inner = |value| Object::new().with("a", Value::List(vec![value]));
        assert_eq!(errors(field, inner(Value::Float(f64::NAN))), ["not_exact"]);
        assert_eq!(errors(field, inner(Value::Int(1 << 53))), ["not_exact"]);
        assert_eq!(errors(field, inner(Value::Int((1 << 53) - 1))), [""; 0]);
    }
}

#[test]
fn the_issues_of_any_model_come_in_the_order_of_its_fields() {
    let mut draft = Draft::default();
    for field in spec().fields().iter().rev() {
        draft.set(&field.name, Value::List(vec![Value::Float(f64::NAN); 9]));
    }
    draft.set("unheard_of", 1);
    let checked = draft.check(&spec(), &Facts::new(Reach::Internet));
    let mut fields: Vec<_> = checked
        .report
        .issues()
        .iter()
        .map(|issue| &*issue.field)
        .collect();
    fields.dedup();
    let mut wanted: Vec<_> = spec()
        .fields()
        .iter()
        .map(|field| field.name.to_string())
        .collect();
    wanted.push("unheard_of".to_owned());
    assert_eq!(fields, wanted);
    assert_eq!(checked.request, None);
}
