//! WebP: RFC 9649, <https://www.rfc-editor.org/rfc/rfc9649>.

use super::exif::Orientation;
use super::{Coding, Header, ImageFormat, Prefix, Stop, sides};

/// Reads the first chunk of a WebP file.
///
/// Exif in a WebP comes after the pixels, and browsers do not turn the image by it.
pub(super) fn read(prefix: Prefix<'_>) -> Result<Header, Stop> {
    // "RIFF", a size, "WEBP", then the first chunk: its name, a size, its content (§2.3, §2.4).
    match &prefix.bytes(12)? {
        b"VP8 " => lossy(prefix),
        b"VP8L" => lossless(prefix),
        b"VP8X" => extended(prefix),
        _ => Err(Stop::Malformed("it begins with no kind of image")),
    }
}

/// A VP8 key frame: a tag of 3 bytes, a start code, two sides of 14 bits (RFC 6386, §9.1).
fn lossy(prefix: Prefix<'_>) -> Result<Header, Stop> {
    let [tag, _, _] = prefix.bytes(CONTENT)?;
    if tag & 1 != 0 || prefix.bytes(CONTENT + 3)? != [0x9D, 0x01, 0x2A] {
        return Err(Stop::Malformed("it does not begin with a whole picture"));
    }
    let side = |place| prefix.u16_le(place).map(|side| u32::from(side & 0x3FFF));
    let stored = (side(CONTENT + 6)?, side(CONTENT + 8)?);
    header(stored, false, false)
}

/// A signature, two sides less one of 14 bits, a bit for alpha, a version (RFC 9649, §3.4).
fn lossless(prefix: Prefix<'_>) -> Result<Header, Stop> {
    if prefix.byte(CONTENT)? != 0x2F {
        return Err(Stop::Malformed(
            "its lossless picture does not begin as such",
        ));
    }
    let bits = prefix.u32_le(CONTENT + 1)?;
    if bits >> 29 != 0 {
        return Err(Stop::Malformed("its version does not exist"));
    }
    let stored = ((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1);
    header(stored, bits >> 28 & 1 != 0, false)
}

/// Flags, and two sides less one of 24 bits (RFC 9649, §2.7.1).
fn extended(prefix: Prefix<'_>) -> Result<Header, Stop> {
    let flags = prefix.byte(CONTENT)?;
    let (width, height) = (prefix.u24_le(CONTENT + 4)?, prefix.u24_le(CONTENT + 7)?);
    let stored = (width + 1, height + 1);
    header(stored, flags & HAS_ALPHA != 0, flags & IS_ANIMATED != 0)
}

fn header(stored: (u32, u32), has_alpha: bool, is_animated: bool) -> Result<Header, Stop> {
    Ok(Header {
        format: ImageFormat::WebP,
        stored: sides(stored.0, stored.1)?,
        orientation: Orientation::UPRIGHT,
        has_alpha: Some(has_alpha),
        is_animated,
        coding: Coding::Plain,
        bits: 8,
    })
}

const CONTENT: u64 = 20;
const HAS_ALPHA: u8 = 0x10;
const IS_ANIMATED: u8 = 0x02;
