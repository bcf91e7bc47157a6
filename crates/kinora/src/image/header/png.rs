//! PNG, and APNG, which is a PNG with more chunks. <https://www.w3.org/TR/png-3/>

use super::exif::{self, Orientation};
use super::{Coding, Header, ImageFormat, Prefix, Stop, sides};

/// Reads `IHDR`, then the chunks before the pixels.
pub(super) fn read(prefix: Prefix<'_>) -> Result<Header, Stop> {
    let (colour, mut header) = image_header(prefix)?;
    // Each chunk is a length, a type, that many bytes, and a checksum of 4 (§5.3).
    let mut place = AFTER_HEADER;
    loop {
        let length = prefix.u32_be(place)?;
        if length > LONGEST_CHUNK {
            return Err(Stop::Malformed("a chunk is longer than any may be"));
        }
        let content = place + 8;
        match &prefix.bytes(place + 4)? {
            b"IDAT" => return Ok(header),
            b"IEND" => return Err(Stop::Malformed("it has no pixels")),
            // A transparent colour, of images without an alpha channel (§11.3.1.1).
            b"tRNS" if matches!(colour, 0 | 2 | 3) => header.has_alpha = Some(true),
            // Animation control, which stands before the pixels (§11.3.6.1).
            b"acTL" => header.is_animated = true,
            // Exif without the name it has in a JPEG (§11.3.4.5).
            b"eXIf" => header.orientation = exif::read(prefix, content, u64::from(length))?,
            _ => {}
        }
        place = content + u64::from(length) + 4;
    }
}

/// The first chunk (§11.2.1), with the colour type.
fn image_header(prefix: Prefix<'_>) -> Result<(u8, Header), Stop> {
    if prefix.bytes(12)? != *b"IHDR" {
        return Err(Stop::Malformed("it does not begin with its size"));
    }
    let (width, height) = (prefix.u32_be(16)?, prefix.u32_be(20)?);
    let [bits, colour, _, _, interlace] = prefix.bytes(24)?;
    let depths: &[u8] = match colour {
        0 => &[1, 2, 4, 8, 16],
        3 => &[1, 2, 4, 8],
        2 | 4 | 6 => &[8, 16],
        _ => return Err(Stop::Malformed("its kind of colours does not exist")),
    };
    if !depths.contains(&bits) {
        return Err(Stop::Malformed("its kind of colours has no such depth"));
    }
    if width > LONGEST_CHUNK || height > LONGEST_CHUNK {
        return Err(Stop::Malformed("a side is longer than any may be"));
    }
    let header = Header {
        format: ImageFormat::Png,
        stored: sides(width, height)?,
        orientation: Orientation::UPRIGHT,
        has_alpha: Some(matches!(colour, 4 | 6)),
        is_animated: false,
        coding: match interlace {
            0 => Coding::Plain,
            1 => Coding::InPasses,
            _ => return Err(Stop::Malformed("its order of lines does not exist")),
        },
        bits,
    };
    Ok((colour, header))
}

/// The signature of 8 bytes, and `IHDR` with 13 bytes of content.
const AFTER_HEADER: u64 = 8 + 4 + 4 + 13 + 4;

/// Four-byte integers stay below 2^31 (§7.1).
const LONGEST_CHUNK: u32 = (1 << 31) - 1;
