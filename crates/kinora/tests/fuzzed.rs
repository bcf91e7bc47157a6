//! What fuzzing tries, on the inputs it starts from and on every one that it ever found something
//! with: `cargo xtask fuzz` says where to put those.

#![allow(clippy::expect_used, reason = "a test that cannot look must fail")]
#![allow(clippy::disallowed_methods, reason = "the inputs are files")]

#[path = "fuzzed/header.rs"]
mod header;
#[path = "fuzzed/schema.rs"]
mod schema;
#[path = "fuzzed/wire.rs"]
mod wire;

use std::fs;
use std::path::Path;

#[test]
fn every_kept_beginning_of_a_file_is_read() {
    check("header", header::try_out);
}

#[test]
fn every_kept_schema_is_read_and_held_against_drafts() {
    check("schema", schema::try_out);
}

#[test]
fn every_kept_answer_is_read() {
    check("wire", wire::try_out);
}

fn check(name: &str, try_out: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fuzzed")
        .join(name);
    let files = fs::read_dir(folder).expect("the kept inputs");
    let mut count = 0;
    for file in files {
        let path = file.expect("an input").path();
        eprintln!("{}", path.display());
        try_out(&fs::read(path).expect("an input"));
        count += 1;
    }
    assert!(count > 0, "there are inputs for {name}");
}
