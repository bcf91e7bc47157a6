//! The README's own lines: what they promise is what a reader sees.

use std::path::Path;
use std::process::Command;

use kinora::Value;

use crate::process::Emulate;

/// Where the README's emulator listens.
const THERE: &str = "127.0.0.1:8787";

#[test]
fn the_readmes_curl_lines_do_what_it_says() {
    let text = include_str!("../../../../README.md");
    let emulate = Emulate::start(&options(text));
    let folder = tempfile::tempdir().expect("a folder");
    let curls: Vec<_> = blocks(text).flat_map(curl_lines).collect();
    assert!(curls.len() >= 9, "only {} lines", curls.len());
    let mut id = String::new();
    for line in &curls {
        let answer = run(line, &emulate, folder.path(), &id);
        if line.contains(" -d ") {
            id = text_of(&answer, "request_id").unwrap_or_default();
        }
        let wanted = promised(line);
        assert!(
            answer.contains(wanted),
            "{line}\nanswered {answer}\nwithout {wanted}"
        );
    }
    let video = std::fs::read(folder.path().join("video.mp4")).expect("the video");
    assert_eq!(video.get(4..8), Some(&b"ftyp"[..]));
}

/// What an answer must contain, by the last part of the line.
fn promised(line: &str) -> &'static str {
    match line {
        _ if line.contains(" -d ") => "\"request_id\":",
        _ if line.ends_with("/status") => "\"status\":\"completed\"",
        _ if line.ends_with("/result") => "\"status\":\"succeeded\",\"output\":{\"video\":",
        _ if line.ends_with("/cancel") => "\"outcome\":\"not_cancellable\"",
        _ if line.contains("?search=") => {
            "{\"models\":[{\"model_id\":\"wan-ai/wan-2-2/image-to-video\""
        }
        _ if line.ends_with("/categories") => "{\"categories\":[\"image-to-video\"",
        _ if line.ends_with("/image-to-video") => "\"input_schema\":{\"type\":\"object\"",
        _ if line.ends_with("/emulator/log") => "\"jobs_accepted\":1",
        _ if line.contains("-o video.mp4") => "",
        _ => panic!("nothing is known of this line: {line}"),
    }
}

/// The options of the line that starts the emulator, but for its port.
fn options(text: &str) -> Vec<&str> {
    let line = text
        .lines()
        .find_map(|line| line.split_once(" -- emulate "));
    let words = line.expect("a line that starts it").1.split_whitespace();
    let all: Vec<_> = words.collect();
    let port = all
        .iter()
        .position(|word| *word == "--port")
        .expect("its port");
    assert!(
        THERE.ends_with(all[port + 1]),
        "the lines ask where it listens"
    );
    [&all[..port], &all[port + 2..]].concat()
}

fn blocks(text: &str) -> impl Iterator<Item = &str> {
    let after = text.split("```sh\n").skip(1);
    after.map(|block| block.split("```").next().unwrap_or_default())
}

/// The commands of a block that are curl's, each on one line.
fn curl_lines(block: &str) -> Vec<String> {
    let joined = block.replace("\\\n", " ");
    let lines = joined.lines().filter(|line| line.starts_with("curl "));
    lines.map(|line| line.trim().to_owned()).collect()
}

fn run(line: &str, emulate: &Emulate, folder: &Path, id: &str) -> String {
    let here = line.replace(THERE, &format!("127.0.0.1:{}", emulate.port()));
    let output = Command::new("sh")
        .args(["-ec", &here])
        .current_dir(folder)
        .env("REQUEST_ID", id)
        .output()
        .expect("a shell");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_ne!(
        output.status.code(),
        Some(127),
        "curl is missing: install it, as with `apt-get install curl`, or from https://curl.se ({said})"
    );
    assert!(output.status.success(), "{line}\n{said}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn text_of(answer: &str, key: &str) -> Option<String> {
    let value: Value = serde_json::from_str(answer).ok()?;
    value.as_object()?.text(key).map(str::to_owned)
}
