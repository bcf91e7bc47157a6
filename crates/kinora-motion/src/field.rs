//! Small maps of numbers laid over a frame: colour, depth, belonging to the subject.

use crate::plane::Plane;
use crate::work::{bands, end_piece};

/// A map of `width` × `height` numbers, rows from the top.
#[derive(Clone, Debug)]
pub(crate) struct Field {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) values: Vec<f32>,
}

impl Field {
    pub(crate) fn new(width: usize, height: usize, at: impl Fn(usize, usize) -> f32) -> Self {
        let values = (0..width * height)
            .map(|i| at(i % width, i / width))
            .collect();
        Self {
            width,
            height,
            values,
        }
    }

    /// A plane shrunk to this size by averaging; every sample counts once.
    pub(crate) async fn shrunk(plane: &Plane, width: usize, height: usize) -> Self {
        let mut sums = vec![0_u32; width * height];
        let mut counts = vec![0_u32; width * height];
        for rows in bands(plane.height, plane.width) {
            for row in rows {
                let line = row * height / plane.height * width;
                for (column, sample) in plane.row(row).iter().enumerate() {
                    let at = line + column * width / plane.width;
                    sums[at] += u32::from(*sample);
                    counts[at] += 1;
                }
            }
            end_piece().await;
        }
        Self::new(width, height, |x, y| {
            sums[y * width + x] as f32 / counts[y * width + x].max(1) as f32
        })
    }

    /// The interpolated value at a place given in parts of the width and height.
    pub(crate) fn read(&self, x: f32, y: f32) -> f32 {
        let (x, x2, right) = self.around(x, self.width);
        let (y, y2, down) = self.around(y, self.height);
        let at = |x: usize, y: usize| self.values[y * self.width + x];
        let above = at(x, y) + (at(x2, y) - at(x, y)) * right;
        let below = at(x, y2) + (at(x2, y2) - at(x, y2)) * right;
        above + (below - above) * down
    }

    fn around(&self, part: f32, length: usize) -> (usize, usize, f32) {
        let at = (part * length as f32 - 0.5)
            .max(0.0)
            .min((length - 1) as f32);
        let whole = at.floor();
        (
            whole as usize,
            (whole as usize + 1).min(length - 1),
            at - whole,
        )
    }

    pub(crate) fn map(&self, change: impl Fn(f32) -> f32) -> Self {
        Self {
            values: self.values.iter().map(|value| change(*value)).collect(),
            ..*self
        }
    }

    pub(crate) fn zip(&self, other: &Self, combine: impl Fn(f32, f32) -> f32) -> Self {
        let values = self
            .values
            .iter()
            .zip(&other.values)
            .map(|(a, b)| combine(*a, *b))
            .collect();
        Self { values, ..*self }
    }

    /// The mean over the square that reaches `radius` cells to each side.
    pub(crate) async fn mean(&self, radius: usize) -> Self {
        let wide = self.mean_rows(radius).await.turned();
        wide.mean_rows(radius).await.turned()
    }

    /// Nearly a Gaussian blur.
    pub(crate) async fn blurred(&self, radius: usize) -> Self {
        self.mean(radius).await.mean(radius).await
    }

    async fn mean_rows(&self, radius: usize) -> Self {
        let mut values = Vec::with_capacity(self.values.len());
        let reach = (2 * radius + 1).min(self.width);
        for rows in bands(self.height, self.width * reach) {
            for row in
                self.values[rows.start * self.width..rows.end * self.width].chunks_exact(self.width)
            {
                self.mean_row(row, radius, &mut values);
            }
            end_piece().await;
        }
        Self { values, ..*self }
    }

    fn mean_row(&self, row: &[f32], radius: usize, out: &mut Vec<f32>) {
        out.extend((0..self.width).map(|x| {
            let near = &row[x.saturating_sub(radius)..(x + radius + 1).min(self.width)];
            near.iter().sum::<f32>() / near.len() as f32
        }));
    }

    fn turned(&self) -> Self {
        Self::new(self.height, self.width, |x, y| {
            self.values[x * self.width + y]
        })
    }

    /// Values where `trust` is 1, and what surrounds them where it is 0: coarse averages shine through.
    pub(crate) fn filled(&self, trust: &Self) -> Self {
        if self.width < 2 || self.height < 2 {
            let total: f32 = trust.values.iter().sum();
            let sum: f32 = self
                .zip(trust, |value, trust| value * trust)
                .values
                .iter()
                .sum();
            return self.map(|_| sum / total.max(1e-6));
        }
        let (width, height) = (self.width / 2, self.height / 2);
        let four = |field: &Self, x: usize, y: usize| {
            let at = 2 * y * field.width + 2 * x;
            let below = at + field.width;
            (field.values[at]
                + field.values[at + 1]
                + field.values[below]
                + field.values[below + 1])
                / 4.0
        };
        let weighted = self.zip(trust, |value, trust| value * trust);
        let coarse_trust = Self::new(width, height, |x, y| four(trust, x, y));
        let coarse = Self::new(width, height, |x, y| {
            four(&weighted, x, y) / four(trust, x, y).max(1e-6)
        });
        let full = coarse.filled(&coarse_trust.map(|trust| (trust * 2.0).min(1.0)));
        let place = |at: usize, length: usize| (at as f32 + 0.5) / length as f32;
        Self::new(self.width, self.height, |x, y| {
            let at = y * self.width + x;
            let behind = full.read(place(x, self.width), place(y, self.height));
            behind + (self.values[at] - behind) * trust.values[at]
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::work::at_once;

    #[test]
    fn a_flat_field_stays_flat_through_blur_and_fill() {
        let flat = Field::new(7, 5, |_, _| 3.0);
        let hole = Field::new(7, 5, |x, _| if x == 3 { 0.0 } else { 1.0 });
        for field in [at_once(flat.blurred(2)), flat.filled(&hole)] {
            assert!(
                field.values.iter().all(|value| (value - 3.0).abs() < 1e-4),
                "{field:?}"
            );
        }
    }

    #[test]
    fn a_hole_takes_the_colour_around_it() {
        let spot = Field::new(32, 32, |x, y| {
            if (12..20).contains(&x) && (12..20).contains(&y) {
                90.0
            } else {
                10.0
            }
        });
        let trust = spot.map(|value| if value > 50.0 { 0.0 } else { 1.0 });
        assert!(
            spot.filled(&trust)
                .values
                .iter()
                .all(|value| (9.9..10.1).contains(value))
        );
    }

    #[test]
    fn reading_interpolates_and_stops_at_the_edges() {
        let two = Field::new(2, 1, |x, _| x as f32);
        let check = |x: f32, value: f32| assert_eq!(two.read(x, 0.5), value, "at {x}");
        check(0.25, 0.0);
        check(0.5, 0.5);
        check(0.75, 1.0);
        check(-9.0, 0.0);
        check(9.0, 1.0);
        check(f32::NAN, 0.0);
    }
}
