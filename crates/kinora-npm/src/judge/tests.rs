use super::*;
use crate::text;
use kinora::Value;

fn ask(call: fn(&str) -> String, members: &Object) -> Object {
    let mut to = Writer::default();
    to.object(members);
    match text::read(&call(&to.finish())) {
        Some(Value::Object(answer)) => answer,
        other => panic!("{other:?}"),
    }
}

fn object<'a>(answer: &'a Object, key: &str) -> &'a Object {
    answer.get(key).and_then(Value::as_object).unwrap()
}

/// The codes, or whatever is below a key, of a list's items.
fn all<'a>(answer: &'a Object, list: &str, key: &str) -> Vec<&'a str> {
    let items = answer.get(list).and_then(Value::as_list).unwrap();
    let item = |item: &'a Value| item.as_object()?.text(key);
    items.iter().filter_map(item).collect()
}

fn facts(width: i64, height: i64) -> Object {
    Object::new()
        .with("format", "PNG")
        .with("width", width)
        .with("height", height)
}

fn wish(facts: Object) -> Object {
    Object::new().with("facts", facts)
}

#[test]
fn facts_are_held_against_the_rules_of_wan() {
    let told = ask(
        judge,
        &wish(Object::new().with("format", "GIF").with("width", 100)),
    );
    assert_eq!(told.get("ok"), Some(&Value::Bool(false)));
    let rules = all(&told, "checks", "rule");
    assert_eq!(rules[..3], ["image_format", "image_width", "image_height"]);
    let verdicts = all(&told, "checks", "verdict");
    assert_eq!(verdicts[..3], ["fail", "fail", "unknown"]);
    assert!(all(&told, "checks", "advice")[0].starts_with("GIF is not taken."));
}

#[test]
fn rules_that_come_along_count_instead() {
    let width = Object::new().with("above", 50);
    let rules = Object::new().with("width", width);
    let told = ask(judge, &wish(facts(100, 100)).with("rules", rules.clone()));
    assert_eq!(told.get("ok"), Some(&Value::Bool(true)));
    assert_eq!(all(&told, "checks", "rule"), ["image_width"]);
    assert_eq!(all(&told, "checks", "found"), ["100 px"]);
    let half = rules.with("megabytesBelow", Value::Float(0.5));
    let most = ask(most, &Object::new().with("rules", half));
    assert_eq!(most.get("bytes"), Some(&Value::Float(524_288.0)));
    let bad = ask(judge, &Object::new().with("rules", "other"));
    assert_eq!(object(&bad, "error").text("code"), Some("bad_input"));
}

#[test]
fn a_large_photo_that_lies_on_its_side_is_reduced_and_turned() {
    let photo = Object::new()
        .with("format", "JPEG")
        .with("width", 4000)
        .with("height", 3000)
        .with("storedWidth", 3000)
        .with("storedHeight", 4000)
        .with("orientation", 6);
    let told = ask(plan, &wish(photo));
    let codes = all(&told, "changes", "code");
    assert_eq!(codes, ["reduced", "upright", "rewritten"]);
    let size = ["width", "height"].map(|key| told.get(key).and_then(Value::as_int));
    assert_eq!(size, [Some(1999), Some(1499)]);
    assert_eq!(told.get("below"), Some(&Value::Float(1e7)));
    assert_eq!(
        object(&told, "from").get("width"),
        Some(&Value::Float(4000.0))
    );
}

#[test]
fn wishes_are_heard() {
    let wanted = wish(facts(800, 400))
        .with("ratio", 1)
        .with("framing", "crop")
        .with("ground", "#0102Fe")
        .with("format", "PNG");
    let told = ask(plan, &wanted);
    let codes = all(&told, "changes", "code");
    assert_eq!(codes, ["cropped", "flattened", "rewritten"]);
    assert_eq!(told.text("format"), Some("PNG"));
    let ground = ["red", "green", "blue"].map(|key| told.get(key).and_then(Value::as_int));
    assert_eq!(ground, [Some(1), Some(2), Some(254)]);
}

#[test]
fn odd_wishes_are_refused_in_words() {
    for (key, value, wanted) in [
        ("ratio", Value::Int(0), "`ratio`"),
        ("ratio", Value::from("1"), "`ratio`"),
        ("framing", Value::from("stretch"), "`framing`"),
        ("framing", Value::Int(1), "`framing`"),
        ("ground", Value::from("white"), "`ground`"),
        ("ground", Value::from("#12345"), "`ground`"),
        ("ground", Value::from("#12345é"), "`ground`"),
        ("ground", Value::from("#gggggg"), "`ground`"),
        ("format", Value::from("WebP"), "`format`"),
    ] {
        let told = ask(plan, &wish(facts(800, 400)).with(key, value));
        let error = object(&told, "error");
        assert_eq!(error.text("code"), Some("bad_input"));
        assert!(error.text("message").unwrap().starts_with(wanted), "{key}");
    }
}

#[test]
fn what_cannot_be_planned_is_said() {
    let told = ask(plan, &wish(Object::new()));
    let error = object(&told, "error");
    assert_eq!(error.text("code"), Some("unfit"));
    assert!(
        error
            .text("message")
            .unwrap()
            .starts_with("The picture's size")
    );
}

/// What follows files of these sizes that are to stay below 100 bytes.
fn tried(format: &str, sizes: &[i64]) -> Object {
    let sizes = sizes.iter().map(|size| Value::Int(*size)).collect();
    let wish = Object::new().with("format", format).with("below", 100);
    ask(trial, &wish.with("sizes", Value::List(sizes)))
}

#[test]
fn a_copy_is_tried_until_it_is_small_enough() {
    let next = |sizes: &[i64]| {
        let told = tried("JPEG", sizes);
        let next = object(&told, "next");
        (
            next.text("format").unwrap().to_owned(),
            next.get("quality").and_then(Value::as_int),
        )
    };
    assert_eq!(next(&[]), ("JPEG".to_owned(), Some(92)));
    assert_eq!(next(&[900, 80]), ("JPEG".to_owned(), Some(61)));
    assert_eq!(tried("JPEG", &[99]), Object::new().with("best", 0));
    assert_eq!(
        tried("JPEG", &[900, 800]),
        Object::new(),
        "none is small enough"
    );
    assert_eq!(tried("PNG", &[99]), Object::new().with("best", 0));
    let lowered = tried("JPEG", &[900, 80, 900, 900, 900, 900, 900]);
    let kept = Object::new()
        .with("best", 1)
        .with("quality", Value::Float(30.0));
    assert_eq!(lowered, kept);
}
