//! Paints a picture in oil: thousands of strokes, coarse first, each along the forms it follows.

use crate::noise::{Random, noise2};
use crate::picture::Picture;
use crate::shape::segment;
use crate::vector::{Vec3, smoothstep, vec3};

/// Paints `subject` with ever finer brushes and lights the relief of the paint from the top left.
pub(crate) fn paint(subject: &Picture, seed: u32) -> Picture {
    let size = subject.width * subject.height;
    let ground = vec3(0.11, 0.075, 0.05);
    let blank = Picture {
        pixels: vec![ground; size],
        ..*subject
    };
    let mut canvas = Canvas {
        colours: blank,
        relief: vec![0.0; size],
        random: Random::new(seed),
    };
    for (layer, &radius) in BRUSHES.iter().enumerate() {
        canvas.add_layer(subject, radius, if layer == 0 { -1.0 } else { 0.035 });
    }
    canvas.lit()
}

struct Canvas {
    colours: Picture,
    relief: Vec<f32>,
    random: Random,
}

struct Stroke {
    path: Vec<(f32, f32)>,
    radius: f32,
    colour: Vec3,
    /// Sets this stroke's bristles apart from others'.
    bristles: f32,
}

impl Canvas {
    /// Strokes wherever the canvas is further than `tolerance` from the subject.
    fn add_layer(&mut self, subject: &Picture, radius: f32, tolerance: f32) {
        let seen = subject.blurred((radius * 0.35) as usize);
        let step = radius * 0.85;
        let (columns, rows) = (
            (seen.width as f32 / step) as i32,
            (seen.height as f32 / step) as i32,
        );
        let mut spots: Vec<_> = (0..=rows)
            .flat_map(|row| (0..=columns).map(move |column| (column, row)))
            .collect();
        for index in (1..spots.len()).rev() {
            spots.swap(
                index,
                (self.random.unit() * (index + 1) as f32) as usize % (index + 1),
            );
        }
        for (column, row) in spots {
            let x = (column as f32 + self.random.unit()) * step;
            let y = (row as f32 + self.random.unit()) * step;
            let wanted = seen.at(x, y);
            if contrast(wanted, self.colours.at(x, y)) > tolerance {
                let stroke = self.plan(&seen, (x, y), radius, wanted);
                self.lay(&stroke);
            }
        }
    }

    /// A path along the forms, as long as the colour holds.
    fn plan(&mut self, seen: &Picture, start: (f32, f32), radius: f32, wanted: Vec3) -> Stroke {
        let (mut x, mut y) = start;
        let mut path = vec![start];
        let drift = 3.4 * (noise2(x * 0.0045 + 7.0, y * 0.006) - 0.5);
        let (mut dy, mut dx) = drift.sin_cos();
        for step in 0..9 {
            let reach = radius.max(2.0);
            let light = |x, y| seen.at(x, y).luminance().max(0.0).sqrt();
            let gx = light(x + reach, y) - light(x - reach, y);
            let gy = light(x, y + reach) - light(x, y - reach);
            let steep = gx.hypot(gy);
            // Without a form to follow the hand goes on as it was going.
            let pull = smoothstep(0.005, 0.05, steep);
            let (mut fx, mut fy) = (-gy / steep.max(1e-6), gx / steep.max(1e-6));
            if fx * dx + fy * dy < 0.0 {
                (fx, fy) = (-fx, -fy);
            }
            (dx, dy) = (dx + (fx - dx) * pull * 0.7, dy + (fy - dy) * pull * 0.7);
            let norm = dx.hypot(dy).max(1e-6);
            (dx, dy) = (dx / norm, dy / norm);
            (x, y) = (x + dx * radius * 0.9, y + dy * radius * 0.9);
            if step > 2 && contrast(seen.at(x, y), wanted) > 0.06 {
                break;
            }
            path.push((x, y));
        }
        let tone = self.random.between(0.9, 1.12);
        let warm = self.random.between(-0.05, 0.05);
        let colour = wanted * vec3(tone + warm, tone, tone - warm);
        Stroke {
            path,
            radius,
            colour,
            bristles: self.random.between(0.0, 500.0),
        }
    }

    fn lay(&mut self, stroke: &Stroke) {
        let r = stroke.radius;
        let range = |pick: fn(&(f32, f32)) -> f32, limit: usize| {
            let low = stroke.path.iter().map(pick).fold(f32::MAX, f32::min) - r;
            let high = stroke.path.iter().map(pick).fold(f32::MIN, f32::max) + r;
            low.max(0.0) as usize..(high.max(0.0) as usize + 1).min(limit)
        };
        let columns = range(|p| p.0, self.colours.width);
        for y in range(|p| p.1, self.colours.height) {
            for x in columns.clone() {
                self.touch(stroke, x, y);
            }
        }
    }

    fn touch(&mut self, stroke: &Stroke, x: usize, y: usize) {
        let (px, py) = (x as f32 + 0.5, y as f32 + 0.5);
        let (mut away, mut along, mut side) = (f32::MAX, 0.0, 1.0);
        for (index, pair) in stroke.path.windows(2).enumerate() {
            let distance = segment(pair[0], pair[1], px, py);
            if distance < away {
                let (ex, ey) = (pair[1].0 - pair[0].0, pair[1].1 - pair[0].1);
                side = (ex * (py - pair[0].1) - ey * (px - pair[0].0)).signum();
                (away, along) = (distance, index as f32);
            }
        }
        let across = away / stroke.radius;
        if across >= 1.0 {
            return;
        }
        let hairs = noise2(
            stroke.bristles + across * side * 4.5,
            along * 0.22 + stroke.bristles,
        );
        let dry = smoothstep(4.0, 9.0, along) * 0.5;
        let cover = smoothstep(1.0, 0.72, across + (hairs - 0.5) * 0.55 + dry * hairs);
        let colour = stroke.colour * (0.93 + 0.14 * hairs);
        self.colours.blend(x as i32, y as i32, colour, cover);
        let relief = &mut self.relief[y * self.colours.width + x];
        let ridge = 0.35 * smoothstep(0.5, 0.85, across);
        *relief += ((hairs + ridge) * stroke.radius.sqrt() - *relief) * cover;
    }

    /// The finished canvas under a lamp: bristle marks, ridges and the weave of the linen.
    fn lit(&self) -> Picture {
        let (width, height) = (self.colours.width, self.colours.height);
        let relief = |x: usize, y: usize| self.relief[y.min(height - 1) * width + x.min(width - 1)];
        Picture::render(width, height, |x, y| {
            let slope = relief(x + 1, y + 1) - relief(x.saturating_sub(1), y.saturating_sub(1));
            let weave = (x as f32 * 1.9).sin() * (y as f32 * 1.9).sin() * 0.012;
            let shine = (slope * 0.1).clamp(-0.22, 0.3);
            self.colours.pixel(x, y) * (1.0 + shine + weave)
                + vec3(1.0, 1.0, 1.0) * shine.max(0.0) * 0.03
        })
    }
}

/// How different two colours look, about `0.0..1.0`.
fn contrast(a: Vec3, b: Vec3) -> f32 {
    let eye = |colour: Vec3| colour.map(|v| v.max(0.0).sqrt());
    (eye(a) - eye(b)).length() * 0.58
}

/// Radii in pixels.
const BRUSHES: [f32; 5] = [24.0, 12.0, 6.5, 3.6, 2.0];
