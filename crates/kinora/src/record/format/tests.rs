use super::*;

/// A record as version 1 wrote it. It must stay readable for ever.
const VERSION_1: &str = r#"{
    "version":1,"intent":"0000000000000000000000000000002a","model":"wan-ai/wan-2-2/image-to-video",
    "base":"https://relay.example.com","host":"kinora",
    "input":{"prompt":"fog","img_url":"https://example.com/a.png","seed":7},
    "created_at":1795305600000,"stage":"ended","request_id":"7f3a-1","submitted_at":1795305601000,
    "ending":"succeeded","files":[{"kind":"video","url":"https://x/a.mp4"}]}"#;

fn fixture() -> Value {
    serde_json::from_str(VERSION_1).expect("the fixture is JSON")
}

fn record() -> Record {
    Record::from_value(&fixture()).expect("version 1 is readable")
}

fn check(record: &Record) {
    assert_eq!(Record::from_value(&record.to_value()).as_ref(), Ok(record));
}

#[test]
fn version_1_stays_readable_and_is_what_we_write() {
    let record = record();
    assert_eq!(record.intent, IntentId::mint(42));
    assert_eq!(
        record.ticket().map(|ticket| ticket.id.as_str()),
        Some("7f3a-1")
    );
    assert_eq!(record.connection.host(), HostKind::Kinora);
    assert_eq!(
        record.created_at,
        WallTime::from_unix_millis(1_795_305_600_000)
    );
    assert_eq!(record.to_value(), fixture());
}

#[test]
fn every_stage_and_ending_comes_back() {
    let ended = record();
    let ticket = ended.ticket().expect("a ticket").clone();
    for stage in [
        Stage::Sending,
        Stage::Uncertain,
        Stage::Accepted(ticket.clone()),
    ] {
        check(&Record {
            stage,
            ..ended.clone()
        });
    }
    let file = |kind| Media {
        kind,
        url: "https://x/y".to_owned(),
    };
    for ending in [
        Ending::Succeeded(vec![file(MediaKind::Image), file(MediaKind::Other)]),
        Ending::Failed("no luck".to_owned()),
        Ending::Cancelled,
        Ending::Refused("no balance".to_owned()),
        Ending::Expired,
    ] {
        for ticket in [None, Some(ticket.clone())] {
            check(&Record {
                stage: Stage::Ended {
                    ticket,
                    ending: ending.clone(),
                },
                ..ended.clone()
            });
        }
    }
}

#[test]
fn damage_is_named_and_a_newer_version_is_told_apart() {
    let broken = |key: &str, value: Value| {
        let Value::Object(object) = fixture() else {
            panic!("an object")
        };
        Record::from_value(&Value::Object(object.with(key, value)))
    };
    assert_eq!(broken("version", Value::Int(2)), Err(RecordProblem::Newer));
    assert_eq!(
        broken("version", Value::Int(0)),
        Err(RecordProblem::Part("version"))
    );
    for key in [
        "intent",
        "model",
        "base",
        "host",
        "input",
        "created_at",
        "stage",
        "request_id",
        "submitted_at",
        "ending",
        "files",
    ] {
        assert_eq!(
            broken(key, Value::Null),
            Err(RecordProblem::Part(key)),
            "{key}"
        );
    }
    assert_eq!(
        Record::from_value(&Value::Null),
        Err(RecordProblem::Part("version"))
    );
}

/// A ticket as version 1 wrote it. It must stay readable for ever.
const TICKET_1: &str = r#"{
    "version":1,"model":"wan-ai/wan-2-2/image-to-video","base":"https://relay.example.com",
    "host":"kinora","request_id":"7f3a-1","submitted_at":1795305601000}"#;

#[test]
fn a_ticket_of_version_1_stays_readable_and_is_what_we_write() {
    let value: Value = serde_json::from_str(TICKET_1).expect("the fixture is JSON");
    let ticket = Ticket::from_value(&value).expect("version 1 is readable");
    assert_eq!(Some(&ticket), record().ticket());
    assert_eq!(ticket.to_value(), value);
    let Value::Object(object) = value else {
        panic!("an object")
    };
    for (key, bad, problem) in [
        ("version", Value::Int(2), RecordProblem::Newer),
        ("version", Value::Null, RecordProblem::Part("version")),
        (
            "request_id",
            Value::from("a/b"),
            RecordProblem::Part("request_id"),
        ),
        (
            "submitted_at",
            Value::Int(-1),
            RecordProblem::Part("submitted_at"),
        ),
        ("model", Value::Null, RecordProblem::Part("model")),
    ] {
        let broken = Value::Object(object.clone().with(key, bad));
        assert_eq!(Ticket::from_value(&broken), Err(problem), "{key}");
    }
}
