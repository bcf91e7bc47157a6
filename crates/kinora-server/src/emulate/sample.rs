//! The one output file, served as a media host would: with byte ranges.

use axum::body::Body;
use axum::http::header::{ACCEPT_RANGES, CONTENT_RANGE, CONTENT_TYPE, RANGE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

/// The file, or the part of it that is asked for.
pub(super) fn serve(headers: &HeaderMap) -> Response {
    let asked = headers.get(RANGE).and_then(|range| range.to_str().ok());
    let all = SAMPLE.len();
    let kind = [(CONTENT_TYPE, "video/mp4"), (ACCEPT_RANGES, "bytes")];
    match asked.map_or(Part::Whole, |asked| part(asked, all)) {
        Part::Whole => (kind, Body::from(SAMPLE)).into_response(),
        Part::Bytes { first, last } => {
            let place = [(CONTENT_RANGE, format!("bytes {first}-{last}/{all}"))];
            let bytes = SAMPLE.get(first..=last).unwrap_or_default();
            (StatusCode::PARTIAL_CONTENT, kind, place, Body::from(bytes)).into_response()
        }
        Part::Outside => {
            let place = [(CONTENT_RANGE, format!("bytes */{all}"))];
            (StatusCode::RANGE_NOT_SATISFIABLE, place).into_response()
        }
    }
}

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
