//! PNG, and APNG, which is a PNG with more chunks: <https://www.w3.org/TR/png-3/> (§ are its).

use super::window::Source;
use super::{Coding, Colour, Flaw, Header, exif};
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
    name: u32,
    data: u64,
    length: u32,
}

impl Reader {
    pub(super) fn place(&self) -> u64 {
        self.place
    }

    pub(super) fn read(&mut self, source: &Source<'_>) -> Option<Header> {
        if self.header.is_none() {
            self.first(source)?;
        }
        loop {
            let chunk = Chunk::at(source, self.place)?;
            match chunk.name {
                // §5.6: whatever changes the meaning of pixels comes before the first of them.
                IDAT => return self.header,
                IEND => return source.malformed(Flaw::NoPixels),
                IHDR => return source.malformed(Flaw::Order),
                TRNS | ACTL | EXIF if chunk.is_sound(source)? => {
                    self.take(source, &chunk)?;
                }
                _ => {}
            }
            self.place = chunk.end();
        }
    }

    /// §11.2.1: `IHDR` comes first, with 13 bytes: width, height, bit depth, colour type,
    /// compression, filter, interlace.
    fn first(&mut self, source: &Source<'_>) -> Option<()> {
        // §5.2: the signature has 8 bytes.
        let chunk = Chunk::at(source, 8)?;
        if (chunk.name, chunk.length) != (IHDR, 13) {
            return source.malformed(Flaw::Order);
        }
        if !chunk.is_sound(source)? {
            return source.malformed(Flaw::Checksum);
        }
        let [
            w,
            x,
            y,
            z,
            a,
            b,
            c,
            d,
            bits,
            colour,
            compression,
            filter,
            interlace,
        ] = *source.array::<13>(chunk.data)?;
        let stored = (
            u32::from_be_bytes([w, x, y, z]),
            u32::from_be_bytes([a, b, c, d]),
        );
        let Some((colour, has_alpha)) = colour_type(colour, bits) else {
            return source.malformed(Flaw::Value);
        };
        if compression | filter != 0 || interlace > 1 {
            return source.malformed(Flaw::Value);
        }
        if stored.0.max(stored.1) > LONGEST {
            return source.malformed(Flaw::TooLarge);
        }
        let mut header = Header::plain(source, ImageFormat::Png, stored)?;
        header.has_alpha = Some(has_alpha);
        header.colour = colour;
        header.bits = bits;
        if interlace == 1 {
            header.coding = Coding::InPasses;
        }
        self.header = Some(header);
        self.place = chunk.end();
        Some(())
    }

    fn take(&mut self, source: &Source<'_>, chunk: &Chunk) -> Option<()> {
        let header = self.header.as_mut()?;
        match chunk.name {
            // §11.3.1.1: a transparent colour, or transparency for a palette.
            TRNS => header.has_alpha = Some(true),
            // §11.3.6.1: begins with the number of frames. An animation of one is a still.
            ACTL if chunk.length >= 4 => {
                header.is_animated = u32::from_be_bytes(*source.array(chunk.data)?) > 1;
            }
            // §11.3.4.5: Exif without the name that it has in a JPEG; only the first counts.
            EXIF if !self.has_exif => {
                let end = chunk.data + u64::from(chunk.length);
                header.orientation = exif::orientation(source, chunk.data, end)?;
                self.has_exif = true;
            }
            _ => {}
        }
        Some(())
    }
}

impl Chunk {
    fn at(source: &Source<'_>, place: u64) -> Option<Self> {
        let [a, b, c, d, name @ ..] = *source.array::<8>(place)?;
        let length = u32::from_be_bytes([a, b, c, d]);
        if length > LONGEST {
            return source.malformed(Flaw::Length);
        }
        Some(Self {
            name: u32::from_be_bytes(name),
            data: place + 8,
            length,
        })
    }

    /// §13.1: decoders ignore a chunk that they can do without when its checksum does not fit.
    fn is_sound(&self, source: &Source<'_>) -> Option<bool> {
        let named = source.slice(self.data - 4, self.length as usize + 4)?;
        let wanted = source.array(self.data + u64::from(self.length))?;
        Some(u32::from_be_bytes(*wanted) == checksum(named))
    }

    fn end(&self) -> u64 {
        self.data + u64::from(self.length) + 4
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

const IHDR: u32 = u32::from_be_bytes(*b"IHDR");
const IDAT: u32 = u32::from_be_bytes(*b"IDAT");
const IEND: u32 = u32::from_be_bytes(*b"IEND");
const TRNS: u32 = u32::from_be_bytes(*b"tRNS");
const ACTL: u32 = u32::from_be_bytes(*b"acTL");
const EXIF: u32 = u32::from_be_bytes(*b"eXIf");
