use super::*;
use crate::AuthRefusal;

fn guarded(auth_refusal: AuthRefusal) -> Bench {
    let tokens = Tokens::only(["first", "second"]);
    Bench::new(Scenario {
        tokens,
        auth_refusal,
        ..Scenario::default()
    })
}

#[test]
fn a_missing_or_wrong_token_is_refused_in_three_manners() {
    for (manner, wanted) in [
        (
            AuthRefusal::Numbered,
            r#"400 {"error_code":400004,"error_message":"User account error: invalid token."}"#,
        ),
        (
            AuthRefusal::Unauthorized,
            r#"401 {"message":"Unauthorized"}"#,
        ),
        (AuthRefusal::Forbidden, r#"403 {"message":"Forbidden"}"#),
    ] {
        let mut bench = guarded(manner);
        assert_eq!(text(&bench.ask(&submit(INPUT))), wanted);
        let wrong = with(submit(INPUT), "authorization", "Bearer third");
        assert_eq!(text(&bench.ask(&wrong)), wanted);
        bench
            .check(STATUS, wanted)
            .check(RESULT, wanted)
            .check(CANCEL, wanted);
        assert_eq!(bench.emulator.accepted(), 0);
    }
}

#[test]
fn a_job_of_someone_else_is_not_shown() {
    let mut bench = guarded(AuthRefusal::Numbered);
    let answer = bench.ask(&with(submit(INPUT), "authorization", "Bearer first"));
    assert_eq!(answer.status, 200);
    for call in [STATUS, RESULT, CANCEL] {
        let theirs = bench.ask(&with(request(call), "authorization", "Bearer second"));
        assert_eq!(
            text(&theirs),
            r#"403 {"error_code":403001,"error_message":"Permission denied."}"#
        );
        let ours = bench.ask(&with(request(call), "authorization", "Bearer first"));
        assert!(ours.status < 300, "{call}");
    }
}

#[test]
fn an_unknown_model_is_refused() {
    let mut bench = Bench::new(Scenario::default());
    let asked = HttpRequest {
        body: submit(INPUT).body,
        ..request("POST /v1/models/wan-ai/wan-9")
    };
    assert_eq!(
        text(&bench.ask(&asked)),
        concat!(
            r#"400 {"error_code":400001,"#,
            r#""error_message":"Invalid resource identifier: there is no such model."}"#,
        )
    );
}

#[test]
fn an_unknown_job_is_refused() {
    let gone = r#"404 {"error_code":404001,"error_message":"Resource not found."}"#;
    let mut bench = Bench::new(Scenario::default());
    bench
        .check(STATUS, gone)
        .check(RESULT, gone)
        .check(CANCEL, gone);
}

#[test]
fn a_job_is_forgotten_after_its_retention() {
    let retention = Duration::from_secs(60);
    let mut bench = Bench::new(Scenario {
        retention,
        ..Scenario::default()
    });
    let id = bench.submit();
    bench.finish(&id).wait(59);
    assert_eq!(bench.ask(&request(RESULT)).status, 200);
    bench.wait(1).check(
        RESULT,
        r#"404 {"error_code":404001,"error_message":"Resource not found."}"#,
    );
}

#[test]
fn an_empty_account_is_refused_once_it_is_empty() {
    let mut bench = Bench::new(Scenario {
        balance: Some(1),
        ..Scenario::default()
    });
    bench.submit();
    assert_eq!(
        text(&bench.ask(&submit(INPUT))),
        r#"400 {"error_code":400002,"error_message":"Insufficient resources: no balance."}"#
    );
}

#[test]
fn input_that_breaks_a_rule_is_refused_with_its_field() {
    let long = format!(
        r#"{{"prompt":"{}","img_url":"https://example.com/a.png"}}"#,
        "a".repeat(801)
    );
    let image = r#""img_url":"https://example.com/a.png""#;
    for (input, field) in [
        (
            r#"{"img_url":"https://example.com/a.png"}"#.to_owned(),
            "prompt",
        ),
        (r#"{"prompt":"x"}"#.to_owned(), "img_url"),
        (long, "prompt"),
        (
            format!(r#"{{"prompt":"x",{image},"resolution":"720P"}}"#),
            "resolution",
        ),
        (
            format!(r#"{{"prompt":"x",{image},"duration":"5"}}"#),
            "duration",
        ),
        (format!(r#"{{"prompt":"x",{image},"seed":1.5}}"#), "seed"),
        (
            format!(r#"{{"prompt":"x",{image},"prompt_extend":"yes"}}"#),
            "prompt_extend",
        ),
        (
            r#"{"prompt":"x","img_url":"ftp://example.com/a.png"}"#.to_owned(),
            "img_url",
        ),
    ] {
        let mut bench = Bench::new(Scenario::default());
        let answer = bench.ask(&submit(&input));
        assert_eq!(answer.status, 422, "{input}");
        let words = answer
            .body
            .object()
            .and_then(|body| body.text("error_message"));
        assert!(
            words.is_some_and(|words| words.starts_with(&format!("{field}: "))),
            "{words:?}"
        );
        let detail = answer.body.object().and_then(|body| body.get("detail"));
        assert_eq!(
            detail.and_then(Value::as_list).map(<[_]>::len),
            Some(1),
            "{input}"
        );
        assert_eq!(bench.emulator.accepted(), 0);
    }
}

#[test]
fn a_body_that_is_no_object_is_refused_as_the_scenario_says() {
    for (violation, status) in [
        (Violation::Unprocessable, 422),
        (Violation::BadRequest, 400),
    ] {
        let mut bench = Bench::new(Scenario {
            violation,
            ..Scenario::default()
        });
        for input in ["", "prompt=x", "[1]", "null"] {
            assert_eq!(bench.ask(&submit(input)).status, status, "{input}");
        }
    }
}

#[test]
fn what_is_no_call_is_not_found() {
    for call in [
        "GET /",
        "POST /v1/models",
        "POST /v1/requests/x/status",
        "GET /v1/requests/x/cancel",
        "GET /v1/requests/x/other",
        "POST /v2/models/a/b",
    ] {
        Bench::new(Scenario::default()).check(call, r#"404 {"message":"Not Found"}"#);
    }
    let mut elsewhere = submit(INPUT);
    elsewhere.url = elsewhere.url.replace("8787", "9");
    assert_eq!(Bench::new(Scenario::default()).ask(&elsewhere).status, 404);
}
