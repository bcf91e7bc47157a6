//! Bytes that come piece by piece.

use core::time::Duration;

use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ReadableStream, ReadableStreamDefaultReader};

use crate::clock::within;

/// The pieces of a stream, which nobody else reads.
pub(crate) struct Pieces(ReadableStreamDefaultReader);

impl Pieces {
    pub(crate) fn of(stream: &ReadableStream) -> Self {
        Self(stream.get_reader().unchecked_into())
    }

    /// The next piece; nothing at the end.
    ///
    /// # Errors
    /// When the stream breaks off, or is silent for too long; what was thrown.
    pub(crate) async fn next(&mut self) -> Result<Option<Uint8Array>, JsValue> {
        let step = within(PATIENCE, JsFuture::from(self.0.read())).await;
        let step = step.ok_or(JsValue::UNDEFINED)??;
        if Reflect::get(&step, &"done".into())?.is_truthy() {
            return Ok(None);
        }
        Reflect::get(&step, &"value".into())?.dyn_into().map(Some)
    }
}

/// How long there may be no piece.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);
