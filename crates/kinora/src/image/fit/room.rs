//! The sizes and shapes that rules leave, a pixel away from every bound.

use crate::image::ByteSize;
use crate::number::within;
use crate::{Between, MediaRules};

/// Sides and shapes of a copy.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room {
    width: (f64, f64),
    height: (f64, f64),
    ratio: (f64, f64),
}

impl Room {
    /// What these rules leave, if they leave anything.
    pub(super) fn of(rules: &MediaRules) -> Option<Self> {
        let width = sides(rules.width)?;
        let height = sides(rules.height)?;
        let widest =
            (width.1 / height.0).min(inside(rules.ratio.below, 1.0 - RATIO_MARGIN, LARGEST));
        let narrowest =
            (width.0 / height.1).max(inside(rules.ratio.above, 1.0 + RATIO_MARGIN, 0.0));
        (narrowest <= widest).then_some(Self {
            width,
            height,
            ratio: (narrowest, widest),
        })
    }

    /// The possible shape that is nearest to a wished one.
    pub(super) fn ratio(&self, wished: f64) -> f64 {
        // Whatever is no number is no wish.
        let wished = if wished > 0.0 { wished } else { 1.0 };
        within(wished, self.ratio.0, self.ratio.1)
    }

    /// The factor nearest to one that brings both sides within their bounds.
    pub(super) fn scale(&self, (width, height): (f64, f64)) -> Option<f64> {
        let least = (self.width.0 / width).max(self.height.0 / height);
        let most = (self.width.1 / width).min(self.height.1 / height);
        // A shape at the very edge leaves a single factor, and rounding may turn it around.
        (least <= most * (1.0 + RATIO_MARGIN)).then(|| 1_f64.min(most).max(least.min(most)))
    }

    /// Whole pixels within the bounds.
    pub(super) fn size(&self, (width, height): (f64, f64), scale: f64) -> (u32, u32) {
        let whole = |side: f64, (least, most): (f64, f64)| {
            within((side * scale).round(), least, most) as u32
        };
        (whole(width, self.width), whole(height, self.height))
    }
}

/// A file below a limit in megabytes of 10^6 bytes is below it in every reading.
pub(super) fn bytes_below(megabytes: f64) -> ByteSize {
    ByteSize::bytes((megabytes * 1e6) as u64)
}

/// The least and most whole pixels between two bounds.
fn sides(between: Between) -> Option<(f64, f64)> {
    let least = between
        .above
        .map_or(1.0, |bound| bound.floor() + 1.0)
        .max(1.0);
    let most = between
        .below
        .map_or(LARGEST, |bound| bound.ceil() - 1.0)
        .min(LARGEST);
    (least <= most).then_some((least, most))
}

fn inside(bound: Option<f64>, margin: f64, otherwise: f64) -> f64 {
    bound.map_or(otherwise, |bound| bound * margin)
}

/// The longest side that canvases of all browsers have room for.
const LARGEST: f64 = 8192.0;

/// How far from a bound of the shape is far enough, as a share of it.
const RATIO_MARGIN: f64 = 0.005;
