//! What a subject leaves behind when it is cut out: its place, filled from around it.

use crate::colour::I420;
use crate::field::Field;
use crate::math::{ease, mix};
use crate::plane::{Picture, Plane};
use crate::size::FrameSize;
use crate::subject::Subject;

/// The picture with the subject's place filled from around it: each row goes on, mirrored, from left and
/// right, so that grain and horizons continue, over a smooth fill where the row has nothing to give.
pub(super) fn without(subject: &Subject, picture: &Picture, size: FrameSize) -> Picture {
    let hole = subject
        .mask
        .mean(3)
        .map(|near| if near > 0.01 { 1.0 } else { 0.0 });
    let trust = hole.map(|hole| 1.0 - hole);
    let soft = hole.mean(1);
    let spans = smooth_spans(&hole);
    let fill = |plane: &Plane, colours: &Field| {
        let smooth = colours.filled(&trust);
        let mut samples = Vec::with_capacity(plane.width * plane.height);
        for (row, line) in plane.rows().enumerate() {
            let y = (row as f32 + 0.5) / plane.height as f32;
            let (left, right) = (spans.0.read(0.5, y), spans.1.read(0.5, y));
            for (column, sample) in line.iter().enumerate() {
                let x = (column as f32 + 0.5) / plane.width as f32;
                let part = soft.read(x, y);
                if part == 0.0 {
                    samples.push(*sample);
                    continue;
                }
                let grain = continued(line, x, left, right);
                let value = grain.map_or_else(
                    || smooth.read(x, y),
                    |grain| mix(smooth.read(x, y), grain, 0.88),
                );
                samples.push((mix(f32::from(*sample), value, part) + 0.5).clamp(0.0, 255.0) as u8);
            }
        }
        samples
    };
    let [luma, blue, red] = &subject.colours;
    let planes = I420 {
        y: fill(&picture.y, luma),
        u: fill(&picture.u, blue),
        v: fill(&picture.v, red),
    };
    Picture::new(&planes, size)
}

/// Where the hole begins and ends in each row, in parts of the width, smoothed from row to row. A row
/// without a hole takes the middle of the whole hole's span.
fn smooth_spans(hole: &Field) -> (Field, Field) {
    let place = |at: usize| at as f32 / hole.width as f32;
    let row = |y: usize| hole.values[y * hole.width..][..hole.width].iter();
    let begin = |y: usize| row(y).position(|value| *value > 0.0);
    let end = |y: usize| row(y).rposition(|value| *value > 0.0);
    let all = |edge: &dyn Fn(usize) -> Option<usize>| {
        let found: Vec<usize> = (0..hole.height).filter_map(edge).collect();
        found.iter().sum::<usize>() / found.len().max(1)
    };
    let (usual_begin, usual_end) = (all(&begin), all(&end));
    let begins = Field::new(1, hole.height, |_, y| {
        place(begin(y).unwrap_or(usual_begin)) - 0.012
    });
    let ends = Field::new(1, hole.height, |_, y| {
        place(end(y).unwrap_or(usual_end) + 1) + 0.012
    });
    (begins.mean(2), ends.mean(2))
}

/// The row mirrored about both ends of its hole, the nearer end counting more; nothing where the hole
/// reaches both sides of the frame.
fn continued(line: &[u8], x: f32, left: f32, right: f32) -> Option<f32> {
    let at = |place: f32| {
        let position = (place * line.len() as f32 - 0.5).clamp(0.0, (line.len() - 1) as f32);
        let whole = position.floor();
        let (a, b) = (whole as usize, (whole as usize + 1).min(line.len() - 1));
        mix(f32::from(line[a]), f32::from(line[b]), position - whole)
    };
    let (from_left, from_right) = (
        folded(2.0 * left - x, 0.0, left),
        folded(2.0 * right - x, right, 1.0),
    );
    match (left > 0.03, right < 0.97) {
        (true, true) => Some(mix(
            at(from_left),
            at(from_right),
            ease((x - left) / (right - left).max(1e-3)),
        )),
        (true, false) => Some(at(from_left)),
        (false, true) => Some(at(from_right)),
        (false, false) => None,
    }
}

/// Reflects a place back and forth until it lies between two others.
fn folded(place: f32, low: f32, high: f32) -> f32 {
    let length = (high - low).max(1e-3);
    let along = (place - low) / (2.0 * length);
    let part = (along - along.floor()) * 2.0;
    low + if part > 1.0 { 2.0 - part } else { part } * length
}
