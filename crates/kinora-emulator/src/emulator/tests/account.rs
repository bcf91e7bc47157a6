use super::*;
use crate::BalanceRefusal;

fn submit_as(bench: &mut Bench, token: &str) -> String {
    let asked = with(submit(INPUT), "authorization", &format!("Bearer {token}"));
    text(&bench.ask(&asked))
}

const EMPTY: &str =
    r#"400 {"error_code":400002,"error_message":"Insufficient resources: no balance."}"#;

#[test]
fn each_account_pays_for_its_own_jobs() {
    let mut bench = Bench::new(Scenario {
        tokens: Tokens::only(["rich"]).with_balance("poor", 1),
        ..Scenario::default()
    });
    for _ in 0..3 {
        assert!(submit_as(&mut bench, "rich").starts_with("200"));
    }
    assert!(submit_as(&mut bench, "poor").starts_with("200"));
    assert_eq!(submit_as(&mut bench, "poor"), EMPTY);
    assert!(submit_as(&mut bench, "rich").starts_with("200"));
}

#[test]
fn a_token_without_a_balance_of_its_own_has_the_scenarios() {
    let mut bench = Bench::new(Scenario {
        tokens: Tokens::only(["a", "b"]).with_balance("c", 0),
        balance: Some(1),
        ..Scenario::default()
    });
    for token in ["a", "b"] {
        assert!(submit_as(&mut bench, token).starts_with("200"));
        assert_eq!(submit_as(&mut bench, token), EMPTY);
    }
    assert_eq!(submit_as(&mut bench, "c"), EMPTY);
}

#[test]
fn an_empty_account_may_be_a_gateways_402() {
    let mut bench = Bench::new(Scenario {
        balance: Some(0),
        balance_refusal: BalanceRefusal::PaymentRequired,
        ..Scenario::default()
    });
    assert_eq!(
        text(&bench.ask(&submit(INPUT))),
        r#"402 {"message":"Payment Required"}"#
    );
}

#[test]
fn what_was_paid_outlives_the_job_and_a_reload() {
    let scenario = Scenario {
        tokens: Tokens::only(["rich"]).with_balance("poor", 1),
        retention: Duration::ZERO,
        ..Scenario::default()
    };
    let mut bench = Bench::new(scenario.clone());
    assert!(submit_as(&mut bench, "poor").starts_with("200"));
    bench.due();
    bench.finish(&RequestId::parse("e220a8397b1dcdaf-1").expect("an id"));
    let snapshot = bench.emulator.snapshot();
    bench.emulator = Emulator::restore(scenario, base(), &snapshot).expect("a snapshot");
    assert!(bench.emulator.line.jobs.is_empty());
    assert_eq!(submit_as(&mut bench, "poor"), EMPTY);
    assert!(submit_as(&mut bench, "rich").starts_with("200"));
}
