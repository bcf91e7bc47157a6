//! Fetches that end with the future that waits for them.

use wasm_bindgen::JsValue;
use web_sys::{AbortController, AbortSignal};

/// Aborts what listens to its signal when dropped; after an answer that changes nothing.
pub(crate) struct AbortGuard(AbortController);

impl AbortGuard {
    pub(crate) fn new() -> Result<Self, JsValue> {
        AbortController::new().map(Self)
    }

    pub(crate) fn signal(&self) -> AbortSignal {
        self.0.signal()
    }
}

impl Drop for AbortGuard {
    fn drop(&mut self) {
        self.0.abort();
    }
}
