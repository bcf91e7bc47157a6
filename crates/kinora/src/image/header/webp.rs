//! WebP: RFC 9649 (§ are its), and RFC 6386 for lossy pictures.
//!
//! Exif in a WebP turns nothing: browsers ignore its orientation (seen in Chromium 156 on
//! 2026-11-25), so its chunk, which comes after the pixels, is not waited for.

use super::Flaw;
use super::progress::Progress;
use super::window::Source;

/// Goes from chunk to chunk until the picture, or until an animation is announced.
pub(super) fn read(progress: &mut Progress, source: &Source<'_>) -> Option<()> {
    if progress.place == 0 {
        // §2.4: what follows the size at 4 has that size.
        progress.end = 8 + u64::from(source.little(4)?);
        progress.place = FIRST_CHUNK;
    }
    // §2.3: a chunk is its name, the size of its data, and the data.
    while progress.place + 8 <= progress.end {
        let (name, size) = (
            source.little(progress.place)?,
            source.little(progress.place + 4)?,
        );
        let data = progress.place + 8;
        match name {
            VP8X if !progress.has_size() => {
                extended(progress, source, content(source, data, size)?)?;
                // §2.7.1.1: frames of an animation may be smaller than their canvas.
                if progress.header.is_animated {
                    return Some(());
                }
            }
            VP8 => return lossy(progress, source, content(source, data, size)?),
            VP8L => return lossless(progress, source, content(source, data, size)?),
            _ if !progress.has_size() => return source.malformed(Flaw::Order),
            // §2.7.1.2: transparency of the lossy picture that follows.
            ALPH => progress.header.has_alpha = Some(true),
            _ => {}
        }
        // Data of odd size is followed by a byte that does not count.
        progress.place = data + u64::from(size) + u64::from(size & 1);
    }
    source.malformed(Flaw::NoPixels)
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

/// §2.7.1: flags, three bytes reserved, then width and height less one, in three bytes each.
fn extended(progress: &mut Progress, source: &Source<'_>, content: &[u8; 10]) -> Option<()> {
    let [flags, _, _, _, w, x, y, h, i, j] = *content;
    let width = u32::from_le_bytes([w, x, y, 0]) + 1;
    let height = u32::from_le_bytes([h, i, j, 0]) + 1;
    if width.checked_mul(height).is_none() {
        return source.malformed(Flaw::TooLarge);
    }
    progress.header.has_alpha = Some(flags & 0x10 != 0);
    progress.header.is_animated = flags & 0x02 != 0;
    progress.sized(source, width, height)
}

/// RFC 6386, 9.1: a tag of three bytes, a start code, then width and height in 14 bits each. Of the
/// tag's first byte, the lowest bit is zero in a key frame, the next three are a version up to 3, and
/// the fifth says that the frame is shown.
fn lossy(progress: &mut Progress, source: &Source<'_>, content: &[u8; 10]) -> Option<()> {
    let [tag, _, _, 0x9D, 0x01, 0x2A, sides @ ..] = *content else {
        return source.malformed(Flaw::Value);
    };
    if tag & 0b1_1001 != 0b1_0000 {
        return source.malformed(Flaw::Value);
    }
    let sides = u32::from_le_bytes(sides);
    picture(progress, source, sides & 0x3FFF, sides >> 16 & 0x3FFF)
}

/// §3.4: a byte of signature, then from the lowest bit on: width and height less one in 14 bits
/// each, whether alpha is used, and a version of zero.
fn lossless(progress: &mut Progress, source: &Source<'_>, content: &[u8; 5]) -> Option<()> {
    let [signature, bits @ ..] = *content;
    let bits = u32::from_le_bytes(bits);
    if signature != 0x2F || bits >> 29 != 0 {
        return source.malformed(Flaw::Value);
    }
    if bits >> 28 != 0 {
        progress.header.has_alpha = Some(true);
    }
    picture(
        progress,
        source,
        (bits & 0x3FFF) + 1,
        (bits >> 14 & 0x3FFF) + 1,
    )
}

/// A still picture fills its canvas, where there is one.
fn picture(progress: &mut Progress, source: &Source<'_>, width: u32, height: u32) -> Option<()> {
    if progress.has_size() && progress.header.stored != (width, height) {
        return source.malformed(Flaw::SizesDiffer);
    }
    progress.sized(source, width, height)
}

/// §2.4: `RIFF`, a size, `WEBP`.
const FIRST_CHUNK: u64 = 12;

const VP8: u32 = u32::from_le_bytes(*b"VP8 ");
const VP8L: u32 = u32::from_le_bytes(*b"VP8L");
const VP8X: u32 = u32::from_le_bytes(*b"VP8X");
const ALPH: u32 = u32::from_le_bytes(*b"ALPH");
