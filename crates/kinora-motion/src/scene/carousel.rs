//! The picture bends onto a ring of its own copies, which turns over a glossy floor and comes to rest.
//!
//! The ring is an upright cylinder seen from a little above, so every column of the frame sees one upright
//! line of a picture: a place along the ring and a scale are all that a column needs. The camera starts so
//! near, and the ring so flat, that the still fills the frame; at the end it is nearly there again.

mod ring;

use std::ops::Range;

use crate::grid::{Grid, Sight};
use crate::math::Dice;
use crate::plane::{Picture, Plane, UNIT};
use crate::size::FrameSize;
use crate::work::{bands, end_piece};

use super::Painter;
use ring::{Column, Look, Ring, View};

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
    pub(crate) async fn new(picture: &Picture, size: FrameSize, dice: &mut Dice) -> Self {
        let half = picture.half().await;
        let quarter = half.half().await;
        let eighth = quarter.half().await;
        let tint = (mean(&picture.u).await, mean(&picture.v).await);
        Self {
            ring: Ring::new(size, dice),
            smaller: [half, quarter, eighth],
            tint,
        }
    }

    pub(crate) fn painter<'a>(&'a self, picture: &'a Picture, second: f32) -> Painter<'a> {
        if second <= 0.0 {
            let straight = |x, y| Sight { x, y, light: 1.0 };
            return Box::new(move |canvas| Grid::new(canvas, straight).draw(picture, canvas));
        }
        let View { looks, horizon } = self.ring.view(second);
        let [half, quarter, eighth] = &self.smaller;
        let levels = [picture, half, quarter, eighth];
        let height = self.ring.height;
        let planes = [
            PlanePainter::new(&looks, height, levels.map(|picture| &picture.y), 0),
            PlanePainter::new(&looks, height, levels.map(|picture| &picture.u), 1),
            PlanePainter::new(&looks, height, levels.map(|picture| &picture.v), 1),
        ];
        let tint = |mean: i32| 128 + (mean - 128) / 2;
        let tint = (tint(self.tint.0), tint(self.tint.1));
        Box::new(move |canvas| {
            let [luma, blue, red] = &planes;
            let rows = &canvas.rows;
            luma.paint(rows, &|row| room((row - horizon) / height), canvas.y);
            blue.paint(rows, &|_| tint.0, canvas.u);
            red.paint(rows, &|_| tint.1, canvas.v);
        })
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

/// Paints one plane with what each of its columns sees, outside and inside of the ring.
struct PlanePainter<'a> {
    strokes: Vec<[Stroke<'a>; 2]>,
    halvings: u32,
}

impl<'a> PlanePainter<'a> {
    fn new(looks: &[Column], height: f32, levels: [&'a Plane; 4], halvings: u32) -> Self {
        let dark = if halvings == 0 { 16 } else { 128 };
        let stroke = |look: &Look| Stroke::new(look, height, levels[look.level], halvings, dark);
        let strokes = looks
            .iter()
            .step_by(1 << halvings)
            .map(|column| [stroke(&column.front), stroke(&column.back)])
            .collect();
        Self { strokes, halvings }
    }

    /// `room` is the colour behind everything at a row of the frame.
    fn paint(&self, rows: &Range<usize>, room: &dyn Fn(f32) -> i32, out: &mut [u8]) {
        let rows = rows.start >> self.halvings..rows.end >> self.halvings;
        let lines = out.chunks_exact_mut(self.strokes.len()).enumerate();
        for (row, line) in lines.take(rows.end).skip(rows.start) {
            let y = (row << self.halvings) as f32;
            let behind = room(y) << 8;
            for (value, [front, back]) in line.iter_mut().zip(&self.strokes) {
                let opacity = front.opacity(y);
                let mut colour = behind;
                if opacity < 1.0 {
                    colour = front.reflected(y, back.over(colour, y, back.opacity(y)));
                }
                *value = ((front.over(colour, y, opacity) + 128) >> 8) as u8;
            }
        }
    }
}

/// The luma of the wall and the floor, so many of the frame's heights below where they meet.
fn room(below: f32) -> i32 {
    if below < 0.0 {
        (56.0 + 44.0 * below).max(20.0) as i32
    } else {
        (66.0 - 50.0 * below).max(20.0) as i32
    }
}

/// How one column paints what it sees into one plane.
struct Stroke<'a> {
    plane: &'a Plane,
    /// The column of the plane, in its fixed point.
    x: i32,
    /// The plane's row at a row of the frame, in fixed point: a start and a step.
    y: (f32, f32),
    top: f32,
    bottom: f32,
    cover: f32,
    /// 256 is as bright as the still.
    light: i32,
    dark: i32,
}

impl<'a> Stroke<'a> {
    fn new(look: &Look, height: f32, plane: &'a Plane, halvings: u32, dark: i32) -> Self {
        let scale = 1.0 / (1_u32 << (look.level as u32 + halvings)) as f32;
        let fixed = |at: f32| ((at + 0.5) * scale - 0.5) * UNIT as f32;
        let seen = look.cover > 0.0 && look.step > 0.0;
        Self {
            plane,
            x: fixed(look.along) as i32,
            y: (
                fixed(-look.top * look.step),
                look.step * scale * UNIT as f32,
            ),
            top: look.top,
            bottom: if seen {
                look.top + height / look.step
            } else {
                look.top
            },
            cover: if seen { look.cover } else { 0.0 },
            light: (look.light * 256.0) as i32,
            dark,
        }
    }

    /// How opaque the line is at a row of the frame: soft at its upper and lower end.
    #[inline(always)]
    fn opacity(&self, y: f32) -> f32 {
        (y + 1.0 - self.top).min(self.bottom - y).clamp(0.0, 1.0) * self.cover
    }

    /// Lays what the column shows at a row over a colour (in 256ths).
    #[inline(always)]
    fn over(&self, below: i32, y: f32, opacity: f32) -> i32 {
        if opacity <= 0.0 {
            return below;
        }
        let sample = self.plane.read(self.x, (self.y.0 + y * self.y.1) as i32);
        let lit = (self.dark << 8) + (sample - self.dark) * self.light;
        if opacity >= 1.0 {
            lit
        } else {
            below + ((lit - below) as f32 * opacity) as i32
        }
    }

    /// The floor shows the picture upside down, fading with distance from its edge.
    #[inline(always)]
    fn reflected(&self, y: f32, below: i32) -> i32 {
        let height = self.bottom - self.top;
        let edge = self.bottom + FLOOR_GAP * height;
        let depth = (y - edge) / (height * REFLECTED).max(1.0);
        if depth <= 0.0 || depth >= 1.0 {
            return below;
        }
        let mirrored = 2.0 * edge - y;
        self.over(
            below,
            mirrored,
            0.5 * (1.0 - depth) * (1.0 - depth) * self.opacity(mirrored),
        )
    }
}

async fn mean(plane: &Plane) -> i32 {
    let mut sum = 0;
    for rows in bands(plane.height, plane.width) {
        let samples = rows.flat_map(|row| plane.row(row));
        sum += samples.map(|sample| u64::from(*sample)).sum::<u64>();
        end_piece().await;
    }
    (sum / (plane.width * plane.height).max(1) as u64) as i32
}

/// Between a picture's lower edge and the floor, in parts of its height.
const FLOOR_GAP: f32 = 0.02;
/// How much of the picture the floor shows, in parts of its height.
const REFLECTED: f32 = 0.55;
