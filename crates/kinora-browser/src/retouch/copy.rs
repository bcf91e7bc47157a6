//! A copy, drawn and encoded as planned.

use kinora::image::{ByteSize, CopyFormat, Fit, Trial, Trials};
use web_sys::{Blob, ImageBitmap};

use super::canvas::Canvas;
use super::{ImageCopy, RetouchProblem, png};

/// Draws the picture on its ground, and encodes it below the plan's limit.
pub(super) async fn make(picture: &ImageBitmap, fit: &Fit) -> Result<ImageCopy, RetouchProblem> {
    let is_read = fit.format == CopyFormat::Png;
    let canvas = Canvas::opaque(fit.width, fit.height, is_read).ok_or(RetouchProblem::NoCanvas)?;
    canvas.paint(picture, fit).ok_or(RetouchProblem::NoCanvas)?;
    let mut trials = Trials::of(fit);
    let (mut kept, mut smallest) = (None, ByteSize::bytes(u64::MAX));
    while let Some(trial) = trials.next() {
        let file = encode(&canvas, fit, trial).await?;
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

async fn encode(canvas: &Canvas, fit: &Fit, trial: Trial) -> Result<Blob, RetouchProblem> {
    let quality = f64::from(trial.quality) / 100.0;
    let file = match trial.format {
        CopyFormat::Jpeg => canvas.encode("image/jpeg", quality).await,
        CopyFormat::Png => match png::encode(canvas, (fit.width, fit.height)).await {
            Some(file) => Some(file),
            // With an alpha channel, which whoever looks at the copy next is told.
            None => canvas.encode("image/png", quality).await,
        },
    };
    file.ok_or(RetouchProblem::NoCanvas)
}
