//! The package's module for servers: the relay's rules.
//!
//! It lives long and remembers much, so it keeps the standard allocator.

use kinora_npm::relay;
use wasm_bindgen::prelude::wasm_bindgen;

/// [`relay::begin`].
#[wasm_bindgen]
pub fn begin(wish: &str) -> String {
    relay::begin(wish)
}

/// [`relay::recall`].
#[wasm_bindgen]
pub fn recall(wish: &str, wall: f64) -> String {
    relay::recall(wish, wall)
}

/// [`relay::renew`].
#[wasm_bindgen]
pub fn renew(wish: &str) -> String {
    relay::renew(wish)
}

/// [`relay::admit`].
#[wasm_bindgen]
pub fn admit(wish: &str, wall: f64) -> String {
    relay::admit(wish, wall)
}

/// [`relay::decide`].
#[wasm_bindgen]
pub fn decide(wish: &str, wall: f64) -> String {
    relay::decide(wish, wall)
}

/// [`relay::land`].
#[wasm_bindgen]
pub fn land(wish: &str) -> String {
    relay::land(wish)
}

/// [`relay::fetched`].
#[wasm_bindgen]
pub fn fetched(wish: &str) -> String {
    relay::fetched(wish)
}

fn main() {}
