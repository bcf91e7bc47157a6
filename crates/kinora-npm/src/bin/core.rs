//! The package's first module: the life of jobs.

use kinora_npm::{desk, wish};
use wasm_bindgen::prelude::wasm_bindgen;

/// [`desk::open`].
#[wasm_bindgen]
pub fn open(wish: &str, monotonic: f64, wall: f64) -> String {
    desk::open(wish, wish::now(monotonic, wall))
}

/// [`desk::step`].
#[wasm_bindgen]
pub fn step(happened: &str, job: u32, monotonic: f64, wall: f64) -> String {
    desk::step(happened, job, wish::now(monotonic, wall))
}

/// [`desk::close`].
#[wasm_bindgen]
pub fn close(job: u32) {
    desk::close(job);
}

fn main() {}

#[global_allocator]
static ALLOCATOR: lol_alloc::LockedAllocator<lol_alloc::FreeListAllocator> =
    lol_alloc::LockedAllocator::new(lol_alloc::FreeListAllocator::new());
