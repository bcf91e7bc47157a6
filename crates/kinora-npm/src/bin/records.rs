//! The package's module for what is stored: jobs, loaded when somebody asks for them, and how long
//! they took, loaded with the second job.

use kinora_npm::{learned, recall};
use wasm_bindgen::prelude::wasm_bindgen;

/// [`recall::recall`].
#[wasm_bindgen]
pub fn recall(wish: &str) -> String {
    recall::recall(wish)
}

/// [`learned::learn`].
#[wasm_bindgen]
pub fn learn(wish: &str) -> String {
    learned::learn(wish)
}

fn main() {}

#[global_allocator]
static ALLOCATOR: lol_alloc::LockedAllocator<lol_alloc::FreeListAllocator> =
    lol_alloc::LockedAllocator::new(lol_alloc::FreeListAllocator::new());
