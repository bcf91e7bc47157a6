//! Seeded randomness: a small generator, and noise that is a pure function of place.

use crate::vector::{Vec3, vec3};

/// A deterministic stream of numbers in `0.0..1.0`.
pub(crate) struct Random(u32);

impl Random {
    pub(crate) fn new(seed: u32) -> Self {
        Self(scramble(seed.wrapping_add(0x51ed_270b)))
    }

    pub(crate) fn unit(&mut self) -> f32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9);
        to_unit(scramble(self.0))
    }

    pub(crate) fn between(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * self.unit()
    }

    /// A unit vector, every direction as likely.
    pub(crate) fn direction(&mut self) -> Vec3 {
        let y = self.between(-1.0, 1.0);
        let (sin, cos) = self.between(0.0, std::f32::consts::TAU).sin_cos();
        let r = (1.0 - y * y).max(0.0).sqrt();
        vec3(r * cos, y, r * sin)
    }
}

/// A number in `0.0..1.0` that belongs to a cell of the plane.
pub(crate) fn hash2(x: i32, y: i32) -> f32 {
    to_unit(scramble_cell(x, y, 0))
}

/// Smooth noise over the plane, `0.0..1.0`, one bump per unit.
pub(crate) fn noise2(x: f32, y: f32) -> f32 {
    noise2_slope(x, y).x
}

/// Smooth noise over the plane in `x`, with its two slopes in `y` and `z`.
pub(crate) fn noise2_slope(x: f32, y: f32) -> Vec3 {
    let (ix, iy) = (x.floor(), y.floor());
    let (fx, fy) = (x - ix, y - iy);
    let (ux, uy) = (ease(fx), ease(fy));
    let (ix, iy) = (ix as i32, iy as i32);
    let (a, b) = (hash2(ix, iy), hash2(ix + 1, iy));
    let (c, d) = (hash2(ix, iy + 1), hash2(ix + 1, iy + 1));
    let twist = a - b - c + d;
    vec3(
        a + (b - a) * ux + (c - a) * uy + twist * ux * uy,
        ease_slope(fx) * (b - a + twist * uy),
        ease_slope(fy) * (c - a + twist * ux),
    )
}

/// Smooth noise in space, `0.0..1.0`.
pub(crate) fn noise3(p: Vec3) -> f32 {
    let cell = p.map(f32::floor);
    let f = (p - cell).map(ease);
    let (ix, iy, iz) = (cell.x as i32, cell.y as i32, cell.z as i32);
    let corner = |dx, dy, dz| to_unit(scramble_cell(ix + dx, iy + dy, iz + dz));
    let plane = |dz| {
        let low = corner(0, 0, dz) + (corner(1, 0, dz) - corner(0, 0, dz)) * f.x;
        let high = corner(0, 1, dz) + (corner(1, 1, dz) - corner(0, 1, dz)) * f.x;
        low + (high - low) * f.y
    };
    let (near, far) = (plane(0), plane(1));
    near + (far - near) * f.z
}

/// Noise upon noise, each octave half as strong and twice as fine; about `0.0..1.0`.
pub(crate) fn fbm2(mut x: f32, mut y: f32, octaves: u32) -> f32 {
    let (mut sum, mut strength) = (0.0, 0.5);
    for _ in 0..octaves {
        sum += strength * noise2(x, y);
        strength *= 0.5;
        // A turn hides the grid.
        (x, y) = (1.6 * x - 1.2 * y + 3.7, 1.2 * x + 1.6 * y + 1.3);
    }
    sum
}

/// [`fbm2`] in space.
pub(crate) fn fbm3(mut p: Vec3, octaves: u32) -> f32 {
    let (mut sum, mut strength) = (0.0, 0.5);
    for _ in 0..octaves {
        sum += strength * noise3(p);
        strength *= 0.5;
        p = vec3(1.6 * p.x - 1.2 * p.z, 2.02 * p.y, 1.2 * p.x + 1.6 * p.z) + vec3(1.7, 3.1, 5.9);
    }
    sum
}

/// Where a point lies among irregular cells.
pub(crate) struct Cell {
    /// A number in `0.0..1.0` of the cell's own.
    pub(crate) id: f32,
    /// About the distance to the next cell's border.
    pub(crate) edge: f32,
}

/// Irregular cells, about one per unit square.
pub(crate) fn cells(x: f32, y: f32) -> Cell {
    let (ix, iy) = (x.floor() as i32, y.floor() as i32);
    let (mut nearest, mut second, mut id) = (9.0_f32, 9.0_f32, 0.0);
    for (cx, cy) in (-1..=1).flat_map(|dy| (-1..=1).map(move |dx| (ix + dx, iy + dy))) {
        let px = cx as f32 + 0.15 + 0.7 * hash2(cx, cy);
        let py = cy as f32 + 0.15 + 0.7 * hash2(cx + 57, cy - 113);
        let distance = (px - x).hypot(py - y);
        if distance < nearest {
            (second, nearest, id) = (nearest, distance, hash2(cx - 31, cy + 77));
        } else {
            second = second.min(distance);
        }
    }
    Cell {
        id,
        edge: (second - nearest) * 0.5,
    }
}

fn ease(t: f32) -> f32 {
    t * t * t * (t * (t * 6.0 - 15.0) + 10.0)
}

fn ease_slope(t: f32) -> f32 {
    30.0 * t * t * (t * (t - 2.0) + 1.0)
}

fn scramble_cell(x: i32, y: i32, z: i32) -> u32 {
    let mixed = (x as u32).wrapping_mul(0x8da6_b343)
        ^ (y as u32).wrapping_mul(0xd816_3841)
        ^ (z as u32).wrapping_mul(0xcb1a_b31f);
    scramble(mixed)
}

/// Spreads every input bit over the whole word.
fn scramble(mut bits: u32) -> u32 {
    bits = (bits ^ (bits >> 16)).wrapping_mul(0x7feb_352d);
    bits = (bits ^ (bits >> 15)).wrapping_mul(0x846c_a68b);
    bits ^ (bits >> 16)
}

fn to_unit(bits: u32) -> f32 {
    (bits >> 8) as f32 / 16_777_216.0
}
