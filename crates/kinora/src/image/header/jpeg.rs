//! JPEG: ITU-T T.81, <https://www.w3.org/Graphics/JPEG/itu-t81.pdf>.

use super::exif::{self, Orientation};
use super::{Coding, Header, ImageFormat, Prefix, Stop, sides};

/// Reads the segments before the first scan: the frame header, and Exif wherever it lies.
pub(super) fn read(prefix: Prefix<'_>) -> Result<Header, Stop> {
    let mut frame = None;
    let mut orientation = None;
    let mut place = 2;
    loop {
        let (marker, after) = next_marker(prefix, place)?;
        place = match marker {
            // Markers that stand alone (B.1.1.3, table B.1).
            0x00 | 0x01 | 0xD0..=0xD8 => after,
            0xD9 => return Err(Stop::Malformed("it ends before its pixels")),
            // The first scan: nothing that matters comes after it.
            0xDA => {
                let frame: Header = frame.ok_or(Stop::Malformed("its size is missing"))?;
                let orientation = orientation.unwrap_or(frame.orientation);
                return Ok(Header {
                    orientation,
                    ..frame
                });
            }
            // Frame headers; C4, C8 and CC are other things in between.
            0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF if frame.is_none() => {
                frame = Some(frame_header(prefix, marker, after)?);
                after + length(prefix, after)?
            }
            // APP1, which readers take for Exif when it begins so; the first one counts.
            0xE1 if orientation.is_none() => {
                let length = length(prefix, after)?;
                orientation = exif_segment(prefix, after, length)?;
                after + length
            }
            _ => after + length(prefix, after)?,
        };
    }
}

/// The next marker from a place on, and the place after it. Any number of `FF` may precede it
/// (B.1.1.2); like other readers, this one passes over what is no marker.
fn next_marker(prefix: Prefix<'_>, mut place: u64) -> Result<(u8, u64), Stop> {
    while prefix.byte(place)? != 0xFF {
        place += 1;
    }
    while prefix.byte(place)? == 0xFF {
        place += 1;
    }
    Ok((prefix.byte(place)?, place + 1))
}

/// The length of a segment, which counts its own two bytes (B.1.1.4).
fn length(prefix: Prefix<'_>, place: u64) -> Result<u64, Stop> {
    match prefix.u16_be(place)? {
        0 | 1 => Err(Stop::Malformed("a part of it is shorter than any may be")),
        length => Ok(u64::from(length)),
    }
}

/// A frame header (B.2.2): length, precision, lines, samples a line, components.
fn frame_header(prefix: Prefix<'_>, marker: u8, place: u64) -> Result<Header, Stop> {
    let bits = prefix.byte(place + 2)?;
    let (height, width) = (prefix.u16_be(place + 3)?, prefix.u16_be(place + 5)?);
    let components = prefix.byte(place + 7)?;
    if length(prefix, place)? < 8 + 3 * u64::from(components) {
        return Err(Stop::Malformed("its size is cut short"));
    }
    Ok(Header {
        format: ImageFormat::Jpeg,
        stored: sides(width.into(), height.into())?,
        orientation: Orientation::UPRIGHT,
        has_alpha: Some(false),
        is_animated: false,
        coding: match (marker, components) {
            (0xC0..=0xC2, 4) => Coding::FourInks,
            (0xC0 | 0xC1, _) => Coding::Plain,
            (0xC2, _) => Coding::InPasses,
            _ => Coding::Rare,
        },
        bits,
    })
}

/// The orientation in an APP1 segment, when that holds Exif (Exif 2.32, 4.7.2).
fn exif_segment(prefix: Prefix<'_>, place: u64, length: u64) -> Result<Option<Orientation>, Stop> {
    let head = 2 + EXIF.len() as u64;
    if length < head || prefix.bytes(place + 2)? != *EXIF {
        return Ok(None);
    }
    exif::read(prefix, place + head, length - head).map(Some)
}

const EXIF: &[u8; 6] = b"Exif\0\0";
