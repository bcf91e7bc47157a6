//! What a file must be, as a model's schema tells.

use crate::image::{ByteSize, ImageFormat};
use crate::limits::FILE_BYTES_READ;

/// The rules for a file, each of which may be missing.
///
/// Of the service's rules the operators exclude a bound and the sentences include it, so that the
/// bound itself is undecided.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct MediaRules {
    /// What kind of file it is.
    pub kind: MediaType,
    /// Width in pixels.
    pub width: Between,
    /// Height in pixels.
    pub height: Between,
    /// Width divided by height.
    pub ratio: Between,
    /// Smaller than this many megabytes, of 10^6 or 2^20 bytes: the service does not say which.
    pub megabytes_below: Option<f64>,
    /// The formats that are taken; empty where no list is known.
    pub formats: Formats,
    /// Whether transparency is ruled out, for PNG at least.
    pub opaque: bool,
}

impl MediaRules {
    /// A file above this is too large however the service counts a megabyte, so that no more of it
    /// need be read. A guard of ours where the model states no limit.
    ///
    /// ```
    /// use kinora::MediaRules;
    /// use kinora::image::ByteSize;
    ///
    /// let rules = MediaRules { megabytes_below: Some(1.5), ..MediaRules::default() };
    /// assert_eq!(rules.bytes_most(), ByteSize::bytes(1_572_864));
    /// ```
    pub fn bytes_most(&self) -> ByteSize {
        let mebibyte = ByteSize::mebibytes(1).count() as f64;
        match self.megabytes_below {
            // What is no number of bytes becomes the nearest that is.
            Some(megabytes) => ByteSize::bytes((megabytes * mebibyte) as u64),
            None => FILE_BYTES_READ,
        }
    }
}

/// Some of all formats, in no order of their own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Formats(u16);

impl Formats {
    /// None of them.
    pub const NONE: Self = Self(0);

    /// These.
    pub const fn of(formats: &[ImageFormat]) -> Self {
        let (mut marks, mut rest) = (0, formats);
        while let [format, others @ ..] = rest {
            marks |= 1 << *format as u16;
            rest = others;
        }
        Self(marks)
    }

    /// Whether there is none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether this is one of them.
    pub const fn contains(self, format: ImageFormat) -> bool {
        self.0 & 1 << format as u16 != 0
    }

    /// All of them, as [`ImageFormat::ALL`] orders them.
    pub fn all(self) -> impl Iterator<Item = ImageFormat> {
        let all = ImageFormat::ALL.into_iter();
        all.filter(move |format| self.contains(*format))
    }
}

impl Extend<ImageFormat> for Formats {
    fn extend<T: IntoIterator<Item = ImageFormat>>(&mut self, formats: T) {
        for format in formats {
            self.0 |= Self::of(&[format]).0;
        }
    }
}

/// What kind of file a field takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MediaType {
    /// A still image.
    Image,
    /// A video.
    Video,
    /// A sound.
    Audio,
    /// The schema does not tell.
    #[default]
    Any,
}

impl MediaType {
    /// What people call such a file: `an image`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Image => "an image",
            Self::Video => "a video",
            Self::Audio => "an audio file",
            Self::Any => "a file",
        }
    }
}

/// Two bounds of which neither is surely included.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Between {
    /// It is greater than this.
    pub above: Option<f64>,
    /// It is less than this.
    pub below: Option<f64>,
}

impl Between {
    /// Whether there is neither bound.
    pub fn is_free(&self) -> bool {
        self.above.is_none() && self.below.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Wan22;

    #[test]
    fn formats_are_those_that_were_put_in() {
        let mut formats = Formats::of(&[ImageFormat::JpegXl, ImageFormat::Jpeg]);
        assert!(formats.contains(ImageFormat::JpegXl) && !formats.contains(ImageFormat::Png));
        formats.extend([ImageFormat::Png]);
        let all: Vec<_> = formats.all().map(ImageFormat::name).collect();
        assert_eq!(all, ["JPEG", "PNG", "JPEG XL"]);
        assert!(Formats::NONE.is_empty() && !formats.is_empty());
        let every = Formats::of(&ImageFormat::ALL);
        assert_eq!(every.all().count(), ImageFormat::ALL.len());
    }

    #[test]
    fn as_much_is_read_as_may_still_be_taken() {
        let most = |megabytes_below| {
            let rules = MediaRules {
                megabytes_below,
                ..MediaRules::default()
            };
            rules.bytes_most().count()
        };
        assert_eq!(Wan22::IMAGE_RULES.bytes_most(), ByteSize::bytes(10_485_760));
        assert_eq!(most(Some(0.5)), 524_288);
        assert_eq!(most(Some(-1.0)), 0);
        assert_eq!(most(Some(f64::NAN)), 0);
        assert_eq!(most(Some(f64::INFINITY)), u64::MAX);
        assert_eq!(most(None), 52_428_800);
    }
}
