//! A file, looked into: format, completeness, size, transparency.

use js_sys::Uint8Array;
use kinora::image::{
    Alpha, ByteSize, Header, ImageFacts, ImageFormat, LookProblem, Reading, is_complete,
    read_header, recognise,
};
use kinora::limits::IMAGE_BYTES_MOST;
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

use super::element::{Shown, measure};
use super::{Looked, Picture};
use crate::file::FileUrl;
use crate::retouch::Retoucher;

/// Looks into a whole file.
pub(super) async fn examine(blob: &Blob, retoucher: &Retoucher) -> Looked {
    let size = blob.size() as u64;
    let Some(bytes) = beginning(blob).await else {
        return Looked::failed(LookProblem::Unreachable);
    };
    let is_all = bytes.len() as u64 == size;
    match read_header(&bytes) {
        Reading::Known(header) if is_all && !is_complete(header.format, &bytes) => {
            Looked::failed(LookProblem::Damaged(header.format))
        }
        Reading::Known(header) => pixels(blob, &header, retoucher).await,
        Reading::Other(format) if is_document(format) => {
            Looked::failed(LookProblem::NotAnImage(Some(format)))
        }
        Reading::Other(format) => shown(blob, None, only(format, size)).await,
        Reading::Malformed { format, .. } => Looked::failed(LookProblem::Damaged(format)),
        Reading::NeedMore { .. } | Reading::Unrecognised => cut_short(&bytes),
    }
}

/// Looks at the beginning of a file of which no more is wanted.
pub(super) async fn only_head(head: &Blob, bytes: u64) -> Looked {
    let Some(start) = beginning(head).await else {
        return Looked::failed(LookProblem::Unreachable);
    };
    match read_header(&start) {
        Reading::Known(header) => Looked::found(told(&header, Some(bytes)), None),
        Reading::Other(format) if is_document(format) => {
            Looked::failed(LookProblem::NotAnImage(Some(format)))
        }
        Reading::Other(format) => Looked::found(only(format, bytes), None),
        Reading::Malformed { format, .. } => Looked::failed(LookProblem::Damaged(format)),
        Reading::NeedMore { .. } | Reading::Unrecognised => cut_short(&start),
    }
}

/// What a header tells. Whether a channel for transparency is used, only pixels do.
pub(super) fn told(header: &Header, bytes: Option<u64>) -> ImageFacts {
    let (width, height) = header.displayed();
    ImageFacts {
        format: Some(header.format),
        width: Some(width),
        height: Some(height),
        bytes: bytes.map(ByteSize::bytes),
        alpha: (header.has_alpha == Some(false)).then_some(Alpha::Opaque),
    }
}

async fn pixels(blob: &Blob, header: &Header, retoucher: &Retoucher) -> Looked {
    let mut facts = told(header, Some(blob.size() as u64));
    if facts.alpha.is_none() {
        facts.alpha = match retoucher.is_transparent(blob).await {
            Ok(true) => Some(Alpha::Transparent),
            Ok(false) if header.has_alpha == Some(true) => Some(Alpha::OpaqueChannel),
            Ok(false) => Some(Alpha::Opaque),
            // What does not decode shows below; the rest stays unknown.
            Err(_) => None,
        };
    }
    shown(blob, Some(header), facts).await
}

/// The file as a picture. Every browser shows the formats whose headers are read, so that the file
/// is at fault where it does not.
async fn shown(blob: &Blob, header: Option<&Header>, mut facts: ImageFacts) -> Looked {
    let typed = match facts.format {
        // Without its type an element does not show a drawing.
        Some(ImageFormat::Svg) => blob
            .slice_with_f64_and_f64_and_content_type(0.0, blob.size(), "image/svg+xml")
            .unwrap_or_else(|_| blob.clone()),
        _ => blob.clone(),
    };
    let Ok(url) = FileUrl::new(&typed) else {
        return Looked::found(facts, None);
    };
    match (measure(url.as_str()).await, header) {
        (Shown::As(width, height), _) => {
            (facts.width, facts.height) = (Some(width), Some(height));
            let picture = Picture::here(url, typed, (width, height));
            Looked::found(facts, Some(picture))
        }
        (Shown::Not, Some(header)) => Looked::failed(LookProblem::Damaged(header.format)),
        (Shown::Not, None) | (Shown::Nowhere, _) => Looked::found(facts, None),
    }
}

/// A file that ends within its header, or that is none.
fn cut_short(bytes: &[u8]) -> Looked {
    Looked::failed(match recognise(bytes) {
        Some(format) if !is_document(format) => LookProblem::Damaged(format),
        found => LookProblem::NotAnImage(found),
    })
}

const fn is_document(format: ImageFormat) -> bool {
    matches!(format, ImageFormat::Html | ImageFormat::Pdf)
}

fn only(format: ImageFormat, bytes: u64) -> ImageFacts {
    ImageFacts {
        format: Some(format),
        bytes: Some(ByteSize::bytes(bytes)),
        ..ImageFacts::default()
    }
}

/// The whole file, unless it is too large to be of use anyway.
async fn beginning(blob: &Blob) -> Option<Vec<u8>> {
    let most = IMAGE_BYTES_MOST.count() as f64;
    let start = blob
        .slice_with_f64_and_f64(0.0, most.min(blob.size()))
        .ok()?;
    let buffer = JsFuture::from(start.array_buffer()).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}
