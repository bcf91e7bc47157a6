use super::*;
use crate::{ModelId, ModelSpec};

mod file;

/// The one field of a model whose schema has just this property, of this name.
fn named(name: &str, property: &str) -> Field {
    let schema = format!(r#"{{"properties":{{"{name}":{property}}}}}"#);
    let spec = ModelSpec::from_json(ModelId::WAN_2_2.clone(), &schema).expect(property);
    spec.fields()[0].clone()
}

fn check(property: &str, wanted: FieldKind) {
    assert_eq!((property, named("it", property).kind), (property, wanted));
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
    let choice =
        |values: Vec<Value>| FieldKind::Choice(values.into_iter().map(Constant::from).collect());
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
            FieldKind::Choice(vec![Constant::Text("a".into())].into()),
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
    assert_eq!(spec.fields()[1].default, Some(Value::Float(0.5).into()));
    assert_eq!(spec.fields()[2].kind, ANY);
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
