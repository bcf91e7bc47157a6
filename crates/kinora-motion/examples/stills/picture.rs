//! A picture in linear light, and what a darkroom does to it.

use std::thread;

use crate::noise::Random;
use crate::vector::{Vec3, smoothstep};

/// Pixels in linear light, row by row from the top left.
#[derive(Clone)]
pub(crate) struct Picture {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) pixels: Vec<Vec3>,
}

impl Picture {
    /// Asks `colour` for every pixel, on all processors; it gets the pixel's column and row.
    pub(crate) fn render(
        width: usize,
        height: usize,
        colour: impl Fn(usize, usize) -> Vec3 + Sync,
    ) -> Self {
        let mut pixels = vec![Vec3::default(); width * height];
        let workers = thread::available_parallelism().map_or(1, usize::from);
        let rows: Vec<_> = pixels.chunks_mut(width).enumerate().collect();
        let mut shares: Vec<Vec<_>> = (0..workers).map(|_| Vec::new()).collect();
        // Dealt like cards, because sky rows are quicker than ground rows.
        for (y, row) in rows {
            shares[y % workers].push((y, row));
        }
        thread::scope(|scope| {
            for share in shares {
                scope.spawn(|| share.into_iter().for_each(|(y, row)| fill(row, y, &colour)));
            }
        });
        Self {
            width,
            height,
            pixels,
        }
    }

    /// Lays `colour` over a pixel; places outside the picture are ignored.
    pub(crate) fn blend(&mut self, x: i32, y: i32, colour: Vec3, cover: f32) {
        if x >= 0 && y >= 0 && (x as usize) < self.width && (y as usize) < self.height {
            let pixel = &mut self.pixels[y as usize * self.width + x as usize];
            *pixel = pixel.mix(colour, cover.clamp(0.0, 1.0));
        }
    }

    /// Lays a shape over the box from `(left, top)` to `(right, bottom)`: `paint` answers colour
    /// and cover for a pixel's centre.
    pub(crate) fn stamp(
        &mut self,
        (left, top): (f32, f32),
        (right, bottom): (f32, f32),
        paint: impl Fn(f32, f32) -> (Vec3, f32),
    ) {
        let columns = (left.max(0.0) as usize)..(right.max(0.0) as usize + 1).min(self.width);
        for y in (top.max(0.0) as usize)..(bottom.max(0.0) as usize + 1).min(self.height) {
            for x in columns.clone() {
                let (colour, cover) = paint(x as f32 + 0.5, y as f32 + 0.5);
                self.blend(x as i32, y as i32, colour, cover);
            }
        }
    }

    /// The colour at a place in pixels, from the four around it; the edge goes on forever.
    pub(crate) fn at(&self, x: f32, y: f32) -> Vec3 {
        let x = (x - 0.5).clamp(0.0, self.width as f32 - 1.0);
        let y = (y - 0.5).clamp(0.0, self.height as f32 - 1.0);
        let (x0, y0) = (x as usize, y as usize);
        let (x1, y1) = ((x0 + 1).min(self.width - 1), (y0 + 1).min(self.height - 1));
        let top = self.pixel(x0, y0).mix(self.pixel(x1, y0), x.fract());
        top.mix(
            self.pixel(x0, y1).mix(self.pixel(x1, y1), x.fract()),
            y.fract(),
        )
    }

    pub(crate) fn pixel(&self, x: usize, y: usize) -> Vec3 {
        self.pixels[y * self.width + x]
    }

    /// Softened by about `radius` pixels.
    pub(crate) fn blurred(&self, radius: usize) -> Self {
        // Three box filters in a row are close to a Gaussian.
        (0..3).fold(self.clone(), |picture, _| {
            picture
                .box_blurred_turned(radius)
                .box_blurred_turned(radius)
        })
    }

    /// Rid of specks: every pixel the mean of those around it that look alike, within `tolerance`.
    pub(crate) fn smoothed(&self, tolerance: f32) -> Self {
        let eye = |v: f32| v.max(0.0).sqrt();
        // A speck must not decide which neighbours it resembles.
        let guide = self.blurred(1);
        Self::render(self.width, self.height, |x, y| {
            let own = guide.pixel(x, y).map(eye);
            let (mut sum, mut weight) = (Vec3::default(), 0.0);
            for row in y.saturating_sub(3)..(y + 4).min(self.height) {
                for column in x.saturating_sub(3)..(x + 4).min(self.width) {
                    let unlike = (guide.pixel(column, row).map(eye) - own).length() / tolerance;
                    let share = (-unlike * unlike).exp();
                    sum += self.pixel(column, row) * share;
                    weight += share;
                }
            }
            sum * (1.0 / weight)
        })
    }

    /// The light that a lens scatters from bright places.
    pub(crate) fn with_glow(&self, radius: usize, strength: f32) -> Self {
        let halo = self.blurred(radius);
        let pixels = self.pixels.iter().zip(&halo.pixels);
        Self {
            pixels: pixels
                .map(|(&own, &halo)| own.mix(halo, strength))
                .collect(),
            ..*self
        }
    }

    /// Darkened towards the corners by `strength`.
    pub(crate) fn with_vignette(mut self, strength: f32) -> Self {
        let (w, h) = (self.width as f32, self.height as f32);
        for (index, pixel) in self.pixels.iter_mut().enumerate() {
            let x = ((index % self.width) as f32 + 0.5) / w - 0.5;
            let y = ((index / self.width) as f32 + 0.5) / h - 0.5;
            *pixel = *pixel * (1.0 - strength * smoothstep(0.35, 0.85, x.hypot(y) * 1.2));
        }
        self
    }

    /// From scene light to print: highlights roll off instead of clipping.
    pub(crate) fn developed(mut self, exposure: f32) -> Self {
        for pixel in &mut self.pixels {
            *pixel = (*pixel * exposure).map(film);
        }
        self
    }

    /// Fine grain, strongest in the middle tones, as on film.
    pub(crate) fn with_grain(mut self, strength: f32, seed: u32) -> Self {
        let mut random = Random::new(seed);
        for pixel in &mut self.pixels {
            let tone = pixel.luminance().clamp(0.0, 1.0).sqrt();
            let deviation = random.unit() + random.unit() - 1.0;
            *pixel = *pixel * (1.0 + strength * deviation * (1.0 - 0.7 * tone));
        }
        self
    }

    /// The middle of the picture, as large as `wide` to `high` allows.
    pub(crate) fn middle(&self, wide: usize, high: usize) -> Self {
        let width = self.width.min(self.height * wide / high);
        let height = self.height.min(self.width * high / wide);
        let (left, top) = ((self.width - width) / 2, (self.height - height) / 2);
        let rows = self.pixels.chunks_exact(self.width).skip(top).take(height);
        let pixels = rows
            .flat_map(|row| &row[left..left + width])
            .copied()
            .collect();
        Self {
            width,
            height,
            pixels,
        }
    }

    /// Scaled down to `width` pixels across, every pixel the mean of those it covers.
    pub(crate) fn scaled_down(&self, width: usize) -> Self {
        let height = (self.height * width + self.width / 2) / self.width;
        let (sx, sy) = (
            self.width as f32 / width as f32,
            self.height as f32 / height as f32,
        );
        Self::render(width, height, |x, y| {
            let columns = (x as f32 * sx) as usize..((x + 1) as f32 * sx) as usize;
            let rows = (y as f32 * sy) as usize..((y + 1) as f32 * sy) as usize;
            let count = (columns.len() * rows.len()) as f32;
            let mut sum = Vec3::default();
            for row in rows {
                sum = columns
                    .clone()
                    .fold(sum, |sum, column| sum + self.pixel(column, row));
            }
            sum * (1.0 / count)
        })
    }

    /// Red, green and blue bytes in sRGB.
    pub(crate) fn to_srgb(&self) -> Vec<u8> {
        let bytes = |p: &Vec3| [p.x, p.y, p.z].map(|v| (srgb(v) * 255.0 + 0.5) as u8);
        self.pixels.iter().flat_map(bytes).collect()
    }

    /// Every row averaged over `2 * radius + 1` neighbours, and the picture turned on its side.
    fn box_blurred_turned(&self, radius: usize) -> Self {
        let (width, height) = (self.height, self.width);
        let mut pixels = vec![Vec3::default(); width * height];
        let share = 1.0 / (2 * radius + 1) as f32;
        for y in 0..self.height {
            let row = &self.pixels[y * self.width..][..self.width];
            let clamped = |x: isize| row[x.clamp(0, self.width as isize - 1) as usize];
            let r = radius as isize;
            let mut sum = (-r..=r).fold(Vec3::default(), |sum, x| sum + clamped(x));
            for x in 0..self.width {
                pixels[x * width + y] = sum * share;
                let x = x as isize;
                sum += clamped(x + r + 1) - clamped(x - r);
            }
        }
        Self {
            width,
            height,
            pixels,
        }
    }
}

fn fill(row: &mut [Vec3], y: usize, colour: &(impl Fn(usize, usize) -> Vec3 + Sync)) {
    row.iter_mut()
        .enumerate()
        .for_each(|(x, pixel)| *pixel = colour(x, y));
}

/// A film curve with a toe and a shoulder.
fn film(light: f32) -> f32 {
    let x = light.max(0.0);
    (x * (2.51 * x + 0.03) / (x * (2.43 * x + 0.59) + 0.14)).clamp(0.0, 1.0)
}

fn srgb(linear: f32) -> f32 {
    let v = linear.clamp(0.0, 1.0);
    if v <= 0.003_130_8 {
        v * 12.92
    } else {
        1.055 * v.powf(1.0 / 2.4) - 0.055
    }
}
