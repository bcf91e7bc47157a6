use super::*;

fn object(answer: &str) -> Object {
    match text::read(answer) {
        Some(Value::Object(object)) => object,
        other => panic!("{answer} is {other:?}"),
    }
}

fn wish(members: Object) -> String {
    let mut to = Writer::default();
    to.object(&members.with("base", "https://example.com"));
    to.finish()
}

fn asked(members: Object) -> Object {
    object(&ask(&wish(members)))
}

/// The number of a question, and where its request goes.
fn question(members: Object) -> (u32, String) {
    let answer = asked(members);
    let number = answer.get("question").and_then(Value::as_int).unwrap();
    let request = answer.get("request").and_then(Value::as_object).unwrap();
    (number as u32, request.text("url").unwrap().to_owned())
}

fn came(status: i64, json: Object) -> String {
    let mut to = Writer::default();
    let came = Object::new().with("is", "response").with("status", status);
    to.object(&came.with("headers", Object::new()).with("json", json));
    to.finish()
}

fn heard(number: u32, came: &str) -> Object {
    object(&hear(came, number, 0.5, wish::now(0.0, 0.0)))
}

fn code(answer: &Object) -> &str {
    let error = answer.get("error").and_then(Value::as_object);
    error
        .and_then(|error| error.text("code"))
        .unwrap_or_default()
}

fn entry(schema: Object) -> Object {
    let entry = Object::new()
        .with("model_id", "maker/model")
        .with("base_price_usd", Value::Float(0.044));
    entry.with("input_schema", schema)
}

fn schema() -> Object {
    let steps = Object::new().with("type", "integer").with("maximum", 50);
    let image = Object::new()
        .with("type", "string")
        .with("format", "image_uri");
    let fields = Object::new().with("steps", steps).with("image", image);
    Object::new()
        .with("type", "object")
        .with("properties", fields)
}

#[test]
fn a_query_becomes_an_address() {
    let query = Object::new()
        .with("ask", "models")
        .with("search", "wan 2")
        .with("limit", 5);
    let (number, url) = question(query.with("offset", 10));
    assert_eq!(
        url,
        "https://example.com/v1/models?search=wan%202&limit=5&offset=10"
    );
    forget(number);
}

#[test]
fn odd_queries_are_refused_in_words() {
    for (key, value, wanted) in [
        ("limit", Value::Int(0), "limit must be from 1 to 500."),
        ("limit", Value::Int(501), "limit must be from 1 to 500."),
        (
            "limit",
            Value::from("5"),
            "limit must be a whole number from 0.",
        ),
        (
            "offset",
            Value::Int(-1),
            "offset must be a whole number from 0.",
        ),
        ("search", Value::Int(1), "search must be text."),
        (
            "includeSchema",
            Value::Int(1),
            "includeSchema must be true or false.",
        ),
    ] {
        let answer = asked(Object::new().with("ask", "models").with(key, value));
        assert_eq!(code(&answer), "bad_input");
        let error = answer.get("error").and_then(Value::as_object).unwrap();
        assert_eq!(error.text("message"), Some(wanted));
    }
    let nameless = asked(Object::new().with("ask", "model").with("model", "wan"));
    assert_eq!(code(&nameless), "bad_model");
}

#[test]
fn a_page_says_where_the_next_begins() {
    let (number, _) = question(Object::new().with("ask", "models"));
    let models = vec![Value::from(entry(schema()))];
    let page = Object::new()
        .with("models", Value::List(models))
        .with("total", 2)
        .with("offset", 0);
    let answer = heard(number, &came(200, page));
    let page = answer.get("page").and_then(Value::as_object).unwrap();
    assert_eq!(page.get("next").and_then(Value::as_int), Some(1));
    let models = page.get("models").and_then(Value::as_list).unwrap();
    let model = models[0].as_object().unwrap();
    assert_eq!(model.text("id"), Some("maker/model"));
    assert_eq!(model.get("basePriceUsd"), Some(&Value::Float(0.044)));
    assert_eq!(model.get("schema"), Some(&Value::from(schema())));
    forget(number);
}

#[test]
fn a_schema_that_describes_nothing_is_left_out() {
    let (number, url) = question(
        Object::new()
            .with("ask", "model")
            .with("model", "maker/model"),
    );
    assert_eq!(url, "https://example.com/v1/models/maker/model");
    let answer = heard(number, &came(200, entry(Object::new())));
    let model = answer.get("model").and_then(Value::as_object).unwrap();
    assert_eq!(model.get("schema"), None);
    forget(number);
}

#[test]
fn a_service_that_is_down_is_asked_again_and_not_for_ever() {
    let (number, _) = question(Object::new().with("ask", "categories"));
    let mut tries = 0;
    let end = loop {
        let answer = heard(number, &came(503, Object::new()));
        tries += 1;
        if answer.get("againInMs").is_none() {
            break answer;
        }
    };
    assert_eq!((tries, code(&end)), (5, "unavailable"));
    forget(number);
    assert_eq!(code(&heard(number, "n")), "internal");
}

#[test]
fn a_refusal_is_final_whatever_was_asked() {
    for about in ["models", "categories", "model"] {
        let question = Object::new().with("ask", about);
        let (number, _) = self::question(question.with("model", "maker/model"));
        let answer = heard(number, &came(401, Object::new()));
        assert_eq!(code(&answer), "bad_token", "{about}");
        forget(number);
    }
}

#[test]
fn categories_are_told() {
    let (number, _) = question(Object::new().with("ask", "categories"));
    let names = vec![Value::from("image-to-video")];
    let answer = heard(
        number,
        &came(
            200,
            Object::new().with("categories", Value::List(names.clone())),
        ),
    );
    assert_eq!(
        answer.get("categories").and_then(Value::as_list),
        Some(names.as_slice())
    );
    forget(number);
}

/// The fields of a model whose entry in the catalogue is this.
fn fields(entry: Object) -> Vec<Object> {
    let asked = Object::new().with("ask", "model");
    let (number, _) = question(asked.with("model", "maker/model"));
    let answer = heard(number, &came(200, entry));
    forget(number);
    let model = answer.get("model").and_then(Value::as_object).unwrap();
    let fields = model.get("fields").and_then(Value::as_list).unwrap();
    fields
        .iter()
        .map(|field| field.as_object().unwrap().clone())
        .collect()
}

#[test]
fn fields_are_told_with_their_bounds() {
    let fields = fields(entry(schema()));
    let [steps, image] = fields.as_slice() else {
        panic!("{fields:?}")
    };
    assert_eq!(
        (steps.text("name"), steps.text("kind")),
        (Some("steps"), Some("integer"))
    );
    assert_eq!(steps.get("maximum"), Some(&Value::Float(50.0)));
    assert_eq!(steps.get("minimum"), None);
    let rules = image.get("rules").and_then(Value::as_object).unwrap();
    assert_eq!(
        (image.text("kind"), rules.text("kind")),
        (Some("media"), Some("image"))
    );
}

#[test]
fn the_model_that_is_known_by_heart_needs_no_schema() {
    let fields = fields(Object::new().with("model_id", ModelId::WAN_2_2.as_str()));
    let kinds: Vec<_> = fields
        .iter()
        .filter_map(|field| field.text("kind"))
        .collect();
    let wanted = [
        "text", "text", "media", "text", "choice", "choice", "boolean", "integer",
    ];
    assert_eq!(kinds, wanted);
    let rules = fields[2].get("rules").and_then(Value::as_object).unwrap();
    assert_eq!(rules.get("opaque"), Some(&Value::Bool(true)));
    assert_eq!(rules.get("megabytesBelow"), Some(&Value::Float(10.0)));
    let formats = rules.get("formats").and_then(Value::as_list).unwrap();
    assert_eq!(formats.first(), Some(&Value::from("JPEG")));
}
