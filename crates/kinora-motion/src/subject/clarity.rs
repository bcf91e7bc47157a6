//! Whether a region can be cut out cleanly: nothing of it may stay behind or come along.

use super::extent;
use crate::field::Field;
use crate::work::end_piece;

/// How clearly a region is one thing on a calm ground, 0 to 1: its border is an edge all the way round,
/// no part of it lies at the frame's border, and what surrounds it hardly differs along a row, so that
/// neither is a piece of the thing left there nor will the filled place be seen.
pub(super) async fn clarity(mask: &Field, colours: &[Field; 3]) -> f32 {
    let (_, radius) = extent(mask);
    let reach = 0.6 * (radius.0 * mask.width as f32).max(radius.1 * mask.height as f32);
    let around = grown(mask, (reach as usize).max(4)).await;
    let margin = grown(mask, 2).await;
    let ring = around.zip(&margin, |around, margin| around - margin);
    let outside = around.zip(&margin, |_, margin| 1.0 - margin);
    let (inner, outer) = (
        mean_where(mask, colours, 2).await,
        mean_where(&outside, colours, 4).await,
    );
    let border = grown(mask, 1).await.zip(mask, |grown, mask| grown - mask);
    let edge = apart(&inner, &outer);
    let sharp = part(&border, &edge, |edge| edge > SHARP);
    end_piece().await;
    let strays = part(&ring, &apart(colours, &row_means(&ring, colours)), |far| {
        far > STRAY
    });
    if touches_edge(&margin) {
        0.0
    } else {
        (sharp - BLAME * strays).max(0.0)
    }
}

/// A mask with everything at most so many cells away, in rows and columns.
async fn grown(mask: &Field, cells: usize) -> Field {
    mask.mean(cells)
        .await
        .map(|near| if near > 1e-4 { 1.0 } else { 0.0 })
}

/// The mean colours of the weighted cells near each cell.
async fn mean_where(weight: &Field, colours: &[Field; 3], cells: usize) -> [Field; 3] {
    let total = weight.mean(cells).await;
    let mean = async |colour: &Field| {
        let sum = colour.zip(weight, |colour, weight| colour * weight);
        let sum = sum.mean(cells).await;
        sum.zip(&total, |sum, total| sum / total.max(1e-6))
    };
    let [luma, blue, red] = colours;
    [mean(luma).await, mean(blue).await, mean(red).await]
}

/// How far colours are from each other, cell by cell.
fn apart(one: &[Field; 3], other: &[Field; 3]) -> Field {
    let difference = |i: usize| one[i].zip(&other[i], |a: f32, b: f32| (a - b).abs());
    let chroma = difference(1).zip(&difference(2), |u, v| 1.6 * (u + v));
    difference(0).zip(&chroma, |luma, chroma| luma + chroma)
}

/// In each cell, the mean colours of its row where the weight is.
fn row_means(weight: &Field, colours: &[Field; 3]) -> [Field; 3] {
    colours.each_ref().map(|colour| {
        let mean = |y: usize| {
            let row = y * colour.width..(y + 1) * colour.width;
            let (values, weights) = (&colour.values[row.clone()], &weight.values[row]);
            let sum: f32 = values.iter().zip(weights).map(|(v, w)| v * w).sum();
            sum / weights.iter().sum::<f32>().max(1e-6)
        };
        let means: Vec<f32> = (0..colour.height).map(mean).collect();
        Field::new(colour.width, colour.height, |_, y| means[y])
    })
}

/// The part of a mask's cells whose value is as asked for.
fn part(mask: &Field, values: &Field, asked: impl Fn(f32) -> bool) -> f32 {
    let such = mask.zip(values, |mask, value| if asked(value) { mask } else { 0.0 });
    such.values.iter().sum::<f32>() / mask.values.iter().sum::<f32>().max(1.0)
}

fn touches_edge(mask: &Field) -> bool {
    let (width, height) = (mask.width, mask.height);
    let at_edge = |at: usize| {
        let (x, y) = (at % width, at / width);
        x == 0 || y == 0 || x + 1 == width || y + 1 == height
    };
    mask.values
        .iter()
        .enumerate()
        .any(|(at, value)| *value > 0.0 && at_edge(at))
}

/// Colours this far apart make an edge.
const SHARP: f32 = 24.0;
/// A cell this far from its row's mean is not of the ground.
const STRAY: f32 = 40.0;
/// How much more strays count than a border that is no edge.
const BLAME: f32 = 8.0;
