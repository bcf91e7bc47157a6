//! Scales a still to the frame size with a Catmull-Rom kernel, widened when shrinking so that it
//! averages instead of skipping pixels. The arithmetic on pixels is integer.

use crate::size::FrameSize;
use crate::still::Still;
use crate::work::{bands, end_piece};

/// The still as packed RGB of the frame's size. A still of another aspect is cropped about its
/// centre, transparent pixels are laid over white, and a still of the same size comes out unchanged.
pub(crate) async fn scale(still: &Still, size: FrameSize) -> Vec<u8> {
    let (from_w, from_h) = (still.width() as usize, still.height() as usize);
    let (to_w, to_h) = (size.width as usize, size.height as usize);
    let ratio = (from_w as f32 / to_w as f32).min(from_h as f32 / to_h as f32);
    let same_aspect = (from_w * to_h).abs_diff(from_h * to_w) * 50 <= from_w * to_h;
    let span = |from: usize, to: usize| {
        if same_aspect {
            from as f32
        } else {
            ratio * to as f32
        }
    };
    let columns = taps(from_w, to_w, span(from_w, to_w));
    let rows = taps(from_h, to_h, span(from_h, to_h));
    let narrow = narrowed(still, &columns).await;
    shortened(&narrow, to_w, &rows).await
}

async fn narrowed(still: &Still, columns: &[Tap]) -> Vec<u8> {
    let (width, height) = (still.width() as usize, still.height() as usize);
    let mut out = Vec::with_capacity(height * columns.len() * 3);
    for rows in bands(height, width.max(columns.len())) {
        let rgba = &still.rgba()[rows.start * width * 4..rows.end * width * 4];
        narrow(&opaque(rgba), width, columns, &mut out);
        end_piece().await;
    }
    out
}

async fn shortened(rgb: &[u8], width: usize, rows: &[Tap]) -> Vec<u8> {
    let mut out = Vec::with_capacity(width * rows.len() * 3);
    let most = rows.iter().map(|tap| tap.weights.len()).max();
    let usual = most.unwrap_or(1).div_ceil(4);
    for some in bands(rows.len(), width * usual) {
        shorten(rgb, width * 3, &rows[some], &mut out);
        end_piece().await;
    }
    out
}

/// The pixels of the still that make one pixel of the frame, and how much each counts of [`ONE`].
struct Tap {
    first: usize,
    weights: Vec<i32>,
}

fn taps(from: usize, to: usize, span: f32) -> Vec<Tap> {
    let ratio = span / to as f32;
    let reach = 2.0 * ratio.max(1.0);
    let start = (from as f32 - span) / 2.0;
    (0..to)
        .map(|index| tap(from, start + (index as f32 + 0.5) * ratio - 0.5, reach))
        .collect()
}

fn tap(from: usize, centre: f32, reach: f32) -> Tap {
    let first = (centre - reach).ceil().max(0.0) as usize;
    let last = ((centre + reach).floor().max(0.0) as usize).min(from - 1);
    let first = first.min(last);
    let kernel: Vec<f32> = (first..=last)
        .map(|at| catmull_rom((at as f32 - centre) * 2.0 / reach))
        .collect();
    let total: f32 = kernel.iter().sum();
    let mut weights: Vec<i32> = kernel
        .iter()
        .map(|weight| (weight / total * ONE as f32).round() as i32)
        .collect();
    let rest = ONE - weights.iter().sum::<i32>();
    if let Some(largest) = weights.iter_mut().max() {
        *largest += rest;
    }
    Tap { first, weights }
}

fn catmull_rom(x: f32) -> f32 {
    let x = x.abs();
    if x < 1.0 {
        (1.5 * x - 2.5) * x * x + 1.0
    } else if x < 2.0 {
        ((-0.5 * x + 2.5) * x - 4.0) * x + 2.0
    } else {
        0.0
    }
}

fn opaque(rgba: &[u8]) -> Vec<u8> {
    let over_white = |value: u8, alpha: u8| {
        let alpha = u32::from(alpha);
        ((u32::from(value) * alpha + 255 * (255 - alpha) + 127) / 255) as u8
    };
    rgba.chunks_exact(4)
        .flat_map(|p| [0, 1, 2].map(|channel| over_white(p[channel], p[3])))
        .collect()
}

fn narrow(rgb: &[u8], from_w: usize, columns: &[Tap], out: &mut Vec<u8>) {
    for row in rgb.chunks_exact(from_w * 3) {
        for tap in columns {
            let mut sums = [HALF; 3];
            for (pixel, weight) in row[tap.first * 3..].chunks_exact(3).zip(&tap.weights) {
                for (sum, value) in sums.iter_mut().zip(pixel) {
                    *sum += i32::from(*value) * weight;
                }
            }
            out.extend(sums.map(byte));
        }
    }
}

fn shorten(rgb: &[u8], stride: usize, rows: &[Tap], out: &mut Vec<u8>) {
    let mut sums = vec![0; stride];
    for tap in rows {
        sums.fill(HALF);
        for (row, weight) in rgb[tap.first * stride..]
            .chunks_exact(stride)
            .zip(&tap.weights)
        {
            for (sum, value) in sums.iter_mut().zip(row) {
                *sum += i32::from(*value) * weight;
            }
        }
        out.extend(sums.iter().copied().map(byte));
    }
}

fn byte(sum: i32) -> u8 {
    (sum >> SHIFT).clamp(0, 255) as u8
}

const SHIFT: u32 = 14;
const ONE: i32 = 1 << SHIFT;
const HALF: i32 = ONE / 2;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::work::at_once;

    fn grey(width: u32, height: u32, value: impl Fn(u32, u32) -> u8) -> Still {
        let at = |index: u32| value(index % width, index / width);
        let rgba = (0..width * height)
            .flat_map(|index| [at(index), at(index), at(index), 255])
            .collect();
        Still::new(width, height, rgba).unwrap()
    }

    fn check(still: &Still, width: u32, height: u32) -> Vec<u8> {
        let rgb = at_once(scale(still, FrameSize { width, height }));
        assert_eq!(rgb.len() as u32, width * height * 3);
        rgb
    }

    #[test]
    fn the_same_size_changes_nothing() {
        let still = grey(6, 4, |x, y| (x * 37 + y * 11) as u8);
        let same = check(&still, 6, 4);
        assert!(
            same.chunks(3)
                .zip(still.rgba().chunks(4))
                .all(|(a, b)| a == &b[..3])
        );
    }

    #[test]
    fn a_flat_still_stays_flat_at_any_size() {
        for (width, height) in [(2, 2), (40, 30), (300, 6)] {
            assert!(
                check(&grey(31, 17, |_, _| 200), width, height)
                    .iter()
                    .all(|value| *value == 200)
            );
        }
        assert!(
            check(&grey(1, 1, |_, _| 9), 16, 16)
                .iter()
                .all(|value| *value == 9)
        );
    }

    #[test]
    fn shrinking_averages_fine_stripes() {
        let small = check(
            &grey(400, 400, |x, _| if x % 2 == 0 { 0 } else { 255 }),
            40,
            40,
        );
        assert!(small.iter().all(|value| (110..=145).contains(value)));
    }

    #[test]
    fn another_aspect_is_cropped_about_the_centre() {
        let wide = grey(
            900,
            100,
            |x, _| if (300..600).contains(&x) { 250 } else { 0 },
        );
        let middle = check(&wide, 100, 100);
        assert!(middle.iter().all(|value| *value >= 240));
    }

    #[test]
    fn transparent_pixels_become_white() {
        let still = Still::new(2, 2, vec![0; 16]).unwrap();
        assert!(check(&still, 2, 2).iter().all(|value| *value == 255));
    }
}
