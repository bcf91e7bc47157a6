//! What the first bytes of an image file say: size, transparency, orientation.
//!
//! The bytes come as a prefix of the file, as much as is there, or window by window without
//! keeping what is done with. With too little the answer says how much more is needed. Nothing is
//! decoded and nothing allocated, and no input whatever makes it panic.
//!
//! ```text
//!              ┌───────── NeedMore { at_least } ◄─────────┐
//!              ▼                                          │
//!  bytes ─► signature ─► PNG │ JPEG │ WebP │ BMP, part after part ─► Known │ Malformed
//!              ├─► Other: named, not read
//!              └─► Unrecognised
//! ```
//!
//! ```
//! use kinora::image::{Reading, read_header};
//!
//! let start = b"BM....\0\0\0\0\x36\0\0\0\x28\0\0\0\xE0\x04\0\0\x40\x03\0\0\x01\0\x18\0\0\0\0\0";
//! let Reading::Known(header) = read_header(start) else { unreachable!() };
//! assert_eq!(header.displayed(), (1248, 832));
//! assert_eq!(header.has_alpha, Some(false));
//! assert!(matches!(read_header(&start[..20]), Reading::NeedMore { .. }));
//! ```
//!
//! Only the header is judged. Whether the pixels behind it are all there,
//! [`is_complete`](super::is_complete) tells; whether they are sound, a decoder.

use super::ImageFormat;
use super::signature::{Told, tell};

mod bmp;
mod exif;
mod jpeg;
mod png;
pub(super) use png::checksum;
mod webp;

mod fact;
pub use fact::{Coding, Colour, Header, Orientation};

mod flaw;
pub use flaw::Flaw;

mod progress;
use progress::Progress;

mod stream;
pub use stream::HeaderStream;

mod window;
pub use window::Window;
use window::{Source, Stop};

/// What a part of a file says.
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
        /// What is wrong.
        why: Flaw,
    },
    /// It begins like nothing that is known.
    Unrecognised,
}

/// Reads a header from a prefix of its file.
///
/// A longer prefix of the same file gives the same answer, or the first that is not
/// [`Reading::NeedMore`]. When the file has no byte more and the answer is that, it is cut short.
pub fn read_header(prefix: &[u8]) -> Reading {
    HeaderReader::new().read(Window::new(0, prefix, None))
}

/// Reads a header window by window and remembers where it stopped, so that a file that comes in
/// many pieces is gone through once, and 16 MB of metadata need not be kept, nor even fetched.
///
/// ```
/// use kinora::image::{HeaderReader, ImageFormat, Reading, Window};
///
/// let (mut reader, mut kept, mut start) = (HeaderReader::new(), Vec::new(), 0);
/// let mut reading = Reading::NeedMore { at_least: 1 };
/// for piece in [b"GIF89a".as_slice(), b"\xE0\x04\x40\x03\0\0\0\0\0\0"] {
///     kept.extend_from_slice(piece);
///     reading = reader.read(Window::new(start, &kept, None));
///     let done = (reader.wanted_from() - start).min(kept.len() as u64);
///     kept.drain(..done as usize);
///     start += done;
/// }
/// assert_eq!(reading, Reading::Other(ImageFormat::Gif));
/// ```
#[derive(Clone, Debug, Default)]
pub struct HeaderReader {
    /// Nothing before the signature is read.
    progress: Option<Progress>,
    /// What was read when all was.
    over: Option<Reading>,
}

impl HeaderReader {
    /// A reader at the start of a file.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads on. The window must begin at or before [`HeaderReader::wanted_from`]; one that begins
    /// later is answered with the same wish again.
    pub fn read(&mut self, window: Window<'_>) -> Reading {
        if let Some(reading) = self.over {
            return reading;
        }
        match self.read_on(window) {
            more @ Reading::NeedMore { .. } => more,
            reading => *self.over.insert(reading),
        }
    }

    /// The first byte of the file, counted from its start, that is still of use: those before it
    /// need not be kept.
    pub fn wanted_from(&self) -> u64 {
        match (&self.over, &self.progress) {
            (Some(_), _) => u64::MAX,
            (None, Some(progress)) => progress.place,
            (None, None) => 0,
        }
    }

    fn read_on(&mut self, window: Window<'_>) -> Reading {
        let progress = match &mut self.progress {
            Some(progress) => progress,
            None => match tell(&window) {
                Told::Known(format) => self.progress.insert(Progress::of(format)),
                Told::NeedMore(at_least) => return Reading::NeedMore { at_least },
                Told::Unrecognised => return Reading::Unrecognised,
            },
        };
        let format = progress.header.format;
        let source = Source::new(window);
        let read = match format {
            ImageFormat::Png => png::read(progress, &source),
            ImageFormat::Jpeg => jpeg::read(progress, &source),
            ImageFormat::WebP => webp::read(progress, &source),
            ImageFormat::Bmp => bmp::read(progress, &source),
            other => return Reading::Other(other),
        };
        match (read, source.stop()) {
            (Some(()), _) => Reading::Known(progress.header),
            (None, Stop::NeedMore(at_least)) => Reading::NeedMore { at_least },
            (None, Stop::Malformed(why)) => Reading::Malformed { format, why },
        }
    }
}

#[cfg(test)]
mod tests;
