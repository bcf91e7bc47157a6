//! JPEG: ITU-T T.81 (the sections below are its), <https://www.w3.org/Graphics/JPEG/itu-t81.pdf>.

use super::progress::Progress;
use super::window::Source;
use super::{Coding, Colour, Flaw, exif};

/// Goes from segment to segment until the first scan: frame and Exif may come in any order.
pub(super) fn read(progress: &mut Progress, source: &Source<'_>) -> Option<()> {
    // B.2.1: a file begins with SOI, two bytes.
    progress.place = progress.place.max(2);
    loop {
        let [0xFF, code] = *source.array::<2>(progress.place)? else {
            // What lies between segments should not be there; decoders skip it.
            progress.place += 1;
            continue;
        };
        match code {
            // B.1.1.2: any number of 0xFF may go before a marker.
            0xFF => progress.place += 1,
            // Table B.1: TEM and RST0 to RST7 stand alone; zero is no marker.
            0 | 1 | 0xD0..=0xD7 => progress.place += 2,
            SOS if progress.has_size() => return Some(()),
            SOS | SOI => return source.malformed(Flaw::Order),
            EOI => return source.malformed(Flaw::NoPixels),
            code => segment(progress, source, code)?,
        }
    }
}

/// B.1.1.4: after the marker comes a length of two bytes, which counts itself.
fn segment(progress: &mut Progress, source: &Source<'_>, code: u8) -> Option<()> {
    let length = short(source.array(progress.place + 2)?);
    if length < 2 {
        return source.malformed(Flaw::Length);
    }
    let end = progress.place + 2 + u64::from(length);
    match code {
        // Table B.1: these three stand among SOF0 to SOF15. DHP gives the size of a whole
        // hierarchy of frames ahead of them (B.3.2).
        DHT | DAC => {}
        JPG => return source.malformed(Flaw::Value),
        0xC0..=0xCF | DHP => frame(progress, source, code, length)?,
        APP1 if !progress.has_exif => metadata(progress, source, end)?,
        _ => {}
    }
    progress.place = end;
    Some(())
}

/// Exif 2.32, 4.7.2: APP1 with `Exif`, a zero and a fill byte ahead of the block. XMP and
/// others use APP1 too.
fn metadata(progress: &mut Progress, source: &Source<'_>, end: u64) -> Option<()> {
    let (name, block) = (progress.place + 4, progress.place + 10);
    if block <= end && source.array(name)? == b"Exif\0" {
        progress.header.orientation = exif::orientation(source, block, end)?;
        progress.has_exif = true;
    }
    Some(())
}

/// B.2.2: after marker and length come precision, lines, samples a line, the number of components,
/// and three bytes for each of these.
fn frame(progress: &mut Progress, source: &Source<'_>, code: u8, length: u32) -> Option<()> {
    if progress.has_size() {
        // Only a hierarchy has more than one, and the first has its size.
        return match progress.header.coding {
            Coding::Rare => Some(()),
            Coding::Plain | Coding::InPasses | Coding::Arithmetic => source.malformed(Flaw::Order),
        };
    }
    let [bits, a, b, c, d, components] = *source.array::<6>(progress.place + 4)?;
    if length != 8 + 3 * u32::from(components) {
        return source.malformed(Flaw::Length);
    }
    // Table B.2: 8 or 12 bits, and 2 to 16 where it is lossless.
    let (2..=16, Some(colour)) = (bits, colour(components)) else {
        return source.malformed(Flaw::Value);
    };
    progress.header.colour = colour;
    progress.header.coding = coding(code);
    progress.header.bits = bits;
    // B.2.5 lets no lines mean "told after the first scan"; decoders do not.
    progress.sized(source, short(&[c, d]), short(&[a, b]))
}

/// Two bytes, the higher first.
fn short(bytes: &[u8; 2]) -> u32 {
    u16::from_be_bytes(*bytes).into()
}

/// ITU-T T.871, 6.1: one component is grey, three are YCbCr. ITU-T T.872, 6.5: four are inks, with
/// or without a transform, which an APP14 segment of Adobe's names.
const fn colour(components: u8) -> Option<Colour> {
    match components {
        1 => Some(Colour::Grey),
        3 => Some(Colour::Rgb),
        4 => Some(Colour::FourInks),
        _ => None,
    }
}

/// Table B.1: SOF0 and SOF1 are sequential, SOF2 is progressive, SOF3 lossless. The next four are
/// their differential forms, for hierarchies; from SOF8 on it is all the same, arithmetic.
const fn coding(code: u8) -> Coding {
    match code {
        0xC0 | 0xC1 => Coding::Plain,
        0xC2 => Coding::InPasses,
        0xC9 | 0xCA => Coding::Arithmetic,
        _ => Coding::Rare,
    }
}

// Table B.1, the second byte of each.
const DHT: u8 = 0xC4;
const JPG: u8 = 0xC8;
const DAC: u8 = 0xCC;
const SOI: u8 = 0xD8;
const EOI: u8 = 0xD9;
const SOS: u8 = 0xDA;
const DHP: u8 = 0xDE;
const APP1: u8 = 0xE1;
