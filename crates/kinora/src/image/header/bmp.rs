//! Windows and OS/2 bitmaps.
//!
//! <https://learn.microsoft.com/windows/win32/gdi/bitmap-storage> names the structures; their
//! offsets here count from the start of the file, whose own header (BITMAPFILEHEADER) has 14 bytes.

use super::flaw::sides;
use super::window::{Read, Window};
use super::{Coding, Colour, Flaw, Header, Orientation};
use crate::image::ImageFormat;

pub(super) fn read(window: &Window<'_>) -> Read<Header> {
    let fields = match window.u32_le(14)? {
        // BITMAPCOREHEADER: sides of two bytes, planes, bits per pixel.
        12 => Fields {
            width: u32::from(window.u16_le(18)?),
            height: u32::from(window.u16_le(20)?),
            planes: window.u16_le(22)?,
            bits: window.u16_le(24)?,
            compression: RGB,
            alpha_mask: 0,
        },
        // BITMAPINFOHEADER (40), its forms with masks (52, 56), V4 (108), V5 (124); OS/2 2.x may
        // end after any of its fields, up to 64.
        size @ (16..=64 | 108 | 124) => long(window, size)?,
        _ => return Err(Flaw::Length.into()),
    };
    fields.judge()
}

struct Fields {
    width: u32,
    height: u32,
    planes: u16,
    bits: u16,
    compression: u32,
    alpha_mask: u32,
}

/// Sides of four bytes; a negative height says that the top row comes first.
fn long(window: &Window<'_>, size: u32) -> Read<Fields> {
    let width = window.u32_le(18)?.cast_signed();
    let compression = if size >= 20 { window.u32_le(30)? } else { RGB };
    Ok(Fields {
        width: u32::try_from(width).map_err(|_| Flaw::Value)?,
        height: window.u32_le(22)?.cast_signed().unsigned_abs(),
        planes: window.u16_le(26)?,
        bits: window.u16_le(28)?,
        compression,
        alpha_mask: alpha_mask(window, size, compression)?,
    })
}

/// Masks of red, green, blue and alpha begin at 54: inside the larger headers, and behind one of
/// 40 bytes when the compression is `BI_ALPHABITFIELDS`. OS/2's 64 bytes have other things there.
fn alpha_mask(window: &Window<'_>, size: u32, compression: u32) -> Read<u32> {
    let is_there = match size {
        56 | 108 | 124 => true,
        40 => compression == ALPHABITFIELDS,
        _ => false,
    };
    if is_there { window.u32_le(66) } else { Ok(0) }
}

impl Fields {
    fn judge(&self) -> Read<Header> {
        let bits = u8::try_from(self.bits).map_err(|_| Flaw::Value)?;
        let is_possible = match self.compression {
            // The pixels are a whole JPEG or PNG: no depth of their own.
            JPEG | PNG => bits == 0,
            _ => matches!(bits, 1 | 2 | 4 | 8 | 16 | 24 | 32),
        };
        if self.planes != 1 || !is_possible {
            return Err(Flaw::Value.into());
        }
        Ok(Header {
            format: ImageFormat::Bmp,
            stored: sides(self.width, self.height)?,
            orientation: Orientation::UPRIGHT,
            has_alpha: self.has_alpha(),
            is_animated: false,
            colour: match bits {
                1..=8 => Colour::Palette,
                _ => Colour::Rgb,
            },
            coding: Coding::Plain,
            bits,
        })
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
