//! Versions as programs print them.

use std::path::Path;
use std::process::Command;

use crate::process;

/// The version a program reports of itself, such as `0.21.14`; `None` if it does not run.
pub(crate) fn reported_by(program: &Path) -> Option<String> {
    let text = process::output(Command::new(program).arg("--version"))?;
    parse(&text).map(str::to_owned)
}

/// The first number of a version: 156 of `156.0.8078.79`.
pub(crate) fn major(version: &str) -> Option<u32> {
    version.split('.').next()?.parse().ok()
}

/// The first word that begins like a version, `v` or not.
fn parse(text: &str) -> Option<&str> {
    text.split_whitespace()
        .map(|word| word.strip_prefix('v').unwrap_or(word))
        .find(|word| word.starts_with(|first: char| first.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_program_has_its_own_way_to_say_its_version() {
        for (text, version) in [
            ("trunk 0.21.14", "0.21.14"),
            ("wasm-bindgen 0.2.130", "0.2.130"),
            ("wasm-opt version 132 (version_132)", "132"),
            ("v20.20.2", "20.20.2"),
            (
                "Chromium 156.0.8078.79 built on Debian GNU/Linux 12",
                "156.0.8078.79",
            ),
            ("Google Chrome 156.0.8078.79", "156.0.8078.79"),
            (
                "ChromeDriver 156.0.8078.79 (a21ce95c24ce-refs/heads@{#1704})",
                "156.0.8078.79",
            ),
        ] {
            assert_eq!(parse(text), Some(version), "{text}");
        }
        assert_eq!(parse("version unknown"), None);
        assert_eq!(parse(""), None);
    }

    #[test]
    fn the_major_version_is_a_number() {
        assert_eq!(major("156.0.8078.79"), Some(156));
        assert_eq!(major("132"), Some(132));
        assert_eq!(major("beta"), None);
    }
}
