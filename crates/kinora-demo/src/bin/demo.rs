//! The WebAssembly module that is the demo's service: `demo.js`, loaded with the first job.

use js_sys::Function;
use kinora_demo::desk;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

/// [`desk::open`], for the app.
#[wasm_bindgen]
pub async fn open(store: JsValue, options: JsValue, watcher: Function) -> Result<u32, JsValue> {
    desk::open(store, options, watcher).await
}

/// [`desk::send`], for the app.
#[wasm_bindgen]
pub async fn send(number: u32, request: JsValue) -> Result<JsValue, JsValue> {
    desk::send(number, request).await
}

/// [`desk::close`], for the app.
#[wasm_bindgen]
pub fn close(number: u32) {
    desk::close(number);
}

fn main() {}
