use super::*;
use crate::wire::input;

/// The schema of wan 2.2 in words of our own: names, types and bounds are those of its page.
const PUBLISHED: &str = r#"{
  "type": "object", "title": "What goes in", "required": ["prompt", "img_url"],
  "properties": {
    "prompt": {"title": "Prompt", "type": "string", "maxLength": 800},
    "negative_prompt": {"title": "Negative Prompt", "type": "string", "maxLength": 500},
    "img_url": {"title": "Image", "type": "string", "validations": [
      {"validation_rule": "width_pixels<", "validation_value": 2000, "validation_error": "Too wide."},
      {"validation_rule": "height_pixels<", "validation_value": 2000, "validation_error": "Too high."},
      {"validation_rule": "width_pixels>", "validation_value": 360, "validation_error": "Too narrow."},
      {"validation_rule": "height_pixels>", "validation_value": 360, "validation_error": "Too low."},
      {"validation_rule": "file_size_mb<", "validation_value": 10, "validation_error": "Too large."}
    ]},
    "template": {"title": "Template", "description": "squish and others", "type": "string"},
    "resolution": {"title": "Resolution", "type": "string", "enum": ["480P", "1080P"], "default": "480P"},
    "duration": {"title": "Duration", "type": "integer", "enum": [5], "default": 5},
    "prompt_extend": {"title": "Magic Prompt", "type": "boolean", "default": true},
    "seed": {"title": "Seed", "type": "integer"}
  }
}"#;

fn published() -> ModelSpec {
    ModelSpec::from_json(ModelId::WAN_2_2.clone(), PUBLISHED).expect("a schema")
}

#[test]
fn what_ships_inside_is_what_the_service_publishes() {
    let (inside, mut published) = (ModelSpec::wan_2_2(), published());
    for (ours, theirs) in inside.fields.iter().zip(published.fields.to_mut()) {
        assert_eq!(ours.title.to_lowercase(), theirs.title.to_lowercase());
        theirs.title = ours.title.clone();
    }
    // The rest stands in sentences of the page, which are not read.
    let rest = |field: &mut Field| match &mut field.kind {
        FieldKind::Media(rules) => {
            let rules = rules.to_mut();
            (rules.formats, rules.opaque) = (Formats::NONE, false);
        }
        FieldKind::Suggested(_) => field.kind = FieldKind::Text { most: None },
        _ => {}
    };
    let mut inside = inside.fields.into_owned();
    inside.iter_mut().for_each(rest);
    published.fields.to_mut()[3].description = "".into();
    assert_eq!(inside, *published.fields);
}

#[test]
fn wan_2_2_has_the_fields_of_its_page_in_order() {
    let spec = ModelSpec::wan_2_2();
    assert_eq!(spec.id().as_str(), "wan-ai/wan-2-2/image-to-video");
    let names: Vec<_> = spec.fields().iter().map(|field| &*field.name).collect();
    let page = [
        "prompt",
        "negative_prompt",
        "img_url",
        "template",
        "resolution",
        "duration",
        "prompt_extend",
        "seed",
    ];
    assert_eq!(names, page);
    assert_eq!(input::ALL, page);
    let required = spec.fields().iter().filter(|field| field.required);
    let required: Vec<_> = required.map(|field| &*field.name).collect();
    assert_eq!(required, ["prompt", "img_url"]);
}

#[test]
fn wan_2_2_has_the_bounds_and_defaults_of_its_page() {
    let spec = ModelSpec::wan_2_2();
    let kind = |name| spec.field(name).map(|field| field.kind.clone());
    let default = |name| spec.field(name)?.default.as_ref().map(Constant::to_value);
    let text = |most| Some(FieldKind::Text { most: Some(most) });
    let choice = |values: &[Value]| {
        let values = values.iter().cloned().map(Constant::from);
        Some(FieldKind::Choice(values.collect()))
    };
    assert_eq!(kind("prompt"), text(800));
    assert_eq!(kind("negative_prompt"), text(500));
    assert_eq!(kind("resolution"), choice(&["480P".into(), "1080P".into()]));
    assert_eq!(kind("duration"), choice(&[Value::Int(5)]));
    assert_eq!(default("resolution"), Some(Value::from("480P")));
    assert_eq!(default("duration"), Some(Value::Int(5)));
    assert_eq!(default("prompt_extend"), Some(Value::Bool(true)));
    assert_eq!(default("seed"), None);
    let rules = spec.media_rules("img_url").expect("an image");
    let side = Between {
        above: Some(360.0),
        below: Some(2000.0),
    };
    assert_eq!((rules.width, rules.height), (side, side));
    assert_eq!(rules.megabytes_below, Some(10.0));
}

#[test]
fn a_typed_draft_fills_in_the_fields_it_names() {
    let draft = Wan22::new("fog", "https://example.com/a.png")
        .negative_prompt("people")
        .template("squish")
        .resolution(Resolution::P1080)
        .prompt_extend(false)
        .seed(7)
        .draft();
    for (field, wanted) in [
        ("prompt", Value::from("fog")),
        ("img_url", Value::from("https://example.com/a.png")),
        ("negative_prompt", Value::from("people")),
        ("template", Value::from("squish")),
        ("resolution", Value::from("1080P")),
        ("prompt_extend", Value::Bool(false)),
        ("seed", Value::Int(7)),
    ] {
        assert_eq!(draft.value(field), Some(&wanted), "{field}");
    }
}

#[test]
fn what_was_published_is_kept_whole() {
    assert_eq!(ModelSpec::wan_2_2().published(), None);
    let whole: Value = serde_json::from_str(PUBLISHED).expect("JSON");
    assert_eq!(published().published(), whole.as_object());
}
