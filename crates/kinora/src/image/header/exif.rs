//! Exif, of which one tag bears on how an image is displayed: Exif 2.32 (CIPA DC-008), on the
//! structure of TIFF 6.0. Damaged Exif says nothing; it damages no picture.

use super::window::{Source, Stop};
use super::{Flaw, Orientation};

/// The orientation in the Exif between two places of the file; upright where it does not tell.
pub(super) fn orientation(source: &Source<'_>, from: u64, to: u64) -> Option<Orientation> {
    let block = Block { source, from, to };
    let found = match (block.number(), source.stop()) {
        (None, Stop::NeedMore(_)) => return None,
        (number, _) => number.and_then(Orientation::from_number),
    };
    Some(found.unwrap_or(Orientation::UPRIGHT))
}

/// A block whose offsets count from its start, and must not leave it.
struct Block<'a> {
    source: &'a Source<'a>,
    from: u64,
    to: u64,
}

impl Block<'_> {
    /// TIFF 6.0, pages 13 and following: byte order, 42, the offset of the first directory. There
    /// the number of entries, then 12 bytes for each: tag, type, count, value.
    fn number(&self) -> Option<u16> {
        let order = self.array::<4>(0)?;
        let offset = *self.array::<4>(4)?;
        let is_low_first = match order {
            b"II*\0" => true,
            b"MM\0*" => false,
            _ => return self.source.malformed(Flaw::Value),
        };
        let short = |bytes: [u8; 2]| match is_low_first {
            true => u16::from_le_bytes(bytes),
            false => u16::from_be_bytes(bytes),
        };
        let directory = u64::from(match is_low_first {
            true => u32::from_le_bytes(offset),
            false => u32::from_be_bytes(offset),
        });
        let mut entry = directory + 2;
        for _ in 0..short(*self.array(directory)?) {
            let [start @ .., v, w, _, _] = *self.array::<12>(entry)?;
            if start == if is_low_first { LOW_FIRST } else { HIGH_FIRST } {
                // A single SHORT stands in the first two of the last four bytes.
                return Some(short([v, w]));
            }
            entry += 12;
        }
        Some(0)
    }

    fn array<const N: usize>(&self, offset: u64) -> Option<&[u8; N]> {
        let place = self.from + offset;
        if place + N as u64 > self.to {
            return self.source.malformed(Flaw::CutShort);
        }
        self.source.array(place)
    }
}

/// The entry of the orientation up to its value: tag 0112 (Exif 2.32, 4.6.4, table 4), type 3 for 16
/// bits without sign (TIFF 6.0, page 15), and one of them. Others of this tag say nothing.
const LOW_FIRST: [u8; 8] = [0x12, 0x01, 3, 0, 1, 0, 0, 0];
const HIGH_FIRST: [u8; 8] = [0x01, 0x12, 0, 3, 0, 0, 0, 1];
