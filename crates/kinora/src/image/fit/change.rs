//! What was changed, for the person.

use super::{Fit, may_be_transparent};
use crate::image::{ImageFacts, ImageFormat};
use crate::number::digits;
use crate::sentence::join;

/// One difference between an image and its copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It has fewer pixels.
    Reduced {
        /// Width and height before.
        from: (u32, u32),
        /// Width and height of the copy.
        to: (u32, u32),
    },
    /// It has more pixels, though no more detail.
    Enlarged {
        /// Width and height before.
        from: (u32, u32),
        /// Width and height of the copy.
        to: (u32, u32),
    },
    /// Two edges were cut off.
    Cropped,
    /// A ground was added on two sides.
    Padded,
    /// A ground was put behind transparent parts.
    Flattened,
    /// Turned as it is displayed, rather than as it was stored.
    Upright,
    /// The first picture of an animation.
    Still,
    /// Colours of print became those of screens.
    Recoloured,
    /// Written as another kind of file.
    Converted {
        /// What it was.
        from: Option<ImageFormat>,
        /// What it is.
        to: ImageFormat,
    },
    /// Written anew, which also leaves out what a camera wrote into the file.
    Rewritten,
}

impl Change {
    /// A stable name for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Reduced { .. } => "reduced",
            Self::Enlarged { .. } => "enlarged",
            Self::Cropped => "cropped",
            Self::Padded => "padded",
            Self::Flattened => "flattened",
            Self::Upright => "upright",
            Self::Still => "still",
            Self::Recoloured => "recoloured",
            Self::Converted { .. } => "converted",
            Self::Rewritten => "rewritten",
        }
    }

    /// What was done, as a sentence.
    pub fn sentence(&self) -> String {
        match self {
            Self::Reduced { from, to } => sizes("Reduced from ", *from, *to, "."),
            Self::Enlarged { from, to } => {
                sizes("Enlarged from ", *from, *to, ", which adds no detail.")
            }
            Self::Cropped => "Cut at two edges to get a shape that fits.".to_owned(),
            Self::Padded => "Set on a plain ground to get a shape that fits.".to_owned(),
            Self::Flattened => "Put on a plain ground where it was transparent.".to_owned(),
            Self::Upright => "Turned upright.".to_owned(),
            Self::Still => "Only the first picture of the animation.".to_owned(),
            Self::Recoloured => "Colours of print turned into RGB.".to_owned(),
            Self::Converted { from, to } => {
                let before = from.map_or("", ImageFormat::name);
                let joint = if before.is_empty() { "" } else { " from " };
                join(&["Saved as ", to.name(), joint, before, "."])
            }
            Self::Rewritten => "Saved anew, without camera data.".to_owned(),
        }
    }
}

/// Everything that a plan changes.
pub(super) fn all(fit: &Fit, facts: &ImageFacts, (width, height): (f64, f64)) -> Vec<Change> {
    let from = (width as u32, height as u32);
    let to = (fit.width, fit.height);
    let written = fit.format.image_format();
    let changes = [
        (fit.to.width < fit.from.width - 0.5).then_some(Change::Reduced { from, to }),
        (fit.to.width > fit.from.width + 0.5).then_some(Change::Enlarged { from, to }),
        (fit.from.width < width - 0.5 || fit.from.height < height - 0.5).then_some(Change::Cropped),
        (fit.to.x >= 0.5 || fit.to.y >= 0.5).then_some(Change::Padded),
        may_be_transparent(facts).then_some(Change::Flattened),
        facts.remarks.turned_from.map(|_| Change::Upright),
        facts.remarks.is_animated.then_some(Change::Still),
        facts.remarks.has_four_inks.then_some(Change::Recoloured),
        Some(match facts.format {
            Some(format) if format == written => Change::Rewritten,
            from => Change::Converted { from, to: written },
        }),
    ];
    changes.into_iter().flatten().collect()
}

fn sizes(start: &str, from: (u32, u32), to: (u32, u32), end: &str) -> String {
    let size =
        |(width, height): (u32, u32)| join(&[&digits(width.into()), " × ", &digits(height.into())]);
    join(&[start, &size(from), " to ", &size(to), end])
}
