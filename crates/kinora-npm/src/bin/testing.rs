//! The package's module for tests: a service that exists only there.

use kinora_npm::testing;
use wasm_bindgen::prelude::wasm_bindgen;

/// [`testing::start`].
#[wasm_bindgen]
pub fn start(wish: &str) -> String {
    testing::start(wish)
}

/// [`testing::answer`].
#[wasm_bindgen]
pub fn answer(asked: &str, wall: f64) -> String {
    testing::answer(asked, wall)
}

/// [`testing::counts`].
#[wasm_bindgen]
pub fn counts(_: &str) -> String {
    testing::counts()
}

/// [`testing::presets`].
#[wasm_bindgen]
pub fn presets(_: &str) -> String {
    testing::presets()
}

fn main() {}

#[global_allocator]
static ALLOCATOR: lol_alloc::LockedAllocator<lol_alloc::FreeListAllocator> =
    lol_alloc::LockedAllocator::new(lol_alloc::FreeListAllocator::new());
