//! Whether an image is transparent, pixel by pixel.

use web_sys::ImageBitmap;

use super::breath::Breath;
use super::canvas::Canvas;

/// Reads every pixel at full size, in tiles, and lets the page breathe in between; nothing when they
/// cannot be read.
pub(crate) async fn is_transparent(bitmap: &ImageBitmap) -> Option<bool> {
    let canvas = Canvas::readable(TILE_WIDTH, TILE_HEIGHT)?;
    let mut breath = Breath::taken();
    for y in (0..bitmap.height()).step_by(TILE_HEIGHT as usize) {
        for x in (0..bitmap.width()).step_by(TILE_WIDTH as usize) {
            let width = TILE_WIDTH.min(bitmap.width() - x);
            let height = TILE_HEIGHT.min(bitmap.height() - y);
            let pixels = canvas.pixels(bitmap, (x, y), (width, height))?;
            if pixels
                .chunks_exact(4)
                .any(|pixel| pixel.last() != Some(&u8::MAX))
            {
                return Some(true);
            }
            breath.when_due().await;
        }
    }
    Some(false)
}

/// One tile is 1 MiB of pixels: a few milliseconds to draw and read.
const TILE_WIDTH: u32 = 1024;
const TILE_HEIGHT: u32 = 256;
