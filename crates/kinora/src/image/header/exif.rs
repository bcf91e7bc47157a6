//! Exif, of which one tag bears on how an image is displayed: Exif 2.32 (CIPA DC-008), on the
//! structure of TIFF 6.0. Damaged Exif says nothing; it damages no picture.

use super::window::{Read, Stop, Window, after};
use super::{Flaw, Orientation};

/// The orientation in the Exif between two places of the file; upright where it does not tell.
pub(super) fn orientation(window: &Window<'_>, from: u64, to: u64) -> Read<Orientation> {
    match (Block { window, from, to }).orientation() {
        Ok(found) => Ok(found.unwrap_or(Orientation::UPRIGHT)),
        Err(Stop::Malformed(_)) => Ok(Orientation::UPRIGHT),
        Err(more @ Stop::NeedMore(_)) => Err(more),
    }
}

/// A block whose offsets count from its start, and must not leave it.
struct Block<'a> {
    window: &'a Window<'a>,
    from: u64,
    to: u64,
}

impl Block<'_> {
    /// TIFF 6.0, pages 13 and following: byte order, 42, the offset of the first directory. There
    /// the number of entries, then 12 bytes for each: tag, type, count, value.
    fn orientation(&self) -> Read<Option<Orientation>> {
        let is_low_first = match &self.array(0)? {
            b"II" => true,
            b"MM" => false,
            _ => return Ok(None),
        };
        if self.u16(2, is_low_first)? != 42 {
            return Ok(None);
        }
        let directory = u64::from(self.u32(4, is_low_first)?);
        let count = u64::from(self.u16(directory, is_low_first)?);
        for index in 0..count {
            let entry = directory + 2 + index * 12;
            if self.u16(entry, is_low_first)? == ORIENTATION {
                return self.value(entry, is_low_first);
            }
        }
        Ok(None)
    }

    /// A single SHORT stands in the first two of the entry's last four bytes.
    fn value(&self, entry: u64, is_low_first: bool) -> Read<Option<Orientation>> {
        let kind = self.u16(entry + 2, is_low_first)?;
        let count = self.u32(entry + 4, is_low_first)?;
        let value = self.u16(entry + 8, is_low_first)?;
        Ok(Orientation::from_number(value).filter(|_| (kind, count) == (SHORT, 1)))
    }

    fn u16(&self, offset: u64, is_low_first: bool) -> Read<u16> {
        let bytes = self.array(offset)?;
        Ok(if is_low_first {
            u16::from_le_bytes(bytes)
        } else {
            u16::from_be_bytes(bytes)
        })
    }

    fn u32(&self, offset: u64, is_low_first: bool) -> Read<u32> {
        let bytes = self.array(offset)?;
        Ok(if is_low_first {
            u32::from_le_bytes(bytes)
        } else {
            u32::from_be_bytes(bytes)
        })
    }

    fn array<const N: usize>(&self, offset: u64) -> Read<[u8; N]> {
        let place = after(self.from, offset)?;
        if after(place, N as u64)? > self.to {
            return Err(Flaw::CutShort.into());
        }
        self.window.array(place)
    }
}

/// Exif 2.32, 4.6.4, table 4.
const ORIENTATION: u16 = 0x0112;
/// TIFF 6.0, page 15: 16 bits without sign.
const SHORT: u16 = 3;
