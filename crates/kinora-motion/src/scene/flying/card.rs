//! The whole picture lifts off as a printed card and flies, banking and rippling, over a blurred and
//! darker copy of itself, on which it casts its shadow.
//!
//! The card is a sheet in space seen in perspective. It starts flat in the frame, so that the first frame
//! is the still itself; its paper border comes into view from outside as it draws away.

mod print;

use crate::colour::I420;
use crate::field::Field;
use crate::grid::{Channel, Grid, Sight};
use crate::math::{Dice, cos, ease, mix, sin};
use crate::plane::{Canvas, Picture, UNIT};
use crate::size::FrameSize;
use crate::subject::Subject;
use crate::work::{bands, end_piece};
use print::{PAPER, Print};

/// A sheet, what is behind it, and how it flies.
#[derive(Clone, Debug)]
pub(crate) struct Card {
    behind: Picture,
    width: f32,
    height: f32,
    /// The middle of the frame, in pixels.
    middle: (f32, f32),
    /// Pixels from the eye to the frame.
    focus: f32,
    /// The paper around the picture, in pixels.
    border: f32,
    side: f32,
    rhythm: f32,
    phase: f32,
    depth: f32,
}

impl Card {
    pub(crate) async fn new(subject: &Subject, size: FrameSize, dice: &mut Dice) -> Self {
        let (width, height) = (size.width as f32, size.height as f32);
        Self {
            behind: blurred(&subject.colours, size).await,
            width,
            height,
            middle: (0.5 * (width - 1.0), 0.5 * (height - 1.0)),
            focus: 1.5 * width.max(height),
            border: 0.022 * width.min(height),
            side: dice.sign(),
            rhythm: dice.between(0.30, 0.36),
            phase: dice.between(-0.05, 0.05),
            depth: dice.between(0.30, 0.36),
        }
    }

    pub(crate) fn painter(&self, picture: &Picture, second: f32) -> impl Fn(&mut Canvas<'_>) {
        let pose = self.pose(second);
        move |canvas| self.draw(picture, &pose, canvas)
    }

    fn draw(&self, picture: &Picture, pose: &Pose, canvas: &mut Canvas<'_>) {
        let wall = |x: f32, y: f32| self.wall(pose, x, y);
        Grid::new(canvas, wall).draw(&self.behind, canvas);
        let sheet = Grid::reaching(canvas, self.width.max(self.height), |x, y| {
            self.sheet(pose, x, y)
        });
        let border = (self.border * UNIT as f32) as i32;
        let print = |plane, halvings, paper| Print {
            plane,
            border: border >> halvings,
            paper,
        };
        let [luma, chroma] = [Channel::luma(canvas), Channel::chroma(canvas)];
        print(&picture.y, 0, PAPER).lay(&sheet, &luma, canvas.y);
        print(&picture.u, 1, 128).lay(&sheet, &chroma, canvas.u);
        print(&picture.v, 1, 128).lay(&sheet, &chroma, canvas.v);
    }

    pub(crate) fn origin(&self, second: f32, x: f32, y: f32) -> Option<(f32, f32)> {
        let pose = self.pose(second);
        let seen = self.sheet(&pose, x, y);
        let outside = |at: f32, length: f32| (-at).max(at - length + 1.0);
        let outside = outside(seen.x, self.width).max(outside(seen.y, self.height));
        let wall = self.wall(&pose, x, y);
        if outside <= 0.0 {
            Some((seen.x, seen.y))
        } else if outside <= self.border {
            None
        } else {
            Some((wall.x, wall.y))
        }
    }

    fn pose(&self, second: f32) -> Pose {
        let lift = ease(second / 2.0);
        let swing = second * self.rhythm + self.phase;
        let sway = self.side * sin(swing);
        let nod = sin(swing * 1.7 + 0.1);
        let wide = ease(second / 2.6);
        Pose {
            lift,
            axes: axes(
                lift * (0.022 + 0.016 * nod),
                wide * 0.042 * sway,
                wide * 0.013 * self.side * sin(swing - 0.12),
            ),
            at: (
                wide * 0.036 * self.width * sway,
                -self.height * (0.035 * lift + wide * 0.028 * sin(swing * 1.7)),
                self.focus * (self.depth * lift + 0.05 * wide * sin(swing * 1.3 + 0.3)),
            ),
            ripple: wide * 0.016 * self.width,
            turns: -0.62 * second + self.phase,
        }
    }

    /// The place of the sheet that is seen at a place of the frame.
    fn sheet(&self, pose: &Pose, x: f32, y: f32) -> Sight {
        let (x, y) = (x - self.middle.0, y - self.middle.1);
        let [right, down, near] = pose.axes;
        let (sx, sy) = (x / self.focus, y / self.focus);
        let rows = [
            (right[0] - sx * right[2], down[0] - sx * down[2]),
            (right[1] - sy * right[2], down[1] - sy * down[2]),
        ];
        let scale = 1.0 / (rows[0].0 * rows[1].1 - rows[0].1 * rows[1].0);
        let (mut u, mut v, mut bent) = (0.0, 0.0, (0.0, 0.0));
        // The ripple is so shallow that asking again where the sight meets it settles at once.
        for _ in 0..3 {
            bent = self.ripple(pose, u, v);
            let far = 1.0 + (bent.0 * near[2] + pose.at.2) / self.focus;
            let a = x * far - (bent.0 * near[0] + pose.at.0);
            let b = y * far - (bent.0 * near[1] + pose.at.1);
            u = (a * rows[1].1 - b * rows[0].1) * scale;
            v = (b * rows[0].0 - a * rows[1].0) * scale;
        }
        Sight {
            x: u + self.middle.0,
            y: v + self.middle.1,
            light: 1.0 + 0.6 * bent.1 + 0.3 * (right[2] - down[2]),
        }
    }

    /// How far the sheet bends away at a place, and how steeply along its width.
    fn ripple(&self, pose: &Pose, u: f32, v: f32) -> (f32, f32) {
        let turns = 0.85 * u / self.width + 0.3 * v / self.height + pose.turns;
        let steep = 0.85 * std::f32::consts::TAU * pose.ripple / self.width;
        (pose.ripple * sin(turns), steep * cos(turns))
    }

    /// The blurred copy, drifting a little against the card, darker under it.
    fn wall(&self, pose: &Pose, x: f32, y: f32) -> Sight {
        let shrink = 0.06 + 0.05 * pose.lift;
        let dx = -(x - self.middle.0) * shrink + 0.25 * pose.at.0;
        let dy = -(y - self.middle.1) * shrink + 0.25 * pose.at.1;
        Sight {
            x: x + dx,
            y: y + dy,
            light: mix(1.0, DIM, pose.lift) * (1.0 - self.shadow(pose, x, y)),
        }
    }

    /// The card's shadow: softer and further down the higher the card flies.
    fn shadow(&self, pose: &Pose, x: f32, y: f32) -> f32 {
        let unit = self.width.min(self.height);
        let far = 1.0 / (1.0 + pose.at.2 / self.focus);
        let [right, down, _] = pose.axes;
        let x = x - self.middle.0 - pose.at.0 * far - self.side * 0.02 * unit * pose.lift;
        let y = y - self.middle.1 - pose.at.1 * far - 0.075 * unit * pose.lift;
        let soft = unit * (0.02 + 0.075 * pose.lift);
        let cover =
            |along: f32, length: f32| ease((0.5 * length * far - along.abs()) / (2.0 * soft) + 0.5);
        let along = cover(x * right[0] + y * right[1], self.width);
        0.62 * along * cover(x * down[0] + y * down[1], self.height)
    }
}

/// Where the sheet is.
struct Pose {
    /// How far it has lifted off, 0 to 1.
    lift: f32,
    /// The sheet's right, down and away, in the frame's right, down and away.
    axes: [[f32; 3]; 3],
    /// Pixels from its place in the frame.
    at: (f32, f32, f32),
    ripple: f32,
    turns: f32,
}

/// The axes of something pitched back, then yawed, then rolled, by so many turns.
fn axes(pitch: f32, yaw: f32, roll: f32) -> [[f32; 3]; 3] {
    // Exactly 1 for no turn, which the first frame needs.
    let pair = |turn: f32| (1.0 - 2.0 * sin(0.5 * turn) * sin(0.5 * turn), sin(turn));
    let (pitch, yaw, (c, s)) = (pair(pitch), pair(yaw), pair(roll));
    let turned = |x: f32, y: f32, z: f32| {
        let (y, z) = (y * pitch.0 - z * pitch.1, y * pitch.1 + z * pitch.0);
        let (x, z) = (x * yaw.0 + z * yaw.1, z * yaw.0 - x * yaw.1);
        [x * c - y * s, x * s + y * c, z]
    };
    [
        turned(1.0, 0.0, 0.0),
        turned(0.0, 1.0, 0.0),
        turned(0.0, 0.0, 1.0),
    ]
}

/// The picture's small map, blurred, as large as the frame.
async fn blurred(colours: &[Field; 3], size: FrameSize) -> Picture {
    let (width, height) = (size.width as usize, size.height as usize);
    let [luma, blue, red] = colours;
    let planes = I420 {
        y: soft(luma, width, height).await,
        u: soft(blue, width / 2, height / 2).await,
        v: soft(red, width / 2, height / 2).await,
    };
    Picture::new(&planes, size).await
}

/// A map, blurred, at the size of a plane.
async fn soft(colour: &Field, width: usize, height: usize) -> Vec<u8> {
    let radius = colour.width.max(colour.height) / 40;
    let soft = colour.blurred(radius.max(1)).await;
    let place = |at: usize, length: usize| (at as f32 + 0.5) / length as f32;
    let mut samples = Vec::with_capacity(width * height);
    for rows in bands(height, width) {
        for y in rows.map(|row| place(row, height)) {
            let value = |column| soft.read(place(column, width), y) + 0.5;
            samples.extend((0..width).map(|column| value(column) as u8));
        }
        end_piece().await;
    }
    samples
}

/// How bright the blurred copy is once the card has left it.
const DIM: f32 = 0.62;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::colour;
    use crate::work::at_once;

    const SIZE: FrameSize = FrameSize {
        width: 320,
        height: 208,
    };

    fn card(seed: u64) -> Card {
        at_once(async {
            let grey = colour::from_rgb(&vec![90; SIZE.luma_len() * 3], SIZE).await;
            let subject = Subject::new(&Picture::new(&grey, SIZE).await).await;
            Card::new(&subject, SIZE, &mut Dice::new(seed)).await
        })
    }

    #[test]
    fn it_starts_flat_and_unlit_to_the_bit() {
        let card = card(1);
        for (x, y) in [(0.0, 0.0), (8.0, 200.0), (319.0, 207.0), (160.0, 104.0)] {
            let sight = card.sheet(&card.pose(0.0), x, y);
            assert_eq!(sight, Sight { x, y, light: 1.0 });
        }
    }

    #[test]
    fn it_stays_whole_in_the_frame_with_its_border() {
        for seed in 0..40 {
            let card = card(seed);
            for second in [2.0, 2.6, 3.2, 3.8, 4.4, 5.0] {
                let edge = (0..320).flat_map(|x| [(x, 0), (x, 207)]);
                let sides = (0..208).flat_map(|y| [(0, y), (319, y)]);
                for (x, y) in edge.chain(sides) {
                    let sight = card.sheet(&card.pose(second), x as f32, y as f32);
                    let inside =
                        |at: f32, length: f32| (-card.border..length + card.border).contains(&at);
                    assert!(
                        !inside(sight.x, 319.0) || !inside(sight.y, 207.0),
                        "seed {seed}, second {second}: the frame cuts it at {x}, {y}"
                    );
                }
            }
        }
    }

    #[test]
    fn its_paper_border_is_not_of_the_still() {
        let card = card(3);
        let row: Vec<_> = (0..320)
            .map(|x| card.origin(3.0, x as f32, 100.0))
            .collect();
        let paper = row.iter().filter(|origin| origin.is_none()).count();
        assert!((4..24).contains(&paper), "{paper} pixels of paper");
        assert!(row[160].is_some() && row[0].is_some());
    }
}
