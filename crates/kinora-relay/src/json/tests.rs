use proptest::prelude::*;
use serde_json::Value;

use super::*;

fn read(text: &str) -> Result<Document<'_>, JsonProblem> {
    Document::read(text.as_bytes(), 64, &mut |_| {})
}

#[test]
fn members_of_the_top_level_are_found_with_their_bytes() {
    let text = r#" {"a" : 1.50, "b":{"a":[{}]} , "\u0061": "x\"y", "a":null}"#;
    let document = read(text).unwrap();
    let found: Vec<_> = document
        .members()
        .iter()
        .map(|member| (member.key.as_str(), document.text(&member.value)))
        .collect();
    let wanted = [
        ("a", "1.50"),
        ("b", r#"{"a":[{}]}"#),
        ("a", r#""x\"y""#),
        ("a", "null"),
    ];
    assert_eq!(found, wanted);
}

#[test]
fn only_an_object_is_one() {
    for (text, wanted) in [
        ("{}", true),
        ("[]", false),
        ("1", false),
        (" \"{}\" ", false),
    ] {
        assert_eq!(read(text).unwrap().is_object(), wanted, "{text}");
    }
}

#[test]
fn what_is_not_json_is_not_taken() {
    for text in [
        "",
        " ",
        "{",
        "}",
        "{]",
        "[1,]",
        "{\"a\":1,}",
        "{a:1}",
        "{'a':1}",
        "01",
        "1.",
        ".5",
        "+1",
        "-",
        "1e",
        "1e+",
        "nul",
        "truefalse",
        "\"",
        "\"\\x\"",
        "\"\\u12g4\"",
        "\"\n\"",
        "{} {}",
        "[1 2]",
        "{\"a\" 1}",
        "\u{feff}{}",
        "NaN",
        "Infinity",
        "<!doctype html>",
    ] {
        assert_eq!(read(text), Err(JsonProblem::NotJson), "{text}");
        assert!(serde_json::from_str::<Value>(text).is_err(), "{text}");
    }
    assert_eq!(
        Document::read(b"\"\xff\"", 64, &mut |_| {}),
        Err(JsonProblem::NotJson)
    );
}

#[test]
fn depth_is_counted_from_one_and_ends_at_the_limit() {
    let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    let read = |text: &str| Document::read(text.as_bytes(), 3, &mut |_| {}).map(drop);
    assert_eq!(read(&nested(3)), Ok(()));
    assert_eq!(read(&nested(4)), Err(JsonProblem::TooDeep));
    assert_eq!(read("{\"a\":[{}]}"), Ok(()));
    assert_eq!(read("{\"a\":[{\"b\":[]}]}"), Err(JsonProblem::TooDeep));
    assert_eq!(read(&"[".repeat(1_000_000)), Err(JsonProblem::TooDeep));
}

#[test]
fn every_string_is_watched_as_it_reads() {
    let mut seen = Vec::new();
    let text = r#"{"k\u0065y":["\ud83d\ude00","\ud83d",{"\/":"\n"}]}"#;
    Document::read(text.as_bytes(), 9, &mut |text| seen.push(text.to_owned())).unwrap();
    assert_eq!(seen, ["key", "\u{1f600}", "\u{fffd}", "/", "\n"]);
}

fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::btree_map(any::<String>(), inner, 0..5)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn whatever_is_json_to_others_is_json_here(value in json(), pretty in any::<bool>()) {
        let text = if pretty {
            serde_json::to_string_pretty(&value).unwrap()
        } else {
            value.to_string()
        };
        let value: Value = serde_json::from_str(&text).unwrap();
        let document = read(&text);
        prop_assert!(document.is_ok(), "{text}");
        let document = document.unwrap();
        let members = value.as_object().map(|object| object.len()).unwrap_or(0);
        prop_assert_eq!(document.members().len(), members);
        for member in document.members() {
            let again: Value = serde_json::from_str(document.text(&member.value)).unwrap();
            prop_assert_eq!(Some(again.to_string()), value.get(&member.key).map(Value::to_string));
        }
    }

    #[test]
    fn whatever_is_json_here_is_json_to_others(text in r#"[\[\]{}",:0-9.eE+\-\\u ntrfalsd]{0,24}"#) {
        let theirs = serde_json::from_str::<serde::de::IgnoredAny>(&text);
        prop_assert_eq!(read(&text).is_ok(), theirs.is_ok(), "{}", text);
    }

    #[test]
    fn a_quoted_string_reads_as_itself(plain in any::<String>()) {
        let quoted = quote(&plain);
        prop_assert_eq!(unescape(&quoted), Some(plain.clone()));
        prop_assert_eq!(serde_json::from_str::<String>(&quoted).unwrap(), plain);
    }
}
