//! One video track on its way into a file: what it is, and its encoded frames in order.

use std::error::Error;
use std::fmt;

use crate::size::FrameSize;

/// What a file says about its only track.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Track {
    /// The frames' size.
    pub size: FrameSize,
    /// How frames are encoded.
    pub codec: Codec,
    /// How their colours are meant.
    pub colour: Colour,
}

/// A video codec and what a decoder must know before the first frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Codec {
    /// H.264 with length-prefixed units. MP4 only.
    Avc {
        /// The `AVCDecoderConfigurationRecord` (ISO/IEC 14496-15, 5.3.3.1), which WebCodecs gives as
        /// `decoderConfig.description` when it encodes in the `avc` format.
        avcc: Vec<u8>,
    },
    /// VP8. WebM only.
    Vp8,
    /// VP9, profile 0, 8 bits. MP4 or WebM.
    Vp9 {
        /// The level times ten: 30 in `vp09.00.30.08`.
        level: u8,
    },
    /// AV1. WebM only.
    Av1 {
        /// The `AV1CodecConfigurationRecord`, <https://aomediacodec.github.io/av1-isobmff/#av1codecconfigurationbox>.
        av1c: Vec<u8>,
    },
}

/// The colour matrix of limited-range frames.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// ITU-R BT.709, as [`Motion::frame`](crate::Motion::frame) writes.
    Bt709,
    /// ITU-R BT.601, as lossy WebP images are.
    Bt601,
}

impl Colour {
    /// Primaries, transfer and matrix as numbered by ITU-T H.273.
    pub(crate) fn code_points(self) -> [u8; 3] {
        match self {
            Self::Bt709 => [1, 1, 1],
            Self::Bt601 => [1, 13, 6],
        }
    }
}

/// Encoded frames, one after the other.
#[derive(Clone, Debug, Default)]
pub(crate) struct Samples {
    pub(crate) entries: Vec<Sample>,
    /// The length of them all, in bytes.
    pub(crate) length: u64,
}

/// One encoded frame, and whether decoding can start at it.
#[derive(Clone, Debug)]
pub(crate) struct Sample {
    pub(crate) bytes: Vec<u8>,
    pub(crate) key: bool,
}

impl Samples {
    pub(crate) fn push(&mut self, bytes: Vec<u8>, key: bool) -> Result<(), MuxError> {
        let index = self.entries.len();
        if bytes.is_empty() {
            return Err(MuxError::EmptySample { index });
        }
        if index == 0 && !key {
            return Err(MuxError::FirstNotKey);
        }
        let length = self.length + bytes.len() as u64;
        if length > MAX_BYTES || index >= MAX_SAMPLES {
            return Err(MuxError::TooLarge);
        }
        self.length = length;
        self.entries.push(Sample { bytes, key });
        Ok(())
    }

    /// Fails when there is nothing to play.
    pub(crate) fn checked(&self) -> Result<(), MuxError> {
        if self.entries.is_empty() {
            Err(MuxError::NoSamples)
        } else {
            Ok(())
        }
    }
}

impl Track {
    /// Fails when a side is zero or does not fit the 16 bits that files have for it.
    pub(crate) fn checked_size(&self) -> Result<(), MuxError> {
        let FrameSize { width, height } = self.size;
        let fits = |side: u32| (1..=u32::from(u16::MAX)).contains(&side);
        if fits(width) && fits(height) {
            Ok(())
        } else {
            Err(MuxError::Size { width, height })
        }
    }
}

/// Why no file can be written.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MuxError {
    /// A side of the frames is zero or more than 65535 pixels.
    Size {
        /// Width in pixels.
        width: u32,
        /// Height in pixels.
        height: u32,
    },
    /// The file format does not carry this codec.
    Codec,
    /// The decoder configuration is none.
    Config,
    /// The first frame cannot be decoded on its own.
    FirstNotKey,
    /// A frame has no bytes.
    EmptySample {
        /// Which frame, from zero.
        index: usize,
    },
    /// No frame was added.
    NoSamples,
    /// More bytes or frames than a small file may have.
    TooLarge,
}

impl MuxError {
    /// A stable name of the kind of error, for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Size { .. } => "mux_size",
            Self::Codec => "mux_codec",
            Self::Config => "mux_config",
            Self::FirstNotKey => "mux_first_not_key",
            Self::EmptySample { .. } => "mux_empty_sample",
            Self::NoSamples => "mux_no_samples",
            Self::TooLarge => "mux_too_large",
        }
    }
}

impl fmt::Display for MuxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Size { width, height } => write!(f, "a video cannot be {width} × {height} px"),
            Self::Codec => write!(f, "this file format does not carry this codec"),
            Self::Config => write!(f, "the encoder gave no usable decoder configuration"),
            Self::FirstNotKey => write!(
                f,
                "the first frame is not a key frame, so nothing could be decoded"
            ),
            Self::EmptySample { index } => write!(f, "the encoder gave no bytes for frame {index}"),
            Self::NoSamples => write!(f, "the encoder gave no frames"),
            Self::TooLarge => write!(f, "the video is too large for a file in memory"),
        }
    }
}

impl Error for MuxError {}

/// The most bytes of frames in a file: half of what 32-bit offsets reach.
const MAX_BYTES: u64 = 1 << 31;
/// The most frames in a file: twelve hours.
const MAX_SAMPLES: usize = 1 << 20;
