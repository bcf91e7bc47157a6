//! The package's module for what is stored: jobs, loaded when somebody asks for them, and how long
//! they took, and whose turn it is, loaded with the second job.

use kinora_npm::{learned, recall, turn, wish};
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

/// [`turn::turn`].
#[wasm_bindgen]
pub fn turn(wish: &str, monotonic: f64, wall: f64) -> String {
    turn::turn(wish, wish::now(monotonic, wall))
}

/// [`turn::hold`].
#[wasm_bindgen]
pub fn hold(wish: &str, monotonic: f64, wall: f64) -> String {
    turn::hold(wish, wish::now(monotonic, wall))
}

/// [`turn::leave`].
#[wasm_bindgen]
pub fn leave(wish: &str) -> String {
    turn::leave(wish)
}

fn main() {}

#[global_allocator]
static ALLOCATOR: lol_alloc::LockedAllocator<lol_alloc::FreeListAllocator> =
    lol_alloc::LockedAllocator::new(lol_alloc::FreeListAllocator::new());
