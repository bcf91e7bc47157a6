use std::collections::BTreeMap;

use super::*;

mod any_model;
mod inline;
mod message;
mod plain;

use crate::image::{Alpha, ByteSize, ImageFacts, ImageFormat, LookProblem};
use crate::{Severity, Wan22};

const IMAGE: &str = "https://example.com/lake.jpg";

fn good() -> Draft {
    Wan22::new("the fog lifts", IMAGE).draft()
}

fn good_look() -> Look {
    Look::Found(ImageFacts {
        format: Some(ImageFormat::Jpeg),
        width: Some(1248),
        height: Some(832),
        bytes: Some(ByteSize::bytes(230_000)),
        alpha: Some(Alpha::Opaque),
        ..ImageFacts::default()
    })
}

fn check_with(draft: &Draft, reach: Reach, look: Look) -> Checked {
    draft.check(
        &ModelSpec::wan_2_2(),
        &Facts::new(reach).with_look("img_url", look),
    )
}

fn codes(draft: &Draft) -> Vec<(String, &'static str, Severity)> {
    let checked = check_with(draft, Reach::Internet, good_look());
    let errors = checked.report.errors().count();
    assert_eq!(
        checked.request.is_some(),
        errors == 0,
        "a request comes out without errors only"
    );
    if let Some(plain) = draft.plain_request() {
        let checked = checked.request.as_ref().expect("what is plain is fine");
        assert_eq!(members(&plain), members(checked));
    }
    let issues = checked.report.issues().iter();
    issues
        .map(|issue| (issue.field.clone(), issue.code, issue.severity))
        .collect()
}

/// The fields of a request, in whatever order.
fn members(request: &Request) -> BTreeMap<&str, &Value> {
    request.input().iter().collect()
}

fn check(change: impl FnOnce(&mut Draft), wanted: &[(&str, &str, Severity)]) {
    let mut draft = good();
    change(&mut draft);
    let wanted: Vec<_> = wanted
        .iter()
        .map(|(field, code, severity)| ((*field).to_owned(), *code, *severity))
        .collect();
    assert_eq!(codes(&draft), wanted);
}

#[test]
fn a_full_draft_becomes_the_request_it_says() {
    let draft = Wan22::new(" keep  my spaces ", IMAGE)
        .negative_prompt("blur")
        .resolution(crate::Resolution::P1080)
        .prompt_extend(false)
        .seed(0)
        .draft();
    let checked = check_with(&draft, Reach::Internet, good_look());
    assert_eq!(checked.report.issues(), []);
    let request = checked.request.expect("no errors");
    let wanted = Object::new()
        .with("prompt", " keep  my spaces ")
        .with("negative_prompt", "blur")
        .with("img_url", IMAGE)
        .with("resolution", "1080P")
        .with("prompt_extend", false)
        .with("seed", 0);
    assert_eq!(request.input(), &wanted);
    assert_eq!(request.model(), ModelId::WAN_2_2);
}

#[test]
fn text_is_counted_in_code_points() {
    check(|draft| draft.set("prompt", "é".repeat(800)), &[]);
    check(
        |draft| draft.set("prompt", "🎞".repeat(801)),
        &[("prompt", "too_long", Severity::Error)],
    );
    check(|draft| draft.set("negative_prompt", "x".repeat(500)), &[]);
    check(
        |draft| draft.set("negative_prompt", "x".repeat(501)),
        &[("negative_prompt", "too_long", Severity::Error)],
    );
}

#[test]
fn an_empty_prompt_is_allowed_and_a_missing_one_is_not() {
    check(
        |draft| draft.set("prompt", ""),
        &[("prompt", "empty", Severity::Advice)],
    );
    check(
        |draft| draft.clear("prompt"),
        &[("prompt", "missing", Severity::Error)],
    );
    check(
        |draft| draft.set("prompt", Value::Null),
        &[("prompt", "missing", Severity::Error)],
    );
}

#[test]
fn each_field_takes_its_own_kind_only() {
    use Severity::Error;
    check(
        |draft| draft.set("prompt", 5),
        &[("prompt", "wrong_type", Error)],
    );
    check(
        |draft| draft.set("img_url", 5),
        &[("img_url", "wrong_type", Error)],
    );
    check(
        |draft| draft.set("template", 5),
        &[("template", "wrong_type", Error)],
    );
    check(
        |draft| draft.set("prompt_extend", "yes"),
        &[("prompt_extend", "wrong_type", Error)],
    );
    check(
        |draft| draft.set("resolution", "720P"),
        &[("resolution", "not_a_choice", Error)],
    );
    check(
        |draft| draft.set("resolution", "480p"),
        &[("resolution", "not_a_choice", Error)],
    );
    check(
        |draft| draft.set("duration", 10),
        &[("duration", "not_a_choice", Error)],
    );
    check(
        |draft| draft.set("seed", "7"),
        &[("seed", "not_an_integer", Error)],
    );
    check(
        |draft| draft.set("seed", Value::Float(0.5)),
        &[("seed", "not_an_integer", Error)],
    );
}

#[test]
fn integers_beyond_what_json_peers_keep_are_refused() {
    check(|draft| draft.set("seed", (1_i64 << 53) - 1), &[]);
    check(|draft| draft.set("seed", -((1_i64 << 53) - 1)), &[]);
    check(
        |draft| draft.set("seed", 1_i64 << 53),
        &[("seed", "not_an_integer", Severity::Error)],
    );
    check(
        |draft| draft.set("seed", i64::MIN),
        &[("seed", "not_an_integer", Severity::Error)],
    );
}

#[test]
fn what_the_page_does_not_name_is_sent_with_a_word() {
    check(
        |draft| draft.set("template", "melt"),
        &[
            ("template", "not_listed", Severity::Advice),
            ("template", "prompt_ignored", Severity::Advice),
        ],
    );
    check(
        |draft| draft.set("lora", "x"),
        &[("lora", "not_a_field", Severity::Advice)],
    );
}

#[test]
fn a_template_overrides_the_prompt_and_we_say_so() {
    check(
        |draft| draft.set("template", "squish"),
        &[("template", "prompt_ignored", Severity::Advice)],
    );
    check(
        |draft| {
            draft.set("template", "squish");
            draft.set("prompt", "");
        },
        &[("prompt", "empty", Severity::Advice)],
    );
    check(|draft| draft.set("template", ""), &[]);
}

#[test]
fn all_issues_come_at_once_and_in_form_order() {
    let mut draft = Draft::default();
    draft.set("seed", "x");
    draft.set("resolution", "8K");
    draft.set("negative_prompt", "x".repeat(501));
    let fields: Vec<_> = codes(&draft).into_iter().map(|(field, ..)| field).collect();
    assert_eq!(
        fields,
        ["prompt", "negative_prompt", "img_url", "resolution", "seed"]
    );
}

#[test]
fn only_a_failed_image_rule_blocks() {
    let spec_rules = |look| {
        let checked = check_with(&good(), Reach::Internet, look);
        let worst = checked
            .report
            .of("img_url")
            .map(|issue| issue.severity)
            .max();
        (worst, checked.request.is_some())
    };
    assert_eq!(spec_rules(good_look()), (None, true));
    assert_eq!(spec_rules(Look::Pending), (Some(Severity::Unknown), true));
    let borderline = ImageFacts {
        width: Some(360),
        height: Some(400),
        ..ImageFacts::default()
    };
    assert_eq!(
        spec_rules(Look::Found(borderline)),
        (Some(Severity::Borderline), true)
    );
    let small = ImageFacts {
        width: Some(359),
        height: Some(400),
        ..ImageFacts::default()
    };
    assert_eq!(
        spec_rules(Look::Found(small)),
        (Some(Severity::Error), false)
    );
    let gone = Look::Failed(LookProblem::Status(404));
    assert_eq!(spec_rules(gone), (Some(Severity::Error), false));
}

#[test]
fn an_insecure_image_comes_with_an_offer() {
    let draft = Wan22::new("", "http://example.com/a.png").draft();
    let checked = check_with(&draft, Reach::Internet, Look::Pending);
    let issue = checked.report.of("img_url").next().expect("an issue");
    assert_eq!(issue.code, "url_insecure");
    assert_eq!(issue.offer.as_deref(), Some("https://example.com/a.png"));
}
