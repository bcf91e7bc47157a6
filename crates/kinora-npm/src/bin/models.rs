//! The package's second module: what is known of models and of inputs to them, in words.

use kinora_npm::check;
use wasm_bindgen::prelude::wasm_bindgen;

/// [`check::check`].
#[wasm_bindgen]
pub fn check(wish: &str) -> String {
    check::check(wish)
}

fn main() {}

#[global_allocator]
static ALLOCATOR: lol_alloc::LockedAllocator<lol_alloc::FreeListAllocator> =
    lol_alloc::LockedAllocator::new(lol_alloc::FreeListAllocator::new());
