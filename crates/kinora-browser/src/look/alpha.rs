//! Whether an image is transparent: its header says whether it can be, its pixels whether it is.

use core::time::Duration;

use kinora::image::{Alpha, ImageFormat};
use web_sys::ImageBitmap;

use super::canvas::Canvas;
use crate::{now, sleep};

/// What header and pixels say; nothing when the pixels cannot be read.
pub(super) async fn judge(bitmap: &ImageBitmap, format: ImageFormat, file: &[u8]) -> Option<Alpha> {
    let channel = channel(format, file);
    if channel == Channel::None {
        return Some(Alpha::Opaque);
    }
    match (is_transparent(bitmap).await?, channel) {
        (true, _) => Some(Alpha::Transparent),
        (false, Channel::Has) => Some(Alpha::OpaqueChannel),
        (false, Channel::None | Channel::Unknown) => Some(Alpha::Opaque),
    }
}

/// What a header says about an alpha channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Channel {
    None,
    Has,
    Unknown,
}

fn channel(format: ImageFormat, file: &[u8]) -> Channel {
    let has = match format {
        ImageFormat::Jpeg => Some(false),
        ImageFormat::Png => png_channel(file),
        ImageFormat::WebP => webp_channel(file),
        ImageFormat::Bmp => bmp_channel(file),
        _ => None,
    };
    match has {
        Some(true) => Channel::Has,
        Some(false) => Channel::None,
        None => Channel::Unknown,
    }
}

/// Colour types 4 and 6 have alpha; any other may have a `tRNS` chunk, before the pixels.
/// <https://www.w3.org/TR/png-3/#11tRNS>
fn png_channel(file: &[u8]) -> Option<bool> {
    if matches!(file.get(25)?, 4 | 6) {
        return Some(true);
    }
    let mut place = 8;
    loop {
        let head = file.get(place..place + 8)?;
        let (length, name) = head.split_at(4);
        match name {
            b"tRNS" => return Some(true),
            b"IDAT" | b"IEND" => return Some(false),
            _ => {}
        }
        let length = u32::from_be_bytes(length.try_into().ok()?) as usize;
        place = place.checked_add(length)?.checked_add(12)?;
    }
}

/// The extended header has a flag, the lossless one a bit, and plain lossy images no alpha.
/// <https://developers.google.com/speed/webp/docs/riff_container>
fn webp_channel(file: &[u8]) -> Option<bool> {
    match file.get(12..16)? {
        b"VP8X" => Some(file.get(20)? & 0x10 != 0),
        b"VP8L" => Some(file.get(24)? & 0x10 != 0),
        b"VP8 " => Some(false),
        _ => None,
    }
}

/// Only pixels of 16 or 32 bits have room; what the rest of them means, browsers decide.
fn bmp_channel(file: &[u8]) -> Option<bool> {
    match file.get(28)? {
        16 | 32 => None,
        _ => Some(false),
    }
}

/// Reads every pixel at full size, in tiles, and lets the page breathe in between.
async fn is_transparent(bitmap: &ImageBitmap) -> Option<bool> {
    let canvas = Canvas::new(TILE_WIDTH, TILE_HEIGHT)?;
    let mut breath = now();
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
            if now().monotonic.since(breath.monotonic) > SLICE {
                sleep(Duration::ZERO).await;
                breath = now();
            }
        }
    }
    Some(false)
}

/// One tile is 1 MiB of pixels: a few milliseconds to draw and read.
const TILE_WIDTH: u32 = 1024;
const TILE_HEIGHT: u32 = 256;

/// How long to keep the page's thread before other tasks get their turn.
const SLICE: Duration = Duration::from_millis(12);
