use core::time::Duration;

use super::*;
use crate::{AuthRefusal, CancelAnswer, ErrorStatus, OutputShape, WaitForm};
use kinora::retry::Call;

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("the fixture is JSON")
}

fn read(text: &str) -> Result<Scenario, ScenarioProblem> {
    Scenario::from_value(&json(text))
}

/// The field and the whole sentence of what is wrong.
fn check(text: &str, field: &str, words: &str) {
    let problem = read(text).expect_err("it is wrong");
    assert_eq!(problem.field, field, "{text}");
    let said = problem.to_string();
    assert!(said.contains(words), "{text}: {said}");
}

#[test]
fn nothing_said_is_the_usual_scenario() {
    assert_eq!(read("{}"), Ok(Preset::ALL[0].scenario()));
    assert_eq!(read(r#"{"preset":"usual"}"#), read("{}"));
}

#[test]
fn everything_can_be_said() {
    let scenario = read(
        r#"{"run":1.5,"preset":"slow","seed":7,"tokens":["a",{"token":"b","balance":2},{"token":"c"}],
            "balance":null,"ahead":1,"tick":0,"slots":2,"late":3,"retention":60,"failing":2,
            "odd_state":"warming_up","auth_refusal":"403","balance_refusal":"402","error_status":"200",
            "submit_answer":"bare","not_ready":"error","violation":"400","output":"list","error":"text",
            "cancel_answer":"requested","cors":{"media":false,"expose":false,"max_age":5},
            "faults":["submit=429:2:date*1","status=html"]}"#,
    )
    .expect("a scenario");
    assert_eq!(scenario.seed, 7);
    let tokens = Tokens::only(["a"]).with_balance("b", 2).with("c");
    assert_eq!(scenario.tokens, tokens);
    assert_eq!(
        (scenario.balance, scenario.ahead, scenario.tick),
        (None, 1, Duration::ZERO)
    );
    let run = Duration::from_millis(1500);
    assert_eq!(
        (scenario.slots.get(), scenario.run, scenario.late.as_secs()),
        (2, run, 3)
    );
    assert_eq!(
        (scenario.retention.as_secs(), scenario.failing),
        (60, Failing::First(2))
    );
    assert_eq!(scenario.odd_state.as_deref(), Some("warming_up"));
    assert_eq!(scenario.auth_refusal, AuthRefusal::Forbidden);
    assert_eq!(scenario.error_status, ErrorStatus::Success);
    assert_eq!(
        (scenario.output, scenario.violation.status()),
        (OutputShape::List, 400)
    );
    assert_eq!(scenario.cancel_answer, CancelAnswer::Requested);
    let max_age = Some(Duration::from_secs(5));
    let cors = Cors {
        answers: true,
        media: false,
        expose: false,
        max_age,
    };
    assert_eq!(scenario.cors, cors);
    let wait = Duration::from_secs(2);
    let busy = Fault::too_many(Call::Submit, None).asking_to_wait(wait, WaitForm::Date);
    assert_eq!(
        scenario.faults,
        [busy.times(1), Fault::web_page(Call::Status)]
    );
}

#[test]
fn a_preset_may_stand_anywhere() {
    let first = read(r#"{"preset":"slow","run":1}"#);
    assert_eq!(first, read(r#"{"run":1,"preset":"slow"}"#));
    assert_eq!(first.map(|scenario| scenario.ahead), Ok(8));
}

#[test]
fn every_member_is_taken_and_refuses_what_means_nothing() {
    for name in Scenario::MEMBERS {
        let problem = read(&format!(r#"{{"{name}":[[]]}}"#)).expect_err("a list in a list");
        assert!(problem.field.starts_with(name), "{name}: {problem}");
        assert!(
            !problem.remedy.contains("no such member"),
            "{name}: {problem}"
        );
    }
}

#[test]
fn a_mistake_is_named_with_its_place_and_the_remedy() {
    check("[]", "", "This is no scenario: it must be a JSON object.");
    check(
        r#"{"runs":1}"#,
        "runs",
        "\"runs\" is wrong: there is no such member; there are preset, seed,",
    );
    check(
        r#"{"preset":"fast"}"#,
        "preset",
        "it must be one of usual, instant, slow,",
    );
    check(
        r#"{"run":"4"}"#,
        "run",
        "it must be a number of seconds, such as 1.5.",
    );
    check(r#"{"run":-1}"#, "run", "number of seconds");
    check(
        r#"{"ahead":1.5}"#,
        "ahead",
        "it must be a whole number from 0.",
    );
    check(
        r#"{"ahead":-1}"#,
        "ahead",
        "it must be a whole number from 0.",
    );
    check(r#"{"slots":0}"#, "slots", "it must be at least 1.");
    check(
        r#"{"failing":"some"}"#,
        "failing",
        "\"none\", \"all\", or how many",
    );
    check(
        r#"{"output":"video"}"#,
        "output",
        "it must be one of object, list, text.",
    );
    check(r#"{"odd_state":7}"#, "odd_state", "it must be a text.");
    check(r#"{"tokens":"a"}"#, "tokens", "it must be a list.");
    check(
        r#"{"tokens":["a",7]}"#,
        "tokens[1]",
        "it must be an object.",
    );
    check(
        r#"{"tokens":[{"balance":1}]}"#,
        "tokens[0].token",
        "it must be a text.",
    );
    check(
        r#"{"tokens":[{"token":"a","jobs":1}]}"#,
        "tokens[0].jobs",
        "one of token, balance.",
    );
    check(
        r#"{"cors":{"media":1}}"#,
        "cors.media",
        "it must be true or false.",
    );
    check(
        r#"{"cors":{"image":1}}"#,
        "cors.image",
        "one of answers, media, expose, max_age.",
    );
    check(
        r#"{"faults":["submit=500","submit=600"]}"#,
        "faults[1]",
        "600 is no HTTP status",
    );
    check(
        r#"{"models":[{"id":"a/b"}]}"#,
        "models[0]",
        "with a model_id such as maker/model",
    );
    check(
        r#"{"models":[{"model_id":"a/b"}]}"#,
        "models[0]",
        "with its schema.",
    );
}

#[test]
fn models_are_entries_of_a_catalogue() {
    let scenario = read(
        r#"{"models":[{"model_id":"a/b","input_schema":{"type":"object","properties":{"prompt":{"type":"string"}}}}]}"#,
    )
    .expect("a scenario");
    let [model] = scenario.models.as_slice() else {
        panic!("one model")
    };
    assert_eq!(model.id().as_str(), "a/b");
    assert!(model.spec().field("prompt").is_some());
}
