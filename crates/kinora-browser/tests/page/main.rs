//! The crate in a page of a real browser.

#![expect(
    clippy::unwrap_used,
    reason = "in a test, what is not there is a failure"
)]

#[path = "../support/mod.rs"]
mod support;

mod around;
mod connect;
mod file;
mod look;
mod retouch;
mod send;
mod store;
mod token;
mod unloaded;
mod value;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
