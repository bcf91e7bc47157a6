//! The package's module for images: what their first bytes say.

use kinora_npm::image;
use wasm_bindgen::prelude::wasm_bindgen;

/// [`image::begin`].
#[wasm_bindgen]
pub fn begin() -> u32 {
    image::begin()
}

/// [`image::grow`].
#[wasm_bindgen]
pub fn grow(file: u32, piece: &[u8]) -> u32 {
    image::grow(file, piece)
}

/// [`image::end`].
#[wasm_bindgen]
pub fn end(file: u32) -> u32 {
    image::end(file)
}

/// [`image::told`].
#[wasm_bindgen]
pub fn told(file: u32, what: u32) -> f64 {
    image::told(file, what)
}

/// [`image::format`].
#[wasm_bindgen]
pub fn format(file: u32) -> String {
    image::format(file)
}

/// [`image::most`].
#[wasm_bindgen]
pub fn most() -> f64 {
    image::most()
}

/// [`image::close`].
#[wasm_bindgen]
pub fn close(file: u32) {
    image::close(file);
}

fn main() {}

#[global_allocator]
static ALLOCATOR: lol_alloc::LockedAllocator<lol_alloc::FreeListAllocator> =
    lol_alloc::LockedAllocator::new(lol_alloc::FreeListAllocator::new());
