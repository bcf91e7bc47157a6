use super::super::options::Switch;
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
    ] {
        let line = ["emulate"].into_iter().chain(line.split_whitespace());
        assert!(Line::try_parse_from(line).is_err());
    }
}

#[test]
fn the_usual_emulator_is_watched_for_a_few_seconds() {
    let Line { options } = Line::try_parse_from(["emulate"]).expect("no option is needed");
    let scenario = options.scenario();
    assert_eq!(
        (options.port, scenario.ahead, scenario.tick.as_secs()),
        (8787, 3, 1)
    );
    assert_eq!((scenario.run.as_secs(), options.cors), (4, Switch::On));
}
