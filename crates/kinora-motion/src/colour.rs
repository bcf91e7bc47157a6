//! Between RGB and the Y′CbCr that video carries: ITU-R BT.709 coefficients, limited range (luma 16 to
//! 235, chroma 16 to 240), 4:2:0 with chroma averaged over 2 × 2 pixels.
//! <https://www.itu.int/rec/R-REC-BT.709>

use std::ops::Range;

use crate::size::FrameSize;
use crate::work::{bands, end_piece};

/// Full-resolution luma, and chroma at half width and height, without padding.
#[derive(Clone, Debug)]
pub(crate) struct I420 {
    pub(crate) y: Vec<u8>,
    pub(crate) u: Vec<u8>,
    pub(crate) v: Vec<u8>,
}

/// Converts packed RGB pixels of an even size.
pub(crate) async fn from_rgb(rgb: &[u8], size: FrameSize) -> I420 {
    let mut planes = I420 {
        y: Vec::with_capacity(rgb.len() / 3),
        u: Vec::with_capacity(rgb.len() / 12),
        v: Vec::with_capacity(rgb.len() / 12),
    };
    let width = size.width as usize;
    for pairs in bands(size.height as usize / 2, 2 * width) {
        planes.extend(&rgb[pairs.start * width * 6..pairs.end * width * 6], width);
        end_piece().await;
    }
    planes
}

impl I420 {
    /// Adds pairs of rows.
    fn extend(&mut self, rgb: &[u8], width: usize) {
        self.y
            .extend(rgb.chunks_exact(3).map(|p| luma(p[0], p[1], p[2])));
        for rows in rgb.chunks_exact(width * 6) {
            let (above, below) = rows.split_at(rows.len() / 2);
            for (a, b) in above.chunks_exact(6).zip(below.chunks_exact(6)) {
                let [red, green, blue] = [0, 1, 2].map(|c| sum4(a[c], a[c + 3], b[c], b[c + 3]));
                self.u
                    .push(chroma(-7_509 * red - 25_259 * green + 32_768 * blue));
                self.v
                    .push(chroma(32_768 * red - 29_763 * green - 3_005 * blue));
            }
        }
    }
}

/// Converts an I420 frame to opaque RGBA, chroma interpolated between its samples.
pub(crate) async fn to_rgba(i420: &[u8], size: FrameSize, rgba: &mut [u8]) {
    let (width, height) = (size.width as usize, size.height as usize);
    for rows in bands(height, width) {
        let part = &mut rgba[rows.start * width * 4..rows.end * width * 4];
        rows_to_rgba(i420, size, rows, part);
        end_piece().await;
    }
}

fn rows_to_rgba(i420: &[u8], size: FrameSize, rows: Range<usize>, rgba: &mut [u8]) {
    let (width, height) = (size.width as usize, size.height as usize);
    let (y, chroma) = i420.split_at(size.luma_len());
    let (u, v) = chroma.split_at(size.luma_len() / 4);
    for (row, out) in rows.zip(rgba.chunks_exact_mut(width * 4)) {
        for (column, pixel) in out.chunks_exact_mut(4).enumerate() {
            let taps = Taps::at(column, row, width / 2, height / 2);
            pixel.copy_from_slice(&rgba_of(
                y[row * width + column],
                taps.read(u),
                taps.read(v),
            ));
        }
    }
}

fn luma(red: u8, green: u8, blue: u8) -> u8 {
    let [red, green, blue] = [red, green, blue].map(u32::from);
    ((11_966 * red + 40_254 * green + 4_064 * blue + (16 << 16) + (1 << 15)) >> 16) as u8
}

fn sum4(a: u8, b: u8, c: u8, d: u8) -> i32 {
    i32::from(a) + i32::from(b) + i32::from(c) + i32::from(d)
}

/// `weighted` is four pixels' sum, in units of 1/65536 before the factor of 224/255 on each weight.
fn chroma(weighted: i32) -> u8 {
    let scaled = i64::from(weighted) * 224 / 255;
    (((scaled + (128 << 18) + (1 << 17)) >> 18) as u8).clamp(16, 240)
}

fn rgba_of(y: u8, u: i32, v: i32) -> [u8; 4] {
    let y = (i32::from(y) - 16) * 76_309;
    let (u, v) = (u - (128 << 4), v - (128 << 4));
    let byte = |value: i32| ((value + (1 << 15)) >> 16).clamp(0, 255) as u8;
    [
        byte(y + ((117_489 * v) >> 4)),
        byte(y - ((13_975 * u + 34_925 * v) >> 4)),
        byte(y + ((138_438 * u) >> 4)),
        255,
    ]
}

/// The four chroma samples around a pixel; each lies at the centre of its 2 × 2 pixels.
struct Taps {
    near: usize,
    beside: usize,
    across: usize,
    corner: usize,
}

impl Taps {
    fn at(column: usize, row: usize, width: usize, height: usize) -> Self {
        let (x, y) = (column / 2, row / 2);
        let x2 = if column.is_multiple_of(2) {
            x.saturating_sub(1)
        } else {
            (x + 1).min(width - 1)
        };
        let y2 = if row.is_multiple_of(2) {
            y.saturating_sub(1)
        } else {
            (y + 1).min(height - 1)
        };
        Self {
            near: y * width + x,
            beside: y * width + x2,
            across: y2 * width + x,
            corner: y2 * width + x2,
        }
    }

    /// The interpolated sample, times 16.
    fn read(&self, plane: &[u8]) -> i32 {
        let sample = |at: usize| i32::from(plane[at]);
        9 * sample(self.near)
            + 3 * sample(self.beside)
            + 3 * sample(self.across)
            + sample(self.corner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::work::at_once;

    const SIZE: FrameSize = FrameSize {
        width: 2,
        height: 2,
    };

    fn check(rgb: [u8; 3], yuv: [u8; 3]) {
        let planes = at_once(from_rgb(&rgb.repeat(4), SIZE));
        assert_eq!([planes.y[0], planes.u[0], planes.v[0]], yuv, "{rgb:?}");
        let mut back = [0; 16];
        let planes_in_a_row = [&planes.y[..], &planes.u, &planes.v].concat();
        at_once(to_rgba(&planes_in_a_row, SIZE, &mut back));
        for channel in 0..3 {
            assert!(
                back[channel].abs_diff(rgb[channel]) <= 3,
                "{rgb:?} came back as {:?}",
                &back[..4]
            );
        }
    }

    #[test]
    fn colours_are_those_of_bt709_limited_range() {
        check([0, 0, 0], [16, 128, 128]);
        check([255, 255, 255], [235, 128, 128]);
        check([255, 0, 0], [63, 102, 240]);
        check([0, 255, 0], [173, 42, 26]);
        check([0, 0, 255], [32, 240, 118]);
        check([128, 128, 128], [126, 128, 128]);
    }
}
