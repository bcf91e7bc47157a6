//! Windows and OS/2 bitmaps.
//! <https://learn.microsoft.com/windows/win32/gdi/bitmap-header-types>

use super::exif::Orientation;
use super::{Coding, Header, ImageFormat, Prefix, Stop, sides};

/// Reads the file header of 14 bytes, and the bitmap header after it, which begins with its own
/// size.
pub(super) fn read(prefix: Prefix<'_>) -> Result<Header, Stop> {
    match prefix.u32_le(14)? {
        12 => core(prefix),
        // OS/2 2.x, of 16 to 64 bytes, and Windows's of 40, 52, 56, 108 and 124.
        size @ (16..=64 | 108 | 124) => info(prefix, size),
        _ => Err(Stop::Malformed("its kind of header does not exist")),
    }
}

/// `BITMAPCOREHEADER`: two sides of 16 bits, planes, bits of a pixel.
fn core(prefix: Prefix<'_>) -> Result<Header, Stop> {
    let stored = (prefix.u16_le(18)?.into(), prefix.u16_le(20)?.into());
    header(stored, prefix.u16_le(24)?, Some(false))
}

/// `BITMAPINFOHEADER` and its successors: two sides of 32 bits, of which a negative height means
/// lines from the top down, planes, bits of a pixel, compression.
fn info(prefix: Prefix<'_>, size: u32) -> Result<Header, Stop> {
    let (width, height) = (prefix.u32_le(18)? as i32, prefix.u32_le(22)? as i32);
    let width = u32::try_from(width).map_err(|_| Stop::Malformed("the width is negative"))?;
    let bits = prefix.u16_le(28)?;
    let alpha = match bits {
        16 | 32 => alpha(prefix, size)?,
        _ => Some(false),
    };
    header((width, height.unsigned_abs()), bits, alpha)
}

/// Whether one of the masks is for alpha. Without masks, 32 bits leave room for alpha that some
/// readers use and others do not.
fn alpha(prefix: Prefix<'_>, size: u32) -> Result<Option<bool>, Stop> {
    let compression = if size >= 20 {
        prefix.u32_le(30)?
    } else {
        PLAIN
    };
    match (compression, size) {
        // Masks for red, green and blue follow a header of 40 bytes; longer ones include them, and
        // from 56 on one for alpha too, at the same place.
        (BIT_FIELDS, 56 | 108 | 124) | (ALPHA_BIT_FIELDS, _) => {
            prefix.u32_le(ALPHA_MASK).map(|mask| Some(mask != 0))
        }
        (BIT_FIELDS, _) => Ok(Some(false)),
        _ => Ok(None),
    }
}

fn header(stored: (u32, u32), bits: u16, has_alpha: Option<bool>) -> Result<Header, Stop> {
    let known = [1, 2, 4, 8, 16, 24, 32];
    let bits = u8::try_from(bits).ok().filter(|bits| known.contains(bits));
    Ok(Header {
        format: ImageFormat::Bmp,
        stored: sides(stored.0, stored.1)?,
        orientation: Orientation::UPRIGHT,
        has_alpha,
        is_animated: false,
        coding: Coding::Plain,
        bits: bits.ok_or(Stop::Malformed("its pixels have no possible depth"))?,
    })
}

const PLAIN: u32 = 0;
const BIT_FIELDS: u32 = 3;
const ALPHA_BIT_FIELDS: u32 = 6;

/// After the file header of 14 bytes: 40 of the bitmap's, and masks of 4 for red, green and blue.
const ALPHA_MASK: u64 = 14 + 40 + 12;
