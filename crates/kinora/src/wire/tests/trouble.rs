//! What goes wrong, in the words of whoever says it.

use super::*;
use crate::Failure;

/// Every error that the service, or something before it, is known to answer with, as a person reads
/// it. The table is `errors.txt`.
#[test]
fn each_error_has_its_code_its_sentence_and_its_next_step() {
    let html = |status| HttpResponse {
        status,
        headers: Vec::new(),
        body: Body::Text("<html>".to_owned()),
    };
    let mut answers: Vec<_> = [
        (
            400,
            r#"{"error_code":400001,"error_message":"InvalidResourceIdentifier"}"#,
        ),
        (
            400,
            r#"{"error_code":400002,"error_message":"InsufficientResources"}"#,
        ),
        (
            400,
            r#"{"error_code":400004,"error_message":"UserAccountError"}"#,
        ),
        (400, r#"{"error_code":400005,"error_message":"not ready"}"#),
        (
            400,
            r#"{"error_code":400099,"detail":[{"loc":["seed"],"msg":"too large"}]}"#,
        ),
        (401, r#"{"message":"Unauthorized"}"#),
        (402, "{}"),
        (403, r#"{"message":"Forbidden"}"#),
        (
            403,
            r#"{"error_code":403001,"error_message":"PermissionDeniedError"}"#,
        ),
        (
            404,
            r#"{"error_code":404001,"error_message":"ResourceNotFound"}"#,
        ),
        (408, "{}"),
        (413, "{}"),
        (
            422,
            r#"{"detail":[{"loc":["body","prompt"],"msg":"too long"}]}"#,
        ),
        (429, r#"{"message":"Too Many Requests"}"#),
        (500, r#"{"error":"internal"}"#),
        (503, r#"{"message":"Service Unavailable"}"#),
        (504, "{}"),
        (302, "{}"),
        (
            200,
            r#"{"error_code":400004,"error_message":"UserAccountError"}"#,
        ),
        (200, r#"{"error_code":"429001"}"#),
        (200, r#"{"error_code":500001}"#),
        (200, "[]"),
    ]
    .map(|(status, text)| (text, answer(status, text)))
    .into();
    answers.extend([200, 404, 502].map(|status| ("<html>", html(status))));
    let mut table = String::new();
    for (text, response) in &answers {
        let error = classify(response).expect_err("an error");
        assert_eq!(error.status(), Some(response.status));
        table.push_str(&format!(
            "HTTP {} {text}\n  {}{}\n  {error}\n  {}\n",
            response.status,
            error.code(),
            if error.retryable() { ", passes" } else { "" },
            error.next_step(),
        ));
    }
    assert_eq!(table, include_str!("errors.txt"), "\n{table}");
}

#[test]
fn a_failure_without_an_error_says_what_stands_beside_it() {
    for (text, words, detail) in [
        (
            r#"{"status":"failed"}"#,
            "The service gave no reason.",
            None,
        ),
        (
            r#"{"request_id":"7f3a-1","status":"failed","error":null,"message":"no luck"}"#,
            "no luck",
            None,
        ),
        (
            r#"{"status":"FAILED","error_code":500001,"error_message":"no luck"}"#,
            "no luck",
            None,
        ),
        (
            r#"{"status":"failed","error_code":500001,"error":"no luck"}"#,
            "no luck",
            Some(json("\"no luck\"")),
        ),
    ] {
        let failure = ResultAnswer::Failed(Failure {
            words: words.to_owned(),
            detail,
        });
        assert_eq!(read::result(&answer(200, text)), Ok(failure), "{text}");
    }
    let long = format!(r#"{{"status":"failed","error":"{}"}}"#, "x".repeat(5000));
    let Ok(ResultAnswer::Failed(failure)) = read::result(&answer(200, &long)) else {
        panic!("a failure");
    };
    assert_eq!(failure.words.len(), 2000);
}

#[test]
fn states_are_read_in_any_case_and_both_spellings() {
    let state = |text: &str| {
        let status = read::status(&answer(200, &format!(r#"{{"status":"{text}"}}"#)));
        status.expect("a status").state
    };
    assert_eq!(state("IN_PROGRESS"), ServiceState::InProgress);
    assert_eq!(state("Cancelled"), ServiceState::Cancelled);
    assert_eq!(state("canceled"), ServiceState::Cancelled);
    let ServiceState::Unknown(word) = state(&"x".repeat(1000)) else {
        panic!("unknown");
    };
    assert_eq!(word.len(), 64);
}
