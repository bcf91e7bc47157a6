//! The beginning of a file that comes in pieces, until its header is known.

use super::{HeaderReader, Reading, Window};

/// Reads a header out of pieces as they come, and keeps no more of them than it has yet to read.
///
/// ```
/// use kinora::image::{Flaw, HeaderStream, ImageFormat, Reading};
///
/// let mut stream = HeaderStream::default();
/// assert!(matches!(stream.grow(b"\xFF\xD8\xFF"), Reading::NeedMore { .. }));
/// let why = Flaw::CutShort;
/// assert_eq!(stream.end(), Reading::Malformed { format: ImageFormat::Jpeg, why });
/// ```
#[derive(Clone, Debug, Default)]
pub struct HeaderStream {
    reader: HeaderReader,
    kept: Vec<u8>,
    /// Where in the file the kept bytes begin.
    start: u64,
}

impl HeaderStream {
    /// Reads on with the next piece. Once the answer is not [`Reading::NeedMore`], it stays.
    pub fn grow(&mut self, piece: &[u8]) -> Reading {
        self.kept.extend_from_slice(piece);
        let reading = self.reader.read(Window::new(self.start, &self.kept, None));
        let done = self.reader.wanted_from().saturating_sub(self.start);
        let done = done.min(self.kept.len() as u64);
        // `drain` could panic, and would bring the words for it along.
        self.kept = self.kept.get(done as usize..).unwrap_or_default().to_vec();
        self.start += done;
        reading
    }

    /// What the file is, now that no more of it comes. It is never [`Reading::NeedMore`].
    pub fn end(&mut self) -> Reading {
        let total = self.start + self.kept.len() as u64;
        let window = Window::new(self.start, &self.kept, Some(total));
        match self.reader.read(window) {
            Reading::NeedMore { .. } => Reading::Unrecognised,
            reading => reading,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::image::{Flaw, ImageFormat, read_header};

    /// A bitmap of 1248 × 832 pixels, without these.
    const BITMAP: &[u8] =
        b"BM....\0\0\0\0\x36\0\0\0\x28\0\0\0\xE0\x04\0\0\x40\x03\0\0\x01\0\x18\0\0\0\0\0";

    fn in_pieces(file: &[u8], length: usize) -> Reading {
        let mut stream = HeaderStream::default();
        for piece in file.chunks(length) {
            let reading = stream.grow(piece);
            if !matches!(reading, Reading::NeedMore { .. }) {
                return reading;
            }
        }
        stream.end()
    }

    #[test]
    fn a_header_is_the_same_in_pieces_of_any_length() {
        for length in 1..=BITMAP.len() {
            assert_eq!(in_pieces(BITMAP, length), read_header(BITMAP), "{length}");
        }
    }

    #[test]
    fn a_file_that_ends_in_its_header_is_cut_short() {
        let wanted = Reading::Malformed {
            format: ImageFormat::Bmp,
            why: Flaw::CutShort,
        };
        assert_eq!(in_pieces(&BITMAP[..20], 7), wanted);
    }

    #[test]
    fn nothing_at_all_is_no_image() {
        assert_eq!(in_pieces(b"", 1), Reading::Unrecognised);
        assert_eq!(in_pieces(b"hello", 2), Reading::Unrecognised);
    }

    #[test]
    fn what_was_read_is_not_kept() {
        let mut jpeg = b"\xFF\xD8\xFF\xE0\xFF\xFF".to_vec();
        jpeg.resize(60_000, 0);
        let mut stream = HeaderStream::default();
        stream.grow(&jpeg);
        assert!(stream.kept.len() < 100, "{} bytes kept", stream.kept.len());
    }
}
