use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

fn state(bench: &mut Bench, id: &RequestId) -> String {
    let answer = bench.ask(&request(&format!("GET /v1/requests/{id}/status")));
    let body = answer.body.object().expect("an object");
    let position = body.get("queue_position").and_then(Value::as_int);
    let state = body.text("status").expect("a state");
    position.map_or_else(
        || state.to_owned(),
        |position| format!("{state} {position}"),
    )
}

#[test]
fn as_many_jobs_run_as_there_are_slots() {
    let slots = NonZeroU32::new(2).expect("two");
    let mut bench = Bench::new(Scenario {
        slots,
        ..Scenario::default()
    });
    let ids = [bench.submit(), bench.submit(), bench.submit()];
    let states = |bench: &mut Bench| ids.each_ref().map(|id| state(bench, id));
    assert_eq!(
        states(&mut bench),
        ["in_progress", "in_progress", "in_queue 1"]
    );
    assert_eq!(bench.due().len(), 2);
    bench.finish(&ids[1]);
    assert_eq!(
        states(&mut bench),
        ["in_progress", "completed", "in_progress"]
    );
    assert_eq!(bench.due(), [ids[2].to_string()]);
}

#[test]
fn a_result_that_takes_longer_than_the_run_is_awaited() {
    let mut bench = Bench::new(Scenario {
        run: Duration::from_secs(30),
        ..Scenario::default()
    });
    let id = bench.submit();
    assert_eq!(state(bench.wait(60), &id), "in_progress");
    bench.finish(&id);
    assert_eq!(state(&mut bench, &id), "completed");
}

#[test]
fn the_host_is_told_when_to_look_again() {
    let mut bench = Bench::new(queued());
    let next = |bench: &Bench| {
        bench
            .emulator
            .next_change(bench.now)
            .map(|span| span.as_secs())
    };
    assert_eq!(next(&bench), None);
    let id = bench.submit();
    assert_eq!(next(&bench), Some(30));
    bench.wait(20);
    assert_eq!(next(&bench), Some(10));
    bench.wait(15);
    assert_eq!(next(&bench), Some(0), "a change that is overdue");
    assert_eq!(bench.due().len(), 1);
    assert_eq!(next(&bench), None, "it is the host's turn");
    bench.finish(&id);
    assert_eq!(next(&bench), Some(25));
}

#[test]
fn a_clock_that_steps_back_stops_nothing() {
    let mut bench = Bench::new(queued());
    let id = bench.submit();
    assert_eq!(state(bench.wait(20), &id), "in_queue 2");
    bench.now = WallTime::from_unix_millis(0);
    assert_eq!(state(&mut bench, &id), "in_queue 2");
    assert_eq!(state(bench.wait(10), &id), "in_progress");
}

/// Submits a job and hands in what is due after each gap; asks something else at each look.
fn play(scenario: Scenario, gaps: &[u64], looks: &BTreeSet<u64>) -> Line {
    let mut bench = Bench::new(scenario);
    let (start, mut at) = (bench.now, 0);
    bench.ask(&request("GET /"));
    for gap in gaps {
        for look in looks.range(at..at + gap) {
            bench.now = start.plus(Duration::from_secs(*look));
            bench.ask(&request("GET /"));
        }
        at += gap;
        bench.now = start.plus(Duration::from_secs(at));
        bench.submit();
        for work in bench.emulator.due(bench.now) {
            bench.finish(&work.id);
        }
    }
    bench.wait(9).ask(&request("GET /"));
    bench.emulator.line
}

proptest! {
    /// What one caller is told does not depend on how often others have asked before.
    #[test]
    fn asking_more_often_changes_nothing(
        ahead in 0_u32..4,
        tick in 0_u64..4,
        run in 0_u64..5,
        slots in 1_u32..3,
        gaps in prop::collection::vec(0_u64..6, 1..8),
        looks in prop::collection::btree_set(0_u64..40, 0..20),
    ) {
        let scenario = Scenario {
            ahead,
            tick: Duration::from_secs(tick),
            run: Duration::from_secs(run),
            slots: NonZeroU32::new(slots).expect("at least one"),
            ..Scenario::default()
        };
        let line = |looks: &BTreeSet<u64>| play(scenario.clone(), &gaps, looks);
        prop_assert_eq!(line(&looks), line(&BTreeSet::new()));
    }

    /// A place in the queue only ever gets better, and the last one is 1.
    #[test]
    fn a_place_in_the_queue_never_gets_worse(
        ahead in 0_u32..5, tick in 1_u64..5, jobs in 1_usize..5, steps in prop::collection::vec(0_u64..4, 1..30),
    ) {
        let tick = Duration::from_secs(tick);
        let mut bench = Bench::new(Scenario { ahead, tick, ..Scenario::default() });
        let ids: Vec<_> = (0..jobs).map(|_| bench.submit()).collect();
        let mut last = u32::MAX;
        for step in steps {
            bench.wait(step);
            for work in bench.emulator.due(bench.now) {
                bench.finish(&work.id);
            }
            let Some(job) = bench.emulator.line.job(&ids[jobs - 1]) else { break };
            let now = bench.emulator.clock.time;
            let Some(place) = bench.emulator.line.position(job, now, &bench.emulator.scenario) else { break };
            prop_assert!(place <= last && place >= 1, "{place} after {last}");
            last = place;
        }
    }
}
