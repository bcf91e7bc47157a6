//! The WebAssembly module that works on pixels: `retouch.js`, loaded when they first matter.

use js_sys::Function;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

/// [`kinora_browser::retouch::work::retouch`], for `worker.js` and for the page.
#[wasm_bindgen]
pub fn retouch(order: JsValue, report: Function) {
    kinora_browser::retouch::work::retouch(order, report);
}

fn main() {}
