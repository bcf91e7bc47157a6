//! `kinora serve` as a program: started, asked over HTTP, stopped.

#![allow(clippy::unwrap_used, reason = "a test that cannot look must fail")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

/// A program that lives as long as its test.
struct Kinora {
    child: Child,
    address: String,
    output: BufReader<std::process::ChildStdout>,
}

impl Kinora {
    fn serve(flags: &[&str]) -> Self {
        let mut child = program(flags).spawn().unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        let (_, after) = line.split_once("http://").unwrap();
        let address = after.split('/').next().unwrap().to_owned();
        Self {
            child,
            address,
            output,
        }
    }

    fn ask(&self, method: &str, target: &str, headers: &str, body: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let length = body.len();
        write!(
            stream,
            "{method} {target} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\
             content-length: {length}\r\n{headers}\r\n{body}"
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    /// Ends it as a service manager would; how it ended, and what it had told.
    fn end(mut self) -> (ExitStatus, String) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").arg(id).status().unwrap().success());
        let mut told = String::new();
        self.output.read_to_string(&mut told).unwrap();
        (self.child.wait().unwrap(), told)
    }
}

impl Drop for Kinora {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn program(flags: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kinora"));
    command
        .args(["serve", "--listen", "127.0.0.1:0", "--no-app"])
        .args(flags)
        .env_remove("RUNCOMFY_TOKEN")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

const SUBMIT: &str = "/v1/models/wan-ai/wan-2-2/image-to-video";
const JSON: &str = "content-type: application/json\r\n";
const INPUT: &str = r#"{"prompt":"the secret garden","img_url":"https://example.com/private.jpg"}"#;

#[test]
fn a_whole_job_passes_to_the_emulator_and_its_file_comes_back() {
    let kinora = Kinora::serve(&[
        "--emulate",
        "--emulate-with=--queue=0",
        "--emulate-with=--run=0",
    ]);
    let submitted = kinora.ask("POST", SUBMIT, JSON, INPUT);
    assert!(submitted.starts_with("HTTP/1.1 200"), "{submitted}");
    let ours = format!("\"status_url\":\"http://{}/v1/requests/", kinora.address);
    assert!(submitted.contains(&ours), "{submitted}");
    let (_, after) = submitted.split_once("\"request_id\":\"").unwrap();
    let id = after.split('"').next().unwrap();
    let result = kinora.ask("GET", &format!("/v1/requests/{id}/result"), "", "");
    assert!(result.contains("\"status\":\"succeeded\""), "{result}");
    let (_, after) = result.split_once("\"video\":\"").unwrap();
    let url = after.split('"').next().unwrap();
    let target = format!("/v1/outputs?url={url}");
    let mut stream = TcpStream::connect(&kinora.address).unwrap();
    write!(
        stream,
        "GET {target} HTTP/1.1\r\nhost: a\r\nconnection: close\r\nrange: bytes=4-7\r\n\r\n"
    )
    .unwrap();
    let mut file = Vec::new();
    stream.read_to_end(&mut file).unwrap();
    assert!(
        file.starts_with(b"HTTP/1.1 206"),
        "{}",
        String::from_utf8_lossy(&file)
    );
    assert!(file.ends_with(b"ftyp"), "the bytes that were asked for");
}

#[test]
fn the_log_tells_what_became_of_each_request_and_nothing_that_was_written() {
    for format in ["text", "json"] {
        let kinora = Kinora::serve(&["--emulate", "--log", format]);
        let secret = "authorization: Bearer the-callers-own\r\nkinora-intent: wish-1\r\n";
        kinora.ask("POST", SUBMIT, &[JSON, secret].concat(), INPUT);
        kinora.ask(
            "GET",
            "/v1/outputs?url=https://evil.example/private.mp4",
            "",
            "",
        );
        kinora.ask("GET", "/v1/models/kling/private/x?search=garden", "", "");
        let (status, told) = kinora.end();
        assert!(status.success(), "it ends well: {status}");
        let lines: Vec<_> = told
            .lines()
            .filter(|line| line.contains("reason"))
            .collect();
        assert_eq!(lines.len(), 3, "{told}");
        assert!(
            lines[0].contains("passed") && lines[0].contains("submit"),
            "{told}"
        );
        assert!(lines[1].contains("output_not_allowed"), "{told}");
        for word in [
            "the-callers-own",
            "wish-1",
            "garden",
            "private.",
            "evil.example",
        ] {
            assert!(!told.contains(word), "{word} in {told}");
        }
    }
}

#[test]
fn it_ends_when_it_is_told_to_though_callers_keep_their_connections() {
    let kinora = Kinora::serve(&["--emulate"]);
    let mut idle = TcpStream::connect(&kinora.address).unwrap();
    idle.set_read_timeout(Some(Duration::from_secs(20)))
        .unwrap();
    write!(idle, "GET /healthz HTTP/1.1\r\nhost: a\r\n\r\n").unwrap();
    assert!(idle.read(&mut [0; 999]).unwrap() > 0);
    let (status, _) = kinora.end();
    assert!(status.success(), "{status}");
    assert_eq!(
        idle.read(&mut [0; 9]).unwrap(),
        0,
        "the connection is closed"
    );
}

#[test]
fn without_a_token_it_does_not_begin_and_says_how() {
    let output = program(&[]).output().unwrap();
    assert!(!output.status.success());
    let told = String::from_utf8(output.stderr).unwrap();
    for word in ["RUNCOMFY_TOKEN", "--token-file", "--emulate"] {
        assert!(told.contains(word), "{told}");
    }
    let unknown = program(&["--token", "a-token-on-the-command-line"])
        .output()
        .unwrap();
    assert!(!unknown.status.success(), "a token is never a flag");
}

#[test]
fn a_relay_that_is_closed_says_what_will_not_pass() {
    let mut command = program(&["--log", "off"]);
    let mut child = command
        .env("RUNCOMFY_TOKEN", "token-4f1b9d2e7a")
        .spawn()
        .unwrap();
    let mut notes = BufReader::new(child.stderr.take().unwrap()).lines();
    let notes: Vec<_> = notes.by_ref().take(3).map(Result::unwrap).collect();
    child.kill().unwrap();
    child.wait().unwrap();
    for (note, word) in notes.iter().zip(["nobody may call", "no model", "no page"]) {
        assert!(
            note.starts_with("note: ") && note.contains(word),
            "{notes:?}"
        );
    }
}
