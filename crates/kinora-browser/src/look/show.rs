//! An image, as far as this page can show it.

use kinora::image::{ImageFacts, ImageFormat, LookProblem};
use web_sys::Blob;

use super::element::{Shown, measure};
use super::{Looked, Picture};
use crate::file::FileUrl;

/// A file of which these facts are known, as a picture. One that is common is at fault where it does
/// not show.
pub(super) async fn shown(file: Blob, mut facts: ImageFacts, is_common: bool) -> Looked {
    let typed = match facts.format {
        // Without its type an element does not show a drawing.
        Some(ImageFormat::Svg) => file
            .slice_with_f64_and_f64_and_content_type(0.0, file.size(), "image/svg+xml")
            .unwrap_or(file),
        _ => file,
    };
    let Ok(url) = FileUrl::new(&typed) else {
        return Looked::found(facts, None);
    };
    match (
        measure(url.as_str()).await,
        facts.format.filter(|_| is_common),
    ) {
        (Shown::As(width, height), _) => {
            (facts.width, facts.height) = (Some(width), Some(height));
            let picture = Picture::here(url, typed, (width, height));
            Looked::found(facts, Some(picture))
        }
        (Shown::Not, Some(format)) => Looked::failed(LookProblem::Damaged(format)),
        (Shown::Not, None) | (Shown::Nowhere, _) => Looked::found(facts, None),
    }
}
