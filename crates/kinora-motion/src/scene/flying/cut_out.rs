//! The subject rises from its place and hovers, swaying, over a shadow that grows softer and wider.
//!
//! The subject is cut out along the picture's own edges; the place it leaves is filled from its
//! surroundings, faded in while it lifts so that the first frame is the still itself.

use std::ops::Range;

use super::fill::without;
use crate::grid::{Grid, Sight};
use crate::math::{Dice, decay, ease, mix, sin};
use crate::plane::{Canvas, Picture, Plane};
use crate::size::FrameSize;
use crate::subject::Subject;
use crate::work::{bands, end_piece};

/// The subject, what is behind it, and how it moves.
#[derive(Clone, Debug)]
pub(crate) struct CutOut {
    behind: Picture,
    mask: Plane,
    half_mask: Plane,
    /// The columns and rows that hold the subject.
    extent: (Range<usize>, Range<usize>),
    width: f32,
    height: f32,
    centre: (f32, f32),
    radius: (f32, f32),
    /// The row of its foot, in pixels.
    foot: f32,
    /// How dark the shadow is: a subject high in the picture has no ground below it, only air.
    dark: f32,
    rise: f32,
    side: f32,
    rhythm: f32,
    phase: f32,
}

impl CutOut {
    pub(crate) async fn new(
        subject: &Subject,
        picture: &Picture,
        size: FrameSize,
        dice: &mut Dice,
    ) -> Self {
        let (width, height) = (size.width as f32, size.height as f32);
        let mask = cut_out(subject, picture, size).await;
        let foot = (subject.centre.1 + subject.radius.1).min(0.93);
        let room = subject.centre.1 - 1.25 * subject.radius.1;
        Self {
            behind: without(subject, picture, size).await,
            half_mask: mask.half().await,
            extent: extent(&mask).await,
            mask,
            width,
            height,
            centre: (subject.centre.0 * width, subject.centre.1 * height),
            radius: (subject.radius.0 * width, subject.radius.1 * height),
            foot: foot * height,
            dark: 0.62 * ease((foot - 0.6) / 0.1),
            rise: dice.between(0.13, 0.17) * height * mix(0.45, 1.0, ease(room / 0.2)),
            side: dice.sign(),
            rhythm: dice.between(0.36, 0.44),
            phase: dice.between(-0.06, 0.06),
        }
    }

    pub(crate) async fn painter(&self, picture: &Picture, second: f32) -> impl Fn(&mut Canvas<'_>) {
        let left = ease((second - 0.1) / 0.7);
        let mixed = if left < 1.0 {
            Some(picture.mixed(&self.behind, (left * 256.0) as i32).await)
        } else {
            None
        };
        let pose = self.pose(second);
        move |canvas| {
            let ground = |x: f32, y: f32| self.ground(second, x, y);
            Grid::new(canvas, ground).draw(mixed.as_ref().unwrap_or(&self.behind), canvas);
            self.draw_body(picture, &pose, canvas);
        }
    }

    fn draw_body(&self, picture: &Picture, pose: &Pose, canvas: &mut Canvas<'_>) {
        let body = |x: f32, y: f32| {
            let (x, y) = self.body(pose, x, y);
            Sight {
                x,
                y,
                light: 1.0 + 0.05 * pose.height,
            }
        };
        let grid = Grid::new(canvas, body).only(&self.extent.0, &self.extent.1);
        grid.draw_over(picture, &self.mask, &self.half_mask, canvas);
    }

    pub(crate) fn origin(&self, second: f32, x: f32, y: f32) -> (f32, f32) {
        let (body_x, body_y) = self.body(&self.pose(second), x, y);
        let fixed = |at: f32| (at.clamp(-20.0, 9e3) * crate::plane::UNIT as f32) as i32;
        if self.mask.read(fixed(body_x), fixed(body_y)) > 127 {
            return (body_x, body_y);
        }
        let ground = self.ground(second, x, y);
        (ground.x, ground.y)
    }

    fn pose(&self, second: f32) -> Pose {
        let height = ease((second - 0.15) / 2.1);
        let swing = second * self.rhythm + self.phase;
        let bob = sin(swing * 1.7) * 0.13 * ease((second - 1.2) / 1.5);
        let turn = self.side * 0.0115 * height * sin(swing);
        Pose {
            height,
            up: self.rise * (height + bob),
            aside: self.side * height * (0.022 * sin(swing * 0.8) + 0.004 * second) * self.width,
            turn: (sin(turn), 2.0 * sin(turn * 0.5) * sin(turn * 0.5)),
            grown: 0.055 * height,
        }
    }

    fn body(&self, pose: &Pose, x: f32, y: f32) -> (f32, f32) {
        let (from_x, from_y) = (x - self.centre.0 - pose.aside, y - self.centre.1 + pose.up);
        let shrink = pose.grown / (1.0 + pose.grown) + pose.turn.1;
        let dx = -pose.aside - from_x * shrink - from_y * pose.turn.0;
        let dy = pose.up - from_y * shrink + from_x * pose.turn.0;
        (x + dx, y + dy)
    }

    /// The background, drifting slowly against the subject, under the subject's shadow.
    fn ground(&self, second: f32, x: f32, y: f32) -> Sight {
        let travel = ease(second / 5.0);
        let shrink = 0.055 * travel;
        let dx = -(x - 0.5 * self.width) * shrink + self.side * 0.014 * travel * self.width;
        let dy = -(y - 0.62 * self.height) * shrink;
        Sight {
            x: x + dx,
            y: y + dy,
            light: 1.0 - self.shadow(second, x, y),
        }
    }

    /// The part of the light that the shadow takes from a place.
    pub(super) fn shadow(&self, second: f32, x: f32, y: f32) -> f32 {
        let pose = self.pose(second);
        let up = (pose.up / self.rise).max(0.0);
        let wide = self.radius.0 * (0.75 + 0.3 * up);
        let tall = (0.16 * self.radius.0 + 0.03 * self.height) * (0.75 + 0.4 * up);
        let (n, m) = (
            (x - self.centre.0 - 0.6 * pose.aside) / wide,
            (y - self.foot) / tall,
        );
        self.dark * pose.height * (1.0 - 0.25 * up) * decay(n * n + m * m)
    }
}

struct Pose {
    height: f32,
    up: f32,
    aside: f32,
    turn: (f32, f32),
    grown: f32,
}

/// How opaque each pixel of the subject is: the small mask, sharpened along the luma's edges by a
/// guided filter (He, Sun, Tang 2010: a local linear model of the mask over the guide).
async fn cut_out(subject: &Subject, picture: &Picture, size: FrameSize) -> Plane {
    let guide = &subject.colours[0];
    let near = subject.mask.mean(2).await;
    let (mask, mean_guide) = (near.clone(), guide.mean(2).await);
    let both = guide.zip(&subject.mask, |guide, mask| guide * mask);
    let both = both.mean(2).await;
    let square = guide.map(|guide| guide * guide).mean(2).await;
    let shared = both.zip(&mean_guide.zip(&mask, |a, b| a * b), |both, product| {
        both - product
    });
    let spread = square.zip(&mean_guide, |square, mean| square - mean * mean + 60.0);
    let slope = shared.zip(&spread, |shared, spread| shared / spread);
    let offset = mask.zip(
        &slope.zip(&mean_guide, |slope, mean| slope * mean),
        |mask, part| mask - part,
    );
    let (slope, offset) = (slope.mean(2).await, offset.mean(2).await);
    let opaque = |x: f32, y: f32, sample: u8| {
        let guided = slope.read(x, y) * f32::from(sample) + offset.read(x, y);
        let near = near.read(x, y);
        let opaque = (guided - 0.5) * 1.7 + 0.5 + (near - 0.5) * 0.5;
        if near <= 0.02 {
            0
        } else {
            (opaque.clamp(0.0, 1.0) * 255.0) as u8
        }
    };
    let (width, height) = (size.width as usize, size.height as usize);
    let mut alpha = Vec::with_capacity(width * height);
    for rows in bands(height, width) {
        for row in rows {
            let y = (row as f32 + 0.5) / height as f32;
            let samples = picture.y.row(row).iter().enumerate();
            alpha.extend(
                samples.map(|(column, sample)| {
                    opaque((column as f32 + 0.5) / width as f32, y, *sample)
                }),
            );
        }
        end_piece().await;
    }
    Plane::new(&alpha, width, height)
}

/// The columns and the rows between which a mask is not empty.
async fn extent(mask: &Plane) -> (Range<usize>, Range<usize>) {
    let (mut columns, mut rows) = (mask.width..0, mask.height..0);
    for band in bands(mask.height, mask.width) {
        for y in band {
            let mut line = mask.row(y).iter();
            if let Some(first) = line.position(|opaque| *opaque > 0) {
                let after = line.rposition(|opaque| *opaque > 0).map_or(0, |at| at + 1);
                columns = columns.start.min(first)..columns.end.max(first + after + 1);
                rows = rows.start.min(y)..y + 1;
            }
        }
        end_piece().await;
    }
    (columns, rows)
}
