//! See `tests/fuzzed/wire.rs`, which also runs on every input that was ever found.
#![no_main]

#[path = "../tests/fuzzed/wire.rs"]
mod wire;

libfuzzer_sys::fuzz_target!(|input: &[u8]| wire::try_out(input));
