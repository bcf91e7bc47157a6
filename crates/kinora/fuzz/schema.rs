//! See `tests/fuzzed/schema.rs`, which also runs on every input that was ever found.
#![no_main]

#[path = "../tests/fuzzed/schema.rs"]
mod schema;

libfuzzer_sys::fuzz_target!(|input: &[u8]| schema::try_out(input));
