//! How far the reading of one file has come.

use super::window::Source;
use super::{Flaw, Header};
use crate::image::ImageFormat;

/// How far the reading of one file has come. Each format uses what it needs of it.
#[derive(Clone, Debug)]
pub(super) struct Progress {
    /// Where the next part of the file begins.
    pub(super) place: u64,
    /// Where the last one ends, in formats that say so.
    pub(super) end: u64,
    /// What is known so far; without sides until they were read.
    pub(super) header: Header,
    /// Whether there was Exif already: only the first counts, whatever it says.
    pub(super) has_exif: bool,
}

impl Progress {
    /// The start of a file of this format.
    pub(super) fn of(format: ImageFormat) -> Self {
        Self {
            place: 0,
            end: 0,
            header: Header {
                format,
                ..Header::PLAIN
            },
            has_exif: false,
        }
    }

    /// Whether width and height were read.
    pub(super) fn has_size(&self) -> bool {
        self.header.stored.0 != 0
    }

    /// Width and height are read. A side of no pixels is no side.
    pub(super) fn sized(&mut self, source: &Source<'_>, width: u32, height: u32) -> Option<()> {
        if width == 0 || height == 0 {
            return source.malformed(Flaw::NoSize);
        }
        self.header.stored = (width, height);
        Some(())
    }
}
