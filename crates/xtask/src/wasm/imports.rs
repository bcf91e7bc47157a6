//! Short names for what a module takes from its script.
//!
//! wasm-bindgen gives every import a name with a hash of sixteen digits, once in the module and once
//! in the script. Hashes do not compress, and both files know the names by nothing but their
//! spelling.

use super::format::{number, put, rebuilt, word};

/// Module and script with names of a few signs; `None` when the module cannot be read, or the
/// script does not have each name exactly once.
pub(crate) fn shorten(module: &[u8], script: &str) -> Option<(Vec<u8>, String)> {
    let mut script = script.to_owned();
    let made = rebuilt(module, |id, body| match id {
        IMPORT => imports(body, &mut script),
        _ => Some(body.to_vec()),
    })?;
    Some((made, script))
}

fn imports(body: &[u8], script: &mut String) -> Option<Vec<u8>> {
    let mut rest = body;
    let count = number(&mut rest)?;
    let mut made = Vec::new();
    put(&mut made, count);
    for index in 0..count {
        let from = word(&mut rest)?;
        let name = str::from_utf8(word(&mut rest)?).ok()?;
        let whole = rest;
        let ([FUNCTION], after) = rest.split_at_checked(1)? else {
            return None;
        };
        rest = after;
        number(&mut rest)?;
        let short = format!("_{index}");
        *script = renamed(script, name, &short)?;
        write(&mut made, from);
        write(&mut made, short.as_bytes());
        made.extend(whole.get(..whole.len() - rest.len())?);
    }
    Some(made)
}

/// The script with one key of its imports renamed.
fn renamed(script: &str, name: &str, short: &str) -> Option<String> {
    let key = format!(" {name}: ");
    let (before, after) = script.split_once(&key)?;
    let is_named_again = before.contains(name) || after.contains(&key);
    (!is_named_again).then(|| format!("{before} {short}: {after}"))
}

fn write(bytes: &mut Vec<u8>, word: &[u8]) {
    put(bytes, word.len());
    bytes.extend(word);
}

const IMPORT: u8 = 2;
const FUNCTION: u8 = 0;

#[cfg(test)]
mod tests {
    use super::*;

    const MODULE: &[u8] =
        b"\0asm\x01\0\0\0\x02\x19\x02\x01m\x07__wbg_a\0\x02\x01m\x07__wbg_b\0\x03";
    const SCRIPT: &str = "{ __wbg_a: function(x) {}, __wbg_b: y, }";

    #[test]
    fn both_files_have_the_same_short_names() {
        let (module, script) = shorten(MODULE, SCRIPT).expect("names");
        assert_eq!(script, "{ _0: function(x) {}, _1: y, }");
        assert_eq!(
            module,
            b"\0asm\x01\0\0\0\x02\x0f\x02\x01m\x02_0\0\x02\x01m\x02_1\0\x03"
        );
    }

    #[test]
    fn what_is_not_understood_stays_as_it_is() {
        assert_eq!(shorten(MODULE, "{ __wbg_a: x }"), None);
        assert_eq!(shorten(MODULE, &format!("{SCRIPT}{SCRIPT}")), None);
        assert_eq!(shorten(b"<!doctype html>", SCRIPT), None);
    }
}
