//! Exif, of which one tag bears on how an image is displayed: Exif 2.32 (CIPA DC-008), on the
//! structure of TIFF 6.0.

use super::{Prefix, Stop};

/// How stored pixels are turned, or mirrored, to be displayed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Orientation(u8);

impl Orientation {
    /// As it is stored.
    pub const UPRIGHT: Self = Self(1);

    /// Exif's number for it, 1 to 8.
    pub const fn number(self) -> u8 {
        self.0
    }

    /// Whether it is displayed as it is stored.
    pub const fn is_upright(self) -> bool {
        self.0 == 1
    }

    /// Whether what is stored as width is displayed as height: turned by a quarter.
    pub const fn swaps_sides(self) -> bool {
        self.0 >= 5
    }
}

/// The orientation in an Exif block of `length` bytes at a place; upright where it does not tell.
pub(super) fn read(prefix: Prefix<'_>, place: u64, length: u64) -> Result<Orientation, Stop> {
    let block = Block {
        prefix,
        place,
        length,
    };
    let found = block.orientation()?;
    Ok(found.map_or(Orientation::UPRIGHT, Orientation))
}

/// A block whose numbers have an order of their own, and which ends where it ends.
#[derive(Clone, Copy)]
struct Block<'a> {
    prefix: Prefix<'a>,
    place: u64,
    length: u64,
}

impl Block<'_> {
    /// The value of the orientation tag in the first directory (TIFF 6.0, page 13 and following).
    fn orientation(self) -> Result<Option<u8>, Stop> {
        let Some(order) = self.bytes(0)? else {
            return Ok(None);
        };
        let is_low_first = match &order {
            b"II" => true,
            b"MM" => false,
            _ => return Ok(None),
        };
        let Some(directory) = self.u32(4, is_low_first)?.map(u64::from) else {
            return Ok(None);
        };
        let count = self.u16(directory, is_low_first)?.unwrap_or(0);
        for entry in 0..u64::from(count) {
            let entry = directory + 2 + entry * 12;
            match self.u16(entry, is_low_first)? {
                // Its type is SHORT, so its value stands in the entry itself (Exif 2.32, 4.6.4).
                Some(0x0112) => {
                    let value = self.u16(entry + 8, is_low_first)?;
                    let value = value.and_then(|value| u8::try_from(value).ok());
                    return Ok(value.filter(|value| (1..=8).contains(value)));
                }
                Some(_) => {}
                None => return Ok(None),
            }
        }
        Ok(None)
    }

    /// Bytes at a place of the block; nothing past its end.
    fn bytes<const N: usize>(self, place: u64) -> Result<Option<[u8; N]>, Stop> {
        if place + N as u64 > self.length {
            return Ok(None);
        }
        self.prefix.bytes(self.place + place).map(Some)
    }

    fn u16(self, place: u64, is_low_first: bool) -> Result<Option<u16>, Stop> {
        let read = if is_low_first {
            u16::from_le_bytes
        } else {
            u16::from_be_bytes
        };
        Ok(self.bytes(place)?.map(read))
    }

    fn u32(self, place: u64, is_low_first: bool) -> Result<Option<u32>, Stop> {
        let read = if is_low_first {
            u32::from_le_bytes
        } else {
            u32::from_be_bytes
        };
        Ok(self.bytes(place)?.map(read))
    }
}
