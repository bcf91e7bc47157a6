//! The package's module for stored jobs, loaded when somebody asks for them.

use kinora_npm::recall;
use wasm_bindgen::prelude::wasm_bindgen;

/// [`recall::recall`].
#[wasm_bindgen]
pub fn recall(wish: &str) -> String {
    recall::recall(wish)
}

fn main() {}

#[global_allocator]
static ALLOCATOR: lol_alloc::LockedAllocator<lol_alloc::FreeListAllocator> =
    lol_alloc::LockedAllocator::new(lol_alloc::FreeListAllocator::new());
