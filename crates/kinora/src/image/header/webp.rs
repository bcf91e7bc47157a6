//! WebP: RFC 9649 (§ are its), and RFC 6386 for lossy pictures.
//!
//! Exif in a WebP turns nothing: browsers ignore its orientation (seen in Chromium 156 on
//! 2026-11-25), so its chunk, which comes after the pixels, is not waited for.

use super::flaw::sides;
use super::window::{Read, Window, after};
use super::{Coding, Colour, Flaw, Header, Orientation};
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

/// §2.3: a name, the size of the data, the data.
struct Chunk {
    name: [u8; 4],
    data: u64,
    size: u64,
}

impl Reader {
    pub(super) fn place(&self) -> u64 {
        self.place
    }

    pub(super) fn read(&mut self, window: &Window<'_>) -> Read<Header> {
        if self.place == 0 {
            // §2.4: what follows the size at 4 has that size.
            self.end = after(8, u64::from(window.u32_le(4)?))?;
            self.place = FIRST_CHUNK;
        }
        while let Some(chunk) = self.chunk(window)? {
            match (&chunk.name, self.canvas.as_mut()) {
                (b"VP8X", None) => {
                    let canvas = extended(window, &chunk)?;
                    self.canvas = Some(canvas);
                    // §2.7.1.1: frames of an animation may be smaller than their canvas.
                    if canvas.is_animated {
                        return Ok(canvas);
                    }
                }
                (b"VP8 ", canvas) => return within(canvas, lossy(window, &chunk)?),
                (b"VP8L", canvas) => return within(canvas, lossless(window, &chunk)?),
                (_, None) => return Err(Flaw::Order.into()),
                // §2.7.1.2: transparency of the lossy picture that follows.
                (b"ALPH", Some(canvas)) => canvas.has_alpha = Some(true),
                _ => {}
            }
            // §2.3: data of odd size is followed by a byte that does not count.
            self.place = after(chunk.data, chunk.size + chunk.size % 2)?;
        }
        Err(Flaw::NoPixels.into())
    }

    /// The next chunk, unless the file ends before it.
    fn chunk(&self, window: &Window<'_>) -> Read<Option<Chunk>> {
        let data = after(self.place, 8)?;
        if data > self.end {
            return Ok(None);
        }
        Ok(Some(Chunk {
            name: window.array(self.place)?,
            data,
            size: u64::from(window.u32_le(data - 4)?),
        }))
    }
}

/// §2.7.1: flags, three bytes reserved, then width and height less one, in three bytes each.
fn extended(window: &Window<'_>, chunk: &Chunk) -> Read<Header> {
    if chunk.size < 10 {
        return Err(Flaw::Length.into());
    }
    let flags = window.byte(chunk.data)?;
    let width = window.u24_le(chunk.data + 4)? + 1;
    let height = window.u24_le(chunk.data + 7)? + 1;
    if u64::from(width) * u64::from(height) > u64::from(u32::MAX) {
        return Err(Flaw::TooLarge.into());
    }
    Ok(Header {
        is_animated: flags & 0x02 != 0,
        ..header((width, height), flags & 0x10 != 0)
    })
}

/// RFC 6386, 9.1: a tag of three bytes (key frame, version, shown, size of the first partition), a
/// start code, then width and height in 14 bits each.
fn lossy(window: &Window<'_>, chunk: &Chunk) -> Read<Header> {
    if chunk.size < 10 {
        return Err(Flaw::Length.into());
    }
    let [tag, _, _] = window.array(chunk.data)?;
    let is_key_frame = tag & 1 == 0;
    let is_shown = tag >> 4 & 1 == 1;
    let is_known = tag >> 1 & 7 <= 3 && window.array(chunk.data + 3)? == [0x9D, 0x01, 0x2A];
    if !(is_key_frame && is_shown && is_known) {
        return Err(Flaw::Value.into());
    }
    let (width, height) = (
        window.u16_le(chunk.data + 6)?,
        window.u16_le(chunk.data + 8)?,
    );
    let stored = sides((width & 0x3FFF).into(), (height & 0x3FFF).into())?;
    Ok(header(stored, false))
}

/// §3.4: a byte of signature, then from the lowest bit on: width and height less one in 14 bits
/// each, whether alpha is used, and a version of zero.
fn lossless(window: &Window<'_>, chunk: &Chunk) -> Read<Header> {
    if chunk.size < 5 {
        return Err(Flaw::Length.into());
    }
    let bits = window.u32_le(chunk.data + 1)?;
    if window.byte(chunk.data)? != 0x2F || bits >> 29 != 0 {
        return Err(Flaw::Value.into());
    }
    let stored = ((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1);
    Ok(header(stored, bits >> 28 & 1 == 1))
}

/// A still picture fills its canvas, and has alpha if either says so.
fn within(canvas: Option<&mut Header>, picture: Header) -> Read<Header> {
    match canvas {
        Some(canvas) if canvas.stored != picture.stored => Err(Flaw::SizesDiffer.into()),
        Some(canvas) if canvas.has_alpha == Some(true) => Ok(*canvas),
        _ => Ok(picture),
    }
}

fn header(stored: (u32, u32), has_alpha: bool) -> Header {
    Header {
        format: ImageFormat::WebP,
        stored,
        orientation: Orientation::UPRIGHT,
        has_alpha: Some(has_alpha),
        is_animated: false,
        colour: Colour::Rgb,
        coding: Coding::Plain,
        bits: 8,
    }
}

/// §2.4: `RIFF`, a size, `WEBP`.
const FIRST_CHUNK: u64 = 12;
