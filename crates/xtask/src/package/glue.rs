//! Scripts without what only their readers need: those who read, read the sources.

/// The same script without comments that are lines of their own, and without indentation.
///
/// Nothing in our scripts, nor in those that wasm-bindgen writes, is a text of several lines, which this
/// would change.
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

/// A script without the classes that stand for streams of Rust, for a module whose exports for
/// these are removed: nothing in the script makes one. It stays as it is where something does.
pub(crate) fn without_streams(script: &str) -> String {
    let mut rest = String::with_capacity(script.len());
    let mut is_last: Option<IsLast> = None;
    for line in script.lines() {
        is_last = is_last.or_else(|| starts_stream(line));
        match is_last {
            Some(is_so) if is_so(line) => is_last = None,
            Some(_) => {}
            None => {
                rest.push_str(line);
                rest.push('\n');
            }
        }
    }
    if rest.contains(STREAM) {
        return script.to_owned();
    }
    rest
}

/// Whether a line is the last of what began before it.
type IsLast = fn(&str) -> bool;

/// What ends that which begins here, if it is about such a class.
fn starts_stream(line: &str) -> Option<IsLast> {
    let begins = |with: &str| {
        let rest = line.strip_prefix(with);
        rest.is_some_and(|rest| rest.starts_with(STREAM))
    };
    if begins("export class ") {
        Some(|line| line == "}")
    } else if begins("if (Symbol.dispose) ") || begins("const ") {
        Some(|line| line.ends_with(';'))
    } else {
        None
    }
}

/// How wasm-bindgen's names of those classes begin.
const STREAM: &str = "IntoUnderlying";

#[cfg(test)]
mod tests {
    use super::*;

    const STREAMS: &str = "\
export class IntoUnderlyingSink {
    free() {
        wasm.__wbg_intounderlyingsink_free(this.__wbg_ptr, 0);
    }
}
if (Symbol.dispose) IntoUnderlyingSink.prototype[Symbol.dispose] = 1;
const IntoUnderlyingSinkFinalization = (typeof FinalizationRegistry === 'undefined')
    ? { register: () => {} }
    : new FinalizationRegistry(ptr => wasm.__wbg_intounderlyingsink_free(ptr, 1));
";

    #[test]
    fn streams_go_where_nothing_makes_one() {
        let script = "function a() {\n}\nconst b = 1;\n";
        assert_eq!(without_streams(&format!("{STREAMS}{script}")), script);
        let used =
            format!("{STREAMS}const c = new IntoUnderlyingSink();\nd(new IntoUnderlyingSink());\n");
        assert_eq!(without_streams(&used), used);
    }

    #[test]
    fn comments_and_indentation_go_and_all_else_stays() {
        let script = "/**\n * Begins.\n * @param {number} n\n */\nexport function a(n) {\n\n    \
                      // Cast.\n    const url = 'https://a'; /* b */\n    /* c */\n    return n;\n}";
        let wanted = "export function a(n) {\nconst url = 'https://a'; /* b */\nreturn n;\n}\n";
        assert_eq!(short(script), wanted);
    }
}
