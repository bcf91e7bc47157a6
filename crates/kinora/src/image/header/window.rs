//! A part of a file, read by places in the whole.

use core::cell::Cell;

use super::Flaw;

/// Some bytes of a file, from a known place on.
#[derive(Clone, Copy, Debug)]
pub struct Window<'bytes> {
    start: u64,
    bytes: &'bytes [u8],
    total: Option<u64>,
}

impl<'bytes> Window<'bytes> {
    /// These bytes, which begin `start` bytes into a file of `total` bytes, where that is known.
    /// A reader never asks for more than there is: it says that the file is cut short.
    pub fn new(start: u64, bytes: &'bytes [u8], total: Option<u64>) -> Self {
        // No file is that long, and so no sum of a place and a length overflows.
        let bytes = if start > FARTHEST { &[] } else { bytes };
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
}

/// Where the last window may begin: 2^62 bytes into a file.
const FARTHEST: u64 = 1 << 62;

/// Why reading stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// So many bytes of the file must be there, counted from its start.
    NeedMore(u64),
    /// The file is not what it seemed.
    Malformed(Flaw),
}

/// What is read from. Reading gives nothing where it cannot go on, and why is kept here: an answer
/// of one word instead of three makes the readers a third smaller.
pub(super) struct Source<'bytes> {
    window: Window<'bytes>,
    stop: Cell<Stop>,
}

impl<'bytes> Source<'bytes> {
    pub(super) fn new(window: Window<'bytes>) -> Self {
        Self {
            window,
            stop: Cell::new(Stop::NeedMore(0)),
        }
    }

    /// Why the last reading stopped.
    pub(super) fn stop(&self) -> Stop {
        self.stop.get()
    }

    /// Stops for good.
    pub(super) fn malformed<T>(&self, why: Flaw) -> Option<T> {
        self.stop.set(Stop::Malformed(why));
        None
    }

    /// So many bytes at a place.
    pub(super) fn slice(&self, place: u64, length: usize) -> Option<&'bytes [u8]> {
        let found = self.find(place, length);
        if found.is_none() {
            let at_least = place.saturating_add(length as u64);
            self.stop.set(match self.window.total {
                Some(total) if at_least > total => Stop::Malformed(Flaw::CutShort),
                _ => Stop::NeedMore(at_least),
            });
        }
        found
    }

    /// A number of four bytes at a place, the highest first.
    pub(super) fn big(&self, place: u64) -> Option<u32> {
        self.array(place).copied().map(u32::from_be_bytes)
    }

    /// A number of four bytes at a place, the lowest first.
    pub(super) fn little(&self, place: u64) -> Option<u32> {
        self.array(place).copied().map(u32::from_le_bytes)
    }

    /// `N` bytes at a place.
    pub(super) fn array<const N: usize>(&self, place: u64) -> Option<&'bytes [u8; N]> {
        self.slice(place, N)?.first_chunk()
    }

    fn find(&self, place: u64, length: usize) -> Option<&'bytes [u8]> {
        let offset = usize::try_from(place.checked_sub(self.window.start)?).ok()?;
        self.window.bytes.get(offset..)?.get(..length)
    }
}
