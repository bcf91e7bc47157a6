use super::*;

#[test]
fn a_usual_draft_is_plain() {
    assert!(good().plain_request().is_some());
    let full = Wan22::new("", IMAGE)
        .negative_prompt("blur")
        .template("squish")
        .resolution(crate::Resolution::P1080)
        .prompt_extend(false)
        .seed(-7);
    let mut full = full.draft();
    full.set("prompt", "🌫".repeat(800));
    full.set("duration", 5);
    let plain = full.plain_request().expect("plain");
    let checked = check_with(&full, Reach::Internet, good_look());
    assert_eq!(members(&plain), members(&checked.request.expect("fine")));
    for (field, value) in [
        ("prompt", Value::from("é".repeat(801))),
        ("prompt", Value::Null),
        ("negative_prompt", "".into()),
        ("img_url", "http://example.com/a.jpg".into()),
        ("template", "".into()),
        ("resolution", "480p".into()),
        ("duration", 6.into()),
        ("prompt_extend", "yes".into()),
        ("seed", i64::MAX.into()),
        ("seed", Value::Float(0.5)),
        ("speed", 1.into()),
    ] {
        let mut odd = full.clone();
        odd.set(field, value);
        assert_eq!(odd.plain_request(), None, "{field}");
    }
    for field in ["prompt", "img_url"] {
        let mut odd = full.clone();
        odd.clear(field);
        assert_eq!(odd.plain_request(), None, "without {field}");
    }
}
