use super::*;

fn intended(intent: &str) -> HttpRequest {
    with(submit(INPUT), "kinora-intent", intent)
}

#[test]
fn a_repeated_intent_gets_the_first_answer_and_no_second_job() {
    let mut bench = Bench::new(queued());
    let first = bench.ask(&intended("i-1"));
    assert_eq!(bench.wait(40).ask(&intended("i-1")), first);
    let another = with(submit(r#"{"prompt":"other"}"#), "kinora-intent", "i-1");
    assert_eq!(bench.ask(&another), first, "whatever the body says");
    assert_eq!(bench.emulator.accepted(), 1);
}

#[test]
fn another_intent_and_no_intent_are_other_jobs() {
    let mut bench = Bench::new(Scenario::default());
    bench.ask(&intended("i-1"));
    bench.ask(&intended("i-2"));
    bench.ask(&submit(INPUT));
    bench.ask(&submit(INPUT));
    assert_eq!(bench.emulator.accepted(), 4);
}

#[test]
fn a_promise_is_kept_for_a_day_even_when_the_job_is_gone() {
    let retention = Duration::ZERO;
    let mut bench = Bench::new(Scenario {
        retention,
        ..Scenario::default()
    });
    let first = bench.ask(&intended("i-1"));
    assert_eq!(bench.wait(24 * 60 * 60 - 1).ask(&intended("i-1")), first);
    assert_ne!(bench.wait(1).ask(&intended("i-1")), first);
}

#[test]
fn a_refusal_promises_nothing() {
    let mut bench = Bench::new(Scenario::default());
    let bad = with(submit("{}"), "kinora-intent", "i-1");
    assert_eq!(bench.ask(&bad).status, 422);
    assert_eq!(bench.ask(&intended("i-1")).status, 200);
}

#[test]
fn an_intent_belongs_to_its_account() {
    let tokens = Tokens::only(["first", "second"]);
    let mut bench = Bench::new(Scenario {
        tokens,
        ..Scenario::default()
    });
    let [first, second] = ["Bearer first", "Bearer second"]
        .map(|bearer| bench.ask(&with(intended("i-1"), "authorization", bearer)));
    assert_ne!(first, second);
    assert_eq!(bench.emulator.accepted(), 2);
}

#[test]
fn a_malformed_intent_is_refused_rather_than_ignored() {
    let mut bench = Bench::new(Scenario::default());
    assert_eq!(bench.ask(&intended("a b")).status, 422);
    assert_eq!(bench.emulator.accepted(), 0);
}

#[test]
fn a_repeated_intent_costs_nothing() {
    let mut bench = Bench::new(Scenario {
        balance: Some(1),
        ..Scenario::default()
    });
    let first = bench.ask(&intended("i-1"));
    assert_eq!(bench.ask(&intended("i-1")), first);
}
