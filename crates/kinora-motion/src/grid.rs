//! Warps: where each pixel comes from, known at a coarse grid and interpolated between.

use std::ops::Range;

use crate::plane::{Canvas, PAD, Picture, Plane, UNIT};

/// What a pixel of the frame shows: a position in the still, in pixels, and how bright (1 as it is).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Sight {
    pub(crate) x: f32,
    pub(crate) y: f32,
    pub(crate) light: f32,
}

/// Sights at every [`CELL`]th pixel, as fixed-point numbers.
pub(crate) struct Grid {
    /// The first row of nodes, counted from the frame's top.
    first: usize,
    columns: usize,
    nodes: Vec<[i32; 3]>,
    /// Which cells of each row of cells are drawn.
    drawn: Vec<Range<usize>>,
    lit: bool,
}

impl Grid {
    /// The sights that the canvas's rows need.
    pub(crate) fn new(canvas: &Canvas<'_>, sight: impl Fn(f32, f32) -> Sight) -> Self {
        // A half-size plane has the same padding, so it never runs out before the full-size one.
        Self::reaching(canvas, PAD as f32 - 2.0, sight)
    }

    /// The same with positions kept that are up to so many pixels outside the still, for those who look
    /// before they read there.
    pub(crate) fn reaching(
        canvas: &Canvas<'_>,
        reach: f32,
        sight: impl Fn(f32, f32) -> Sight,
    ) -> Self {
        let (width, height) = (canvas.size.width as usize, canvas.size.height as usize);
        let (first, last) = (canvas.rows.start / CELL, canvas.rows.end.div_ceil(CELL));
        let columns = width.div_ceil(CELL) + 1;
        let mut nodes = Vec::with_capacity(columns * (last + 1 - first));
        for row in first..=last {
            nodes.extend((0..columns).map(|column| {
                let seen = sight((column * CELL) as f32, (row * CELL) as f32);
                [
                    fixed(seen.x, width, reach),
                    fixed(seen.y, height, reach),
                    (seen.light.clamp(0.0, 1.5) * 4096.0) as i32,
                ]
            }));
        }
        let lit = nodes.iter().any(|node| node[2] != 4096);
        Self {
            first,
            columns,
            nodes,
            drawn: vec![0..columns - 1; last - first],
            lit,
        }
    }

    /// The same grid, drawn only where it may see the given columns and rows of the still.
    pub(crate) fn only(mut self, columns: &Range<usize>, rows: &Range<usize>) -> Self {
        let near = |at: i32, range: &Range<usize>| {
            let margin = 2 * CELL as i32;
            (range.start as i32 - margin..range.end as i32 + margin).contains(&(at / UNIT))
        };
        for (row, drawn) in self.drawn.iter_mut().enumerate() {
            let nodes = &self.nodes[row * self.columns..][..2 * self.columns];
            let sees = |node: &[i32; 3]| near(node[0], columns) && near(node[1], rows);
            let seeing = nodes
                .iter()
                .enumerate()
                .filter(|(_, node)| sees(node))
                .map(|(at, _)| at % self.columns);
            let (first, last) = seeing.fold((self.columns, 0), |(low, high), at| {
                (low.min(at), high.max(at + 1))
            });
            *drawn = first.saturating_sub(1)..last.min(self.columns - 1);
        }
        self
    }

    /// Fills the canvas with what the grid sees of the picture.
    pub(crate) fn draw(&self, picture: &Picture, canvas: &mut Canvas<'_>) {
        self.draw_plane(&Channel::luma(canvas), &picture.y, canvas.y);
        self.draw_plane(&Channel::chroma(canvas), &picture.u, canvas.u);
        self.draw_plane(&Channel::chroma(canvas), &picture.v, canvas.v);
    }

    /// Lays what the grid sees of the picture over the canvas, as opaque as the masks say there.
    pub(crate) fn draw_over(
        &self,
        picture: &Picture,
        mask: &Plane,
        half_mask: &Plane,
        canvas: &mut Canvas<'_>,
    ) {
        self.lay_plane(&Channel::luma(canvas), &picture.y, mask, canvas.y);
        self.lay_plane(&Channel::chroma(canvas), &picture.u, half_mask, canvas.u);
        self.lay_plane(&Channel::chroma(canvas), &picture.v, half_mask, canvas.v);
    }

    fn draw_plane(&self, channel: &Channel, plane: &Plane, out: &mut [u8]) {
        if self.lit {
            let lit = |x, y, light| channel.shade(plane.read(x, y), light);
            self.each(channel, out, |_, x, y, light| lit(x, y, light));
        } else {
            self.each(channel, out, |_, x, y, _| plane.read(x, y) as u8);
        }
    }

    fn lay_plane(&self, channel: &Channel, plane: &Plane, mask: &Plane, out: &mut [u8]) {
        self.each(channel, out, |below, x, y, light| {
            let alpha = mask.read(x, y);
            if alpha == 0 {
                return below;
            }
            let above = i32::from(channel.shade(plane.read(x, y), light));
            let below = i32::from(below);
            (below + (((above - below) * (alpha + (alpha >> 7)) + 128) >> 8)) as u8
        });
    }

    /// Calls `pixel` with what is there, a position and a light for every pixel of a plane.
    #[inline(always)]
    pub(crate) fn each(
        &self,
        channel: &Channel,
        out: &mut [u8],
        pixel: impl Fn(u8, i32, i32, i32) -> u8,
    ) {
        let cell = CELL >> channel.halvings;
        let lines = out.chunks_exact_mut(channel.width).enumerate();
        for (row, line) in lines.take(channel.rows.end).skip(channel.rows.start) {
            let of_cells = row / cell - self.first;
            let above = &self.nodes[of_cells * self.columns..][..self.columns];
            let below = &self.nodes[(of_cells + 1) * self.columns..][..self.columns];
            let down = (row % cell) as i32;
            let drawn = self.drawn[of_cells].clone();
            if drawn.is_empty() {
                continue;
            }
            let mut left = channel.between(above[drawn.start], below[drawn.start], down);
            for (column, part) in line
                .chunks_mut(cell)
                .enumerate()
                .take(drawn.end)
                .skip(drawn.start)
            {
                let right = channel.between(above[column + 1], below[column + 1], down);
                let [mut x, mut y, mut light] = left.map(|value| value << channel.bits);
                let [dx, dy, dlight] = [0, 1, 2].map(|i| right[i] - left[i]);
                for value in part {
                    *value = pixel(
                        *value,
                        x >> channel.bits,
                        y >> channel.bits,
                        light >> (channel.bits + 4),
                    );
                    x += dx;
                    y += dy;
                    light += dlight;
                }
                left = right;
            }
        }
    }
}

/// How one plane of the canvas relates to the grid.
pub(crate) struct Channel {
    width: usize,
    rows: Range<usize>,
    halvings: u32,
    bits: u32,
    dark: i32,
}

impl Channel {
    pub(crate) fn luma(canvas: &Canvas<'_>) -> Self {
        Self {
            width: canvas.size.width as usize,
            rows: canvas.rows.clone(),
            halvings: 0,
            bits: 3,
            dark: 16,
        }
    }

    pub(crate) fn chroma(canvas: &Canvas<'_>) -> Self {
        Self {
            width: canvas.size.width as usize / 2,
            rows: canvas.rows.start / 2..canvas.rows.end / 2,
            halvings: 1,
            bits: 2,
            dark: 128,
        }
    }

    /// The node `down` rows of a cell below `above`, in this plane's samples.
    #[inline(always)]
    fn between(&self, above: [i32; 3], below: [i32; 3], down: i32) -> [i32; 3] {
        let at = |i: usize| above[i] + (((below[i] - above[i]) * down) >> self.bits);
        [at(0) >> self.halvings, at(1) >> self.halvings, at(2)]
    }

    /// A sample under a light of so many 256ths.
    #[inline(always)]
    pub(crate) fn shade(&self, sample: i32, light: i32) -> u8 {
        (self.dark + (((sample - self.dark) * light + 128) >> 8)).clamp(16, 240) as u8
    }
}

fn fixed(position: f32, length: usize, reach: f32) -> i32 {
    (position.clamp(-reach, length as f32 + reach) * UNIT as f32) as i32
}

/// Pixels between two nodes.
pub(crate) const CELL: usize = 8;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::colour;
    use crate::size::FrameSize;
    use crate::work::at_once;

    const SIZE: FrameSize = FrameSize {
        width: 36,
        height: 22,
    };

    fn check(sight: impl Fn(f32, f32) -> Sight) -> (Vec<u8>, Vec<u8>) {
        let rgb: Vec<u8> = (0..SIZE.luma_len() * 3)
            .map(|i| (i * 31 % 251) as u8)
            .collect();
        let planes = at_once(colour::from_rgb(&rgb, SIZE));
        let picture = at_once(Picture::new(&planes, SIZE));
        let mut out = vec![0; SIZE.i420_len()];
        let mut canvas = Canvas::new(SIZE, 0..SIZE.height, &mut out);
        Grid::new(&canvas, sight).draw(&picture, &mut canvas);
        ([planes.y, planes.u, planes.v].concat(), out)
    }

    #[test]
    fn looking_straight_shows_the_picture_to_the_bit() {
        let (still, frame) = check(|x, y| Sight { x, y, light: 1.0 });
        assert_eq!(still, frame);
    }

    #[test]
    fn positions_far_outside_and_no_numbers_are_harmless() {
        check(|x, _| Sight {
            x: x * 1e9,
            y: f32::NAN,
            light: f32::INFINITY,
        });
        check(|x, y| Sight {
            x: -x * 1e9,
            y: y * -1e30,
            light: f32::NAN,
        });
    }

    #[test]
    fn no_light_is_black() {
        let (_, frame) = check(|x, y| Sight { x, y, light: 0.0 });
        let (luma, chroma) = frame.split_at(SIZE.luma_len());
        assert!(luma.iter().all(|y| *y == 16) && chroma.iter().all(|c| *c == 128));
    }
}
