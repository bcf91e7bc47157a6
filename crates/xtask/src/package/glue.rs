//! The script that wasm-bindgen writes for a module, without what only its readers would need.

/// The same script without comments that are lines of their own, and without indentation.
///
/// Nothing in such a script is a text of several lines, which this would change.
pub(crate) fn short(script: &str) -> String {
    let mut short = String::with_capacity(script.len());
    let mut in_comment = false;
    for line in script.lines().map(str::trim) {
        in_comment |= line.starts_with("/*");
        if !in_comment && !line.is_empty() && !line.starts_with("//") {
            short.push_str(line);
            short.push('\n');
        }
        in_comment &= !line.ends_with("*/");
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_indentation_go_and_all_else_stays() {
        let script = "/**\n * Begins.\n * @param {number} n\n */\nexport function a(n) {\n\n    \
                      // Cast.\n    const url = 'https://a'; /* b */\n    /* c */\n    return n;\n}";
        let wanted = "export function a(n) {\nconst url = 'https://a'; /* b */\nreturn n;\n}\n";
        assert_eq!(short(script), wanted);
    }
}
