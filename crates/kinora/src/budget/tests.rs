use super::*;

fn at(millis: u64) -> Monotonic {
    Monotonic::after_origin(Duration::from_millis(millis))
}

fn job(number: u128) -> IntentId {
    IntentId::mint(number)
}

fn millis(turn: Turn) -> u64 {
    match turn {
        Turn::Ready => 0,
        Turn::Wait(wait) => u64::try_from(wait.as_millis()).expect("a short wait"),
    }
}

/// When each of the jobs 0.. gets its turn, all having asked at `now`.
fn waits(budget: &mut Budget, jobs: u128, now: u64) -> Vec<u64> {
    (0..jobs)
        .map(|number| millis(budget.take(&job(number), Method::Get, at(now))))
        .collect()
}

#[test]
fn a_burst_goes_at_once_and_the_rest_at_the_rate() {
    let mut budget = Budget::new(4, 1);
    assert_eq!(waits(&mut budget, 8, 0), [0, 0, 0, 0, 250, 500, 750, 1000]);
}

#[test]
fn after_a_rest_there_is_one_burst_again_and_no_more() {
    let mut budget = Budget::new(4, 1);
    waits(&mut budget, 4, 0);
    assert_eq!(waits(&mut budget, 6, 60_000), [0, 0, 0, 0, 250, 500]);
}

#[test]
fn a_place_in_the_line_is_kept_until_its_turn() {
    let mut budget = Budget::new(4, 1);
    waits(&mut budget, 6, 0);
    let mut ask = |number, now| millis(budget.take(&job(number), Method::Get, at(now)));
    assert_eq!(ask(5, 100), 400, "asking again neither helps nor harms");
    assert_eq!(ask(4, 250), 0);
    assert_eq!(ask(4, 250), 500, "its next turn is behind the others");
    assert_eq!(ask(5, 500), 0);
}

#[test]
fn a_wish_does_not_wait_behind_questions() {
    let mut budget = Budget::new(4, 2);
    waits(&mut budget, 100, 0);
    let mut wish = |number| millis(budget.take(&job(number), Method::Post, at(0)));
    assert_eq!([wish(0), wish(1), wish(2)], [0, 0, 500]);
}

#[test]
fn nobody_asks_while_the_service_wants_to_be_left_alone() {
    let mut budget = Budget::new(4, 1);
    waits(&mut budget, 5, 0);
    budget.hold(Duration::from_secs(10), at(100));
    budget.hold(Duration::from_secs(10), at(100));
    budget.hold(Duration::from_secs(1), at(200));
    let mut ask = |number| millis(budget.take(&job(number), Method::Get, at(100)));
    assert_eq!(ask(4), 10_150, "it keeps its place");
    assert!(ask(9) > 10_150, "behind it");
    let mut budget = Budget::new(4, 1);
    budget.hold(Duration::from_secs(1), at(0));
    assert_eq!(
        waits(&mut budget, 3, 0),
        [1000, 1250, 1500],
        "no burst after it"
    );
}

#[test]
fn who_does_not_come_is_forgotten() {
    let mut budget = Budget::new(4, 1);
    waits(&mut budget, 6, 0);
    assert_eq!(budget.questions.waiting.len(), 2);
    budget.take(&job(9), Method::Get, at(61_000));
    assert!(budget.questions.waiting.is_empty());
}
