//! Files that are part of the request.

use super::any_model::{good, spec};
use super::*;

/// A `data:` URI of so many bytes, a multiple of three.
fn data(media_type: &str, bytes: usize) -> String {
    format!("data:{media_type};base64,{}", "A".repeat(bytes / 3 * 4))
}

fn found(field: &str, value: impl Into<Value>, facts: &Facts) -> Vec<(&'static str, Severity)> {
    let mut draft = good();
    draft.set(field, value);
    let checked = draft.check(&spec(), facts);
    let issues = checked.report.of(field);
    issues.map(|issue| (issue.code, issue.severity)).collect()
}

fn allowed() -> Facts {
    Facts::new(Reach::Internet).with_data_uris()
}

const UNPROVEN: (&str, Severity) = ("data_unproven", Severity::Advice);
const TOO_LARGE: (&str, Severity) = ("data_bytes", Severity::Error);

#[test]
fn a_file_inside_the_request_must_be_wished_for() {
    let image = data("image/png", 3);
    let refused = found("clip_url", &*image, &Facts::new(Reach::Internet));
    assert_eq!(refused, [("url_page_only", Severity::Error)]);
    for page_file in ["kinora-page:1", "blob:https://example.com/1"] {
        let refused = found("clip_url", page_file, &allowed());
        assert_eq!(refused, [("url_page_only", Severity::Error)], "{page_file}");
    }
    let mut draft = good();
    let video = data("video/mp4", 3);
    draft.set("clip_url", format!(" {video}\n"));
    let request = draft.check(&spec(), &allowed()).request.expect("no errors");
    assert_eq!(request.input().text("clip_url"), Some(&*video));
}

#[test]
fn each_kind_of_file_has_its_cap() {
    let (mebibyte, wanted) = (1 << 20, [UNPROVEN]);
    for (field, media_type, mebibytes) in [
        ("mask_url", "image/png", 6),
        ("voice_audio", "audio/wav", 16),
        ("film_video", "video/mp4", 32),
    ] {
        let schema = Object::new().with(field, Object::new().with("type", "string"));
        let schema = Object::new().with("properties", schema);
        let spec = ModelSpec::from_schema(ModelId::WAN_2_2.clone(), &schema);
        let errors = |bytes| {
            let mut draft = Draft::default();
            draft.set(field, data(media_type, bytes));
            let checked = draft.check(&spec, &allowed());
            let issues = checked.report.issues().iter();
            let known = issues.filter(|issue| issue.severity != Severity::Unknown);
            known
                .map(|issue| (issue.code, issue.severity))
                .collect::<Vec<_>>()
        };
        let most = mebibytes * mebibyte;
        assert_eq!(errors(most / 3 * 3), wanted, "{field}");
        assert_eq!(errors(most / 3 * 3 + 3), [TOO_LARGE, UNPROVEN], "{field}");
    }
}

#[test]
fn a_file_inside_the_request_is_of_the_fields_kind_and_in_base64() {
    let wrong = found("clip_url", data("image/png", 3), &allowed());
    assert_eq!(wrong, [("data_type", Severity::Error), UNPROVEN]);
    let wrong = found("clip_url", "data:video/mp4,plain", &allowed());
    assert_eq!(wrong, [("data_malformed", Severity::Error)]);
}

#[test]
fn the_size_of_a_file_inside_the_request_is_known() {
    let found = found("start_image_url", data("image/png", 1_600_002), &allowed());
    let unknown = |code| (code, Severity::Unknown);
    assert_eq!(
        found,
        [
            unknown("data_pixels"),
            UNPROVEN,
            unknown("image_ratio"),
            ("image_bytes", Severity::Error),
        ]
    );
}

#[test]
fn images_inside_the_request_have_few_enough_pixels() {
    let pixels = |width, height| {
        let look = Look::Found(ImageFacts {
            width: Some(width),
            height: Some(height),
            ..ImageFacts::default()
        });
        let facts = allowed().with_look("start_image_url", look);
        let found = found("start_image_url", data("image/png", 3), &facts);
        found.contains(&("data_pixels", Severity::Error))
    };
    assert!(!pixels(8000, 4000));
    assert!(pixels(3, 10_666_667), "one too many");
    assert!(pixels(u32::MAX, u32::MAX));
}

#[test]
fn all_files_inside_the_request_together_have_a_cap() {
    let file = data("image/png", 6 << 20);
    let most = (64 << 20) / file.len();
    let schema = r#"{"properties":{"images":{"type":"array","format":"image_uris"}}}"#;
    let spec = ModelSpec::from_json(ModelId::WAN_2_2.clone(), schema).expect("a schema");
    let errors = |count| {
        let mut draft = Draft::default();
        draft.set("images", Value::List(vec![Value::from(&*file); count]));
        let checked = draft.check(&spec, &allowed());
        checked
            .report
            .errors()
            .map(|issue| (issue.code, issue.item))
            .collect::<Vec<_>>()
    };
    assert_eq!(errors(most + 1), [("body_bytes", Some(most))]);
}

/// What is found of a file of the page that a look found to have so many bytes, sent to a service.
fn of_page(bytes: u64, facts: Facts) -> (Vec<(&'static str, Severity)>, bool) {
    let mut draft = Draft::default();
    draft.set("prompt", "");
    draft.set("img_url", "kinora-page:1");
    let Look::Found(mut image) = good_look() else {
        unreachable!("a good look finds facts");
    };
    image.bytes = Some(ByteSize::bytes(bytes));
    let facts = facts.with_look("img_url", Look::Found(image));
    let checked = draft.check(&ModelSpec::wan_2_2(), &facts);
    let sent = checked.request.as_ref();
    let is_sent = sent.is_some_and(|sent| sent.input().text("img_url") == Some("kinora-page:1"));
    let issues = checked.report.of("img_url");
    (
        issues.map(|issue| (issue.code, issue.severity)).collect(),
        is_sent,
    )
}

#[test]
fn a_file_of_the_page_goes_inside_the_request_where_that_is_wished_for() {
    let refused = vec![("url_page_only", Severity::Error)];
    for reach in [Reach::Internet, Reach::Loopback] {
        let facts = Facts::new(reach);
        assert_eq!(of_page(9, facts.clone()), (refused.clone(), false));
        assert_eq!(
            of_page(9, facts.clone().with_data_uris()),
            (refused.clone(), false)
        );
        assert_eq!(of_page(9, facts.with_page_files()), (vec![UNPROVEN], true));
    }
    let in_page = Facts::new(Reach::Page).with_page_files();
    assert_eq!(
        of_page(9, in_page),
        (Vec::new(), true),
        "the demo reads it as it is"
    );
}

#[test]
fn a_file_of_the_page_has_the_limits_of_files_inside_a_request() {
    let check = |bytes| of_page(bytes, Facts::new(Reach::Internet).with_page_files());
    let most = 6 << 20;
    assert_eq!(check(most), (vec![UNPROVEN], true));
    assert_eq!(check(most + 1), (vec![TOO_LARGE, UNPROVEN], false));
}

#[test]
fn a_file_of_the_page_that_was_not_looked_at_is_taken_at_its_word() {
    let mut draft = Draft::default();
    draft.set("prompt", "");
    draft.set("img_url", " kinora-page:1\n");
    let facts = Facts::new(Reach::Internet).with_page_files();
    let request = draft.check(&ModelSpec::wan_2_2(), &facts).request;
    let request = request.expect("nothing stands against it");
    assert_eq!(request.input().text("img_url"), Some("kinora-page:1"));
    for other in [
        "kinora-pages:1",
        "blob:https://example.com/1",
        "data:image/png;base64,AAAA",
    ] {
        draft.set("img_url", other);
        assert!(
            draft.check(&ModelSpec::wan_2_2(), &facts).request.is_none(),
            "{other}"
        );
    }
}
