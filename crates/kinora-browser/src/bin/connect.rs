//! The WebAssembly module that tries connections and keeps tokens: `connect.js`, loaded with the
//! first wish for either.

use js_sys::Function;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

/// [`kinora_browser::connect::work::connect`], for the page.
#[wasm_bindgen]
pub fn connect(order: JsValue, report: Function) {
    kinora_browser::connect::work::connect(order, report);
}

fn main() {}
