//! Panics without words, and no doors that nobody uses.
//!
//! Nobody hears a panic in `wasm32-unknown-unknown`: its words are made and thrown away, then the
//! module traps. Here the functions that make the words become the trap itself, and wasm-opt drops
//! what led to them. What a caller sees is the same. The names of source files, which only panics
//! tell (and which tell of the machine that built them), become zeros.

use std::collections::BTreeMap;

use super::format::{number, put, rebuilt, sections, word};
use crate::tools::rust;

/// Which exports stay.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Exports {
    /// All of them: scripts of wasm-bindgen's load the module.
    All,
    /// Those that `js/module.js` of the npm package uses; the start-up of a program that has no
    /// `main` to run is not among them.
    Called,
}

/// The module with silent panics; `None` when it is no WebAssembly module with names.
pub(crate) fn silence(module: &[u8], kept: Exports) -> Option<Vec<u8>> {
    let mut names = BTreeMap::new();
    let mut imports = 0;
    for (id, body) in sections(module)? {
        match id {
            IMPORT => imports = imported_functions(body)?,
            CUSTOM => {
                if let Some(found) = function_names(body) {
                    names = found;
                }
            }
            _ => {}
        }
    }
    if names.is_empty() {
        return None;
    }
    let files = files();
    rebuilt(module, |id, body| match id {
        CODE => code(body, imports, &names),
        EXPORT if kept == Exports::Called => exports(body),
        DATA => Some(without_files(body, &files)),
        _ => Some(body.to_vec()),
    })
}

fn code(body: &[u8], imports: usize, names: &BTreeMap<usize, String>) -> Option<Vec<u8>> {
    let mut rest = body;
    let count = number(&mut rest)?;
    let mut made = Vec::new();
    put(&mut made, count);
    for index in 0..count {
        let length = number(&mut rest)?;
        let (function, after) = rest.split_at_checked(length)?;
        rest = after;
        let speaks = names
            .get(&(index + imports))
            .is_some_and(|name| speaks(name));
        let function = if speaks { TRAP } else { function };
        put(&mut made, function.len());
        made.extend(function);
    }
    Some(made)
}

fn exports(body: &[u8]) -> Option<Vec<u8>> {
    let mut rest = body;
    let mut kept = Vec::new();
    let mut made = Vec::new();
    for _ in 0..number(&mut rest)? {
        let whole = rest;
        let name = word(&mut rest)?;
        rest = rest.get(1..)?;
        number(&mut rest)?;
        if !UNUSED.iter().any(|unused| unused.as_bytes() == name) {
            kept.push(whole.get(..whole.len() - rest.len())?);
        }
    }
    put(&mut made, kept.len());
    made.extend(kept.concat());
    Some(made)
}

/// The same data with zeros for the names of Rust's source files, and for [`WORDS`].
fn without_files(body: &[u8], files: &[String]) -> Vec<u8> {
    let mut made = body.to_vec();
    for words in WORDS {
        let places = body.windows(words.len()).enumerate();
        for (place, _) in places.filter(|(_, found)| *found == words.as_bytes()) {
            made[place..place + words.len()].fill(0);
        }
    }
    for (place, _) in body.iter().enumerate() {
        let rest = &body[place..];
        if !files.iter().any(|start| rest.starts_with(start.as_bytes())) {
            continue;
        }
        let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"/_-.".contains(byte);
        let name = rest.iter().take_while(|byte| is_name(byte)).count();
        let end = rest[..name].windows(3).position(|end| end == b".rs");
        if let Some(end) = end {
            made[place..place + end + 3].fill(0);
        }
    }
    made
}

/// How the names of source files begin: of the standard library, of ours, and of others'.
fn files() -> Vec<String> {
    let registry =
        rust::cargo_home().map(|home| home.join("registry/src/").to_string_lossy().into_owned());
    let known = ["/rustc/", "/rust/deps/", "crates/kinora", "web/src/"].map(str::to_owned);
    known.into_iter().chain(registry).collect()
}

/// Whether all that a function does is to panic, or to write words that only panics use.
fn speaks(name: &str) -> bool {
    let name = plain(name);
    let panics = [
        "core::panicking::",
        "std::panicking::",
        "core::option::",
        "core::result::",
    ];
    let is_panic = panics.iter().any(|start| name.starts_with(start))
        && ["panic", "_failed"].iter().any(|word| name.contains(word));
    let is_failure = (name.starts_with("core::slice::") || name.starts_with("core::str::"))
        && name.contains("_fail");
    is_panic
        || is_failure
        || name.contains(" as core::fmt::Debug>::fmt")
        || name.ends_with("::rust_begin_unwind")
        || name.ends_with("raw_vec::capacity_overflow")
        || name.ends_with("raw_vec::handle_error")
}

/// A name without the hashes of crates, as in `core[0123456789abcdef]::panicking`.
fn plain(name: &str) -> String {
    let mut plain = String::new();
    let mut depth = 0;
    for sign in name.chars() {
        match sign {
            '[' => depth += 1,
            ']' => depth -= 1,
            _ if depth == 0 => plain.push(sign),
            _ => {}
        }
    }
    plain
}

/// How many imports there are; ours are functions all.
fn imported_functions(mut body: &[u8]) -> Option<usize> {
    number(&mut body)
}

fn function_names(mut body: &[u8]) -> Option<BTreeMap<usize, String>> {
    let rest = &mut body;
    if word(rest)? != b"name" {
        return None;
    }
    while let Some((id, after)) = rest.split_first() {
        *rest = after;
        let length = number(rest)?;
        let (mut names, after) = rest.split_at_checked(length)?;
        *rest = after;
        if *id == FUNCTION_NAMES {
            let count = number(&mut names)?;
            let one = |_| {
                Some((
                    number(&mut names)?,
                    String::from_utf8_lossy(word(&mut names)?).into_owned(),
                ))
            };
            return (0..count).map(one).collect();
        }
    }
    None
}

const CUSTOM: u8 = 0;
const IMPORT: u8 = 2;
const EXPORT: u8 = 7;
const CODE: u8 = 10;
const DATA: u8 = 11;
const FUNCTION_NAMES: u8 = 1;
/// No locals; `unreachable`; `end`.
const TRAP: &[u8] = &[0, 0, 0x0b];

/// What wasm-bindgen and Rust export for scripts other than ours.
const UNUSED: [&str; 6] = [
    "main",
    "__abort_handler",
    "__instance_terminated",
    "__wbindgen_externrefs",
    "__wbindgen_realloc",
    "__wbindgen_start",
];

/// What only panics of the standard library say.
const WORDS: [&str; 12] = [
    "Attempted to initialize thread-local while it is being dropped",
    "Once instance has previously been poisoned",
    "RefCell already borrowed",
    "called `Option::unwrap()` on a `None` value",
    "capacity overflow",
    "divide by zero error when dividing duration by scalar",
    "failed to generate unique thread ID: bitspace exhausted",
    "one-time initialization may not be performed recursively",
    "overflow in Duration::new",
    "overflow when adding durations",
    "overflow when subtracting durations",
    "removal index (is ",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_panics_is_silenced() {
        for name in [
            "core[5930c85a12de822]::panicking::panic_fmt",
            "core[5930c85a12de822]::str::slice_error_fail",
            "<char as core[5930c85a12de822]::fmt::Debug>::fmt",
            "core[59]::option::unwrap_failed",
            "alloc[3c]::raw_vec::capacity_overflow",
        ] {
            assert!(speaks(name), "{name}");
        }
        for name in [
            "kinora::job::Job::handle",
            "<kinora::error::Error as core::fmt::Display>::fmt",
            "core[59]::fmt::write",
            "core::option::Option<T>::ok_or",
            "kinora::job::answer::<impl kinora::job::Job>::failed",
        ] {
            assert!(!speaks(name), "{name}");
        }
    }

    #[test]
    fn a_silenced_function_traps_and_the_others_stay() {
        let module = b"\0asm\x01\0\0\0\x0a\x09\x02\x03\x00\x01\x0b\x03\x00\x01\x0b\
                       \0\x2c\x04name\x01\x25\x02\x00\x1a\
                       core::panicking::panic_fmt\x01\x06normal";
        let silent = silence(module, Exports::All).unwrap();
        assert_eq!(
            &silent[8..19],
            b"\x0a\x09\x02\x03\x00\x00\x0b\x03\x00\x01\x0b"
        );
        assert_eq!(silence(b"\0asm\x01\0\0\0", Exports::All), None);
        assert_eq!(silence(b"<!doctype html>", Exports::All), None);
    }

    #[test]
    fn only_exports_that_are_used_stay() {
        let body = b"\x03\x04main\x00\x01\x04step\x00\x02\x06memory\x02\x00";
        let kept = b"\x02\x04step\x00\x02\x06memory\x02\x00";
        assert_eq!(exports(body).as_deref(), Some(&kept[..]));
        assert_eq!(exports(b"\x01\x09cut"), None);
    }

    #[test]
    fn the_words_of_panics_become_zeros() {
        let quiet = without_files(b"before capacity overflow after", &[]);
        let wanted = ["before ", &"\0".repeat(17), " after"].concat();
        assert_eq!(quiet, wanted.as_bytes());
    }

    #[test]
    fn names_of_source_files_become_zeros() {
        let data = b"a word/rustc/59807/library/core/src/str.rscrates/kinora/src/job.rs.rs";
        let quiet = without_files(data, &files());
        assert_eq!(quiet.len(), data.len());
        assert!(quiet.starts_with(b"a word\0"), "{quiet:?}");
        assert!(quiet.ends_with(b"\0.rs"), "{quiet:?}");
        assert_eq!(quiet.iter().filter(|byte| **byte != 0).count(), 9);
    }
}
