//! What a file must be, as a model's schema tells.

use crate::image::ImageFormat;

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
    pub formats: &'static [ImageFormat],
    /// Whether transparency is ruled out, for PNG at least.
    pub opaque: bool,
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
