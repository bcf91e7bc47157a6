//! The still image a clip is made from. Decoding files is the host's work: here are pixels.

use std::error::Error;
use std::fmt;

/// An image as 8-bit RGBA, rows from the top, no padding between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Still {
    width: u32,
    height: u32,
    rgba: Vec<u8>,
}

impl Still {
    /// Takes pixels over, four bytes (red, green, blue, alpha) each.
    ///
    /// # Errors
    /// When a side is zero or longer than [`MAX_SIDE`], or when the number of bytes is not
    /// `width * height * 4`.
    pub fn new(width: u32, height: u32, rgba: Vec<u8>) -> Result<Self, StillError> {
        if width == 0 || height == 0 || width > MAX_SIDE || height > MAX_SIDE {
            return Err(StillError::Size { width, height });
        }
        let expected = u64::from(width) * u64::from(height) * 4;
        if rgba.len() as u64 != expected {
            return Err(StillError::Length {
                expected,
                actual: rgba.len() as u64,
            });
        }
        Ok(Self {
            width,
            height,
            rgba,
        })
    }

    /// Width in pixels.
    pub fn width(&self) -> u32 {
        self.width
    }

    /// Height in pixels.
    pub fn height(&self) -> u32 {
        self.height
    }

    /// The pixels, four bytes each.
    pub fn rgba(&self) -> &[u8] {
        &self.rgba
    }
}

/// The longest side a [`Still`] may have, in pixels. Browsers draw no larger canvas.
pub const MAX_SIDE: u32 = 16_384;

/// Why pixels are no [`Still`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StillError {
    /// A side is zero or longer than [`MAX_SIDE`].
    Size {
        /// Width asked for, in pixels.
        width: u32,
        /// Height asked for, in pixels.
        height: u32,
    },
    /// There are too few or too many bytes for the size.
    Length {
        /// Bytes that the size needs.
        expected: u64,
        /// Bytes that were given.
        actual: u64,
    },
}

impl StillError {
    /// A stable name of the kind of error, for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Size { .. } => "still_size",
            Self::Length { .. } => "still_length",
        }
    }
}

impl fmt::Display for StillError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Size { width, height } => {
                write!(
                    f,
                    "an image of {width} × {height} px cannot be animated: each side must be 1 to {MAX_SIDE} px"
                )
            }
            Self::Length { expected, actual } => {
                write!(
                    f,
                    "the image's pixels are incomplete: {actual} bytes where {expected} are needed"
                )
            }
        }
    }
}

impl Error for StillError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(width: u32, height: u32, bytes: usize, code: Option<&str>) {
        let still = Still::new(width, height, vec![0; bytes]);
        assert_eq!(
            still.as_ref().err().map(StillError::code),
            code,
            "{width}×{height}, {bytes} bytes"
        );
    }

    #[test]
    fn a_still_has_exactly_the_bytes_of_its_size() {
        check(2, 3, 24, None);
        check(2, 3, 23, Some("still_length"));
        check(2, 3, 25, Some("still_length"));
        check(0, 3, 0, Some("still_size"));
        check(3, 0, 0, Some("still_size"));
        check(MAX_SIDE, 1, MAX_SIDE as usize * 4, None);
        check(MAX_SIDE + 1, 1, 4, Some("still_size"));
        check(u32::MAX, u32::MAX, 4, Some("still_size"));
    }

    #[test]
    fn errors_say_what_and_how_much() {
        let size = Still::new(0, 9, vec![]).unwrap_err().to_string();
        assert_eq!(
            size,
            "an image of 0 × 9 px cannot be animated: each side must be 1 to 16384 px"
        );
        let length = Still::new(1, 1, vec![1]).unwrap_err().to_string();
        assert_eq!(
            length,
            "the image's pixels are incomplete: 1 bytes where 4 are needed"
        );
    }
}
