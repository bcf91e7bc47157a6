//! From the parts of a film to a file.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsValue;
use web_sys::{Blob, BlobPropertyBag};

use super::turn::Slices;
use crate::codec::Container;
use crate::js::words;
use crate::trouble::Trouble;

/// The parts, one after the other, as a file of its type.
pub(crate) async fn join(
    parts: &[Vec<u8>],
    container: Container,
    slices: &mut Slices,
) -> Result<Blob, Trouble> {
    let kept = |thrown: JsValue| Trouble::NotKept(words(&thrown));
    let blob = |some: &Array| Blob::new_with_u8_array_sequence(some).map_err(kept);
    let (blobs, mut some, mut length) = (Array::new(), Array::new(), 0);
    for chunk in parts.iter().flat_map(|part| part.chunks(HANDED_OVER)) {
        some.push(&Uint8Array::from(chunk));
        length += chunk.len();
        if length >= HANDED_OVER {
            blobs.push(blob(&some)?.as_ref());
            (some, length) = (Array::new(), 0);
            slices.pause_if_due().await;
        }
    }
    blobs.push(blob(&some)?.as_ref());
    let options = BlobPropertyBag::new();
    options.set_type(container.media_type());
    // The browser refers to blobs in blobs; it does not copy them.
    Blob::new_with_blob_sequence_and_options(&blobs, &options).map_err(kept)
}

/// Bytes handed over to the browser at once, or as many again: a millisecond's work.
const HANDED_OVER: usize = 1 << 18;
