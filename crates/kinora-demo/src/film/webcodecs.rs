//! Bindings to what web-sys lacks or keeps behind an unstable cfg: WebCodecs
//! (<https://www.w3.org/TR/webcodecs/>), and members of the window and of workers alike.

use js_sys::{Function, Object, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::Blob;

#[wasm_bindgen]
extern "C" {
    pub(crate) type VideoEncoder;

    /// Throws where the browser has no such class.
    #[wasm_bindgen(constructor, catch)]
    pub(crate) fn new(init: &Object) -> Result<VideoEncoder, JsValue>;

    #[wasm_bindgen(static_method_of = VideoEncoder, js_name = isConfigSupported, catch)]
    pub(crate) fn is_config_supported(config: &Object) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch)]
    pub(crate) fn configure(this: &VideoEncoder, config: &Object) -> Result<(), JsValue>;

    #[wasm_bindgen(method, catch)]
    pub(crate) fn encode(
        this: &VideoEncoder,
        frame: &VideoFrame,
        options: &Object,
    ) -> Result<(), JsValue>;

    #[wasm_bindgen(method, getter, js_name = encodeQueueSize)]
    pub(crate) fn encode_queue_size(this: &VideoEncoder) -> u32;

    #[wasm_bindgen(method, setter, js_name = ondequeue)]
    pub(crate) fn set_ondequeue(this: &VideoEncoder, handler: Option<&Function>);

    #[wasm_bindgen(method, catch)]
    pub(crate) fn flush(this: &VideoEncoder) -> Result<Promise, JsValue>;

    /// Throws when it is closed already, as after an error.
    #[wasm_bindgen(method, catch)]
    pub(crate) fn close(this: &VideoEncoder) -> Result<(), JsValue>;

    pub(crate) type VideoFrame;

    /// Copies the planes.
    #[wasm_bindgen(constructor, catch)]
    pub(crate) fn new(planes: &[u8], init: &Object) -> Result<VideoFrame, JsValue>;

    #[wasm_bindgen(method)]
    pub(crate) fn close(this: &VideoFrame);

    pub(crate) type EncodedVideoChunk;

    /// `key` or `delta`.
    #[wasm_bindgen(method, getter, js_name = type)]
    pub(crate) fn kind(this: &EncodedVideoChunk) -> String;

    #[wasm_bindgen(method, getter, js_name = byteLength)]
    pub(crate) fn byte_length(this: &EncodedVideoChunk) -> u32;

    #[wasm_bindgen(method, js_name = copyTo, catch)]
    pub(crate) fn copy_to(this: &EncodedVideoChunk, bytes: &mut [u8]) -> Result<(), JsValue>;

    #[wasm_bindgen(js_name = createImageBitmap, catch)]
    pub(crate) fn create_image_bitmap(picture: &Blob) -> Result<Promise, JsValue>;

    /// Milliseconds since the page or worker began.
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    pub(crate) fn milliseconds() -> f64;

    #[wasm_bindgen(thread_local_v2, js_namespace = navigator, js_name = userAgent)]
    pub(crate) static USER_AGENT: String;
}
