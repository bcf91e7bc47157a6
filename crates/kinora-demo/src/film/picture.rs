//! From an image file to its pixels.

use js_sys::Object;
use kinora_motion::Still;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, ImageBitmap, OffscreenCanvas, OffscreenCanvasRenderingContext2d};

use super::turn::Slices;
use super::webcodecs::create_image_bitmap;
use crate::js::object;
use crate::trouble::Trouble;

/// Decodes a file, turned as its orientation says.
pub(crate) async fn decode(file: &Blob, slices: &mut Slices) -> Result<Still, Trouble> {
    let undecodable = |_| Trouble::Undecodable;
    let decoded = create_image_bitmap(file).map_err(undecodable)?;
    let bitmap: ImageBitmap = JsFuture::from(decoded).await.map_err(undecodable)?.into();
    slices.pause().await;
    let read = read(&bitmap, slices).await;
    bitmap.close();
    read.ok_or(Trouble::Undecodable)
}

/// A canvas whose pixels are kept where reading them is cheap.
pub(crate) fn canvas(
    width: u32,
    height: u32,
) -> Result<(OffscreenCanvas, OffscreenCanvasRenderingContext2d), JsValue> {
    let canvas = OffscreenCanvas::new(width, height)?;
    let options: Object = object([("willReadFrequently", true.into())]);
    let context = canvas
        .get_context_with_context_options("2d", &options)?
        .ok_or_else(|| JsValue::from("no 2d canvas"))?;
    Ok((canvas, context.unchecked_into()))
}

/// Draws in bands of rows, each well within a slice.
async fn read(bitmap: &ImageBitmap, slices: &mut Slices) -> Option<Still> {
    let (width, height) = fitted(bitmap.width(), bitmap.height());
    let band = (BAND_PIXELS / width).clamp(1, height);
    let (_canvas, context) = canvas(width, band).ok()?;
    let mut rgba = Vec::with_capacity(width as usize * height as usize * 4);
    for top in (0..height).step_by(band as usize) {
        let rows = band.min(height - top);
        context.clear_rect(0.0, 0.0, f64::from(width), f64::from(band));
        context
            .draw_image_with_image_bitmap_and_dw_and_dh(
                bitmap,
                0.0,
                -f64::from(top),
                f64::from(width),
                f64::from(height),
            )
            .ok()?;
        let pixels = context
            .get_image_data(0.0, 0.0, f64::from(width), f64::from(rows))
            .ok()?;
        rgba.extend_from_slice(&pixels.data());
        slices.pause_if_due().await;
    }
    Still::new(width, height, rgba).ok()
}

/// The size at which a picture is read: its own, unless that is longer than any video needs.
fn fitted(width: u32, height: u32) -> (u32, u32) {
    let scale = (f64::from(LONGEST) / f64::from(width.max(height).max(1))).min(1.0);
    let side = |length: u32| ((f64::from(length) * scale).round() as u32).max(1);
    (side(width), side(height))
}

/// More pixels a side than this make no better video, only a slower one.
const LONGEST: u32 = 4096;
/// Read at once: less than a millisecond's work.
const BAND_PIXELS: u32 = 1 << 17;

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test(unsupported = test)]
    fn only_huge_pictures_are_read_smaller() {
        let check = |size: (u32, u32), wanted| assert_eq!(fitted(size.0, size.1), wanted);
        check((832, 480), (832, 480));
        check((4096, 1), (4096, 1));
        check((8192, 4096), (4096, 2048));
        check((1, 16_384), (1, 4096));
    }
}
