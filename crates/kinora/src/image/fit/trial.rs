//! The files that a copy is tried as, until one is small enough.

use super::{CopyFormat, Fit};
use crate::image::ByteSize;

/// One way to write a copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trial {
    /// As what.
    pub format: CopyFormat,
    /// JPEG's quality in percent; of no effect on a PNG.
    pub quality: u32,
}

impl Trial {
    /// The quality, where it had to be lowered for the file to be small enough.
    pub fn lowered_to(self) -> Option<u32> {
        let is_lowered = self.format == CopyFormat::Jpeg && self.quality < BEST;
        is_lowered.then_some(self.quality)
    }
}

/// Which files are tried: a PNG where one is planned, then the best JPEG, then the worst, and then
/// by halves the best that is small enough.
///
/// ```
/// use kinora::image::{ByteSize, CopyFormat, Trials};
///
/// let mut trials = Trials::new(CopyFormat::Jpeg, Some(ByteSize::megabytes(10)));
/// assert_eq!(trials.next().map(|trial| trial.quality), Some(92));
/// assert!(trials.came(ByteSize::megabytes(9)), "it is kept");
/// assert_eq!(trials.next(), None);
/// ```
#[derive(Clone, Debug)]
pub struct Trials {
    below: Option<ByteSize>,
    next: Option<Trial>,
    /// The best quality that is known to be small enough, and the least that is known not to be.
    low: Option<u32>,
    high: u32,
}

impl Trials {
    /// Of a copy in this format that must be smaller than `below`.
    pub fn new(format: CopyFormat, below: Option<ByteSize>) -> Self {
        let quality = BEST;
        Self {
            below,
            next: Some(Trial { format, quality }),
            low: None,
            high: BEST + 1,
        }
    }

    /// Of a copy that is planned so.
    pub fn of(fit: &Fit) -> Self {
        Self::new(fit.format, fit.below)
    }

    /// What to try next; nothing when it is over.
    pub fn next(&self) -> Option<Trial> {
        self.next
    }

    /// Takes the size of the file that was tried, and says whether it is the best so far that is
    /// small enough.
    pub fn came(&mut self, size: ByteSize) -> bool {
        let Some(trial) = self.next else { return false };
        let is_below = self.below.is_none_or(|below| size < below);
        self.next = match (is_below, trial.format) {
            (true, CopyFormat::Png) => None,
            (false, CopyFormat::Png) => Some(jpeg(BEST)),
            (true, CopyFormat::Jpeg) => {
                self.low = Some(trial.quality);
                self.between()
            }
            (false, CopyFormat::Jpeg) => {
                self.high = trial.quality;
                self.between()
            }
        };
        is_below
    }

    /// The size grows with the quality, so halving finds the highest that fits.
    fn between(&self) -> Option<Trial> {
        match self.low {
            None if self.high > WORST => Some(jpeg(WORST)),
            None => None,
            Some(low) if self.high - low > 1 => Some(jpeg(low.midpoint(self.high))),
            Some(_) => None,
        }
    }
}

const fn jpeg(quality: u32) -> Trial {
    Trial {
        format: CopyFormat::Jpeg,
        quality,
    }
}

/// JPEG quality in percent: hardly told from the original, and the least that is worth looking at.
const BEST: u32 = 92;
const WORST: u32 = 30;

#[cfg(test)]
mod tests {
    use super::*;

    /// What is tried, and kept in the end, when a JPEG of quality q has `q * each` bytes and a PNG
    /// 200 times `each`.
    fn check(format: CopyFormat, each: u64, wanted: &[u32], kept: Option<Trial>) {
        let mut trials = Trials::new(format, Some(ByteSize::bytes(1000)));
        let (mut tried, mut best) = (Vec::new(), None);
        while let Some(trial) = trials.next() {
            let share = match trial.format {
                CopyFormat::Jpeg => u64::from(trial.quality),
                CopyFormat::Png => 200,
            };
            tried.push(share as u32);
            if trials.came(ByteSize::bytes(share * each)) {
                best = Some(trial);
            }
        }
        assert_eq!(tried, wanted);
        assert_eq!(best, kept);
        assert!(!trials.came(ByteSize::bytes(0)), "it is over");
    }

    #[test]
    fn the_best_jpeg_is_kept_where_it_fits() {
        check(CopyFormat::Jpeg, 1, &[92], Some(jpeg(92)));
    }

    #[test]
    fn the_highest_quality_that_fits_is_found_by_halves() {
        // 62 times 16 is below 1000, 63 times 16 is not.
        let tried = [92, 30, 61, 76, 68, 64, 62, 63];
        check(CopyFormat::Jpeg, 16, &tried, Some(jpeg(62)));
        assert_eq!(jpeg(62).lowered_to(), Some(62));
        assert_eq!(jpeg(92).lowered_to(), None);
    }

    #[test]
    fn a_copy_that_is_too_large_in_any_quality_is_not_kept() {
        check(CopyFormat::Jpeg, 40, &[92, 30], None);
    }

    #[test]
    fn a_png_that_is_too_large_becomes_a_jpeg() {
        let png = Trial {
            format: CopyFormat::Png,
            quality: BEST,
        };
        check(CopyFormat::Png, 4, &[200], Some(png));
        assert_eq!(png.lowered_to(), None);
        check(CopyFormat::Png, 6, &[200, 92], Some(jpeg(92)));
    }

    #[test]
    fn without_a_limit_the_first_is_kept() {
        let mut trials = Trials::new(CopyFormat::Jpeg, None);
        assert!(trials.came(ByteSize::megabytes(999)));
        assert_eq!(trials.next(), None);
    }
}
