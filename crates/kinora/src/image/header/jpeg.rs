//! JPEG: ITU-T T.81 (the sections below are its), <https://www.w3.org/Graphics/JPEG/itu-t81.pdf>.

use super::flaw::sides;
use super::window::{Read, Window, after};
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

    pub(super) fn read(&mut self, window: &Window<'_>) -> Read<Header> {
        loop {
            match self.marker(window)? {
                // Table B.1: TEM and RST0 to RST7 stand alone; zero is no marker.
                0 | 1 | 0xD0..=0xD7 => self.place = after(self.place, 2)?,
                SOI => return Err(Flaw::Order.into()),
                EOI => return Err(Flaw::NoPixels.into()),
                SOS => return self.settled(),
                code => self.segment(window, code)?,
            }
        }
    }

    /// B.1.1.2: a marker is 0xFF and a code, and any number of 0xFF may go before. What else lies
    /// between segments should not be there; decoders skip it.
    fn marker(&mut self, window: &Window<'_>) -> Read<u8> {
        while window.byte(self.place)? != 0xFF {
            self.place = after(self.place, 1)?;
        }
        loop {
            let next = after(self.place, 1)?;
            match window.byte(next)? {
                0xFF => self.place = next,
                code => return Ok(code),
            }
        }
    }

    /// B.1.1.4: a length of two bytes follows, which counts itself.
    fn segment(&mut self, window: &Window<'_>, code: u8) -> Read<()> {
        let data = after(self.place, 4)?;
        let length = window.u16_be(data - 2)?;
        let end = after(data - 2, u64::from(length))?;
        if length < 2 {
            return Err(Flaw::Length.into());
        }
        match code {
            // Table B.1: these three stand among SOF0 to SOF15. DHP gives the size of a whole
            // hierarchy of frames ahead of them (B.3.2).
            DHT | DAC => {}
            JPG => return Err(Flaw::Value.into()),
            0xC0..=0xCF | DHP => self.frame(window, code, length)?,
            APP1 if self.orientation.is_none() => self.metadata(window, data, end)?,
            _ => {}
        }
        self.place = end;
        Ok(())
    }

    fn frame(&mut self, window: &Window<'_>, code: u8, length: u16) -> Read<()> {
        match self.frame {
            Some(frame) if frame.coding == Coding::Rare => return Ok(()),
            Some(_) => return Err(Flaw::Order.into()),
            None => {}
        }
        self.frame = Some(frame(window, self.place, code, length)?);
        Ok(())
    }

    /// Exif 2.32, 4.7.2: APP1 with `Exif`, a zero and a fill byte ahead of the block. XMP and
    /// others use APP1 too.
    fn metadata(&mut self, window: &Window<'_>, data: u64, end: u64) -> Read<()> {
        let block = after(data, 6)?;
        if block <= end && window.array(data)? == *b"Exif\0" {
            self.orientation = Some(exif::orientation(window, block, end)?);
        }
        Ok(())
    }

    fn settled(&self) -> Read<Header> {
        let frame = self.frame.ok_or(Flaw::Order)?;
        Ok(Header {
            orientation: self.orientation.unwrap_or(Orientation::UPRIGHT),
            ..frame
        })
    }
}

/// B.2.2: after marker and length come precision, lines, samples a line, the number of components,
/// and three bytes for each of these.
fn frame(window: &Window<'_>, place: u64, code: u8, length: u16) -> Read<Header> {
    let data = after(place, 4)?;
    let (bits, components) = (window.byte(data)?, window.byte(data + 5)?);
    let (height, width) = (window.u16_be(data + 1)?, window.u16_be(data + 3)?);
    if u32::from(length) != 8 + 3 * u32::from(components) {
        return Err(Flaw::Length.into());
    }
    // Table B.2: 8 or 12, and 2 to 16 where it is lossless.
    if !(2..=16).contains(&bits) {
        return Err(Flaw::Value.into());
    }
    Ok(Header {
        format: ImageFormat::Jpeg,
        // B.2.5 lets no lines mean "told after the first scan"; decoders do not.
        stored: sides(width.into(), height.into())?,
        orientation: Orientation::UPRIGHT,
        has_alpha: Some(false),
        is_animated: false,
        colour: colour(components)?,
        coding: coding(code),
        bits,
    })
}

/// ITU-T T.871, 6.1: one component is grey, three are YCbCr. ITU-T T.872, 6.5: four are inks, with
/// or without a transform, which an APP14 segment of Adobe's names.
fn colour(components: u8) -> Read<Colour> {
    match components {
        1 => Ok(Colour::Grey),
        3 => Ok(Colour::Rgb),
        4 => Ok(Colour::FourInks),
        _ => Err(Flaw::Value.into()),
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
