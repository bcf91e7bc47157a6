//! `data:` addresses, read by hand: a strict `connect-src` policy would refuse to fetch them.
//! <https://fetch.spec.whatwg.org/#data-url-processor>

use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::Blob;

/// The file in what follows `data:`.
pub(super) fn decode(rest: &str) -> Option<Blob> {
    let (kind, payload) = rest.split_once(',')?;
    let payload = payload.split('#').next().unwrap_or(payload);
    let bytes = unescape(payload);
    let bytes = if kind.trim_end().to_ascii_lowercase().ends_with(";base64") {
        base64(&bytes)?
    } else {
        bytes
    };
    let chunks = Array::of1(&Uint8Array::from(bytes.as_slice()));
    Blob::new_with_u8_array_sequence(&chunks).ok()
}

fn unescape(text: &str) -> Vec<u8> {
    let mut rest = text.as_bytes();
    let mut bytes = Vec::with_capacity(rest.len());
    while let Some((&first, after)) = rest.split_first() {
        let escaped = match (first, after) {
            (b'%', [high, low, ..]) => digit(*high).zip(digit(*low)),
            _ => None,
        };
        match escaped {
            Some((high, low)) => {
                bytes.push(high << 4 | low);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    bytes
}

fn digit(sign: u8) -> Option<u8> {
    u8::try_from(char::from(sign).to_digit(16)?).ok()
}

/// Each character that `atob` gives stands for one byte.
fn base64(text: &[u8]) -> Option<Vec<u8>> {
    let decoded = atob(core::str::from_utf8(text).ok()?).ok()?;
    decoded
        .chars()
        .map(|sign| u8::try_from(sign).ok())
        .collect()
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch)]
    fn atob(text: &str) -> Result<String, JsValue>;
}
