//! Ink and paper: the picture within its border, laid over what is there.

use crate::grid::{Channel, Grid};
use crate::plane::{Plane, UNIT};

/// One plane of the printed sheet.
pub(super) struct Print<'a> {
    pub(super) plane: &'a Plane,
    /// In the plane's fixed point.
    pub(super) border: i32,
    /// The sample of blank paper.
    pub(super) paper: i32,
}

impl Print<'_> {
    /// Lays what the sheet shows over a plane of the canvas.
    pub(super) fn lay(&self, sheet: &Grid, channel: &Channel, out: &mut [u8]) {
        let right = (self.plane.width as i32 - 1) * UNIT;
        let bottom = (self.plane.height as i32 - 1) * UNIT;
        sheet.each(channel, out, |below, x, y, light| {
            let outside = (-x).max(x - right).max((-y).max(y - bottom));
            if outside <= 0 {
                return channel.shade(self.plane.read(x, y), light);
            }
            let covered = part(self.border - outside);
            if covered == 0 {
                return below;
            }
            let printed = part(UNIT - outside);
            let colour = blend(self.paper, self.plane.read(x, y), printed);
            let above = i32::from(channel.shade(colour, light));
            blend(i32::from(below), above, covered) as u8
        });
    }
}

/// How much of 256 a soft edge covers, a distance inside it.
#[inline(always)]
fn part(inside: i32) -> i32 {
    (inside / (UNIT * 3 / 2 / 256)).clamp(0, 256)
}

#[inline(always)]
fn blend(below: i32, above: i32, part: i32) -> i32 {
    below + (((above - below) * part + 128) >> 8)
}

/// The luma of the paper.
pub(super) const PAPER: i32 = 222;
