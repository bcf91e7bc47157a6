//! A cheap guess at what the picture is of: what stands out from the borders, near the middle.
//!
//! Every cell asks how much colour must change on the way from the left, top or right border to it
//! (the minimum barrier distance, swept over the map a few times). What is far from the border in that
//! sense is the subject. Where nothing stands out, an oval in the middle stands for it.

mod clarity;
mod region;

use crate::field::Field;
use crate::plane::Picture;
use crate::work::end_piece;
use region::{largest, without_holes};

/// Where the subject is, in a small map over the frame.
#[derive(Clone, Debug)]
pub(crate) struct Subject {
    /// 1 on the subject, 0 elsewhere.
    pub(crate) mask: Field,
    /// The small map's luma, U and V, 16 to 240.
    pub(crate) colours: [Field; 3],
    /// The middle of the subject, in parts of the frame's width and height.
    pub(crate) centre: (f32, f32),
    /// About half its width and height, in the same parts.
    pub(crate) radius: (f32, f32),
    /// How surely it can be cut out and leave nothing of itself, 0 to 1.
    pub(crate) clarity: f32,
}

impl Subject {
    pub(crate) async fn new(picture: &Picture) -> Self {
        let step = (picture.y.width.max(picture.y.height))
            .div_ceil(LONGEST)
            .max(2);
        let (width, height) = (
            picture.y.width.div_ceil(step),
            picture.y.height.div_ceil(step),
        );
        let colours = [
            Field::shrunk(&picture.y, width, height).await,
            Field::shrunk(&picture.u, width, height).await,
            Field::shrunk(&picture.v, width, height).await,
        ];
        let found = standing_out(&colours).await;
        let clarity = match &found {
            Some(mask) => clarity::clarity(mask, &colours).await,
            None => 0.0,
        };
        let mask = found.unwrap_or_else(|| middle(&colours[0]));
        let (centre, radius) = extent(&mask);
        Self {
            clarity,
            mask,
            colours,
            centre,
            radius,
        }
    }
}

/// The mask of what stands out, if anything does.
async fn standing_out(colours: &[Field; 3]) -> Option<Field> {
    let [luma, u, v] = [
        barrier(&colours[0]).await,
        barrier(&colours[1]).await,
        barrier(&colours[2]).await,
    ];
    let chroma = u.zip(&v, |u, v| 1.6 * (u + v));
    let strength = luma.zip(&chroma, |luma, chroma| luma + chroma);
    let (width, height) = (strength.width, strength.height);
    let prior = Field::new(width, height, |x, y| oval(x, y, width, height, 0.42));
    let strength = strength.zip(&prior, |strength, prior| strength * prior);
    let peak = strength.values.iter().copied().fold(0.0, f32::max);
    let mut masks = Vec::new();
    for step in 2..20 {
        masks.push(without_holes(&largest(
            &strength,
            peak * step as f32 / 20.0,
        )));
        end_piece().await;
    }
    // A thing keeps its outline while the level rises; a patch of texture does not.
    let kept = |three: &[Field]| (covered(&three[2]) / covered(&three[0]).max(1e-3)).min(1.0);
    let mut rated = Vec::new();
    for three in masks.windows(3) {
        rated.push((likeness(&three[1]) * kept(three), &three[1]));
        end_piece().await;
    }
    let best = rated.into_iter().max_by(|a, b| a.0.total_cmp(&b.0));
    best.filter(|(likeness, _)| *likeness > 0.0 && peak > 24.0)
        .map(|(_, mask)| mask.clone())
}

/// An oval in the middle of a map like this one.
fn middle(like: &Field) -> Field {
    Field::new(like.width, like.height, |x, y| {
        if oval(x, y, like.width, like.height, 0.2) > 0.5 {
            1.0
        } else {
            0.0
        }
    })
}

/// The part of the map that a mask covers.
fn covered(mask: &Field) -> f32 {
    mask.values.iter().sum::<f32>() / mask.values.len() as f32
}

/// How much a region looks like a thing one would point at: compact, near the middle, neither a speck nor
/// half the picture. Zero when it is either.
fn likeness(mask: &Field) -> f32 {
    let area = covered(mask);
    let (centre, radius) = extent(mask);
    if !(0.006..0.2).contains(&area) || radius.0 > 0.3 || radius.1 > 0.36 {
        return 0.0;
    }
    let compact = (area / (4.0 * radius.0 * radius.1).max(1e-3)).min(1.0);
    let aside = (centre.0 - 0.5).abs() + 0.6 * (centre.1 - 0.54).abs();
    let floor = mask.values.iter().rev().take(mask.width).sum::<f32>() / mask.width as f32;
    compact * area.min(0.12).sqrt() * (1.0 - 1.6 * aside).max(0.0) * (1.0 - floor)
}

/// Falls from 1 at the middle of the map, smoothly; `reach` is in parts of the map.
fn oval(x: usize, y: usize, width: usize, height: usize, reach: f32) -> f32 {
    let dx = ((x as f32 + 0.5) / width as f32 - 0.5) / reach;
    let dy = ((y as f32 + 0.5) / height as f32 - 0.54) / reach;
    1.0 / (1.0 + (dx * dx + dy * dy) * (dx * dx + dy * dy))
}

/// The least change of a channel on any way from the left, top or right border.
async fn barrier(channel: &Field) -> Field {
    let (width, height) = (channel.width, channel.height);
    let seeded = |x: usize, y: usize| x == 0 || y == 0 || x + 1 == width;
    let mut cost = Field::new(
        width,
        height,
        |x, y| if seeded(x, y) { 0.0 } else { f32::MAX },
    );
    let mut high = channel.values.clone();
    let mut low = channel.values.clone();
    let mut step = |at: usize, from: usize| {
        let value = channel.values[at];
        let (top, bottom) = (high[from].max(value), low[from].min(value));
        if top - bottom < cost.values[at] {
            (cost.values[at], high[at], low[at]) = (top - bottom, top, bottom);
        }
    };
    for _ in 0..SWEEPS {
        for at in 0..width * height {
            let (x, y) = (at % width, at / width);
            if !seeded(x, y) {
                step(at, at - 1);
                step(at, at - width);
            }
        }
        for at in (0..width * height).rev() {
            let (x, y) = (at % width, at / width);
            if !seeded(x, y) {
                step(at, at + 1);
                if y + 1 < height {
                    step(at, at + width);
                }
            }
        }
        end_piece().await;
    }
    cost.map(|cost| cost.min(255.0))
}

/// The mean and twice the mean distance from it, per direction, in parts of the map.
fn extent(mask: &Field) -> ((f32, f32), (f32, f32)) {
    let total = mask.values.iter().sum::<f32>().max(1.0);
    let mean = |part: &dyn Fn(usize) -> f32| {
        mask.values
            .iter()
            .enumerate()
            .map(|(at, weight)| weight * part(at))
            .sum::<f32>()
            / total
    };
    let x = |at: usize| ((at % mask.width) as f32 + 0.5) / mask.width as f32;
    let y = |at: usize| ((at / mask.width) as f32 + 0.5) / mask.height as f32;
    let centre = (mean(&x), mean(&y));
    let radius = (
        2.0 * mean(&|at| (x(at) - centre.0).abs()),
        2.0 * mean(&|at| (y(at) - centre.1).abs()),
    );
    (centre, radius)
}

/// Cells along the longer side of the map, at most.
const LONGEST: usize = 160;
const SWEEPS: usize = 3;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::colour;
    use crate::size::FrameSize;
    use crate::work::at_once;

    const SIZE: FrameSize = FrameSize {
        width: 320,
        height: 200,
    };

    fn check(inside: impl Fn(usize, usize) -> bool) -> Subject {
        let pixel = |i: usize| {
            if inside(i % 320, i / 320) {
                [220, 60, 40]
            } else {
                [60, (i / 640) as u8 + 60, 90]
            }
        };
        let rgb: Vec<u8> = (0..SIZE.luma_len()).flat_map(pixel).collect();
        at_once(async {
            let planes = colour::from_rgb(&rgb, SIZE).await;
            Subject::new(&Picture::new(&planes, SIZE).await).await
        })
    }

    #[test]
    fn a_thing_that_stands_out_is_the_subject() {
        let subject = check(|x, y| (120..180).contains(&x) && (70..150).contains(&y));
        assert!(
            (subject.centre.0 - 150.0 / 320.0).abs() < 0.01,
            "{:?}",
            subject.centre
        );
        assert!(
            (subject.centre.1 - 110.0 / 200.0).abs() < 0.01,
            "{:?}",
            subject.centre
        );
        assert!((subject.mask.read(0.47, 0.55), subject.mask.read(0.1, 0.1)) == (1.0, 0.0));
    }

    #[test]
    fn where_nothing_stands_out_the_middle_is_the_subject() {
        let subject = check(|_, _| false);
        assert!(
            (subject.centre.0 - 0.5).abs() < 0.01 && (subject.centre.1 - 0.54).abs() < 0.02,
            "{:?}",
            subject.centre
        );
    }
}
