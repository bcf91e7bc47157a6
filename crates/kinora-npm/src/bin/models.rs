//! The package's second module: what is known of models and of inputs to them, in words.

use kinora_npm::{catalog, check, judge, wish};
use wasm_bindgen::prelude::wasm_bindgen;

/// [`check::check`].
#[wasm_bindgen]
pub fn check(wish: &str) -> String {
    check::check(wish)
}

/// [`catalog::ask`].
#[wasm_bindgen]
pub fn ask(wish: &str) -> String {
    catalog::ask(wish)
}

/// [`catalog::hear`].
#[wasm_bindgen]
pub fn hear(came: &str, question: u32, chance: f64, monotonic: f64, wall: f64) -> String {
    catalog::hear(came, question, chance, wish::now(monotonic, wall))
}

/// [`catalog::forget`], by the name that every module has for it.
#[wasm_bindgen]
pub fn close(question: u32) {
    catalog::forget(question);
}

/// [`judge::judge`].
#[wasm_bindgen]
pub fn judge(wish: &str) -> String {
    judge::judge(wish)
}

/// [`judge::most`].
#[wasm_bindgen]
pub fn most(wish: &str) -> String {
    judge::most(wish)
}

/// [`judge::plan`].
#[wasm_bindgen]
pub fn plan(wish: &str) -> String {
    judge::plan(wish)
}

/// [`judge::trial`].
#[wasm_bindgen]
pub fn trial(wish: &str) -> String {
    judge::trial(wish)
}

fn main() {}

#[global_allocator]
static ALLOCATOR: lol_alloc::LockedAllocator<lol_alloc::FreeListAllocator> =
    lol_alloc::LockedAllocator::new(lol_alloc::FreeListAllocator::new());
