//! PNG, and APNG, which is a PNG with more chunks: <https://www.w3.org/TR/png-3/> (§ are its).

use super::progress::Progress;
use super::window::Source;
use super::{Coding, Colour, Flaw, exif};

/// Goes from chunk to chunk until the first that has pixels.
pub(super) fn read(progress: &mut Progress, source: &Source<'_>) -> Option<()> {
    if !progress.has_size() {
        first(progress, source)?;
    }
    loop {
        let chunk = Chunk::at(source, progress.place)?;
        match chunk.name {
            // §5.6: whatever changes the meaning of pixels comes before the first of them.
            IDAT => return Some(()),
            IEND => return source.malformed(Flaw::NoPixels),
            IHDR => return source.malformed(Flaw::Order),
            TRNS | ACTL | EXIF if chunk.is_sound(source)? => take(progress, source, &chunk)?,
            _ => {}
        }
        progress.place = chunk.end + CHECKSUM;
    }
}

/// §11.2.1: `IHDR` comes first, with 13 bytes: width, height, bit depth, colour type,
/// compression, filter, interlace.
fn first(progress: &mut Progress, source: &Source<'_>) -> Option<()> {
    let chunk = Chunk::at(source, AFTER_SIGNATURE)?;
    if chunk.name != IHDR || chunk.end != AFTER_IHDR {
        return source.malformed(Flaw::Order);
    }
    if !chunk.is_sound(source)? {
        return source.malformed(Flaw::Checksum);
    }
    let [bits, colour, compression, filter, interlace] = *source.array(chunk.data + 8)?;
    let depths = DEPTHS.get(usize::from(colour)).copied().unwrap_or(0);
    if !bits.is_power_of_two() || bits & depths == 0 || compression | filter != 0 || interlace > 1 {
        return source.malformed(Flaw::Value);
    }
    let (width, height) = (source.big(chunk.data)?, source.big(chunk.data + 4)?);
    if width.max(height) > LONGEST {
        return source.malformed(Flaw::TooLarge);
    }
    // §11.2.1: the colour type is a sum of 1 (palette), 2 (colour) and 4 (alpha).
    progress.header.has_alpha = Some(colour & 4 != 0);
    progress.header.colour = match colour & 3 {
        0 => Colour::Grey,
        2 => Colour::Rgb,
        _ => Colour::Palette,
    };
    progress.header.bits = bits;
    if interlace == 1 {
        progress.header.coding = Coding::InPasses;
    }
    progress.place = AFTER_IHDR + CHECKSUM;
    progress.sized(source, width, height)
}

/// What stands ahead of the pixels and bears on them.
fn take(progress: &mut Progress, source: &Source<'_>, chunk: &Chunk) -> Option<()> {
    let header = &mut progress.header;
    match chunk.name {
        // §11.3.1.1: a transparent colour, or transparency for a palette.
        TRNS => header.has_alpha = Some(true),
        // §11.3.6.1: begins with the number of frames. An animation of one is a still.
        ACTL if chunk.end >= chunk.data + 4 => header.is_animated = source.big(chunk.data)? > 1,
        // §11.3.4.5: Exif without the name that it has in a JPEG.
        EXIF if !progress.has_exif => {
            header.orientation = exif::orientation(source, chunk.data, chunk.end)?;
            progress.has_exif = true;
        }
        _ => {}
    }
    Some(())
}

/// §5.3: the length of the data, a name, the data, a checksum of name and data.
struct Chunk {
    name: u32,
    data: u64,
    end: u64,
}

impl Chunk {
    fn at(source: &Source<'_>, place: u64) -> Option<Self> {
        let length = source.big(place)?;
        if length > LONGEST {
            return source.malformed(Flaw::Length);
        }
        let data = place + 8;
        Some(Self {
            name: u32::from_le_bytes(*source.array(place + 4)?),
            data,
            end: data + u64::from(length),
        })
    }

    /// §13.1: decoders ignore a chunk that they can do without when its checksum does not fit.
    fn is_sound(&self, source: &Source<'_>) -> Option<bool> {
        let wanted = source.big(self.end)?;
        let name = self.data - 4;
        let named = source.slice(name, (self.end - name) as usize)?;
        Some(wanted == checksum(named))
    }
}

/// §5.5, by half bytes: a small table is enough for the few short chunks that it is computed for.
pub(in crate::image) fn checksum(bytes: &[u8]) -> u32 {
    let mut register = u32::MAX;
    for &byte in bytes {
        register ^= u32::from(byte);
        for _ in 0..2 {
            let step = STEPS.get((register & 15) as usize).copied().unwrap_or(0);
            register = (register >> 4) ^ step;
        }
    }
    !register
}

/// What four bits shifted out of the register do to it (§5.5).
const STEPS: [u32; 16] = {
    let mut steps = [0; 16];
    let mut bits = 0;
    while bits < 16 {
        let mut register = bits as u32;
        let mut left = 4;
        while left > 0 {
            register = (register >> 1) ^ if register & 1 == 1 { 0xEDB8_8320 } else { 0 };
            left -= 1;
        }
        steps[bits] = register;
        bits += 1;
    }
    steps
};

/// §5.2: the signature has 8 bytes.
const AFTER_SIGNATURE: u64 = 8;
/// Where the 13 bytes of `IHDR` end.
const AFTER_IHDR: u64 = AFTER_SIGNATURE + 8 + 13;
/// §5.3: the bytes of a checksum.
const CHECKSUM: u64 = 4;

/// §11.2.1, table 12: the bit depths that each colour type may have, added up.
const DEPTHS: [u8; 7] = [
    1 | 2 | 4 | 8 | 16,
    0,
    8 | 16,
    1 | 2 | 4 | 8,
    8 | 16,
    0,
    8 | 16,
];

/// §7.1: numbers of four bytes end here, lengths and sides alike.
const LONGEST: u32 = (1 << 31) - 1;

const IHDR: u32 = u32::from_le_bytes(*b"IHDR");
const IDAT: u32 = u32::from_le_bytes(*b"IDAT");
const IEND: u32 = u32::from_le_bytes(*b"IEND");
const TRNS: u32 = u32::from_le_bytes(*b"tRNS");
const ACTL: u32 = u32::from_le_bytes(*b"acTL");
const EXIF: u32 = u32::from_le_bytes(*b"eXIf");
