//! Windows and OS/2 bitmaps.
//!
//! <https://learn.microsoft.com/windows/win32/gdi/bitmap-storage> names the structures; their
//! offsets here count from the start of the file, whose own header (BITMAPFILEHEADER) has 14 bytes.

use super::window::Source;
use super::{Colour, Flaw, Header};
use crate::image::ImageFormat;

pub(super) fn read(source: &Source<'_>) -> Option<Header> {
    let size = u32::from_le_bytes(*source.array(14)?);
    let fields = match size {
        12 => core(source)?,
        // BITMAPINFOHEADER (40), its forms with masks (52, 56), V4 (108), V5 (124); OS/2 2.x may
        // end after any of its fields, up to 64.
        16..=64 | 108 | 124 => long(source, size)?,
        _ => return source.malformed(Flaw::Length),
    };
    fields.judge(source)
}

struct Fields {
    stored: (u32, u32),
    planes: u16,
    bits: u16,
    compression: u32,
    alpha_mask: u32,
}

/// BITMAPCOREHEADER: sides of two bytes, planes, bits of a pixel.
fn core(source: &Source<'_>) -> Option<Fields> {
    let [w, x, h, i, p, q, b, c] = *source.array::<8>(18)?;
    Some(Fields {
        stored: (
            u16::from_le_bytes([w, x]).into(),
            u16::from_le_bytes([h, i]).into(),
        ),
        planes: u16::from_le_bytes([p, q]),
        bits: u16::from_le_bytes([b, c]),
        compression: RGB,
        alpha_mask: 0,
    })
}

/// Sides of four bytes; a negative height says that the top row comes first.
fn long(source: &Source<'_>, size: u32) -> Option<Fields> {
    let [w, x, y, z, h, i, j, k, p, q, b, c] = *source.array::<12>(18)?;
    let Ok(width) = u32::try_from(i32::from_le_bytes([w, x, y, z])) else {
        return source.malformed(Flaw::Value);
    };
    let compression = if size >= 20 {
        u32::from_le_bytes(*source.array(30)?)
    } else {
        RGB
    };
    Some(Fields {
        stored: (width, i32::from_le_bytes([h, i, j, k]).unsigned_abs()),
        planes: u16::from_le_bytes([p, q]),
        bits: u16::from_le_bytes([b, c]),
        compression,
        alpha_mask: alpha_mask(source, size, compression)?,
    })
}

/// Masks of red, green, blue and alpha begin at 54: inside the larger headers, and behind one of
/// 40 bytes when the compression is `BI_ALPHABITFIELDS`. OS/2's 64 bytes have other things there.
fn alpha_mask(source: &Source<'_>, size: u32, compression: u32) -> Option<u32> {
    match size {
        56 | 108 | 124 => {}
        40 if compression == ALPHABITFIELDS => {}
        _ => return Some(0),
    }
    Some(u32::from_le_bytes(*source.array(66)?))
}

impl Fields {
    fn judge(&self, source: &Source<'_>) -> Option<Header> {
        let is_possible = match self.compression {
            // The pixels are a whole JPEG or PNG: no depth of their own.
            JPEG | PNG => self.bits == 0,
            _ => matches!(self.bits, 1 | 2 | 4 | 8 | 16 | 24 | 32),
        };
        if self.planes != 1 || !is_possible {
            return source.malformed(Flaw::Value);
        }
        let mut header = Header::plain(source, ImageFormat::Bmp, self.stored)?;
        header.has_alpha = self.has_alpha();
        header.bits = self.bits.to_le_bytes()[0];
        if matches!(self.bits, 1..=8) {
            header.colour = Colour::Palette;
        }
        Some(header)
    }

    /// A mask counts where masks are used. A fourth byte without one should be ignored, yet some
    /// programs keep alpha there; run lengths may leave pixels out.
    fn has_alpha(&self) -> Option<bool> {
        match (self.compression, self.bits) {
            (BITFIELDS | ALPHABITFIELDS, 16 | 32) => Some(self.alpha_mask != 0),
            (RGB, 32) | (RLE8 | RLE4 | JPEG | PNG, _) => None,
            _ => Some(false),
        }
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
