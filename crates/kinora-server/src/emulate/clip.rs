//! The one output file, served as a media host would: with byte ranges.

use std::fs;
use std::path::Path;

use axum::body::{Body, Bytes};
use axum::http::header::{ACCEPT_RANGES, CONTENT_RANGE, CONTENT_TYPE, RANGE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

use super::EmulateError;

/// The file that every job makes, whole in memory.
#[derive(Clone, Debug)]
pub(super) struct Clip {
    bytes: Bytes,
    kind: Kind,
}

/// What a file is, by its first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Kind {
    media_type: &'static str,
    extension: &'static str,
}

impl Clip {
    /// The bundled one.
    pub(super) fn sample() -> Self {
        Self {
            bytes: Bytes::from_static(SAMPLE),
            kind: MP4,
        }
    }

    /// A file of the person's own.
    ///
    /// # Errors
    /// When it cannot be read, or is no video that browsers know.
    pub(super) fn read(path: &Path) -> Result<Self, EmulateError> {
        let bytes = fs::read(path).map_err(|error| {
            EmulateError::Video(format!("{} cannot be read: {error}", path.display()))
        })?;
        let kind = kind(&bytes).ok_or_else(|| {
            EmulateError::Video(format!(
                "{} is no video that browsers play; give an MP4, QuickTime, WebM, Ogg, GIF or WebP \
                 file",
                path.display()
            ))
        })?;
        Ok(Self {
            bytes: Bytes::from(bytes),
            kind,
        })
    }

    /// What its address ends in.
    pub(super) fn extension(&self) -> &'static str {
        self.kind.extension
    }

    /// The file, or the part of it that is asked for.
    pub(super) fn serve(&self, headers: &HeaderMap) -> Response {
        let asked = headers.get(RANGE).and_then(|range| range.to_str().ok());
        let all = self.bytes.len();
        let kind = [
            (CONTENT_TYPE, self.kind.media_type),
            (ACCEPT_RANGES, "bytes"),
        ];
        match asked.map_or(Part::Whole, |asked| part(asked, all)) {
            Part::Whole => (kind, Body::from(self.bytes.clone())).into_response(),
            Part::Bytes { first, last } => {
                let place = [(CONTENT_RANGE, format!("bytes {first}-{last}/{all}"))];
                let bytes = Body::from(self.bytes.slice(first..=last));
                (StatusCode::PARTIAL_CONTENT, kind, place, bytes).into_response()
            }
            Part::Outside => {
                let place = [(CONTENT_RANGE, format!("bytes */{all}"))];
                (StatusCode::RANGE_NOT_SATISFIABLE, place).into_response()
            }
        }
    }
}

/// <https://mimesniff.spec.whatwg.org/#matching-an-audio-or-video-type-pattern>
fn kind(bytes: &[u8]) -> Option<Kind> {
    let of = |media_type, extension| {
        Some(Kind {
            media_type,
            extension,
        })
    };
    match bytes {
        [
            _,
            _,
            _,
            _,
            b'f',
            b't',
            b'y',
            b'p',
            b'q',
            b't',
            b' ',
            b' ',
            ..,
        ] => of("video/quicktime", "mov"),
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => Some(MP4),
        [0x1A, 0x45, 0xDF, 0xA3, ..] => of("video/webm", "webm"),
        [b'O', b'g', b'g', b'S', ..] => of("video/ogg", "ogv"),
        [b'G', b'I', b'F', b'8', ..] => of("image/gif", "gif"),
        [
            b'R',
            b'I',
            b'F',
            b'F',
            _,
            _,
            _,
            _,
            b'W',
            b'E',
            b'B',
            b'P',
            ..,
        ] => of("image/webp", "webp"),
        _ => None,
    }
}

const MP4: Kind = Kind {
    media_type: "video/mp4",
    extension: "mp4",
};

/// What is asked for of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Whole,
    Bytes { first: usize, last: usize },
    Outside,
}

/// Reads a `Range` header. What is malformed, or asks for several parts, gets the whole file:
/// <https://www.rfc-editor.org/rfc/rfc9110#section-14.2>
fn part(asked: &str, all: usize) -> Part {
    let Some((first, last)) = asked
        .strip_prefix("bytes=")
        .and_then(|range| range.split_once('-'))
    else {
        return Part::Whole;
    };
    let end = all.saturating_sub(1);
    let (first, last) = match (first.parse::<usize>(), last.parse::<usize>()) {
        (Ok(first), Ok(last)) if first <= last => (first, last.min(end)),
        (Ok(first), Err(_)) if last.is_empty() => (first, end),
        (Err(_), Ok(tail)) if first.is_empty() => (all.saturating_sub(tail), end),
        _ => return Part::Whole,
    };
    if first > last {
        Part::Outside
    } else {
        Part::Bytes { first, last }
    }
}

const SAMPLE: &[u8] = include_bytes!("../../assets/sample.mp4");

#[cfg(test)]
mod tests {
    use super::*;

    fn check(asked: &str, wanted: Part) {
        assert_eq!(part(asked, 100), wanted, "{asked}");
    }

    #[test]
    fn ranges_are_read_as_http_means_them() {
        check("bytes=0-", Part::Bytes { first: 0, last: 99 });
        check(
            "bytes=10-19",
            Part::Bytes {
                first: 10,
                last: 19,
            },
        );
        check(
            "bytes=99-500",
            Part::Bytes {
                first: 99,
                last: 99,
            },
        );
        check(
            "bytes=-10",
            Part::Bytes {
                first: 90,
                last: 99,
            },
        );
        check("bytes=-500", Part::Bytes { first: 0, last: 99 });
    }

    #[test]
    fn a_file_is_known_by_its_first_bytes() {
        let check =
            |bytes: &[u8], wanted| assert_eq!(kind(bytes).map(|kind| kind.media_type), wanted);
        check(SAMPLE, Some("video/mp4"));
        check(b"\0\0\0\x14ftypqt  ", Some("video/quicktime"));
        check(b"\x1A\x45\xDF\xA3\x9F", Some("video/webm"));
        check(b"OggS\0", Some("video/ogg"));
        check(b"GIF89a", Some("image/gif"));
        check(b"RIFF\x10\0\0\0WEBPVP8 ", Some("image/webp"));
        check(b"RIFF\x10\0\0\0WAVE", None);
        check(b"<html>", None);
        check(b"", None);
    }

    #[test]
    fn a_range_outside_is_refused_and_a_malformed_one_ignored() {
        check("bytes=100-", Part::Outside);
        check("bytes=-0", Part::Outside);
        for asked in [
            "bytes=20-10",
            "bytes=a-b",
            "bytes=-",
            "bytes=0-1,5-6",
            "lines=0-1",
            "",
        ] {
            check(asked, Part::Whole);
        }
    }
}
