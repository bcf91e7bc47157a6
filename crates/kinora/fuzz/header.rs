//! See `tests/fuzzed/header.rs`, which also runs on every input that was ever found.
#![no_main]

#[path = "../tests/fuzzed/header.rs"]
mod header;

libfuzzer_sys::fuzz_target!(|input: &[u8]| header::try_out(input));
