use proptest::prelude::*;

use super::*;

const FEW: Budgets = Budgets {
    requests_per_minute: 3,
    submits_per_hour: 2,
    jobs_at_once: 2,
};

fn at(seconds: u64) -> WallTime {
    WallTime::from_unix_millis(1_000_000_000_000 + seconds * 1000)
}

fn flight(number: u64) -> FlightId {
    FlightId::new(number)
}

fn id(text: &str) -> RequestId {
    RequestId::parse(text).unwrap()
}

#[test]
fn requests_are_counted_by_the_minute_for_each_caller() {
    let mut ledger = Ledger::default();
    for second in [0, 10, 20] {
        assert_eq!(ledger.ask("a", FEW, at(second)), Ok(()));
    }
    let spent = ledger.ask("a", FEW, at(30)).unwrap_err();
    assert_eq!(spent.reason, Reason::TooManyRequests);
    assert_eq!(spent.wait, Duration::from_secs(30));
    assert_eq!(
        ledger.ask("b", FEW, at(30)),
        Ok(()),
        "others are not concerned"
    );
    assert!(ledger.ask("a", FEW, at(59)).is_err());
    assert_eq!(ledger.ask("a", FEW, at(60)), Ok(()));
    assert!(ledger.ask("a", FEW, at(60)).is_err());
}

#[test]
fn submits_are_counted_by_the_hour() {
    let mut ledger = Ledger::default();
    for number in [1, 2] {
        assert_eq!(ledger.submit("a", flight(number), FEW, at(number)), Ok(()));
        ledger.landed("a", flight(number), None);
    }
    let spent = ledger.submit("a", flight(3), FEW, at(3)).unwrap_err();
    assert_eq!(spent.reason, Reason::TooManySubmits);
    assert_eq!(spent.wait, Duration::from_secs(3598));
    assert_eq!(ledger.submit("a", flight(3), FEW, at(3601)), Ok(()));
}

#[test]
fn a_job_holds_its_place_from_being_sent_until_it_ends() {
    let budgets = Budgets {
        jobs_at_once: 1,
        ..Budgets::default()
    };
    let mut ledger = Ledger::default();
    assert_eq!(ledger.submit("a", flight(1), budgets, at(0)), Ok(()));
    let spent = ledger.submit("a", flight(2), budgets, at(1)).unwrap_err();
    assert_eq!(spent.reason, Reason::TooManyJobs, "while it is being sent");
    ledger.landed("a", flight(1), Some(&id("x")));
    assert!(
        ledger.submit("a", flight(2), budgets, at(2)).is_err(),
        "while it runs"
    );
    ledger.ended(&id("y"));
    assert!(
        ledger.submit("a", flight(2), budgets, at(2)).is_err(),
        "another's end"
    );
    ledger.ended(&id("x"));
    assert_eq!(ledger.submit("a", flight(2), budgets, at(3)), Ok(()));
    assert_eq!(ledger.known(), (1, 0), "nothing is left of it");
}

#[test]
fn a_job_that_nobody_asks_about_is_over_after_an_hour() {
    let budgets = Budgets {
        jobs_at_once: 1,
        ..Budgets::default()
    };
    let mut ledger = Ledger::default();
    ledger.submit("a", flight(1), budgets, at(0)).unwrap();
    ledger.landed("a", flight(1), Some(&id("x")));
    assert!(ledger.submit("a", flight(2), budgets, at(3599)).is_err());
    assert_eq!(ledger.submit("a", flight(2), budgets, at(3600)), Ok(()));
    assert_eq!(ledger.known(), (1, 0));
}

#[test]
fn a_budget_of_nothing_lets_nothing_pass() {
    let none = Budgets {
        requests_per_minute: 0,
        submits_per_hour: 0,
        jobs_at_once: 0,
    };
    let mut ledger = Ledger::default();
    assert!(ledger.ask("a", none, at(0)).is_err());
    assert!(ledger.submit("a", flight(1), none, at(0)).is_err());
}

#[test]
fn callers_are_forgotten_when_there_are_many_and_none_is_kept_in_vain() {
    let mut ledger = Ledger::default();
    for caller in 0..CALLERS_AT_MOST {
        ledger.ask(&caller.to_string(), FEW, at(0)).unwrap();
    }
    let spent = ledger.ask("one more", FEW, at(59)).unwrap_err();
    assert_eq!(spent.reason, Reason::Full);
    assert_eq!(
        ledger.ask("0", FEW, at(59)),
        Ok(()),
        "who is known may go on"
    );
    assert_eq!(ledger.ask("one more", FEW, at(60)), Ok(()));
    assert_eq!(ledger.known(), (2, 0));
}

proptest! {
    #[test]
    fn no_minute_ever_has_more_than_its_share(steps in prop::collection::vec(0_u64..40_000, 1..80)) {
        let mut ledger = Ledger::default();
        let (mut now, mut passed) = (0, Vec::new());
        for step in steps {
            now += step;
            let time = WallTime::from_unix_millis(now);
            match ledger.ask("a", FEW, time) {
                Ok(()) => passed.push(now),
                Err(spent) => {
                    let later = time.plus(spent.wait);
                    prop_assert_eq!(ledger.ask("a", FEW, later), Ok(()), "the wait is enough");
                    now = later.unix_millis();
                    passed.push(now);
                }
            }
            let recent = passed.iter().filter(|at| now - **at < 60_000).count();
            prop_assert!(recent <= 3, "{recent} within a minute");
        }
    }
}
