//! Values cross into JavaScript and back.

use kinora::{Object, Value};
use kinora_browser::js::{NoData, from_js, parse, print, to_js};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::odd;

fn check(value: &Value) {
    assert_eq!(from_js(&to_js(value)).as_ref(), Ok(value));
}

#[wasm_bindgen_test]
fn every_kind_comes_back_as_it_went() {
    let most = kinora::limits::MAX_SAFE_INTEGER;
    for number in [0, 1, -1, most, -most] {
        check(&Value::Int(number));
    }
    for number in [0.5, -2.75, 1e300, 2f64.powi(53)] {
        check(&Value::Float(number));
    }
    check(&Value::Null);
    check(&true.into());
    check(&"a \u{1F3A5} \"quoted\"\n".into());
    check(&Value::List(vec![
        Value::Null,
        1.into(),
        Value::List(vec![]),
    ]));
    check(&Object::new().with("z", 1).with("a", Object::new()).into());
    check(
        &Object::new()
            .with("__proto__", Object::new().with("x", 1))
            .into(),
    );
}

#[wasm_bindgen_test]
fn json_texts_are_read_and_written_by_the_browser() {
    let text = r#"{"request_id":"a","n":3,"f":0.5,"l":[null,true]}"#;
    assert_eq!(print(&parse(text).unwrap()), text);
    assert_eq!(parse("<html>"), None);
    assert_eq!(parse(&"[".repeat(10_000)), None);
    let deep = "[".repeat(500) + &"]".repeat(500);
    assert_eq!(parse(&deep), None);
}

#[wasm_bindgen_test]
fn what_is_no_data_is_refused_and_never_panics() {
    let check = |name: &str, wanted: NoData| assert_eq!(from_js(&odd(name)), Err(wanted), "{name}");
    check("cycle", NoData::TooDeep);
    check("revoked", NoData::Threw);
    check("throwing", NoData::Threw);
    check("endless", NoData::TooLarge);
    check("function", NoData::Kind);
    check("symbol", NoData::Kind);
    check("nan", NoData::Kind);
    check("bigint", NoData::Kind);
    assert!(from_js(&odd("wide")).is_err());
}

#[wasm_bindgen_test]
fn undefined_is_null_in_lists_and_absent_in_objects() {
    let wanted = Object::new().with("list", Value::List(vec![Value::Null]));
    assert_eq!(from_js(&odd("holes")), Ok(wanted.into()));
}
