//! Why a file is no image, though it begins like one.

use core::fmt;

/// Why a file is no image, though it begins like one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// It ends within its header.
    CutShort,
    /// A side of no pixels.
    NoSize,
    /// A side longer than the format allows.
    TooLarge,
    /// A checksum does not fit: bytes were changed on the way.
    Checksum,
    /// A part has a length that it cannot have.
    Length,
    /// A value that the format does not know.
    Value,
    /// A part stands where it must not, or one is missing there.
    Order,
    /// It ends without any pixels.
    NoPixels,
    /// The picture inside has another size than the file says.
    SizesDiffer,
}

impl Flaw {
    /// What is wrong, in words that go on after "This is no whole image:".
    pub const fn words(self) -> &'static str {
        match self {
            Self::CutShort => "it ends within its header",
            Self::NoSize => "its header says that it has no pixels",
            Self::TooLarge => "its header asks for more pixels than there can be",
            Self::Checksum => "its header was changed on the way",
            Self::Length => "a part of its header has an impossible length",
            Self::Value => "its header has a value that the format does not know",
            Self::Order => "the parts of its header are out of order",
            Self::NoPixels => "it ends without any pixels",
            Self::SizesDiffer => "its header and its picture disagree about its size",
        }
    }
}

impl fmt::Display for Flaw {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.words())
    }
}
