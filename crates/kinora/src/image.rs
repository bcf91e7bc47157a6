//! What is known of an image before it is paid for, and the rules it is held against.

use crate::number::digits;
use crate::sentence::join;

mod fit;
pub use fit::{Area, Change, CopyFormat, Fit, Framing, Ground, Trial, Trials, Unfit, Wish, fit};

mod header;
pub use header::{
    Coding, Colour, Flaw, Header, HeaderReader, HeaderStream, Orientation, Reading, Window,
    read_header,
};

mod png;
pub use png::PngWriter;

mod remark;
pub use remark::Remarks;

mod rule;
pub use rule::{RuleCheck, Verdict, check};

mod signature;
pub use signature::{is_complete, recognise};

/// What a look at an image brought to light; each part may be unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImageFacts {
    /// What the first bytes say it is.
    pub format: Option<ImageFormat>,
    /// Width in pixels, as displayed.
    pub width: Option<u32>,
    /// Height in pixels, as displayed.
    pub height: Option<u32>,
    /// Size of the file.
    pub bytes: Option<ByteSize>,
    /// What its pixels say about transparency.
    pub alpha: Option<Alpha>,
    /// What is odd about it.
    pub remarks: Remarks,
}

/// What became of the look at an image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Look {
    /// Not looked yet, or the look is still under way.
    Pending,
    /// The look is still under way; these facts are certain already.
    Partly(ImageFacts),
    /// These facts were found.
    Found(ImageFacts),
    /// There is no image to be had there.
    Failed(LookProblem),
}

/// Why no image was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LookProblem {
    /// Nothing answered, or the host refused.
    Unreachable,
    /// The browser has no network.
    Offline,
    /// Something answers, but it is no image that a browser shows, and its host keeps it from pages.
    Hidden,
    /// An answer came with this HTTP status.
    Status(u16),
    /// What came is no image, or none that a browser shows; its kind, where recognised.
    NotAnImage(Option<ImageFormat>),
    /// It begins like an image of this format but ends early or is damaged.
    Damaged(ImageFormat),
    /// Whoever looks at images could not begin, so that nothing is known of this one.
    NotLooked,
}

/// A kind of file, told by its first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImageFormat {
    /// JPEG.
    Jpeg,
    /// PNG, animated or not.
    Png,
    /// Windows bitmap.
    Bmp,
    /// WebP.
    WebP,
    /// GIF.
    Gif,
    /// AVIF.
    Avif,
    /// HEIC or HEIF, as phones write it.
    Heic,
    /// TIFF.
    Tiff,
    /// SVG, a drawing rather than pixels.
    Svg,
    /// A web page.
    Html,
    /// A PDF document.
    Pdf,
    /// An icon of Windows.
    Ico,
    /// JPEG XL.
    JpegXl,
}

impl ImageFormat {
    /// Every kind that is told.
    pub const ALL: [Self; 13] = [
        Self::Jpeg,
        Self::Png,
        Self::Bmp,
        Self::WebP,
        Self::Gif,
        Self::Avif,
        Self::Heic,
        Self::Tiff,
        Self::Svg,
        Self::Html,
        Self::Pdf,
        Self::Ico,
        Self::JpegXl,
    ];

    /// Its name as people write it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
            Self::Bmp => "BMP",
            Self::WebP => "WebP",
            Self::Gif => "GIF",
            Self::Avif => "AVIF",
            Self::Heic => "HEIC",
            Self::Tiff => "TIFF",
            Self::Svg => "SVG",
            Self::Html => "web page",
            Self::Pdf => "PDF",
            Self::Ico => "ICO",
            Self::JpegXl => "JPEG XL",
        }
    }
}

/// What the pixels of an image say about transparency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alpha {
    /// No pixel is transparent.
    Opaque,
    /// No pixel is transparent, yet the file has an alpha channel.
    OpaqueChannel,
    /// At least one pixel is partly transparent.
    Transparent,
}

/// A number of bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ByteSize(u64);

impl ByteSize {
    /// This many bytes.
    pub const fn bytes(count: u64) -> Self {
        Self(count)
    }

    /// This many times 10^6 bytes.
    pub const fn megabytes(count: u32) -> Self {
        Self(count as u64 * 1_000_000)
    }

    /// This many times 2^20 bytes.
    pub const fn mebibytes(count: u32) -> Self {
        Self(count as u64 * (1 << 20))
    }

    /// The number of bytes.
    pub const fn count(self) -> u64 {
        self.0
    }
}

impl ByteSize {
    /// As people read it: `12.5 MB`.
    pub fn sentence(self) -> String {
        let whole = |unit: u64| digits((self.0 / unit) as i64);
        if self.0 >= 1_000_000 {
            let tenth = digits((self.0 % 1_000_000 / 100_000) as i64);
            join(&[&whole(1_000_000), ".", &tenth, " MB"])
        } else if self.0 >= 1_000 {
            join(&[&whole(1_000), " KB"])
        } else {
            join(&[&whole(1), " bytes"])
        }
    }
}

impl core::fmt::Display for ByteSize {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter.write_str(&self.sentence())
    }
}
