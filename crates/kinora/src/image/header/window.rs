//! A part of a file, read by places in the whole.

use super::Flaw;

/// Some bytes of a file, from a known place on.
#[derive(Clone, Copy, Debug)]
pub struct Window<'bytes> {
    start: u64,
    bytes: &'bytes [u8],
    total: Option<u64>,
}

/// What reading at a place gives.
pub(super) type Read<T> = Result<T, Stop>;

/// Why reading stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// So many bytes of the file must be there, counted from its start.
    NeedMore(u64),
    /// The file is not what it seemed.
    Malformed(Flaw),
}

impl From<Flaw> for Stop {
    fn from(flaw: Flaw) -> Self {
        Self::Malformed(flaw)
    }
}

impl<'bytes> Window<'bytes> {
    /// These bytes, which begin `start` bytes into a file of `total` bytes, where that is known.
    /// A reader never asks for more than there is: it says that the file is cut short.
    pub fn new(start: u64, bytes: &'bytes [u8], total: Option<u64>) -> Self {
        let end = start.saturating_add(bytes.len() as u64);
        Self {
            start,
            bytes,
            // What is here is there, whatever was announced.
            total: total.map(|total| total.max(end)),
        }
    }

    /// All bytes from the start of the file, and whether there are no more; nothing when the
    /// start is missing.
    pub(in crate::image) fn beginning(&self) -> Option<(&'bytes [u8], bool)> {
        let is_all = self.total == Some(self.bytes.len() as u64);
        (self.start == 0).then_some((self.bytes, is_all))
    }

    /// `N` bytes at a place.
    pub(super) fn array<const N: usize>(&self, place: u64) -> Read<[u8; N]> {
        match self.from(place).and_then(<[u8]>::first_chunk) {
            Some(bytes) => Ok(*bytes),
            None => Err(self.missing(place.saturating_add(N as u64))),
        }
    }

    /// So many bytes at a place.
    pub(super) fn slice(&self, place: u64, length: u64) -> Read<&'bytes [u8]> {
        let length_here = usize::try_from(length).ok();
        let bytes = self.from(place).zip(length_here);
        bytes
            .and_then(|(bytes, length)| bytes.get(..length))
            .ok_or_else(|| self.missing(place.saturating_add(length)))
    }

    pub(super) fn byte(&self, place: u64) -> Read<u8> {
        self.array(place).map(|[byte]| byte)
    }

    /// Two bytes, the high one first.
    pub(super) fn u16_be(&self, place: u64) -> Read<u16> {
        self.array(place).map(u16::from_be_bytes)
    }

    /// Two bytes, the low one first.
    pub(super) fn u16_le(&self, place: u64) -> Read<u16> {
        self.array(place).map(u16::from_le_bytes)
    }

    /// Three bytes, the low one first.
    pub(super) fn u24_le(&self, place: u64) -> Read<u32> {
        let [low, middle, high] = self.array(place)?;
        Ok(u32::from_le_bytes([low, middle, high, 0]))
    }

    /// Four bytes, the high one first.
    pub(super) fn u32_be(&self, place: u64) -> Read<u32> {
        self.array(place).map(u32::from_be_bytes)
    }

    /// Four bytes, the low one first.
    pub(super) fn u32_le(&self, place: u64) -> Read<u32> {
        self.array(place).map(u32::from_le_bytes)
    }

    fn from(&self, place: u64) -> Option<&'bytes [u8]> {
        let offset = usize::try_from(place.checked_sub(self.start)?).ok()?;
        self.bytes.get(offset..)
    }

    fn missing(&self, at_least: u64) -> Stop {
        match self.total {
            Some(total) if at_least > total => Stop::Malformed(Flaw::CutShort),
            _ => Stop::NeedMore(at_least),
        }
    }
}

/// The place so many bytes on.
pub(super) fn after(place: u64, bytes: u64) -> Read<u64> {
    place
        .checked_add(bytes)
        .ok_or(Stop::Malformed(Flaw::Length))
}
