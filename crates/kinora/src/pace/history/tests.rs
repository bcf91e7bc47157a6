use super::*;

/// Histories as version 1 wrote them. They must stay readable for ever.
const VERSION_1: &str = r#"{"version":1,"durations":{
    "wan-ai/wan-2-2/image-to-video 5 480P - - - - - -":[61000,58500],
    "wan-ai/wan-2-2/image-to-video 5 1080P - - - - - -":[120000]}}"#;

fn model() -> ModelId {
    ModelId::parse("wan-ai/wan-2-2/image-to-video").expect("an id")
}

fn input(resolution: &str) -> Object {
    Object::new()
        .with("prompt", "fog")
        .with("resolution", resolution)
        .with("duration", 5)
        .with("seed", 7)
}

fn fixture() -> Value {
    serde_json::from_str(VERSION_1).expect("the fixture is JSON")
}

#[test]
fn version_1_stays_readable_and_is_what_we_write() {
    let histories = Histories::from_value(&fixture());
    let durations = |resolution| histories.of(&model(), &input(resolution)).durations;
    assert_eq!(durations("480P"), [61_000, 58_500]);
    assert_eq!(durations("1080P"), [120_000]);
    assert_eq!(histories.to_value(), fixture());
}

#[test]
fn what_does_not_bear_on_the_time_is_of_no_matter() {
    let mut histories = Histories::default();
    let other = input("480P").with("prompt", "rain").with("seed", 8);
    histories.add(&model(), &other, Duration::from_secs(60));
    assert_eq!(histories.of(&model(), &input("480P")).len(), 1);
    assert!(histories.of(&model(), &input("1080P")).is_empty());
    let other = ModelId::parse("a/b").expect("an id");
    assert!(histories.of(&other, &input("480P")).is_empty());
}

#[test]
fn only_the_last_durations_are_kept() {
    let mut history = History::EMPTY;
    (0..40).for_each(|seconds| history.add(Duration::from_secs(seconds)));
    assert_eq!(history.len(), History::LONGEST);
    assert_eq!(history.durations.first(), Some(&8_000));
    history.add(Duration::MAX);
    assert_eq!(history.durations.last(), Some(&u32::MAX));
}

#[test]
fn only_the_models_asked_last_are_kept() {
    let mut histories = Histories::default();
    let id = |number: usize| ModelId::parse(&format!("a/{number}")).expect("an id");
    let nothing = Object::new();
    for number in (0..Histories::MOST).chain([0, 100]) {
        histories.add(&id(number), &nothing, Duration::from_secs(1));
    }
    assert_eq!(histories.known.len(), Histories::MOST);
    assert_eq!(histories.of(&id(0), &nothing).len(), 2, "added to again");
    assert!(histories.of(&id(1), &nothing).is_empty(), "the oldest goes");
}

#[test]
fn what_cannot_be_read_is_learned_anew() {
    for text in [
        "null",
        "{}",
        r#"{"version":2,"durations":{"a":[1]}}"#,
        r#"{"version":1,"durations":[1]}"#,
    ] {
        let value = serde_json::from_str(text).expect("JSON");
        assert_eq!(
            Histories::from_value(&value),
            Histories::default(),
            "{text}"
        );
    }
    let odd = serde_json::from_str(r#"{"version":1,"durations":{"a":[5,"x",-1,0],"b":7}}"#);
    let histories = Histories::from_value(&odd.expect("JSON"));
    let lengths: Vec<_> = histories
        .known
        .iter()
        .map(|(_, known)| known.len())
        .collect();
    assert_eq!(lengths, [2, 0]);
}
