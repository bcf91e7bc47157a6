//! Scenarios by name or out of a file.

use std::fs;
use std::io;

use kinora::Value;
use kinora_emulator::{Preset, Scenario};

use super::EmulateError;

/// The preset of this name, or what the file of this name says.
///
/// # Errors
/// When there is neither, or the file is no scenario.
pub(super) fn named(name: &str) -> Result<Scenario, EmulateError> {
    if let Some(preset) = Preset::named(name) {
        return Ok(preset.scenario());
    }
    let text = fs::read_to_string(name).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => neither(name),
        _ => EmulateError::Scenario(format!("{name} cannot be read: {error}")),
    })?;
    read(&text).map_err(|words| EmulateError::Scenario(format!("{name}, {words}")))
}

fn read(text: &str) -> Result<Scenario, String> {
    let value: Value = serde_json::from_str(text)
        .map_err(|error| format!("this is no JSON: {error}; write an object such as {EXAMPLE}"))?;
    Scenario::from_value(&value).map_err(|problem| match line(text, &problem.field) {
        Some(line) => format!("line {line}: {problem}"),
        None => problem.to_string(),
    })
}

/// The line of a member, when its name stands on one line only.
fn line(text: &str, field: &str) -> Option<usize> {
    let name = field.rsplit('.').next()?.split('[').next()?;
    let quoted = format!("\"{name}\"");
    let mut lines = text.lines().enumerate();
    let mut found = lines.by_ref().filter(|(_, line)| line.contains(&quoted));
    let (at, _) = found.next()?;
    found.next().is_none().then_some(at + 1)
}

fn neither(name: &str) -> EmulateError {
    let names: Vec<_> = Preset::ALL.iter().map(|preset| preset.name).collect();
    EmulateError::Scenario(format!(
        "there is neither a preset nor a file of the name \"{name}\"; the presets are {}",
        names.join(", ")
    ))
}

const EXAMPLE: &str = r#"{"preset": "slow", "run": 20}"#;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_in_a_file_is_named_with_its_line() {
        let check = |text: &str, wanted: &str| {
            let words = read(text).expect_err("a mistake");
            assert!(words.starts_with(wanted), "{words}");
        };
        check(
            "{\n  \"run\": 4,\n}",
            "this is no JSON: trailing comma at line 3 column 1; write an object",
        );
        check(
            "{\n  \"runs\": 4\n}",
            "line 2: \"runs\" is wrong: there is no such member",
        );
        check(
            "{\n\n\"faults\": [\"submit=1\"]}",
            "line 3: \"faults[0]\" is wrong: ",
        );
        check(
            r#"{"cors": {"media": 1}}"#,
            "line 1: \"cors.media\" is wrong: it must be true or false",
        );
        check("7", "This is no scenario: it must be a JSON object.");
    }

    #[test]
    fn what_is_neither_preset_nor_file_is_said_so() {
        let error = named("fast").expect_err("no such preset").to_string();
        assert!(
            error.contains("\"fast\"; the presets are usual, instant, slow,"),
            "{error}"
        );
    }
}
