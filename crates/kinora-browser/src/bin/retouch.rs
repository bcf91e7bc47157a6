//! The WebAssembly module that looks at images and copies them: `retouch.js`, loaded with the first.

use js_sys::Function;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

/// [`kinora_browser::retouch::work::retouch`], for `worker.js` and for the page.
#[wasm_bindgen]
pub fn retouch(order: JsValue, report: Function) -> JsValue {
    kinora_browser::retouch::work::retouch(order, report)
}

fn main() {}
