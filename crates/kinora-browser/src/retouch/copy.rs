//! A copy, drawn and encoded as planned.

use kinora::image::{ByteSize, CopyFormat, Fit, Trial, Trials};
use web_sys::{Blob, ImageBitmap};

use super::canvas::Canvas;
use super::{ImageCopy, RetouchProblem};

/// Draws the picture on its ground, and encodes it below the plan's limit.
pub(super) async fn make(picture: &ImageBitmap, fit: &Fit) -> Result<ImageCopy, RetouchProblem> {
    let canvas = Canvas::opaque(fit.width, fit.height).ok_or(RetouchProblem::NoCanvas)?;
    canvas.paint(picture, fit).ok_or(RetouchProblem::NoCanvas)?;
    let mut trials = Trials::of(fit);
    let (mut kept, mut smallest) = (None, ByteSize::bytes(u64::MAX));
    while let Some(trial) = trials.next() {
        let file = encode(&canvas, trial).await?;
        let size = ByteSize::bytes(file.size() as u64);
        smallest = smallest.min(size);
        if trials.came(size) {
            kept = Some(ImageCopy {
                file,
                format: trial.format,
                lowered_to: trial.lowered_to(),
            });
        }
    }
    kept.ok_or(RetouchProblem::TooLarge(smallest))
}

async fn encode(canvas: &Canvas, trial: Trial) -> Result<Blob, RetouchProblem> {
    let kind = match trial.format {
        CopyFormat::Jpeg => "image/jpeg",
        CopyFormat::Png => "image/png",
    };
    let file = canvas.encode(kind, f64::from(trial.quality) / 100.0).await;
    file.ok_or(RetouchProblem::NoCanvas)
}
