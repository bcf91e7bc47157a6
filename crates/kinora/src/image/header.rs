//! What the first bytes of an image file say: size, transparency, orientation.
//!
//! The input is a prefix of the file, as much as is there; with too little the answer says how much
//! more is needed. Nothing is decoded and nothing allocated, and no input whatever makes it panic.
//!
//! ```
//! use kinora::image::{Reading, read_header};
//!
//! let start = b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\x04\xE0\0\0\x03\x40\x08\x02\0\0\0....\
//!               \0\0\x20\0IDAT";
//! let Reading::Known(header) = read_header(start) else { unreachable!() };
//! assert_eq!(header.displayed(), (1248, 832));
//! assert_eq!(header.has_alpha, Some(false));
//! assert!(matches!(read_header(&start[..20]), Reading::NeedMore { .. }));
//! ```

use super::{ImageFormat, recognise};

mod bmp;
mod exif;
mod jpeg;
mod png;
mod prefix;
mod webp;

pub use exif::Orientation;
use prefix::{Prefix, Stop};

/// What a header says of its image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// The format.
    pub format: ImageFormat,
    /// Width and height in pixels, as stored.
    pub stored: (u32, u32),
    /// How the stored pixels are turned to be displayed.
    pub orientation: Orientation,
    /// Whether there is an alpha channel or a transparent colour; nothing where the header leaves it
    /// to who reads the file. An alpha channel may be opaque all over: only pixels tell.
    pub has_alpha: Option<bool>,
    /// Whether it moves. Only one of its pictures is used then.
    pub is_animated: bool,
    /// How its pixels are written down.
    pub coding: Coding,
    /// Bits of one channel, or of the index into a palette; of one pixel in a BMP.
    pub bits: u8,
}

impl Header {
    /// Width and height in pixels, as displayed.
    pub const fn displayed(&self) -> (u32, u32) {
        let (width, height) = self.stored;
        if self.orientation.swaps_sides() {
            (height, width)
        } else {
            (width, height)
        }
    }
}

/// How pixels are written down, as far as readers differ in what they can take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coding {
    /// Line by line.
    Plain,
    /// Coarse first: an interlaced PNG or a progressive JPEG.
    InPasses,
    /// A JPEG of four inks, which many readers take for wrong colours.
    FourInks,
    /// A JPEG of a process that browsers do not read: arithmetic, lossless or hierarchical.
    Rare,
}

/// What a prefix of a file says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// All of it.
    Known(Header),
    /// A kind of file of which nothing more is read.
    Other(ImageFormat),
    /// Too little of the file is there.
    NeedMore {
        /// The number of bytes, counted from the start, without which nothing more can be said.
        at_least: u64,
    },
    /// It begins like an image of this format, and then is none.
    Malformed {
        /// The format it begins like.
        format: ImageFormat,
        /// What is wrong: `the width is 0`.
        why: &'static str,
    },
    /// It begins like nothing that is known.
    Unrecognised,
}

/// Reads a header from a prefix of its file.
///
/// A longer prefix of the same file gives the same answer, or a more certain one. When the file has
/// no byte more and the answer is [`Reading::NeedMore`], it is cut short.
pub fn read_header(prefix: &[u8]) -> Reading {
    let Some(format) = recognise(prefix) else {
        return if prefix.len() < RECOGNISED_BY {
            let at_least = prefix.len() as u64 + 1;
            Reading::NeedMore { at_least }
        } else {
            Reading::Unrecognised
        };
    };
    let prefix = Prefix(prefix);
    let header = match format {
        ImageFormat::Png => png::read(prefix),
        ImageFormat::Jpeg => jpeg::read(prefix),
        ImageFormat::WebP => webp::read(prefix),
        ImageFormat::Bmp => bmp::read(prefix),
        other => return Reading::Other(other),
    };
    match header {
        Ok(header) => Reading::Known(header),
        Err(Stop::NeedMore(at_least)) => Reading::NeedMore { at_least },
        Err(Stop::Malformed(why)) => Reading::Malformed { format, why },
    }
}

/// As many bytes as tell every kind of file that is told at all, white space before markup aside.
const RECOGNISED_BY: usize = 16;

/// A side of no pixels is no side.
fn sides(width: u32, height: u32) -> Result<(u32, u32), Stop> {
    match (width, height) {
        (0, _) => Err(Stop::Malformed("the width is 0")),
        (_, 0) => Err(Stop::Malformed("the height is 0")),
        sides => Ok(sides),
    }
}

#[cfg(test)]
mod tests;
