//! The picture bends onto a ring of its own copies, which turns over a glossy floor and comes to rest.
//!
//! The ring is an upright cylinder seen from a little above, so every column of the frame sees one upright
//! line of a picture: a place along the ring and a scale are all that a column needs. The camera starts so
//! near, and the ring so flat, that the still fills the frame; at the end it is nearly there again.

mod ring;

use crate::math::Dice;
use crate::plane::{Canvas, Picture, Plane, UNIT};
use crate::size::FrameSize;
use ring::{Look, Ring};

/// A ring of copies and the shrunken pictures that its far parts show.
#[derive(Clone, Debug)]
pub(crate) struct Carousel {
    ring: Ring,
    /// The picture at a half, a quarter and an eighth of its size.
    smaller: [Picture; 3],
    /// Mean U and V, which tint the room.
    tint: (i32, i32),
}

impl Carousel {
    pub(crate) fn new(picture: &Picture, size: FrameSize, dice: &mut Dice) -> Self {
        let half = picture.half();
        let quarter = half.half();
        let eighth = quarter.half();
        let tint = (mean(&picture.u), mean(&picture.v));
        Self {
            ring: Ring::new(size, dice),
            smaller: [half, quarter, eighth],
            tint,
        }
    }

    pub(crate) fn draw(&self, picture: &Picture, second: f32, canvas: &mut Canvas<'_>) {
        let view = self.ring.view(second);
        let [half, quarter, eighth] = &self.smaller;
        let levels = [picture, half, quarter, eighth];
        let (width, height) = (canvas.size.width as usize, canvas.size.height as usize);
        let painter = Painter {
            looks: &view.looks,
            height: height as f32,
            horizon: view.horizon,
        };
        let tint = |mean: i32| 128 + (mean - 128) / 2;
        painter.paint(
            levels.map(|picture| &picture.y),
            0,
            &|row| painter.room(row),
            (canvas.y, width),
        );
        painter.paint(
            levels.map(|picture| &picture.u),
            1,
            &|_| tint(self.tint.0),
            (canvas.u, width / 2),
        );
        painter.paint(
            levels.map(|picture| &picture.v),
            1,
            &|_| tint(self.tint.1),
            (canvas.v, width / 2),
        );
    }

    pub(crate) fn origins(&self, second: f32, places: &[(f32, f32)]) -> Vec<Option<(f32, f32)>> {
        let view = self.ring.view(second);
        let origin = |(x, y): &(f32, f32)| {
            let look = view.looks.get(*x as usize)?.front;
            let from_y = (y - look.top) * look.step;
            (look.cover > 0.5 && (0.0..self.ring.height).contains(&from_y))
                .then_some((look.along, from_y))
        };
        places.iter().map(origin).collect()
    }
}

/// Paints one plane after the other with what each column sees.
struct Painter<'a> {
    looks: &'a [ring::Column],
    height: f32,
    horizon: f32,
}

impl Painter<'_> {
    fn paint(
        &self,
        levels: [&Plane; 4],
        halvings: u32,
        room: &dyn Fn(f32) -> i32,
        (out, width): (&mut [u8], usize),
    ) {
        let dark = if halvings == 0 { 16 } else { 128 };
        for (row, line) in out.chunks_exact_mut(width).enumerate() {
            let y = (row << halvings) as f32;
            let behind = room(y) << 8;
            for (column, value) in line.iter_mut().enumerate() {
                let Some(looks) = self.looks.get(column << halvings) else {
                    continue;
                };
                let mut colour = behind;
                if looks.front_opacity(y, self.height) < 1.0 {
                    colour = self.lay(&looks.back, y, 1.0, (levels, halvings, dark), colour);
                    colour = self.reflect(&looks.front, y, (levels, halvings, dark), colour);
                }
                colour = self.lay(&looks.front, y, 1.0, (levels, halvings, dark), colour);
                *value = ((colour + 128) >> 8) as u8;
            }
        }
    }

    /// Lays what a look shows at height `y` over a colour (in 256ths).
    #[inline(always)]
    fn lay(
        &self,
        look: &Look,
        y: f32,
        opacity: f32,
        (levels, halvings, dark): Source<'_>,
        below: i32,
    ) -> i32 {
        let alpha = opacity * look.opacity(y, self.height);
        if alpha <= 0.0 {
            return below;
        }
        let from_y = (y - look.top) * look.step;
        let sample = read(
            levels[look.level],
            look.along,
            from_y,
            look.level as u32 + halvings,
        );
        let lit = (dark << 8) + (((sample - dark) as f32) * look.light * 256.0) as i32;
        below + ((lit - below) as f32 * alpha) as i32
    }

    /// The floor shows the picture upside down, fading with distance from its edge.
    #[inline(always)]
    fn reflect(&self, look: &Look, y: f32, source: Source<'_>, below: i32) -> i32 {
        let edge = look.top + (1.0 + FLOOR_GAP) * self.height / look.step;
        let depth = (y - edge) * look.step / self.height;
        if depth <= 0.0 || depth >= REFLECTED {
            return below;
        }
        let fade = 1.0 - depth / REFLECTED;
        self.lay(look, 2.0 * edge - y, 0.42 * fade * fade, source, below)
    }

    /// The luma of the wall and the floor behind everything.
    fn room(&self, y: f32) -> i32 {
        let part = (y - self.horizon) / self.height;
        if part < 0.0 {
            (52.0 + 44.0 * part).max(20.0) as i32
        } else {
            (62.0 - 50.0 * part).max(20.0) as i32
        }
    }
}

type Source<'a> = ([&'a Plane; 4], u32, i32);

/// A sample of a plane that is `halvings` times half the still's size.
#[inline(always)]
fn read(plane: &Plane, x: f32, y: f32, halvings: u32) -> i32 {
    let scale = 1.0 / (1_u32 << halvings) as f32;
    let fixed = |at: f32| (((at + 0.5) * scale - 0.5) * UNIT as f32) as i32;
    plane.read(fixed(x), fixed(y))
}

fn mean(plane: &Plane) -> i32 {
    let sum: u64 = plane
        .rows()
        .flatten()
        .map(|sample| u64::from(*sample))
        .sum();
    (sum / (plane.width * plane.height).max(1) as u64) as i32
}

/// Between a picture's lower edge and the floor, in parts of its height.
const FLOOR_GAP: f32 = 0.02;
/// How much of the picture the floor shows, in parts of its height.
const REFLECTED: f32 = 0.55;
