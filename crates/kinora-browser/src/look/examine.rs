//! A file, looked into: format, completeness, size, transparency.

use js_sys::Uint8Array;
use kinora::image::{ImageFacts, ImageFormat, LookProblem, is_complete, recognise};
use kinora::limits::IMAGE_BYTES_MOST;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, ImageBitmap};

use super::alpha;
use super::element::measure;
use super::{Looked, Picture, facts};
use crate::file::FileUrl;

/// Looks into a whole file.
pub(super) async fn examine(blob: &Blob) -> Looked {
    let size = blob.size() as u64;
    let Some(bytes) = beginning(blob).await else {
        return Looked::failed(LookProblem::Unreachable);
    };
    let format = match image_format(&bytes) {
        Ok(format) => format,
        Err(problem) => return Looked::failed(problem),
    };
    let is_all = bytes.len() as u64 == size;
    if is_all && !is_complete(format, &bytes) {
        return Looked::failed(LookProblem::Damaged(format));
    }
    let facts = facts(format, size);
    match format {
        ImageFormat::Svg => drawing(blob, facts).await,
        _ => pixels(blob, format, &bytes, facts).await,
    }
}

/// Looks at the beginning of a file that is too large to be read.
pub(super) async fn only_head(head: &Blob, bytes: u64) -> Looked {
    let Some(start) = beginning(head).await else {
        return Looked::failed(LookProblem::Unreachable);
    };
    match image_format(&start) {
        Ok(format) => Looked::found(facts(format, bytes), None),
        Err(problem) => Looked::failed(problem),
    }
}

fn image_format(start: &[u8]) -> Result<ImageFormat, LookProblem> {
    match recognise(start) {
        None => Err(LookProblem::NotAnImage(None)),
        Some(format @ (ImageFormat::Html | ImageFormat::Pdf)) => {
            Err(LookProblem::NotAnImage(Some(format)))
        }
        Some(format) => Ok(format),
    }
}

async fn pixels(blob: &Blob, format: ImageFormat, bytes: &[u8], facts: ImageFacts) -> Looked {
    let Some(bitmap) = Bitmap::decode(blob).await else {
        return match format {
            // Every browser decodes these, so it is the file that is at fault.
            ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::Bmp | ImageFormat::WebP => {
                Looked::failed(LookProblem::Damaged(format))
            }
            _ => Looked::found(facts, None),
        };
    };
    let alpha = alpha::judge(&bitmap.0, format, bytes).await;
    shown(blob, bitmap.size(), ImageFacts { alpha, ..facts })
}

/// `createImageBitmap` refuses drawings; an element shows them.
async fn drawing(blob: &Blob, facts: ImageFacts) -> Looked {
    let typed = blob.slice_with_f64_and_f64_and_content_type(0.0, blob.size(), "image/svg+xml");
    let Ok(typed) = typed else {
        return Looked::found(facts, None);
    };
    let size = match FileUrl::new(&typed) {
        Ok(url) => measure(url.as_str()).await,
        Err(_) => None,
    };
    match size {
        Some(size) => shown(&typed, size, facts),
        None => Looked::found(facts, None),
    }
}

fn shown(blob: &Blob, (width, height): (u32, u32), mut facts: ImageFacts) -> Looked {
    facts.width = Some(width);
    facts.height = Some(height);
    let picture = FileUrl::new(blob)
        .ok()
        .map(|url| Picture::here(url, blob.clone(), (width, height)));
    Looked::found(facts, picture)
}

/// The whole file, unless it is too large to be of use anyway.
async fn beginning(blob: &Blob) -> Option<Vec<u8>> {
    let most = IMAGE_BYTES_MOST.count() as f64;
    let start = blob
        .slice_with_f64_and_f64(0.0, most.min(blob.size()))
        .ok()?;
    let buffer = JsFuture::from(start.array_buffer()).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}

/// Decoded pixels, freed on drop rather than when the collector comes by.
struct Bitmap(ImageBitmap);

impl Bitmap {
    async fn decode(blob: &Blob) -> Option<Self> {
        let decoding = create_image_bitmap(blob).ok()?;
        let bitmap = JsFuture::from(decoding).await.ok()?;
        bitmap.dyn_into().ok().map(Self)
    }

    fn size(&self) -> (u32, u32) {
        (self.0.width(), self.0.height())
    }
}

impl Drop for Bitmap {
    fn drop(&mut self) {
        self.0.close();
    }
}

#[wasm_bindgen]
extern "C" {
    /// The global function of windows and workers alike.
    #[wasm_bindgen(js_name = createImageBitmap, catch)]
    fn create_image_bitmap(blob: &Blob) -> Result<js_sys::Promise, JsValue>;
}
