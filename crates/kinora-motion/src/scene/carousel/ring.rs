//! The geometry of the ring: what each column of the frame sees at a moment.

use crate::math::{Dice, cos, ease, mix, sin};
use crate::size::FrameSize;

/// A ring of [`PANELS`] copies, and how it turns.
#[derive(Clone, Debug)]
pub(crate) struct Ring {
    width: f32,
    pub(crate) height: f32,
    turn: f32,
    far: f32,
    raised: f32,
}

impl Ring {
    pub(crate) fn new(size: FrameSize, dice: &mut Dice) -> Self {
        let width = size.width as f32;
        let panels = dice.between(3.0, 4.99).floor();
        Self {
            width,
            height: size.height as f32,
            turn: panels * dice.sign() * width * (1.0 + GAP),
            far: dice.between(0.8, 0.95),
            raised: dice.between(0.12, 0.2) * size.height as f32,
        }
    }

    /// What every column sees `second` seconds into the clip.
    pub(crate) fn view(&self, second: f32) -> View {
        let away = ease(second / 1.5) * mix(1.0, 0.0, ease((second - 3.5) / 1.5));
        let near = CAMERA * self.width;
        let distance = near * (1.0 + self.far * away);
        let raised = self.raised * away;
        let middle = self.height * (0.5 - 0.035 * away);
        let eye = Eye {
            near,
            distance,
            raised,
            horizon: middle - near / distance * raised,
            bend: (away * TURN / (PANELS * self.width * (1.0 + GAP))).max(1e-4 / self.width),
            turned: self.turn * ease((second - 0.5) / 4.1),
            away,
        };
        let mut looks = vec![Column::default(); self.width as usize];
        for side in [1.0, -1.0] {
            self.walk(&eye, side, &mut looks);
        }
        View {
            looks,
            horizon: eye.horizon + 0.12 * self.height * away,
        }
    }

    /// Walks along the ring from its front to its back on one side, and notes what columns it passes.
    fn walk(&self, eye: &Eye, side: f32, looks: &mut [Column]) {
        let step = self.width / 512.0;
        let mut last = self.point(eye, 0.0);
        let mut index = 0;
        while index < 4_096 && index as f32 * step * eye.bend < 0.5 * TURN {
            index += 1;
            let next = self.point(eye, side * index as f32 * step);
            let front = (next.x - last.x) * side > 0.0;
            self.note(eye, &last, &next, front, looks);
            if front
                && (next.x < -2.0 || next.x > self.width + 2.0)
                && next.depth < 0.01 * self.width
            {
                break;
            }
            last = next;
        }
    }

    fn point(&self, eye: &Eye, along: f32) -> Point {
        let angle = along * eye.bend / TURN;
        let half = sin(angle * 0.5);
        let depth = 2.0 * half * half / eye.bend;
        let scale = eye.near / (eye.distance + depth);
        let aside = if angle.abs() < 1e-4 {
            along
        } else {
            sin(angle) / eye.bend
        };
        Point {
            along,
            x: 0.5 * self.width - 0.5 + aside * scale,
            depth,
            scale,
            facing: cos(angle),
        }
    }

    /// Fills the columns between two neighbouring points of the ring.
    fn note(&self, eye: &Eye, a: &Point, b: &Point, front: bool, looks: &mut [Column]) {
        let (left, right) = if a.x < b.x { (a, b) } else { (b, a) };
        let span = (right.x - left.x).max(1e-6);
        let first = left.x.ceil().max(0.0) as usize;
        for (column, look) in looks.iter_mut().enumerate().skip(first) {
            if column as f32 > right.x {
                break;
            }
            let part = (column as f32 - left.x) / span;
            let seen = self.look(eye, left, right, part, span);
            if front {
                look.front = seen;
            } else {
                look.back = Look {
                    light: 0.34,
                    ..seen
                };
            }
        }
    }

    fn look(&self, eye: &Eye, left: &Point, right: &Point, part: f32, span: f32) -> Look {
        let scale = mix(left.scale, right.scale, part);
        let pitch = self.width * (1.0 + GAP);
        let place = mix(left.along, right.along, part) + eye.turned + 0.5 * self.width;
        let place = place - (place / pitch).floor() * pitch;
        let density = ((right.along - left.along) / span).abs();
        let facing = mix(left.facing, right.facing, part).max(0.0);
        let inside = (place + 0.5).min(self.width + 0.5 - place);
        Look {
            along: place - 0.5,
            top: eye.horizon + scale * (eye.raised - 0.5 * self.height),
            step: 1.0 / scale,
            cover: (inside / density.max(1.0)).clamp(0.0, 1.0),
            light: mix(1.0, 0.42 + 0.58 * facing, eye.away),
            level: level(density.min(6.0).max(1.0 / scale) * 0.8),
        }
    }
}

/// What all columns see, and where wall and floor meet.
pub(crate) struct View {
    pub(crate) looks: Vec<Column>,
    pub(crate) horizon: f32,
}

/// What one column sees of the outside and, through the gaps, of the inside of the ring.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Column {
    pub(crate) front: Look,
    pub(crate) back: Look,
}

/// One upright line of the picture, as a column of the frame sees it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Look {
    /// Which column of the still.
    pub(crate) along: f32,
    /// Where its first row appears.
    pub(crate) top: f32,
    /// Rows of the still per row of the frame; zero where there is nothing.
    pub(crate) step: f32,
    /// How much of the column the picture covers.
    pub(crate) cover: f32,
    /// How bright it is.
    pub(crate) light: f32,
    /// Which of the smaller pictures to read.
    pub(crate) level: usize,
}

struct Eye {
    near: f32,
    distance: f32,
    raised: f32,
    horizon: f32,
    bend: f32,
    turned: f32,
    away: f32,
}

struct Point {
    along: f32,
    x: f32,
    depth: f32,
    scale: f32,
    facing: f32,
}

/// The smaller picture that fits a shrinking of so many times.
fn level(shrunk: f32) -> usize {
    if shrunk < 1.4 {
        0
    } else if shrunk < 2.8 {
        1
    } else if shrunk < 5.6 {
        2
    } else {
        3
    }
}

/// How many copies make the ring.
const PANELS: f32 = 6.0;
/// The space between two copies, in widths of one.
const GAP: f32 = 0.07;
/// How far the camera is from a still that fills the frame, in widths of it.
const CAMERA: f32 = 1.25;
const TURN: f32 = std::f32::consts::TAU;
