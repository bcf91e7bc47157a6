//! WebP: RFC 9649 (§ are its), and RFC 6386 for lossy pictures.
//!
//! Exif in a WebP turns nothing: browsers ignore its orientation (seen in Chromium 156 on
//! 2026-11-25), so its chunk, which comes after the pixels, is not waited for.

use super::window::Source;
use super::{Flaw, Header};
use crate::image::ImageFormat;

/// Goes from chunk to chunk until the picture, or until an animation is announced.
#[derive(Clone, Debug, Default)]
pub(super) struct Reader {
    /// Where the next chunk begins; zero before the file's own size is read.
    place: u64,
    /// Where the last chunk ends.
    end: u64,
    /// What the extended header says, where there is one.
    canvas: Option<Header>,
}

impl Reader {
    pub(super) fn place(&self) -> u64 {
        self.place
    }

    pub(super) fn read(&mut self, source: &Source<'_>) -> Option<Header> {
        if self.place == 0 {
            // §2.4: what follows the size at 4 has that size.
            self.end = 8 + u64::from(u32::from_le_bytes(*source.array(4)?));
            self.place = FIRST_CHUNK;
        }
        // §2.3: a chunk is its name, the size of its data, and the data.
        while self.place + 8 <= self.end {
            let [n, a, m, e, size @ ..] = *source.array::<8>(self.place)?;
            let (data, size) = (self.place + 8, u32::from_le_bytes(size));
            match (u32::from_be_bytes([n, a, m, e]), &mut self.canvas) {
                (VP8X, canvas @ None) => {
                    let header = extended(source, data, size)?;
                    *canvas = Some(header);
                    // §2.7.1.1: frames of an animation may be smaller than their canvas.
                    if header.is_animated {
                        return Some(header);
                    }
                }
                (VP8, canvas) => return within(source, canvas, lossy(source, data, size)?),
                (VP8L, canvas) => return within(source, canvas, lossless(source, data, size)?),
                (_, None) => return source.malformed(Flaw::Order),
                // §2.7.1.2: transparency of the lossy picture that follows.
                (ALPH, Some(canvas)) => canvas.has_alpha = Some(true),
                _ => {}
            }
            // Data of odd size is followed by a byte that does not count.
            self.place = data + u64::from(size) + u64::from(size & 1);
        }
        source.malformed(Flaw::NoPixels)
    }
}

/// §2.7.1: flags, three bytes reserved, then width and height less one, in three bytes each.
fn extended(source: &Source<'_>, data: u64, size: u32) -> Option<Header> {
    let [flags, _, _, _, w, x, y, h, i, j] = *content::<10>(source, data, size)?;
    let width = u32::from_le_bytes([w, x, y, 0]) + 1;
    let height = u32::from_le_bytes([h, i, j, 0]) + 1;
    if width.checked_mul(height).is_none() {
        return source.malformed(Flaw::TooLarge);
    }
    let mut header = Header::plain(source, ImageFormat::WebP, (width, height))?;
    header.has_alpha = Some(flags & 0x10 != 0);
    header.is_animated = flags & 0x02 != 0;
    Some(header)
}

/// RFC 6386, 9.1: a tag of three bytes (key frame, version, shown, size of the first partition), a
/// start code, then width and height in 14 bits each.
fn lossy(source: &Source<'_>, data: u64, size: u32) -> Option<Header> {
    let [tag, _, _, s, t, c, w, x, h, i] = *content::<10>(source, data, size)?;
    let is_key_frame = tag & 1 == 0;
    let is_shown = tag >> 4 & 1 == 1;
    let is_known = tag >> 1 & 7 <= 3 && [s, t, c] == [0x9D, 0x01, 0x2A];
    if !(is_key_frame && is_shown && is_known) {
        return source.malformed(Flaw::Value);
    }
    let side = |bytes| u32::from(u16::from_le_bytes(bytes) & 0x3FFF);
    Header::plain(source, ImageFormat::WebP, (side([w, x]), side([h, i])))
}

/// §3.4: a byte of signature, then from the lowest bit on: width and height less one in 14 bits
/// each, whether alpha is used, and a version of zero.
fn lossless(source: &Source<'_>, data: u64, size: u32) -> Option<Header> {
    let [signature, bits @ ..] = *content::<5>(source, data, size)?;
    let bits = u32::from_le_bytes(bits);
    if signature != 0x2F || bits >> 29 != 0 {
        return source.malformed(Flaw::Value);
    }
    let stored = ((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1);
    let mut header = Header::plain(source, ImageFormat::WebP, stored)?;
    header.has_alpha = Some(bits >> 28 & 1 == 1);
    Some(header)
}

/// The first bytes of a chunk's data.
fn content<'bytes, const N: usize>(
    source: &Source<'bytes>,
    data: u64,
    size: u32,
) -> Option<&'bytes [u8; N]> {
    if (size as usize) < N {
        return source.malformed(Flaw::Length);
    }
    source.array(data)
}

/// A still picture fills its canvas, and has alpha if either says so.
fn within(source: &Source<'_>, canvas: &Option<Header>, picture: Header) -> Option<Header> {
    match canvas {
        Some(canvas) if canvas.stored != picture.stored => source.malformed(Flaw::SizesDiffer),
        Some(canvas) if canvas.has_alpha == Some(true) => Some(*canvas),
        _ => Some(picture),
    }
}

/// §2.4: `RIFF`, a size, `WEBP`.
const FIRST_CHUNK: u64 = 12;

const VP8: u32 = u32::from_be_bytes(*b"VP8 ");
const VP8L: u32 = u32::from_be_bytes(*b"VP8L");
const VP8X: u32 = u32::from_be_bytes(*b"VP8X");
const ALPH: u32 = u32::from_be_bytes(*b"ALPH");
