//! A camera that pushes in and drifts past a picture with depth: what is near moves and grows more.
//!
//! Depth is guessed: the subject is near, and what is lower is nearer. Its map is smooth, so the picture
//! bends a little where a real scene would open, and never tears. The push outruns the drift, so the
//! frame never shows what lies outside the still.

use crate::field::Field;
use crate::grid::{Grid, Sight};
use crate::hint::Hints;
use crate::math::{Dice, cos, ease, mix, sin};
use crate::plane::{Canvas, Picture};
use crate::size::FrameSize;
use crate::subject::Subject;

/// A push-in with drift, roll and sway, chosen by the dice.
#[derive(Clone, Debug)]
pub(crate) struct Camera {
    depth: Field,
    width: f32,
    height: f32,
    focus: (f32, f32),
    push: f32,
    drift: (f32, f32),
    roll: f32,
    sway: (f32, f32),
    pace: f32,
}

impl Camera {
    pub(crate) async fn new(
        subject: &Subject,
        size: FrameSize,
        dice: &mut Dice,
        hints: &Hints,
    ) -> Self {
        let (width, height) = (size.width as f32, size.height as f32);
        let energy = hints.energy * dice.between(0.85, 1.15);
        let angle = dice.between(-0.09, 0.09);
        let side = dice.sign();
        let drift = hints
            .drift
            .unwrap_or_else(|| (side * cos(angle), sin(angle)));
        let along = |subject: f32, spread: f32| mix(0.5, subject, 0.6) + spread;
        Self {
            depth: depth(subject).await,
            width,
            height,
            focus: (
                along(subject.centre.0, dice.between(-0.06, 0.06)) * width,
                along(subject.centre.1, 0.0) * height,
            ),
            push: 0.15 * energy * hints.push,
            drift: (
                drift.0 * 0.062 * energy * width,
                drift.1 * 0.062 * energy * width,
            ),
            roll: dice.between(0.002, 0.0045) * dice.sign() * energy,
            sway: (dice.between(0.0, 1.0), dice.between(0.0, 1.0)),
            pace: hints.pace,
        }
    }

    pub(crate) fn painter(&self, picture: &Picture, second: f32) -> impl Fn(&mut Canvas<'_>) {
        let moment = self.moment(second);
        move |canvas| {
            let sight = |x: f32, y: f32| {
                let (x, y) = self.seen(&moment, x, y);
                Sight { x, y, light: 1.0 }
            };
            Grid::new(canvas, sight).draw(picture, canvas);
        }
    }

    pub(crate) fn origin(&self, second: f32, x: f32, y: f32) -> (f32, f32) {
        self.seen(&self.moment(second), x, y)
    }

    fn moment(&self, second: f32) -> Moment {
        let part = (second * self.pace / 5.0).min(1.0);
        let travel = mix(ease(part), part, 0.35);
        let hand = ease(second / 1.2) * 0.0022 * self.width;
        let turn = self.roll * travel;
        Moment {
            travel,
            sway: (
                hand * sin(second * 0.37 + self.sway.0),
                hand * sin(second * 0.29 + self.sway.1),
            ),
            turn: (sin(turn), 2.0 * sin(turn * 0.5) * sin(turn * 0.5)),
        }
    }

    /// Depth belongs to the still, so it is read where the pixel comes from, found by a second look.
    fn seen(&self, moment: &Moment, x: f32, y: f32) -> (f32, f32) {
        let (first_x, first_y) = self.through(moment, self.near(x, y), x, y);
        self.through(moment, self.near(first_x, first_y), x, y)
    }

    fn near(&self, x: f32, y: f32) -> f32 {
        self.depth.read(x / self.width, y / self.height)
    }

    fn through(&self, moment: &Moment, near: f32, x: f32, y: f32) -> (f32, f32) {
        let (from_x, from_y) = (x - self.focus.0, y - self.focus.1);
        let grown = self.push * moment.travel * (0.62 + 1.05 * near);
        let shrink = grown / (1.0 + grown) + moment.turn.1;
        let parallax = (near - 0.42) * moment.travel;
        let lean = (0.25 + near) * 0.8;
        let dx = -from_x * shrink
            - from_y * moment.turn.0
            - self.drift.0 * parallax
            - moment.sway.0 * lean;
        let dy = -from_y * shrink + from_x * moment.turn.0
            - self.drift.1 * parallax
            - moment.sway.1 * lean;
        (inside(x + dx, self.width), inside(y + dy, self.height))
    }
}

struct Moment {
    travel: f32,
    sway: (f32, f32),
    turn: (f32, f32),
}

/// 0 far to 1 near.
async fn depth(subject: &Subject) -> Field {
    let mask = &subject.mask;
    let radius = (mask.width.max(mask.height) / 26).max(1);
    let body = mask.blurred(radius).await;
    let ground = Field::new(mask.width, mask.height, |_, y| {
        ease((y as f32 + 0.5) / mask.height as f32 * 0.9 + 0.05)
    });
    let near = body.zip(&ground, |body, ground| {
        (0.62 * ground + 0.45 * body).min(1.0)
    });
    near.blurred(radius / 2).await
}

/// Reflects a position that left the still back into it.
fn inside(at: f32, length: f32) -> f32 {
    if at < -0.5 {
        -1.0 - at
    } else if at > length - 0.5 + EDGE {
        2.0 * (length - 0.5 + EDGE) - at
    } else {
        at
    }
}

/// The grid's last nodes lie up to a cell beyond the frame and are not out of the picture yet.
const EDGE: f32 = crate::grid::CELL as f32;
