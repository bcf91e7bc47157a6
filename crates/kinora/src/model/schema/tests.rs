use super::*;
use crate::model::{Between, MediaRules, MediaType};
use crate::{ModelId, ModelSpec};

/// The one field of a model whose schema has just this property, of this name.
fn named(name: &str, property: &str) -> Field {
    let schema = format!(r#"{{"properties":{{"{name}":{property}}}}}"#);
    let spec = ModelSpec::from_json(ModelId::WAN_2_2.clone(), &schema).expect(property);
    spec.fields()[0].clone()
}

fn check(property: &str, wanted: FieldKind) {
    assert_eq!((property, named("it", property).kind), (property, wanted));
}

fn between(above: Option<f64>, below: Option<f64>) -> Between {
    Between { above, below }
}

const ANY: FieldKind = FieldKind::Json(JsonShape::Any);
const FREE: Bounds = Bounds {
    least: None,
    most: None,
};

#[test]
fn every_type_has_its_kind() {
    check(r#"{"type":"string"}"#, FieldKind::Text { most: None });
    check(
        r#"{"type":"string","maxLength":7}"#,
        FieldKind::Text { most: Some(7) },
    );
    check(r#"{"type":"boolean"}"#, FieldKind::Boolean);
    check(r#"{"type":"integer"}"#, FieldKind::Integer(FREE));
    for number in ["number", "float"] {
        check(
            &format!(r#"{{"type":"{number}","minimum":0,"maximum":2.5}}"#),
            FieldKind::Number(Bounds {
                least: Some(0.0),
                most: Some(2.5),
            }),
        );
    }
    check(
        r#"{"type":"integer","minimum":-1,"maximum":2147483647}"#,
        FieldKind::Integer(Bounds {
            least: Some(-1.0),
            most: Some(2_147_483_647.0),
        }),
    );
    let list = |least, most| FieldKind::Json(JsonShape::List(Count { least, most }));
    check(
        r#"{"type":"array","minItems":1,"maxItems":3}"#,
        list(1, Some(3)),
    );
    check(
        r#"{"type":"array","items":{"type":"object","properties":{"a":{"type":"string"}}}}"#,
        list(0, None),
    );
    check(
        r#"{"type":"object","properties":{"a":{"type":"string"}}}"#,
        FieldKind::Json(JsonShape::Object),
    );
}

#[test]
fn durations_are_read_however_they_are_published() {
    let choice = |values: Vec<Value>| FieldKind::Choice(values);
    check(
        r#"{"type":"integer","enum":[5,10],"default":5}"#,
        choice(vec![5.into(), 10.into()]),
    );
    check(
        r#"{"type":"string","enum":["auto","5"]}"#,
        choice(vec!["auto".into(), "5".into()]),
    );
    check(
        r#"{"type":"integer","minimum":4,"maximum":15}"#,
        FieldKind::Integer(Bounds {
            least: Some(4.0),
            most: Some(15.0),
        }),
    );
}

#[test]
fn a_field_that_may_be_null_is_of_its_other_type() {
    for (property, nullable, kind) in [
        (
            r#"{"type":["integer","null"]}"#,
            true,
            FieldKind::Integer(FREE),
        ),
        (r#"{"type":["null","boolean"]}"#, true, FieldKind::Boolean),
        (
            r#"{"type":["string"]}"#,
            false,
            FieldKind::Text { most: None },
        ),
        (r#"{"type":["integer","string"]}"#, false, ANY),
        (
            r#"{"type":"string","enum":["a",null]}"#,
            true,
            FieldKind::Choice(vec!["a".into()]),
        ),
        (
            r#"{"type":"integer","default":null}"#,
            false,
            FieldKind::Integer(FREE),
        ),
    ] {
        let field = named("it", property);
        assert_eq!((field.nullable, field.kind), (nullable, kind), "{property}");
        assert_eq!(field.default, None, "{property}");
    }
}

#[test]
fn fields_come_in_published_order_with_what_is_said_of_them() {
    let schema = r#"{"title":"Input","required":["zeta","hidden"],"properties":{
        "zeta":{"type":"string","title":" Z ","description":" the last letter "},
        "alpha_level":{"type":"number","default":0.5,"title":""}}}"#;
    let spec = ModelSpec::from_json(ModelId::WAN_2_2.clone(), schema).expect("a schema");
    let fields: Vec<_> = spec
        .fields()
        .iter()
        .map(|field| {
            (
                &*field.name,
                &*field.title,
                &*field.description,
                field.required,
            )
        })
        .collect();
    assert_eq!(
        fields,
        [
            ("zeta", "Z", "the last letter", true),
            ("alpha_level", "Alpha level", "", false),
            ("hidden", "Hidden", "", true),
        ]
    );
    assert_eq!(spec.fields()[1].default, Some(Value::Float(0.5)));
    assert_eq!(spec.fields()[2].kind, ANY);
}

#[test]
fn files_are_found_by_format() {
    for (format, kind) in [
        ("image_uri", MediaType::Image),
        ("video_uri", MediaType::Video),
        ("audio_uri", MediaType::Audio),
        ("uri", MediaType::Any),
    ] {
        let rules = MediaRules {
            kind,
            ..MediaRules::default()
        };
        check(
            &format!(r#"{{"type":"string","format":"{format}"}}"#),
            FieldKind::Media(rules),
        );
        check(
            &format!(r#"{{"format":"{format}"}}"#),
            FieldKind::Media(rules),
        );
        let list = |least, most| FieldKind::MediaList {
            each: rules,
            count: Count { least, most },
        };
        for property in [
            format!(r#"{{"type":"array","format":"{format}s","maxItems":9,"minItems":1}}"#),
            format!(
                r#"{{"type":"array","items":{{"type":"string","format":"{format}"}},"maxItems":9,"minItems":1}}"#
            ),
            format!(r#"{{"format":"{format}s","maxItems":9,"minItems":1}}"#),
        ] {
            check(&property, list(1, Some(9)));
        }
    }
    check(
        r#"{"type":"string","format":"hostname"}"#,
        FieldKind::Text { most: None },
    );
}

#[test]
fn files_are_found_by_rules_and_by_names() {
    let ruled = r#"{"type":"string","validations":[{"validation_rule":"width_pixels>","validation_value":14}]}"#;
    let rules = MediaRules {
        kind: MediaType::Image,
        width: between(Some(14.0), None),
        ..MediaRules::default()
    };
    check(ruled, FieldKind::Media(rules));
    let of = |name, property| match named(name, property).kind {
        FieldKind::Media(rules) => Some((rules.kind, false)),
        FieldKind::MediaList { each, .. } => Some((each.kind, true)),
        _ => None,
    };
    let sized = r#"{"type":"string","validations":[{"validation_rule":"file_size_mb<","validation_value":10}]}"#;
    let text = r#"{"type":"string"}"#;
    let image = Some((MediaType::Image, false));
    assert_eq!(of("img_url", text), image);
    assert_eq!(of("143_image", text), image);
    assert_eq!(
        of("promptImage", r#"{"type":"string","default":""}"#),
        image
    );
    assert_eq!(
        of("image_url", r#"{"type":"string","maxLength":2048}"#),
        image
    );
    let sample = r#"{"type":"string","default":"https://example.com/a.png"}"#;
    assert_eq!(of("image", sample), image);
    assert_eq!(of("video", sized), Some((MediaType::Video, false)));
    assert_eq!(of("it", sized), Some((MediaType::Any, false)));
    assert_eq!(
        of("images", r#"{"type":"array"}"#),
        Some((MediaType::Image, true))
    );
    let video_format = r#"{"type":"array","items":{"format":"video_uri"}}"#;
    assert_eq!(of("images", video_format), Some((MediaType::Video, true)));
    // Words, numbers and choices about images are no images.
    for (name, property) in [
        ("prompt", text),
        ("image", r#"{"type":"string","maxLength":300}"#),
        ("image", r#"{"type":"string","default":"none"}"#),
        ("image", r#"{"type":"string","enum":["sharp","soft"]}"#),
        ("images", r#"{"type":"integer"}"#),
        ("sound", r#"{"type":"boolean"}"#),
        ("images", r#"{"type":"array","items":{"type":"integer"}}"#),
        ("images", r#"{"type":"array","items":{"enum":["a"]}}"#),
        ("images", r#"{"type":"array","items":{"type":"object"}}"#),
    ] {
        assert_eq!(of(name, property), None, "{name} {property}");
    }
}

#[test]
fn every_rule_is_read_and_of_several_the_narrowest_counts() {
    let property = r#"{"type":"array","format":"image_uris","validations":[
        {"validation_rule":"width_pixels<","validation_value":2000,"validation_error":"x"},
        {"validation_rule":"width_pixels<","validation_value":1999},
        {"validation_rule":"width_pixels>","validation_value":360},
        {"validation_rule":"height_pixels<","validation_value":1000.5},
        {"validation_rule":"height_pixels>","validation_value":14},
        {"validation_rule":"height_pixels>","validation_value":13},
        {"validation_rule":"width/height<","validation_value":16},
        {"validation_rule":"width/height>","validation_value":0.0625},
        {"validation_rule":"file_size_mb<","validation_value":30},
        {"validation_rule":"file_size_mb>","validation_value":1},
        {"validation_rule":"duration_seconds<","validation_value":30},
        {"validation_rule":"width_pixels<","validation_value":"7"},
        {"validation_rule":7}, 7, null]}"#;
    let FieldKind::MediaList { each, .. } = named("it", property).kind else {
        panic!("a list of files");
    };
    let wanted = MediaRules {
        kind: MediaType::Image,
        width: between(Some(360.0), Some(1999.0)),
        height: between(Some(14.0), Some(1000.5)),
        ratio: between(Some(0.0625), Some(16.0)),
        megabytes_below: Some(30.0),
        ..MediaRules::default()
    };
    assert_eq!(each, wanted);
}

#[test]
fn what_is_odd_is_passed_over() {
    check(r#"{"type":"tensor"}"#, ANY);
    check(r#"{"type":7}"#, ANY);
    check("{}", ANY);
    check("true", ANY);
    check("null", ANY);
    check(
        r#"{"type":"string","enum":[]}"#,
        FieldKind::Text { most: None },
    );
    check(
        r#"{"type":"string","maxLength":-1}"#,
        FieldKind::Text { most: None },
    );
    check(
        r#"{"type":"string","maxLength":1.5}"#,
        FieldKind::Text { most: None },
    );
    check(
        r#"{"type":"integer","minimum":9,"maximum":3}"#,
        FieldKind::Integer(FREE),
    );
    check(
        r#"{"type":"integer","minimum":"9","maximum":null}"#,
        FieldKind::Integer(FREE),
    );
    check(
        r#"{"type":"array","minItems":4,"maxItems":3}"#,
        FieldKind::Json(JsonShape::List(Count {
            least: 4,
            most: None,
        })),
    );
}

#[test]
fn a_schema_is_found_in_its_wrappings() {
    let read = |text| ModelSpec::from_json(ModelId::WAN_2_2.clone(), text);
    let fields = |text| read(text).map(|spec| spec.fields().len());
    let schema = r#"{"properties":{"a":{},"b":{}}}"#;
    assert_eq!(fields(schema), Ok(2));
    let entry = format!(r#"{{"model_id":"a/b","inputs":[1],"input_schema":{schema}}}"#);
    assert_eq!(fields(&entry), Ok(2));
    assert_eq!(fields(r#"{"type":"object"}"#), Ok(0));
    assert_eq!(
        fields(r#"{"type":"object","properties":7,"required":7}"#),
        Ok(0)
    );
    // A model whose input has a field of this name.
    let shy = r#"{"properties":{"input_schema":{"type":"object"}}}"#;
    assert_eq!(fields(shy), Ok(1));
}

#[test]
fn what_is_no_schema_is_refused_in_words() {
    let mut told = String::new();
    for text in [
        "{",
        "7",
        "null",
        "[]",
        "{}",
        r#"{"error_code":400001}"#,
        r#"{"model_id":"a/b"}"#,
    ] {
        let problem = ModelSpec::from_json(ModelId::WAN_2_2.clone(), text);
        let problem = problem.expect_err("no schema");
        told += &format!("{text} {}: {problem}\n", problem.code());
    }
    let not_an_object = "A model's schema is a JSON object, and this is something else. Use the \
        input schema of the model's API page, or the model's entry in the catalogue.";
    let no_fields = "This has no \"properties\", so it does not say what the model takes. Ask the \
        catalogue for the model with its schema.";
    let wanted = format!(
        "{{ schema_not_json: This is not JSON, so no model's schema can be read from it. Copy the \
         input schema from the model's API page once more.\n\
         7 schema_not_an_object: {not_an_object}\n\
         null schema_not_an_object: {not_an_object}\n\
         [] schema_not_an_object: {not_an_object}\n\
         {{}} schema_without_fields: {no_fields}\n\
         {{\"error_code\":400001}} schema_without_fields: {no_fields}\n\
         {{\"model_id\":\"a/b\"}} schema_without_fields: {no_fields}\n"
    );
    assert_eq!(told, wanted);
}
