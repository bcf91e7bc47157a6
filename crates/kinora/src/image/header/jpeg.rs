//! JPEG: ITU-T T.81 (the sections below are its), <https://www.w3.org/Graphics/JPEG/itu-t81.pdf>.

use super::window::Source;
use super::{Coding, Colour, Flaw, Header, Orientation, exif};
use crate::image::ImageFormat;

/// Goes from segment to segment until the first scan: frame and Exif may come in any order.
#[derive(Clone, Debug)]
pub(super) struct Reader {
    /// Where the next marker is looked for.
    place: u64,
    frame: Option<Header>,
    /// The first Exif counts, whatever it says.
    orientation: Option<Orientation>,
}

impl Default for Reader {
    fn default() -> Self {
        Self {
            place: AFTER_SOI,
            frame: None,
            orientation: None,
        }
    }
}

impl Reader {
    pub(super) fn place(&self) -> u64 {
        self.place
    }

    pub(super) fn read(&mut self, source: &Source<'_>) -> Option<Header> {
        loop {
            match self.marker(source)? {
                // Table B.1: TEM and RST0 to RST7 stand alone; zero is no marker.
                0 | 1 | 0xD0..=0xD7 => self.place += 2,
                SOI => return source.malformed(Flaw::Order),
                EOI => return source.malformed(Flaw::NoPixels),
                SOS => return self.settled(source),
                code => self.segment(source, code)?,
            }
        }
    }

    /// B.1.1.2: a marker is 0xFF and a code, and any number of 0xFF may go before. What else lies
    /// between segments should not be there; decoders skip it.
    fn marker(&mut self, source: &Source<'_>) -> Option<u8> {
        loop {
            match *source.array::<2>(self.place)? {
                [0xFF, code] if code != 0xFF => return Some(code),
                _ => self.place += 1,
            }
        }
    }

    /// B.1.1.4: a length of two bytes follows, which counts itself.
    fn segment(&mut self, source: &Source<'_>, code: u8) -> Option<()> {
        let length = u16::from_be_bytes(*source.array(self.place + 2)?);
        if length < 2 {
            return source.malformed(Flaw::Length);
        }
        let end = self.place + 2 + u64::from(length);
        match code {
            // Table B.1: these three stand among SOF0 to SOF15. DHP gives the size of a whole
            // hierarchy of frames ahead of them (B.3.2).
            DHT | DAC => {}
            JPG => return source.malformed(Flaw::Value),
            0xC0..=0xCF | DHP => self.frame(source, code, length)?,
            APP1 if self.orientation.is_none() => self.metadata(source, end)?,
            _ => {}
        }
        self.place = end;
        Some(())
    }

    fn frame(&mut self, source: &Source<'_>, code: u8, length: u16) -> Option<()> {
        match self.frame {
            Some(frame) if frame.coding == Coding::Rare => {}
            Some(_) => return source.malformed(Flaw::Order),
            None => self.frame = Some(frame(source, self.place, code, length)?),
        }
        Some(())
    }

    /// Exif 2.32, 4.7.2: APP1 with `Exif`, a zero and a fill byte ahead of the block. XMP and
    /// others use APP1 too.
    fn metadata(&mut self, source: &Source<'_>, end: u64) -> Option<()> {
        let (name, block) = (self.place + 4, self.place + 10);
        if block <= end && source.array(name)? == b"Exif\0" {
            self.orientation = Some(exif::orientation(source, block, end)?);
        }
        Some(())
    }

    fn settled(&self, source: &Source<'_>) -> Option<Header> {
        let Some(mut header) = self.frame else {
            return source.malformed(Flaw::Order);
        };
        header.orientation = self.orientation.unwrap_or(Orientation::UPRIGHT);
        Some(header)
    }
}

/// B.2.2: after marker and length come precision, lines, samples a line, the number of components,
/// and three bytes for each of these.
fn frame(source: &Source<'_>, place: u64, code: u8, length: u16) -> Option<Header> {
    let [bits, a, b, c, d, components] = *source.array::<6>(place + 4)?;
    if length != 8 + 3 * u16::from(components) {
        return source.malformed(Flaw::Length);
    }
    // Table B.2: 8 or 12 bits, and 2 to 16 where it is lossless.
    let (2..=16, Some(colour)) = (bits, colour(components)) else {
        return source.malformed(Flaw::Value);
    };
    // B.2.5 lets no lines mean "told after the first scan"; decoders do not.
    let (height, width) = (u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d]));
    let mut header = Header::plain(source, ImageFormat::Jpeg, (width.into(), height.into()))?;
    header.colour = colour;
    header.coding = coding(code);
    header.bits = bits;
    Some(header)
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

/// B.2.1: a file begins with SOI, two bytes.
const AFTER_SOI: u64 = 2;

// Table B.1, the second byte of each.
const DHT: u8 = 0xC4;
const JPG: u8 = 0xC8;
const DAC: u8 = 0xCC;
const SOI: u8 = 0xD8;
const EOI: u8 = 0xD9;
const SOS: u8 = 0xDA;
const DHP: u8 = 0xDE;
const APP1: u8 = 0xE1;
