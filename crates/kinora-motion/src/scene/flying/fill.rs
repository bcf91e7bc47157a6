//! What a subject leaves behind when it is cut out: its place, filled from around it.

use crate::colour::I420;
use crate::field::Field;
use crate::math::{ease, mix};
use crate::plane::{Picture, Plane};
use crate::size::FrameSize;
use crate::subject::Subject;
use crate::work::{bands, end_piece};

/// The picture with the subject's place filled from around it: each row goes on, mirrored, from left and
/// right, so that grain and horizons continue, over a smooth fill where the row has nothing to give.
pub(super) async fn without(subject: &Subject, picture: &Picture, size: FrameSize) -> Picture {
    let near = subject.mask.mean(3).await;
    let hole = near.map(|near| if near > 0.01 { 1.0 } else { 0.0 });
    let hole = Hole {
        trust: hole.map(|hole| 1.0 - hole),
        soft: hole.mean(1).await,
        spans: smooth_spans(&hole).await,
    };
    let [luma, blue, red] = &subject.colours;
    let planes = I420 {
        y: hole.fill(&picture.y, luma).await,
        u: hole.fill(&picture.u, blue).await,
        v: hole.fill(&picture.v, red).await,
    };
    Picture::new(&planes, size).await
}

/// The place to be filled.
struct Hole {
    /// 1 outside it, 0 inside.
    trust: Field,
    /// 1 inside it, falling to 0 at its border.
    soft: Field,
    /// Where it begins and ends in each row.
    spans: (Field, Field),
}

impl Hole {
    async fn fill(&self, plane: &Plane, colours: &Field) -> Vec<u8> {
        let smooth = colours.filled(&self.trust);
        end_piece().await;
        let mut samples = Vec::with_capacity(plane.width * plane.height);
        for rows in bands(plane.height, plane.width) {
            for row in rows {
                let y = (row as f32 + 0.5) / plane.height as f32;
                self.fill_row(plane.row(row), y, &smooth, &mut samples);
            }
            end_piece().await;
        }
        samples
    }

    fn fill_row(&self, line: &[u8], y: f32, smooth: &Field, out: &mut Vec<u8>) {
        let (left, right) = (self.spans.0.read(0.5, y), self.spans.1.read(0.5, y));
        out.extend(line.iter().enumerate().map(|(column, sample)| {
            let x = (column as f32 + 0.5) / line.len() as f32;
            let part = self.soft.read(x, y);
            if part == 0.0 {
                return *sample;
            }
            let smooth = smooth.read(x, y);
            let grain = continued(line, x, left, right);
            let value = grain.map_or(smooth, |grain| mix(smooth, grain, 0.88));
            (mix(f32::from(*sample), value, part) + 0.5).clamp(0.0, 255.0) as u8
        }));
    }
}

/// Where the hole begins and ends in each row, in parts of the width, smoothed from row to row. A row
/// without a hole takes the middle of the whole hole's span.
async fn smooth_spans(hole: &Field) -> (Field, Field) {
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
    (begins.mean(2).await, ends.mean(2).await)
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
