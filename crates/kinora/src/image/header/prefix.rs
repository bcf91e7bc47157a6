//! Numbers at places of a prefix that may be too short.

/// The first bytes of a file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Prefix<'a>(pub(super) &'a [u8]);

/// Why reading went no further.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// The prefix must have at least so many bytes.
    NeedMore(u64),
    /// The file is not what it seemed.
    Malformed(&'static str),
}

impl Prefix<'_> {
    /// `N` bytes at a place.
    pub(super) fn bytes<const N: usize>(self, place: u64) -> Result<[u8; N], Stop> {
        let rest = usize::try_from(place)
            .ok()
            .and_then(|place| self.0.get(place..));
        match rest.and_then(<[u8]>::first_chunk) {
            Some(bytes) => Ok(*bytes),
            None => Err(Stop::NeedMore(place.saturating_add(N as u64))),
        }
    }

    pub(super) fn byte(self, place: u64) -> Result<u8, Stop> {
        self.bytes(place).map(|[byte]| byte)
    }

    /// Two bytes, the high one first.
    pub(super) fn u16_be(self, place: u64) -> Result<u16, Stop> {
        self.bytes(place).map(u16::from_be_bytes)
    }

    /// Two bytes, the low one first.
    pub(super) fn u16_le(self, place: u64) -> Result<u16, Stop> {
        self.bytes(place).map(u16::from_le_bytes)
    }

    /// Three bytes, the low one first.
    pub(super) fn u24_le(self, place: u64) -> Result<u32, Stop> {
        let [low, middle, high] = self.bytes(place)?;
        Ok(u32::from_le_bytes([low, middle, high, 0]))
    }

    /// Four bytes, the high one first.
    pub(super) fn u32_be(self, place: u64) -> Result<u32, Stop> {
        self.bytes(place).map(u32::from_be_bytes)
    }

    /// Four bytes, the low one first.
    pub(super) fn u32_le(self, place: u64) -> Result<u32, Stop> {
        self.bytes(place).map(u32::from_le_bytes)
    }
}
