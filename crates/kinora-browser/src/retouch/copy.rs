//! A copy, drawn and encoded as planned.

use kinora::image::{ByteSize, CopyFormat, Fit};
use web_sys::{Blob, ImageBitmap};

use super::canvas::Canvas;
use super::{ImageCopy, RetouchProblem};

/// Draws the picture on its ground, and encodes it below the plan's limit.
pub(super) async fn make(picture: &ImageBitmap, fit: &Fit) -> Result<ImageCopy, RetouchProblem> {
    let canvas = Canvas::opaque(fit.width, fit.height).ok_or(RetouchProblem::NoCanvas)?;
    canvas.paint(picture, fit).ok_or(RetouchProblem::NoCanvas)?;
    if fit.format == CopyFormat::Png {
        let file = encode(&canvas, CopyFormat::Png, 1.0).await?;
        if is_below(&file, fit) {
            return Ok(ImageCopy {
                file,
                format: CopyFormat::Png,
                lowered_to: None,
            });
        }
    }
    jpeg(&canvas, fit).await
}

/// The best JPEG that is small enough.
async fn jpeg(canvas: &Canvas, fit: &Fit) -> Result<ImageCopy, RetouchProblem> {
    let best = encode(canvas, CopyFormat::Jpeg, share(BEST)).await?;
    if is_below(&best, fit) {
        return Ok(copy_of(best, None));
    }
    let (mut low, mut high) = (WORST, BEST);
    let mut found = encode(canvas, CopyFormat::Jpeg, share(WORST)).await?;
    if !is_below(&found, fit) {
        return Err(RetouchProblem::TooLarge(size(&found)));
    }
    // The size grows with the quality, so halving finds the highest that fits.
    while high - low > 1 {
        let middle = low.midpoint(high);
        let file = encode(canvas, CopyFormat::Jpeg, share(middle)).await?;
        if is_below(&file, fit) {
            (low, found) = (middle, file);
        } else {
            high = middle;
        }
    }
    Ok(copy_of(found, Some(low)))
}

async fn encode(canvas: &Canvas, format: CopyFormat, quality: f64) -> Result<Blob, RetouchProblem> {
    let kind = match format {
        CopyFormat::Jpeg => "image/jpeg",
        CopyFormat::Png => "image/png",
    };
    let file = canvas.encode(kind, quality).await;
    file.ok_or(RetouchProblem::NoCanvas)
}

fn copy_of(file: Blob, lowered_to: Option<u32>) -> ImageCopy {
    ImageCopy {
        file,
        format: CopyFormat::Jpeg,
        lowered_to,
    }
}

fn is_below(file: &Blob, fit: &Fit) -> bool {
    fit.below.is_none_or(|below| size(file) < below)
}

fn size(file: &Blob) -> ByteSize {
    ByteSize::bytes(file.size() as u64)
}

fn share(percent: u32) -> f64 {
    f64::from(percent) / 100.0
}

/// JPEG quality in percent: hardly told from the original, and the least that is worth looking at.
const BEST: u32 = 92;
const WORST: u32 = 30;
