use super::*;
use crate::SnapshotProblem;

/// A snapshot as version 1 writes it. It must stay readable for ever.
const VERSION_1: &str = concat!(
    r#"{"version":1,"time":70000,"freed_at":60000,"accepted":3,"spent":[3],"jobs":["#,
    r#"{"request_id":"e220a8397b1dcdaf-1","model":"wan-ai/wan-2-2/image-to-video","#,
    r#""input":{"prompt":"","img_url":"https://example.com/a.png"},"account":0,"accepted_at":0,"#,
    r#""status":"completed","at":60000,"#,
    r#""answer":{"request_id":"e220a8397b1dcdaf-1","status":"succeeded","#,
    r#""output":{"video":"http://127.0.0.1:8787/outputs/e220a8397b1dcdaf-1.mp4"}}},"#,
    r#"{"request_id":"e220a8397b1dcdaf-2","model":"wan-ai/wan-2-2/image-to-video","#,
    r#""input":{"prompt":"","img_url":"https://example.com/a.png"},"account":0,"accepted_at":0,"#,
    r#""status":"in_progress","since":60000},"#,
    r#"{"request_id":"e220a8397b1dcdaf-3","model":"wan-ai/wan-2-2/image-to-video","#,
    r#""input":{"prompt":"","img_url":"https://example.com/a.png"},"account":0,"#,
    r#""accepted_at":70000,"status":"in_queue"}],"#,
    r#""promises":[{"intent":"i-1","account":0,"request_id":"e220a8397b1dcdaf-3","at":70000}],"#,
    r#""seen":1795305670000}"#,
);

/// As it was written before accounts had balances of their own. It must stay readable, too.
fn before_balances() -> Value {
    let text = VERSION_1.replace(r#""spent":[3],"#, "");
    serde_json::from_str(&text).expect("the fixture is JSON")
}

/// One job done, one running, one in line under an intent.
fn bench() -> Bench {
    let mut bench = Bench::new(queued());
    let first = bench.submit();
    bench.submit();
    bench.wait(30).due();
    bench.finish(&first).wait(40).due();
    bench.ask(&with(submit(INPUT), "kinora-intent", "i-1"));
    bench
}

fn fixture() -> Value {
    serde_json::from_str(VERSION_1).expect("the fixture is JSON")
}

fn restore(value: &Value) -> Result<Emulator, SnapshotProblem> {
    Emulator::restore(queued(), base(), value)
}

#[test]
fn version_1_stays_readable_and_is_what_we_write() {
    let text = serde_json::to_string(&bench().emulator.snapshot()).expect("JSON");
    assert_eq!(text, VERSION_1);
    let restored = restore(&fixture()).expect("version 1 is readable");
    assert_eq!(restored.snapshot(), fixture());
}

#[test]
fn what_was_written_before_balances_stays_readable() {
    let old = before_balances();
    assert!(
        old.as_object()
            .is_some_and(|object| object.get("spent").is_none())
    );
    let restored = restore(&old).expect("it is readable");
    assert_eq!(
        restored.snapshot(),
        fixture(),
        "all was paid by the one account"
    );
}

#[test]
fn a_job_that_will_fail_fails_after_a_reload() {
    let scenario = Scenario {
        failing: crate::Failing::First(1),
        ..queued()
    };
    let mut bench = Bench::new(scenario);
    bench.submit();
    bench.emulator = restore(&bench.emulator.snapshot()).expect("a snapshot");
    assert_eq!(bench.wait(30).due(), [""; 0]);
    bench.wait(30);
    assert!(text(&bench.ask(&request(RESULT))).contains(r#""status":"failed""#));
}

#[test]
fn everything_goes_on_where_it_was() {
    let mut before = bench();
    let emulator = restore(&before.emulator.snapshot()).expect("a snapshot");
    let mut after = Bench {
        emulator,
        now: before.now,
    };
    for seconds in [0, 5, 20, 60] {
        before.wait(seconds);
        after.wait(seconds);
        for number in 1..=3 {
            for what in ["status", "result"] {
                let call = format!("GET /v1/requests/e220a8397b1dcdaf-{number}/{what}");
                assert_eq!(
                    after.ask(&request(&call)),
                    before.ask(&request(&call)),
                    "{call}"
                );
            }
        }
    }
    let again = with(submit(INPUT), "kinora-intent", "i-1");
    assert_eq!(after.ask(&again), before.ask(&again));
    assert_eq!(
        after.submit().as_str(),
        "e220a8397b1dcdaf-4",
        "no name is given twice"
    );
}

#[test]
fn unfinished_work_is_due_again() {
    let mut bench = bench();
    bench.emulator = restore(&bench.emulator.snapshot()).expect("a snapshot");
    assert_eq!(bench.due(), ["e220a8397b1dcdaf-2"]);
    assert_eq!(bench.due(), [""; 0]);
}

#[test]
fn a_result_that_is_held_back_is_not_made_again() {
    let mut bench = bench();
    bench.finish(&RequestId::parse("e220a8397b1dcdaf-2").expect("an id"));
    bench.emulator = restore(&bench.emulator.snapshot()).expect("a snapshot");
    assert_eq!(bench.due(), [""; 0]);
    let result = request("GET /v1/requests/e220a8397b1dcdaf-2/result");
    assert!(text(&bench.ask(&result)).contains("in_progress"));
    assert!(text(&bench.wait(20).ask(&result)).contains("succeeded"));
}

#[test]
fn a_cancelled_job_stays_cancelled() {
    let mut bench = bench();
    bench.ask(&request("POST /v1/requests/e220a8397b1dcdaf-3/cancel"));
    bench.emulator = restore(&bench.emulator.snapshot()).expect("a snapshot");
    let status = bench.ask(&request("GET /v1/requests/e220a8397b1dcdaf-3/status"));
    assert!(text(&status).contains(r#""status":"cancelled""#));
}

#[test]
fn what_is_damaged_is_named() {
    let with = |key: &str, value: Value| {
        Value::Object(
            fixture()
                .as_object()
                .expect("an object")
                .clone()
                .with(key, value),
        )
    };
    for (value, problem) in [
        (Value::Null, SnapshotProblem::Part("version")),
        (with("version", Value::Int(2)), SnapshotProblem::Newer),
        (
            with("version", Value::Int(0)),
            SnapshotProblem::Part("version"),
        ),
        (with("time", Value::Int(-1)), SnapshotProblem::Part("time")),
        (with("jobs", Value::Null), SnapshotProblem::Part("jobs")),
        (with("spent", Value::Null), SnapshotProblem::Part("spent")),
        (
            with("spent", Value::List(vec![Value::Int(-1)])),
            SnapshotProblem::Part("spent"),
        ),
        (
            with("jobs", Value::List(vec![Value::Null])),
            SnapshotProblem::Part("jobs"),
        ),
        (
            with("seen", Value::from("now")),
            SnapshotProblem::Part("seen"),
        ),
    ] {
        assert_eq!(restore(&value).err(), Some(problem));
    }
    let damaged = VERSION_1.replace("in_progress", "half_done");
    let value = serde_json::from_str(&damaged).expect("JSON");
    assert_eq!(restore(&value).err(), Some(SnapshotProblem::Part("status")));
}

#[test]
fn problems_are_sentences() {
    assert_eq!(
        SnapshotProblem::Part("jobs").to_string(),
        "The demo's stored jobs cannot be read: their \"jobs\" is damaged."
    );
    assert!(SnapshotProblem::Newer.to_string().contains("newer version"));
}
