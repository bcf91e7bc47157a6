//! Windows and OS/2 bitmaps.
//!
//! <https://learn.microsoft.com/windows/win32/gdi/bitmap-storage> names the structures; their
//! offsets here count from the start of the file, whose own header (BITMAPFILEHEADER) has 14 bytes.

use super::progress::Progress;
use super::window::Source;
use super::{Colour, Flaw};

pub(super) fn read(progress: &mut Progress, source: &Source<'_>) -> Option<()> {
    let size = source.little(14)?;
    let (sides, planes_and_bits) = match size {
        // BITMAPCOREHEADER: sides of two bytes.
        12 => {
            let sides = source.little(18)?;
            ((sides & 0xFFFF, sides >> 16), 22)
        }
        // BITMAPINFOHEADER (40), its forms with masks (52, 56), V4 (108), V5 (124); OS/2 2.x may
        // end after any of its fields, up to 64.
        16..=64 | 108 | 124 => ((source.little(18)?, source.little(22)?), 26),
        _ => return source.malformed(Flaw::Length),
    };
    let compression = match size {
        20.. => source.little(30)?,
        _ => RGB,
    };
    let [1, 0, bits, 0] = *source.array(planes_and_bits)? else {
        return source.malformed(Flaw::Value);
    };
    let is_possible = match compression {
        // The pixels are a whole JPEG or PNG: no depth of their own.
        JPEG | PNG => bits == 0,
        _ => matches!(bits, 1 | 2 | 4 | 8 | 16 | 24 | 32),
    };
    let (width, height) = (sides.0 as i32, sides.1 as i32);
    if !is_possible || width < 0 {
        return source.malformed(Flaw::Value);
    }
    let header = &mut progress.header;
    // A mask counts where masks are used. A fourth byte without one should be ignored, yet some
    // programs keep alpha there; run lengths may leave pixels out.
    header.has_alpha = match (compression, bits) {
        (BITFIELDS | ALPHABITFIELDS, 16 | 32) => Some(alpha_mask(source, size, compression)? != 0),
        (RGB, 32) | (RLE8 | RLE4 | JPEG | PNG, _) => None,
        _ => Some(false),
    };
    header.bits = bits;
    if matches!(bits, 1..=8) {
        header.colour = Colour::Palette;
    }
    // A negative height says that the top row comes first.
    progress.sized(source, width.unsigned_abs(), height.unsigned_abs())
}

/// Masks of red, green, blue and alpha begin at 54: inside the larger headers, and behind one of
/// 40 bytes when the compression is `BI_ALPHABITFIELDS`. OS/2's 64 bytes have other things there.
fn alpha_mask(source: &Source<'_>, size: u32, compression: u32) -> Option<u32> {
    match size {
        56 | 108 | 124 => source.little(66),
        40 if compression == ALPHABITFIELDS => source.little(66),
        _ => Some(0),
    }
}

// `biCompression`:
// <https://learn.microsoft.com/windows/win32/api/wingdi/ns-wingdi-bitmapv5header>.
const RGB: u32 = 0;
const RLE8: u32 = 1;
const RLE4: u32 = 2;
const BITFIELDS: u32 = 3;
const JPEG: u32 = 4;
const PNG: u32 = 5;
/// Windows CE's: four masks instead of three.
const ALPHABITFIELDS: u32 = 6;
