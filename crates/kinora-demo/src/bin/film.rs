//! The WebAssembly module that makes the demo's videos: `film.js`, loaded with the first job.

use js_sys::Function;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

/// [`kinora_demo::film::film`], for `worker.js` and for the page.
#[wasm_bindgen]
pub fn film(order: JsValue, report: Function, gently: bool) {
    kinora_demo::film::film(order, report, gently);
}

fn main() {}
