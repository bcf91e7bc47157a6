//! What the emulator answers, in the words of the service.

use super::*;

#[test]
fn the_emulators_answers_are_those_of_the_pages() {
    let base = connection(HostKind::RunComfy).base().clone();
    let text = |object: Object| serde_json::to_string(&Value::Object(object)).expect("JSON");
    assert_eq!(
        text(answer::submitted(&base, &id())),
        r#"{"request_id":"7f3a-1","status_url":"https://model-api.runcomfy.net/v1/requests/7f3a-1/status","result_url":"https://model-api.runcomfy.net/v1/requests/7f3a-1/result","cancel_url":"https://model-api.runcomfy.net/v1/requests/7f3a-1/cancel"}"#
    );
    let queued = Status {
        state: ServiceState::InQueue,
        queue_position: Some(3),
    };
    assert_eq!(
        text(answer::status(&base, &id(), &queued)),
        r#"{"request_id":"7f3a-1","status":"in_queue","queue_position":3,"status_url":"https://model-api.runcomfy.net/v1/requests/7f3a-1/status","result_url":"https://model-api.runcomfy.net/v1/requests/7f3a-1/result"}"#
    );
    let video = Media {
        kind: MediaKind::Video,
        url: "https://x/a.mp4".to_owned(),
    };
    assert_eq!(
        text(answer::succeeded(&id(), answer::output_object(&[video]))),
        r#"{"request_id":"7f3a-1","status":"succeeded","output":{"video":"https://x/a.mp4"}}"#
    );
    assert_eq!(
        text(answer::cancelled(
            &id(),
            &ServiceState::Completed,
            &CancelAnswer::Cancelled
        )),
        r#"{"request_id":"7f3a-1","status":"completed","outcome":"cancelled"}"#
    );
    assert_eq!(
        text(answer::cancelled(
            &id(),
            &ServiceState::InProgress,
            &CancelAnswer::NotCancellable
        )),
        r#"{"request_id":"7f3a-1","status":"in_progress","outcome":"not_cancellable"}"#
    );
    assert_eq!(
        text(answer::error(404_001, "gone")),
        r#"{"error_code":404001,"error_message":"gone"}"#
    );
}

#[test]
fn an_output_is_answered_in_three_shapes() {
    let media = |kind, name: &str| Media {
        kind,
        url: format!("https://x/{name}"),
    };
    let one = [media(MediaKind::Video, "a.mp4")];
    let many = [
        media(MediaKind::Video, "a.mp4"),
        media(MediaKind::Image, "a.png"),
    ];
    let text = |value: Value| serde_json::to_string(&value).expect("JSON");
    let list = r#"["https://x/a.mp4","https://x/a.png"]"#;
    for (output, wanted) in [
        (
            answer::output_object(&many),
            r#"{"image":"https://x/a.png","video":"https://x/a.mp4"}"#,
        ),
        (answer::output_list(&many), list),
        (answer::output_list(&one), r#"["https://x/a.mp4"]"#),
        (answer::output_text(&one), r#""https://x/a.mp4""#),
        (answer::output_text(&many), list),
        (answer::output_object(&[]), "{}"),
    ] {
        assert_eq!(text(output), wanted);
    }
}

#[test]
fn a_cancel_is_answered_in_the_words_of_each_source() {
    let requested = CancelAnswer::Unknown(word::CANCELLATION_REQUESTED.to_owned());
    let answered = answer::cancelled(&id(), &ServiceState::Cancelled, &requested);
    assert_eq!(
        serde_json::to_string(&Value::Object(answered)).expect("JSON"),
        r#"{"request_id":"7f3a-1","status":"cancelled","outcome":"cancellation_requested"}"#
    );
    assert_eq!(
        answer::cancelled_as_printed(&id()),
        r#"{"request_id":"7f3a-1","status":"completed" "outcome":"cancelled"}"#
    );
}

#[test]
fn a_wait_until_a_date_comes_with_the_date_of_now() {
    let now = WallTime::from_unix_millis(1_795_305_600_000);
    let wait = Duration::from_secs(7);
    let mut response = HttpResponse {
        headers: answer::retry_after_date(now.plus(wait), now).to_vec(),
        ..answer(429, "{}")
    };
    assert_eq!(
        response.header("retry-after"),
        Some("Sun, 22 Nov 2026 00:00:07 GMT")
    );
    assert_eq!(
        response.header("date"),
        Some("Sun, 22 Nov 2026 00:00:00 GMT")
    );
    crate::retry::in_seconds(&mut response, WallTime::from_unix_millis(0));
    assert_eq!(crate::retry::after(&response), Some(wait));
}

#[test]
fn a_result_comes_with_its_cost_when_asked() {
    assert!(route::wants_cost(
        "/v1/requests/a/result?x=y&include_cost=true"
    ));
    assert!(!route::wants_cost(
        "/v1/requests/a/result?include_cost=false"
    ));
    assert!(!route::wants_cost("/v1/requests/include_cost=true/result"));
    let answer = answer::with_cost(Object::new(), 0.25);
    assert_eq!(
        serde_json::to_string(&Value::Object(answer)).expect("JSON"),
        r#"{"cost":0.25}"#
    );
}
