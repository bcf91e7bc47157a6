//! Every input in every state: some answer, no panic, and never a second payment.

use proptest::prelude::*;

use super::*;

/// Anything that can happen, answers of all kinds among it.
fn input() -> impl Strategy<Value = Input> {
    let words = || "x".to_owned();
    prop_oneof![
        4 => Just(Input::Stored),
        1 => Just(Input::StoreFailed(StoreError { words: words() })),
        1 => Just(Input::Cancel),
        4 => Just(Input::Woke),
        1 => prop::sample::select(vec![
            TransportErrorKind::NotSent,
            TransportErrorKind::NoToken,
            TransportErrorKind::NoAnswer,
            TransportErrorKind::TimedOut,
        ])
        .prop_map(move |kind| Input::Failed(TransportError { kind, words: words() })),
        1 => prop::sample::select(vec![Hint::Visible, Hint::Hidden, Hint::Online, Hint::Offline])
            .prop_map(Input::Hint),
        8 => response().prop_map(Input::Response),
    ]
}

fn response() -> impl Strategy<Value = HttpResponse> {
    let status = prop::sample::select(vec![
        200, 200, 200, 202, 204, 302, 400, 401, 402, 403, 404, 408, 422, 429, 500, 502, 503,
    ]);
    let body = prop::sample::select(vec![
        r#"{"request_id":"r1"}"#,
        r#"{"status":"in_queue","queue_position":3}"#,
        r#"{"status":"in_progress"}"#,
        r#"{"status":"completed"}"#,
        r#"{"status":"cancelled"}"#,
        r#"{"status":"warming"}"#,
        r#"{"status":"succeeded","output":["https://x/a.mp4"]}"#,
        r#"{"status":"failed","error":[{"error":"no"}]}"#,
        r#"{"outcome":"cancelled"}"#,
        r#"{"outcome":"not_cancellable"}"#,
        r#"{"error_code":400004}"#,
        r#"{"error_code":400005}"#,
        r#"{"error_code":404001}"#,
        r#"{"message":"Unauthorized"}"#,
        "{}",
        "[]",
        "<html>",
    ]);
    let headers = prop::sample::select(vec![None, Some("0"), Some("7"), Some("soon")]);
    (status, body, headers).prop_map(|(status, text, after)| HttpResponse {
        status,
        headers: after
            .map(|after| ("retry-after".to_owned(), after.to_owned()))
            .into_iter()
            .collect(),
        body: serde_json::from_str(text).map_or_else(|_| Body::Text(text.to_owned()), Body::Json),
    })
}

/// What a job has done so far, by the rules that hold whatever happens.
#[derive(Default)]
struct Watchdog {
    /// The output that waits for its input.
    open: Option<&'static str>,
    kept: bool,
    /// A submit that may have been accepted was sent.
    submitted: bool,
    done: bool,
}

impl Watchdog {
    fn hear(&mut self, input: &Input) {
        match (self.open, input) {
            (Some("store"), Input::Stored) => self.kept = true,
            (Some("submit"), Input::Response(response)) => {
                self.submitted = crate::wire::accepted(response) != crate::wire::Accepted::No;
            }
            (Some("submit"), Input::Failed(error)) => {
                self.submitted = !matches!(
                    error.kind,
                    TransportErrorKind::NotSent | TransportErrorKind::NoToken
                );
            }
            _ => {}
        }
        match (self.open, input) {
            (Some("store"), Input::Stored | Input::StoreFailed(_))
            | (Some("submit" | "question"), Input::Response(_) | Input::Failed(_)) => {
                self.open = None;
            }
            _ => {}
        }
    }

    fn see(&mut self, output: &Output) {
        assert!(!self.done, "nothing follows the outcome: {output:?}");
        let open = match output {
            Output::Event(_) | Output::Sleep(_) => return,
            Output::Done(_) => {
                self.done = true;
                return;
            }
            Output::Store(_) => "store",
            Output::Send(request) if request.url.contains("/models/") => "submit",
            Output::Send(_) => "question",
        };
        assert_eq!(self.open, None, "one thing at a time: {output:?}");
        if open == "submit" {
            assert!(self.kept, "not before its record is kept");
            assert!(!self.submitted, "never twice");
        }
        self.open = Some(open);
    }
}

/// Runs a job through inputs, each after so many seconds, and then through a service that works.
fn run(mut bench: Bench, inputs: Vec<(Input, u64)>, deadline: Option<u64>) {
    let mut dog = Watchdog::default();
    if let Some(seconds) = deadline {
        bench.job = bench
            .job
            .with_deadline(at(Duration::from_secs(seconds)).monotonic);
    }
    let step = |bench: &mut Bench, dog: &mut Watchdog, input: Option<Input>| {
        if let Some(input) = input {
            dog.hear(&input);
            bench.job.handle(input, at(bench.now));
        }
        let before = bench.now;
        while let Some(output) = bench.job.poll(at(before)) {
            dog.see(&output);
        }
    };
    step(&mut bench, &mut dog, None);
    for (input, seconds) in inputs {
        bench.now += Duration::from_secs(seconds);
        step(&mut bench, &mut dog, Some(input));
    }
    for _ in 0..40 {
        bench.now += Duration::from_secs(700);
        let good = match dog.open {
            _ if dog.done => return,
            Some("store") => Input::Stored,
            Some("submit") => Input::Response(HttpResponse::json(
                200,
                crate::Object::new().with("request_id", "r1"),
            )),
            Some(_) => Input::Response(HttpResponse::json(
                200,
                crate::Object::new()
                    .with("status", "succeeded")
                    .with("outcome", "cancelled"),
            )),
            None => Input::Woke,
        };
        step(&mut bench, &mut dog, Some(good));
    }
    panic!("it does not end with a service that works");
}

fn inputs() -> impl Strategy<Value = Vec<(Input, u64)>> {
    prop::collection::vec(
        (input(), prop::sample::select(vec![0_u64, 1, 5, 30, 600])),
        0..40,
    )
}

proptest! {
    #[test]
    fn a_new_job_takes_whatever_comes(inputs in inputs(), deadline in prop::option::of(0_u64..2000)) {
        run(Bench::new(), inputs, deadline);
    }

    #[test]
    fn a_resumed_job_takes_whatever_comes(inputs in inputs(), deadline in prop::option::of(0_u64..2000)) {
        let record = Bench::watching().job.record().clone();
        run(Bench::resumed(record), inputs, deadline);
    }
}

/// A job in each of its states, by name.
fn states() -> Vec<(&'static str, Bench)> {
    let storing = || {
        let mut bench = Bench::new();
        bench.wants();
        bench
    };
    let after = |mut bench: Bench, status, text: &str| {
        bench.answer(status, text);
        bench
    };
    let completed = || after(Bench::asking(), 200, r#"{"status":"completed"}"#);
    let cancelling = || {
        let mut bench = Bench::watching();
        bench.tell(Input::Cancel);
        bench
    };
    vec![
        ("storing the intent", storing()),
        ("asking to submit", Bench::submitting()),
        (
            "pausing before a submit",
            after(Bench::submitting(), 429, "{}"),
        ),
        (
            "storing the ticket",
            after(Bench::submitting(), 200, r#"{"request_id":"r1"}"#),
        ),
        ("pausing before a status", Bench::watching()),
        ("asking for the status", Bench::asking()),
        ("asking for the result", completed()),
        (
            "pausing before a result",
            after(completed(), 200, r#"{"status":"in_progress"}"#),
        ),
        ("asking to cancel", cancelling()),
        ("pausing before a cancel", after(cancelling(), 503, "{}")),
        (
            "storing the end",
            after(Bench::asking(), 200, r#"{"status":"cancelled"}"#),
        ),
        ("done", after(Bench::asking(), 401, "{}")),
    ]
}

#[test]
fn every_input_in_every_state_has_its_answer() {
    let answer = |text: &str| {
        let body = serde_json::from_str(text).map(Body::Json).expect("JSON");
        Input::Response(HttpResponse {
            status: 200,
            headers: Vec::new(),
            body,
        })
    };
    let words = || "x".to_owned();
    let inputs = [
        ("stored", Input::Stored),
        (
            "not stored",
            Input::StoreFailed(StoreError { words: words() }),
        ),
        (
            "answer",
            answer(r#"{"request_id":"r1","status":"completed","outcome":"cancelled"}"#),
        ),
        (
            "no answer",
            Input::Failed(TransportError {
                kind: TransportErrorKind::NoAnswer,
                words: words(),
            }),
        ),
        ("woke", Input::Woke),
        ("cancel", Input::Cancel),
        ("visible", Input::Hint(Hint::Visible)),
        ("online", Input::Hint(Hint::Online)),
    ];
    let mut table = String::new();
    for (state, _) in states() {
        table.push_str(&format!("{state}\n"));
        for (name, input) in &inputs {
            let (_, mut bench) = states()
                .into_iter()
                .find(|(known, _)| *known == state)
                .expect("the same states");
            bench.now += Duration::from_secs(60);
            bench.job.hidden = matches!(input, Input::Hint(Hint::Visible));
            bench.job.offline = matches!(input, Input::Hint(Hint::Online));
            let wants = bench.tell(input.clone());
            table.push_str(&format!("  {name}: {}\n", wants.join(", ")));
        }
    }
    assert_eq!(table, include_str!("every.txt"), "\n{table}");
}
