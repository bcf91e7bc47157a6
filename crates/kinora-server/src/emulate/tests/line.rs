use kinora_emulator::{Cors, Preset};

use super::*;

#[test]
fn a_command_line_that_means_nothing_is_refused() {
    for line in [
        "--queue soon",
        "--run -1",
        "--ahead 0",
        "--slots 0",
        "--fault x",
        "--cors maybe",
        "--token poor=many",
        "--auth-refusal 402",
        "--max-age soon",
    ] {
        let line = ["emulate"].into_iter().chain(line.split_whitespace());
        assert!(Line::try_parse_from(line).is_err());
    }
}

#[test]
fn the_usual_emulator_is_watched_for_a_few_seconds() {
    let Line { options } = Line::try_parse_from(["emulate"]).expect("no option is needed");
    let scenario = options.scenario().expect("a scenario");
    assert_eq!(
        (options.port, scenario.ahead, scenario.tick.as_secs()),
        (8787, 3, 1)
    );
    assert_eq!(
        (scenario.run.as_secs(), scenario.cors),
        (4, Cors::default())
    );
}

fn scenario(line: &str) -> kinora_emulator::Scenario {
    let line = ["emulate"].into_iter().chain(line.split_whitespace());
    let options = Line::try_parse_from(line).expect("a command line").options;
    options.scenario().expect("a scenario")
}

#[test]
fn a_preset_is_what_it_says_unless_an_option_changes_it() {
    let slow = Preset::named("slow").expect("a preset").scenario();
    let seeded = |line: &str| scenario(&format!("--seed 0 --scenario slow {line}"));
    assert_eq!(seeded(""), slow);
    let changed = seeded("--run 2 --slots 3 --balance 4 --cors off --max-age 7 --fault status=500");
    assert_eq!(
        (changed.run.as_secs(), changed.slots.get(), changed.balance),
        (2, 3, Some(4))
    );
    assert_eq!((changed.cors.answers, changed.cors.media), (false, true));
    assert_eq!(changed.cors.max_age.map(|age| age.as_secs()), Some(7));
    assert_eq!(
        (changed.faults.len(), changed.ahead, changed.tick),
        (1, slow.ahead, slow.tick)
    );
}

#[test]
fn a_queue_keeps_its_length_when_others_are_more_or_fewer() {
    let queue = |line: &str| {
        let scenario = scenario(line);
        (scenario.ahead, scenario.tick.as_millis())
    };
    assert_eq!(queue("--queue 6"), (3, 2000));
    assert_eq!(queue("--ahead 6"), (6, 500));
    assert_eq!(queue("--queue 6 --ahead 2"), (2, 3000));
    assert_eq!(queue("--queue 0"), (0, 0));
    assert_eq!(queue("--scenario instant --queue 6"), (3, 2000));
}
