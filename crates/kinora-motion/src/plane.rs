//! Planes of 8-bit samples with mirrored edges, read at fixed-point positions.

use std::ops::Range;

use crate::colour::I420;
use crate::size::FrameSize;
use crate::work::{PIECE, bands, end_piece};

/// One channel of a picture, with [`PAD`] mirrored samples around it.
#[derive(Clone, Debug)]
pub(crate) struct Plane {
    pub(crate) width: usize,
    pub(crate) height: usize,
    stride: usize,
    samples: Vec<u8>,
}

impl Plane {
    pub(crate) fn new(samples: &[u8], width: usize, height: usize) -> Self {
        let stride = width + 2 * PAD;
        let mut padded = Vec::with_capacity(stride * (height + 2 * PAD));
        for row in 0..height + 2 * PAD {
            let from = &samples[mirrored(row, height) * width..][..width];
            padded.extend((0..PAD).map(|column| from[mirrored(column, width)]));
            padded.extend_from_slice(from);
            padded.extend((PAD + width..stride).map(|column| from[mirrored(column, width)]));
        }
        Self {
            width,
            height,
            stride,
            samples: padded,
        }
    }

    /// The sample at a position in units of 1/[`UNIT`], interpolated between its four neighbours;
    /// 0 far outside the padding.
    #[inline(always)]
    pub(crate) fn read(&self, x: i32, y: i32) -> i32 {
        let column = (x >> SHIFT) + PAD as i32;
        let row = (y >> SHIFT) + PAD as i32;
        // A negative index becomes one past every end.
        let at = row.wrapping_mul(self.stride as i32).wrapping_add(column) as usize;
        let Some(four) = self.samples.get(at..at.wrapping_add(self.stride + 2)) else {
            return 0;
        };
        let (right, down) = ((x >> (SHIFT - 8)) & 255, (y >> (SHIFT - 8)) & 255);
        let sample = |at: usize| i32::from(four[at]);
        let above = sample(0) * (256 - right) + sample(1) * right;
        let below = sample(self.stride) * (256 - right) + sample(self.stride + 1) * right;
        (above * (256 - down) + below * down + (1 << 15)) >> 16
    }

    /// A row without its padding.
    pub(crate) fn row(&self, row: usize) -> &[u8] {
        &self.samples[(row + PAD) * self.stride + PAD..][..self.width]
    }

    /// The plane at half the size, each sample the average of four.
    pub(crate) async fn half(&self) -> Self {
        let (width, height) = ((self.width / 2).max(1), (self.height / 2).max(1));
        let mut samples = Vec::with_capacity(width * height);
        for rows in bands(height, width) {
            rows.for_each(|row| self.halve(2 * row, width, &mut samples));
            end_piece().await;
        }
        Self::new(&samples, width, height)
    }

    /// Averages a row and the one below it.
    fn halve(&self, row: usize, width: usize, out: &mut Vec<u8>) {
        let at = |x: usize, y: usize| u32::from(self.samples[(y + PAD) * self.stride + x + PAD]);
        out.extend((0..width).map(|column| {
            let (x, y) = (2 * column, row);
            ((at(x, y) + at(x + 1, y) + at(x, y + 1) + at(x + 1, y + 1) + 2) / 4) as u8
        }));
    }

    /// This plane and another of its size, mixed: `part` of 256 of the other.
    async fn mixed(&self, other: &Self, part: i32) -> Self {
        let mut samples = Vec::with_capacity(self.samples.len());
        for (a, b) in self.samples.chunks(PIECE).zip(other.samples.chunks(PIECE)) {
            samples.extend(a.iter().zip(b).map(|(a, b)| {
                ((i32::from(*a) * (256 - part) + i32::from(*b) * part + 128) >> 8) as u8
            }));
            end_piece().await;
        }
        Self { samples, ..*self }
    }
}

/// The three planes of a picture.
#[derive(Clone, Debug)]
pub(crate) struct Picture {
    pub(crate) y: Plane,
    pub(crate) u: Plane,
    pub(crate) v: Plane,
}

impl Picture {
    pub(crate) async fn new(planes: &I420, size: FrameSize) -> Self {
        let (width, height) = (size.width as usize, size.height as usize);
        let y = Plane::new(&planes.y, width, height);
        end_piece().await;
        Self {
            y,
            u: Plane::new(&planes.u, width / 2, height / 2),
            v: Plane::new(&planes.v, width / 2, height / 2),
        }
    }

    pub(crate) async fn half(&self) -> Self {
        Self {
            y: self.y.half().await,
            u: self.u.half().await,
            v: self.v.half().await,
        }
    }

    pub(crate) async fn mixed(&self, other: &Self, part: i32) -> Self {
        Self {
            y: self.y.mixed(&other.y, part).await,
            u: self.u.mixed(&other.u, part).await,
            v: self.v.mixed(&other.v, part).await,
        }
    }
}

/// A frame being written: three planes without padding in the caller's buffer.
pub(crate) struct Canvas<'a> {
    pub(crate) size: FrameSize,
    /// The rows that are drawn, both ends even.
    pub(crate) rows: Range<usize>,
    pub(crate) y: &'a mut [u8],
    pub(crate) u: &'a mut [u8],
    pub(crate) v: &'a mut [u8],
}

impl<'a> Canvas<'a> {
    /// Splits a buffer of exactly [`FrameSize::i420_len`] bytes, to be drawn in these rows, and one
    /// above or below where chroma is shared with it.
    pub(crate) fn new(size: FrameSize, rows: Range<u32>, i420: &'a mut [u8]) -> Self {
        let (y, chroma) = i420.split_at_mut(size.luma_len());
        let (u, v) = chroma.split_at_mut(size.luma_len() / 4);
        let rows = rows.start as usize & !1..(rows.end as usize).next_multiple_of(2);
        Self {
            size,
            rows,
            y,
            u,
            v,
        }
    }
}

/// Where the padded sample `at` comes from: edges reflect, as often as a short side needs.
fn mirrored(at: usize, length: usize) -> usize {
    let period = 2 * length;
    let folded = (at + period * PAD - PAD) % period;
    if folded < length {
        folded
    } else {
        period - 1 - folded
    }
}

/// How many mirrored samples surround a plane.
pub(crate) const PAD: usize = 32;
/// Bits after the binary point of a position.
pub(crate) const SHIFT: u32 = 12;
/// One sample, in fixed-point positions.
pub(crate) const UNIT: i32 = 1 << SHIFT;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::work::at_once;

    #[test]
    fn positions_between_samples_are_interpolated() {
        let plane = Plane::new(&[0, 100, 200, 100], 2, 2);
        let check = |x: f32, y: f32, value: i32| {
            assert_eq!(
                plane.read((x * UNIT as f32) as i32, (y * UNIT as f32) as i32),
                value,
                "{x}, {y}"
            );
        };
        check(0.0, 0.0, 0);
        check(1.0, 0.0, 100);
        check(0.5, 0.0, 50);
        check(0.5, 0.5, 100);
        check(-1.0, 0.0, 0);
        check(-2.0, 0.0, 100);
        check(2.0, 0.0, 100);
        check(-1e4, 1e4, 0);
    }

    #[test]
    fn half_a_plane_averages_and_keeps_at_least_one_sample() {
        let half = at_once(Plane::new(&[0, 100, 200, 100], 2, 2).half());
        assert_eq!((half.width, half.height, half.read(0, 0)), (1, 1, 100));
        assert_eq!(at_once(half.half()).read(0, 0), 100);
    }
}
