//! Plain JavaScript values, and workers made from a trusted URL object, which web-sys lacks.

use js_sys::{Function, Object};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    pub(crate) type Worker;

    /// Takes a text or, where Trusted Types are required, a `TrustedScriptURL`, which web-sys
    /// cannot hand over.
    #[wasm_bindgen(constructor, catch)]
    pub(crate) fn new(url: &JsValue, options: &Object) -> Result<Worker, JsValue>;

    #[wasm_bindgen(method, js_name = postMessage, catch)]
    pub(crate) fn post_message(this: &Worker, message: &JsValue) -> Result<(), JsValue>;

    #[wasm_bindgen(method, setter, js_name = onmessage)]
    pub(crate) fn set_onmessage(this: &Worker, handler: Option<&Function>);

    #[wasm_bindgen(method, setter, js_name = onerror)]
    pub(crate) fn set_onerror(this: &Worker, handler: Option<&Function>);

    #[wasm_bindgen(method)]
    pub(crate) fn terminate(this: &Worker);
}

/// A plain object of these members.
pub(crate) fn object<const N: usize>(members: [(&str, JsValue); N]) -> Object {
    let entries: js_sys::Array = members
        .into_iter()
        .map(|(key, value)| js_sys::Array::of2(&key.into(), &value))
        .collect();
    Object::from_entries(&entries).unwrap_or_default()
}

/// A member of whatever JavaScript handed in; `undefined` where there is none.
pub(crate) fn member(value: &JsValue, key: &str) -> JsValue {
    js_sys::Reflect::get(value, &key.into()).unwrap_or_default()
}

/// What was thrown, as words for a log.
pub(crate) fn words(thrown: &JsValue) -> String {
    let message = member(thrown, "message");
    message
        .as_string()
        .or_else(|| thrown.as_string())
        .unwrap_or_else(|| "no details".to_owned())
}
