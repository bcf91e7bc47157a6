//! A file as a `data:` URI.

use js_sys::Uint8Array;
use kinora::image::{ImageFormat, recognise};
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

/// The file with the type that it has by its first bytes, whatever its name says.
pub(super) async fn data_uri(file: &Blob) -> Option<String> {
    let buffer = JsFuture::from(file.array_buffer()).await.ok()?;
    let bytes = Uint8Array::new(&buffer).to_vec();
    let media_type = recognise(&bytes).and_then(ImageFormat::media_type);
    let media_type = media_type.unwrap_or("application/octet-stream");
    let mut uri = ["data:", media_type, ";base64,"].concat();
    uri.reserve(bytes.len().div_ceil(3) * 4);
    base64(&bytes, &mut uri);
    Some(uri)
}

/// <https://www.rfc-editor.org/rfc/rfc4648#section-4>
fn base64(bytes: &[u8], text: &mut String) {
    for group in bytes.chunks(3) {
        let mut bits = 0_u32;
        for place in 0..3 {
            bits = bits << 8 | group.get(place).copied().map_or(0, u32::from);
        }
        for place in 0..4 {
            let digit = bits >> (18 - 6 * place) & 63;
            text.push(if place <= group.len() {
                char::from(DIGITS[digit as usize])
            } else {
                '='
            });
        }
    }
}

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
