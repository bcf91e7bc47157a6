//! `kinora emulate` as a program: how it starts, what it says, how it ends, and the README's own
//! commands against it.

#![allow(clippy::expect_used, reason = "a test that cannot look must fail")]

mod process;
mod readme;

use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::time::{Duration, Instant};

use process::{Emulate, kinora};

const SUBMIT: &str = "POST /v1/models/wan-ai/wan-2-2/image-to-video HTTP/1.1\r\nHost: x\r\n\
    Content-Type: application/json\r\nContent-Length: 51\r\n\r\n\
    {\"prompt\":\"\",\"img_url\":\"https://example.com/a.png\"}";

/// The best of three, since other programs may keep the machine busy.
#[test]
fn it_is_ready_in_under_a_second() {
    let start = || {
        let begun = Instant::now();
        let _emulate = Emulate::start(&[]);
        begun.elapsed()
    };
    let best = [start(), start(), start()].into_iter().min();
    assert!(best < Some(Duration::from_secs(1)), "{best:?}");
}

#[test]
fn either_signal_ends_it_well_and_frees_the_port() {
    for signal in ["INT", "TERM"] {
        let mut emulate = Emulate::start(&[]);
        let port = emulate.port();
        // A connection that is kept alive does not hold the end up.
        let mut idle = emulate.connect();
        idle.write_all(b"GET /v1/models HTTP/1.1\r\nHost: x\r\n\r\n")
            .expect("it is written");
        let mut first = [0; 12];
        idle.read_exact(&mut first).expect("an answer");
        assert_eq!(&first, b"HTTP/1.1 200");
        let (code, lasted) = emulate.end(signal);
        assert_eq!(code, Some(0), "SIG{signal}");
        assert!(lasted < PATIENCE, "SIG{signal}: {lasted:?}");
        TcpListener::bind(("127.0.0.1", port)).expect("the port is free again");
    }
}

#[test]
fn a_call_that_is_never_answered_does_not_hold_the_end_up() {
    let mut emulate = Emulate::start(&["--fault", "submit=silent"]);
    let mut waiting = emulate.connect();
    waiting.write_all(SUBMIT.as_bytes()).expect("it is written");
    emulate.wait_until_asked("\"jobs_accepted\":1");
    let (code, lasted) = emulate.end("TERM");
    assert_eq!(code, Some(0));
    assert!(lasted < PATIENCE, "{lasted:?}");
    let mut answer = Vec::new();
    let read = waiting.read_to_end(&mut answer);
    assert!(read.is_err() || answer.is_empty(), "no answer ever came");
}

#[test]
fn a_request_that_never_ends_does_not_hold_the_end_up_for_long() {
    let mut emulate = Emulate::start(&[]);
    let mut slow = emulate.connect();
    let half = &SUBMIT[..SUBMIT.len() - 5];
    slow.write_all(half.as_bytes()).expect("it is written");
    emulate.wait_until_asked("\"jobs_accepted\":0");
    let (code, lasted) = emulate.end("TERM");
    assert_eq!(code, Some(0));
    assert!(lasted < PATIENCE, "{lasted:?}");
}

#[test]
fn the_presets_are_listed_with_what_they_promise() {
    let listed = kinora(&["emulate", "--list-scenarios"]);
    assert_eq!(listed.code, Some(0), "{listed:?}");
    for preset in kinora_emulator::Preset::ALL {
        let lines = listed.out.lines();
        let line = lines.filter(|line| line.starts_with(&format!("{} ", preset.name)));
        assert_eq!(line.count(), 1, "{}", preset.name);
        assert!(listed.out.contains(preset.meaning), "{}", preset.name);
    }
    let help = kinora(&["emulate", "--help"]);
    assert!(help.out.contains("accepted-silence") && help.out.contains("late-result-400005"));
}

#[test]
fn what_is_wrong_with_a_scenario_is_said_with_the_way_out() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("mine.json");
    let check = |text: &str, wanted: &str| {
        fs::write(&file, text).expect("a file");
        let path = file.to_str().expect("a path");
        let ended = kinora(&["emulate", "--port", "0", "--scenario", path]);
        assert_eq!((ended.code, ended.out.as_str()), (Some(1), ""), "{text}");
        assert!(ended.err.contains(wanted), "{text}: {}", ended.err);
    };
    check(
        "{\n \"run\": 1,\n}",
        "mine.json, this is no JSON: trailing comma at line 3 column 1; write",
    );
    check(
        "{\n \"runs\": 1}",
        "mine.json, line 2: \"runs\" is wrong: there is no such member; there are",
    );
    check(
        "{\"preset\": \"x\"}",
        "\"preset\" is wrong: it must be one of usual, instant",
    );
    let ended = kinora(&["emulate", "--port", "0", "--scenario", "no-such"]);
    assert!(
        ended
            .err
            .contains("neither a preset nor a file of the name \"no-such\""),
        "{ended:?}"
    );
}

#[test]
fn a_scenario_out_of_a_file_is_pretended() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("mine.json");
    fs::write(&file, r#"{"tokens": ["a"], "auth_refusal": "403"}"#).expect("a file");
    let emulate = Emulate::start(&["--scenario", file.to_str().expect("a path")]);
    assert!(emulate.get("/v1/models", "").starts_with("HTTP/1.1 403"));
    assert!(
        emulate
            .get("/v1/models", "Authorization: Bearer a\r\n")
            .starts_with("HTTP/1.1 200")
    );
}

#[test]
fn a_clip_of_the_persons_own_is_the_output() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("mine");
    fs::write(&file, b"\x1A\x45\xDF\xA3 a clip of mine").expect("a file");
    let path = file.to_str().expect("a path");
    let emulate = Emulate::start(&["--video", path, "--scenario", "instant", "--seed", "0"]);
    let answer = emulate.exchange(&SUBMIT.replace("Host: x", "Host: x\r\nConnection: close"));
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let result = emulate.get("/v1/requests/e220a8397b1dcdaf-1/result", "");
    let url = format!(
        "http://127.0.0.1:{}/outputs/e220a8397b1dcdaf-1.webm",
        emulate.port()
    );
    assert!(result.contains(&url), "{result}");
    let part = emulate.get("/outputs/e220a8397b1dcdaf-1.webm", "Range: bytes=5-10\r\n");
    let head = part.to_ascii_lowercase();
    assert!(
        part.starts_with("HTTP/1.1 206") && part.ends_with("\r\n\r\na clip"),
        "{part}"
    );
    assert!(
        head.contains("content-type: video/webm") && head.contains("content-range: bytes 5-10/19"),
        "{head}"
    );
}

#[test]
fn what_is_no_video_is_said_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("page.html");
    fs::write(&file, "<html>").expect("a file");
    let check = |path: &str, wanted: &str| {
        let ended = kinora(&["emulate", "--port", "0", "--video", path]);
        assert_eq!(ended.code, Some(1), "{ended:?}");
        assert!(ended.err.contains(wanted), "{ended:?}");
    };
    check(
        file.to_str().expect("a path"),
        "page.html is no video that browsers play; give an MP4,",
    );
    check("no-such.mp4", "no-such.mp4 cannot be read: ");
}

/// A call that hangs is cut off after two seconds; the rest is a busy machine's.
const PATIENCE: Duration = Duration::from_secs(8);
