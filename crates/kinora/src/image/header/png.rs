//! PNG, and APNG, which is a PNG with more chunks: <https://www.w3.org/TR/png-3/> (§ are its).

use super::flaw::sides;
use super::window::{Read, Window, after};
use super::{Coding, Colour, Flaw, Header, Orientation, exif};
use crate::image::ImageFormat;

/// Goes from chunk to chunk until the first that has pixels.
#[derive(Clone, Debug, Default)]
pub(super) struct Reader {
    /// Where the next chunk begins.
    place: u64,
    /// What is known so far; nothing before `IHDR`.
    header: Option<Header>,
    has_exif: bool,
}

/// §5.3: the length of the data, a name, the data, a checksum of name and data.
struct Chunk {
    name: [u8; 4],
    data: u64,
    length: u64,
}

impl Reader {
    pub(super) fn place(&self) -> u64 {
        self.place
    }

    pub(super) fn read(&mut self, window: &Window<'_>) -> Read<Header> {
        let mut header = match self.header {
            Some(header) => header,
            None => self.first(window)?,
        };
        loop {
            let chunk = Chunk::at(window, self.place)?;
            match &chunk.name {
                // §5.6: whatever changes the meaning of pixels comes before the first of them.
                b"IDAT" => return Ok(header),
                b"IEND" => return Err(Flaw::NoPixels.into()),
                b"IHDR" => return Err(Flaw::Order.into()),
                b"tRNS" | b"acTL" | b"eXIf" if chunk.is_sound(window)? => {
                    self.take(window, &chunk, &mut header)?;
                }
                _ => {}
            }
            self.header = Some(header);
            self.place = chunk.end()?;
        }
    }

    /// §11.2.1: `IHDR` comes first, with 13 bytes: width, height, bit depth, colour type,
    /// compression, filter, interlace.
    fn first(&mut self, window: &Window<'_>) -> Read<Header> {
        // §5.2: the signature has 8 bytes.
        let chunk = Chunk::at(window, 8)?;
        if (&chunk.name, chunk.length) != (b"IHDR", 13) {
            return Err(Flaw::Order.into());
        }
        if !chunk.is_sound(window)? {
            return Err(Flaw::Checksum.into());
        }
        let (width, height) = (window.u32_be(16)?, window.u32_be(20)?);
        let [bits, colour, compression, filter, interlace] = window.array(24)?;
        let (colour, has_alpha) = colour_type(colour, bits).ok_or(Flaw::Value)?;
        if (compression, filter) != (0, 0) {
            return Err(Flaw::Value.into());
        }
        if width.max(height) > LONGEST {
            return Err(Flaw::TooLarge.into());
        }
        let header = Header {
            format: ImageFormat::Png,
            stored: sides(width, height)?,
            orientation: Orientation::UPRIGHT,
            has_alpha: Some(has_alpha),
            is_animated: false,
            colour,
            coding: match interlace {
                0 => Coding::Plain,
                1 => Coding::InPasses,
                _ => return Err(Flaw::Value.into()),
            },
            bits,
        };
        self.header = Some(header);
        self.place = chunk.end()?;
        Ok(header)
    }

    fn take(&mut self, window: &Window<'_>, chunk: &Chunk, header: &mut Header) -> Read<()> {
        match &chunk.name {
            // §11.3.1.1: a transparent colour, or transparency for a palette.
            b"tRNS" => header.has_alpha = Some(true),
            // §11.3.6.1: begins with the number of frames. An animation of one is a still.
            b"acTL" if chunk.length >= 4 => header.is_animated = window.u32_be(chunk.data)? > 1,
            // §11.3.4.5: Exif without the name that it has in a JPEG; only the first counts.
            b"eXIf" if !self.has_exif => {
                let end = after(chunk.data, chunk.length)?;
                header.orientation = exif::orientation(window, chunk.data, end)?;
                self.has_exif = true;
            }
            _ => {}
        }
        Ok(())
    }
}

impl Chunk {
    fn at(window: &Window<'_>, place: u64) -> Read<Self> {
        let length = window.u32_be(place)?;
        if length > LONGEST {
            return Err(Flaw::Length.into());
        }
        Ok(Self {
            name: window.array(after(place, 4)?)?,
            data: after(place, 8)?,
            length: u64::from(length),
        })
    }

    /// §13.1: decoders ignore a chunk that they can do without when its checksum does not fit.
    fn is_sound(&self, window: &Window<'_>) -> Read<bool> {
        let bytes = window.slice(self.data - 4, self.length + 4)?;
        Ok(window.u32_be(after(self.data, self.length)?)? == checksum(bytes))
    }

    fn end(&self) -> Read<u64> {
        after(self.data, self.length + 4)
    }
}

/// §11.2.1, table 12: the colour types with the bit depths that each may have.
fn colour_type(colour_type: u8, bits: u8) -> Option<(Colour, bool)> {
    Some(match (colour_type, bits) {
        (0, 1 | 2 | 4 | 8 | 16) => (Colour::Grey, false),
        (2, 8 | 16) => (Colour::Rgb, false),
        (3, 1 | 2 | 4 | 8) => (Colour::Palette, false),
        (4, 8 | 16) => (Colour::Grey, true),
        (6, 8 | 16) => (Colour::Rgb, true),
        _ => return None,
    })
}

/// §5.5, bit by bit: it is computed for a few short chunks only.
pub(super) fn checksum(bytes: &[u8]) -> u32 {
    let mut register = u32::MAX;
    for &byte in bytes {
        register ^= u32::from(byte);
        for _ in 0..8 {
            let is_odd = register & 1 == 1;
            register = (register >> 1) ^ if is_odd { 0xEDB8_8320 } else { 0 };
        }
    }
    !register
}

/// §7.1: numbers of four bytes end here, lengths and sides alike.
const LONGEST: u32 = (1 << 31) - 1;
