//! The frame inside a lossy WebP image, which is a VP8 key frame: the way to video where a browser can
//! encode images but no video.

use std::error::Error;
use std::fmt;

/// The VP8 key frame of a lossy WebP file, ready for a `V_VP8` track in [`Colour::Bt601`](crate::Colour::Bt601).
/// The container is described at <https://developers.google.com/speed/webp/docs/riff_container>.
///
/// # Errors
/// When the bytes are no WebP, are cut short, or hold no lossy frame (browsers fall back to PNG, and encode
/// at full quality without loss).
pub fn webp_vp8_chunk(file: &[u8]) -> Result<&[u8], WebpError> {
    let magic = file.get(..4) == Some(b"RIFF") && file.get(8..12) == Some(b"WEBP");
    let mut rest = file.get(12..).filter(|_| magic).ok_or(WebpError::NotWebp)?;
    while !rest.is_empty() {
        let (name, length) = head(rest).ok_or(WebpError::Truncated)?;
        let body = rest
            .get(8..)
            .and_then(|body| body.get(..length))
            .ok_or(WebpError::Truncated)?;
        match name {
            b"VP8 " if body.get(3..6) == Some(&START_CODE) && body[0] & 1 == 0 => return Ok(body),
            b"VP8 " => return Err(WebpError::NotKeyFrame),
            b"VP8L" => return Err(WebpError::Lossless),
            _ => rest = rest.get(8 + length + length % 2..).unwrap_or_default(),
        }
    }
    Err(WebpError::NoFrame)
}

/// A chunk's name and length.
fn head(chunk: &[u8]) -> Option<(&[u8], usize)> {
    let length = chunk.get(4..8)?.try_into().ok().map(u32::from_le_bytes)?;
    Some((&chunk[..4], usize::try_from(length).ok()?))
}

/// Why a file holds no usable VP8 frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WebpError {
    /// The bytes do not start as a WebP file.
    NotWebp,
    /// The file ends within a chunk.
    Truncated,
    /// The image is encoded without loss, not as VP8.
    Lossless,
    /// The VP8 data does not start with a key frame.
    NotKeyFrame,
    /// There is no image in the file.
    NoFrame,
}

impl fmt::Display for WebpError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotWebp => "the browser did not encode the frame as WebP",
            Self::Truncated => "the WebP frame is incomplete",
            Self::Lossless => "the WebP frame is lossless, which a video cannot carry",
            Self::NotKeyFrame => "the WebP frame does not start with a key frame",
            Self::NoFrame => "the WebP file has no image",
        })
    }
}

impl Error for WebpError {}

/// After the three bytes of the frame tag, every VP8 key frame has these (RFC 6386, section 9.1).
const START_CODE: [u8; 3] = [0x9D, 0x01, 0x2A];

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: [u8; 7] = [0x10, 0, 0, 0x9D, 0x01, 0x2A, 9];

    fn file(chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
        let mut file = b"RIFF\0\0\0\0WEBP".to_vec();
        for (name, body) in chunks {
            file.extend(*name);
            file.extend((body.len() as u32).to_le_bytes());
            file.extend(*body);
            file.resize(file.len().next_multiple_of(2), 0);
        }
        file
    }

    fn check(file: &[u8], expected: Result<&[u8], WebpError>) {
        assert_eq!(webp_vp8_chunk(file), expected);
    }

    #[test]
    fn the_frame_is_found_past_other_chunks_of_odd_length() {
        check(&file(&[(b"VP8 ", &FRAME)]), Ok(&FRAME));
        check(
            &file(&[
                (b"VP8X", &[0; 10]),
                (b"ALPH", &[1, 2, 3]),
                (b"VP8 ", &FRAME),
            ]),
            Ok(&FRAME),
        );
    }

    #[test]
    fn what_is_no_lossy_frame_is_named() {
        check(b"\x89PNG\r\n\x1a\n", Err(WebpError::NotWebp));
        check(b"", Err(WebpError::NotWebp));
        check(&file(&[]), Err(WebpError::NoFrame));
        check(&file(&[(b"VP8L", &[0x2F; 5])]), Err(WebpError::Lossless));
        check(
            &file(&[(b"VP8 ", &[1, 0, 0, 0x9D, 0x01, 0x2A])]),
            Err(WebpError::NotKeyFrame),
        );
        check(&file(&[(b"VP8 ", &[])]), Err(WebpError::NotKeyFrame));
        let whole = file(&[(b"VP8 ", &FRAME)]);
        check(&whole[..20], Err(WebpError::Truncated));
        check(&whole[..15], Err(WebpError::Truncated));
    }
}
