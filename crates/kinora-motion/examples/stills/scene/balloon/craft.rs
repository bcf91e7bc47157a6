//! The balloon itself: sewn cloth, ropes, a flame, a basket and its crew.

use crate::noise::fbm2;
use crate::picture::Picture;
use crate::shape::{outline, segment};
use crate::vector::{Vec3, mix, smoothstep, vec3};

/// A balloon with its widest part at `middle`, `radius` pixels wide, dimmed by `mist`.
pub(crate) fn fly(picture: &mut Picture, middle: (f32, f32), radius: f32, dress: usize, mist: f32) {
    let soft = 1.0 / radius;
    let paint = |px: f32, py: f32| {
        let (u, v) = ((px - middle.0) / radius, (middle.1 - py) / radius);
        let (envelope, mut colour) = cloth(u, v, dress);
        let mut cover = smoothstep(soft, -soft, envelope);
        for (distance, next) in [ropes(u, v), flame(u, v), crew(u, v), basket(u, v)] {
            let share = smoothstep(soft, -soft, distance);
            if share > cover || v < MOUTH {
                let total = cover + share - cover * share;
                colour = if total > 0.0 {
                    colour.mix(next, share / total)
                } else {
                    colour
                };
                cover = total;
            }
        }
        (colour.mix(vec3(0.85, 0.7, 0.62), mist), cover)
    };
    let (x, y) = middle;
    picture.stamp(
        (x - radius * 1.1, y - radius * 1.1),
        (x + radius * 1.1, y + radius * 2.2),
        paint,
    );
}

/// Half the width of the envelope at a height.
fn girth(v: f32) -> f32 {
    if v >= 0.0 {
        return (1.0 - v * v * 1.06).max(0.0).sqrt();
    }
    let down = (v / MOUTH).clamp(0.0, 1.0);
    0.2 + 0.8 * (down * std::f32::consts::FRAC_PI_2).cos()
}

fn cloth(u: f32, v: f32, dress: usize) -> (f32, Vec3) {
    let wide = girth(v).max(0.02);
    let slope = (girth(v + 0.01) - girth(v - 0.01)) / 0.02;
    let across = (u / wide).clamp(-1.0, 1.0);
    let angle = across.asin();
    let gore = (angle / std::f32::consts::PI * GORES + 0.5).rem_euclid(1.0) - 0.5;
    let bulge = angle + gore * 0.28;
    let n = vec3(bulge.sin(), -slope, -bulge.cos()).unit();
    let key = n.dot(vec3(-0.74, 0.3, -0.6)).max(0.0);
    let seam = smoothstep(0.5, 0.44, gore.abs());
    let tapes = smoothstep(0.0, 0.05, ((v * 7.0).fract() - 0.5).abs());
    let fabric = pattern(
        (angle / std::f32::consts::PI * GORES + 60.5).floor() as i32,
        gore,
        v,
        dress,
    );
    let wrinkle = 0.9 + 0.22 * fbm2(angle * 5.0 + gore, v * 6.0, 4);
    let glow = vec3(1.0, 0.5, 0.2) * (0.5 * (-(u * u * 2.0) - (v - MOUTH).powi(2) * 1.1).exp());
    let ambient =
        vec3(0.16, 0.2, 0.3) * (0.55 + 0.45 * n.y) + vec3(0.1, 0.09, 0.05) * (0.5 - 0.5 * n.y);
    let light = vec3(2.2, 1.45, 0.85) * key + ambient + glow;
    let inside = u.abs() - wide;
    let distance = inside.max(v - 0.971).max(MOUTH - v) * 0.9;
    (
        distance,
        fabric * light * (wrinkle * mix(0.72, 1.0, seam) * mix(0.9, 1.0, tapes)),
    )
}

/// The dyed cloth of gore number `index`.
fn pattern(index: i32, gore: f32, v: f32, dress: usize) -> Vec3 {
    let palette = DRESSES[dress];
    let zigzag = v + 0.16 * (gore.abs() * 2.0 - 0.5) * if index % 2 == 0 { 1.0 } else { -1.0 };
    match zigzag {
        z if z > 0.78 => palette[0],
        z if z > 0.6 => palette[3],
        z if z > 0.36 => palette[1],
        z if z > 0.18 => palette[2],
        z if z > -0.22 => palette[if index % 2 == 0 { 0 } else { 3 }],
        z if z > -0.42 => palette[2],
        z if z > -0.62 => palette[1],
        _ => palette[0],
    }
}

fn ropes(u: f32, v: f32) -> (f32, Vec3) {
    let lines = [-0.2, -0.07, 0.07, 0.2];
    let line = |x: f32| segment((x, MOUTH), (x * 0.66, BASKET + 0.2), u, v) - 0.004;
    (
        lines.into_iter().map(line).fold(f32::MAX, f32::min),
        vec3(0.09, 0.07, 0.05),
    )
}

fn flame(u: f32, v: f32) -> (f32, Vec3) {
    let up = ((v - BASKET - 0.36) / 0.2).clamp(0.0, 1.0);
    let wide = 0.035 * (up * 3.2).sin().max(0.0) * (1.2 - up);
    let distance = (u.abs() - wide)
        .max(BASKET + 0.36 - v)
        .max(v - BASKET - 0.56);
    (distance, vec3(6.0, 3.2, 0.9).mix(vec3(5.0, 1.2, 0.2), up))
}

fn crew(u: f32, v: f32) -> (f32, Vec3) {
    let person = |x: f32, tall: f32| {
        let head = (u - x).hypot(v - BASKET - 0.18 - tall) - 0.026;
        head.min(segment((x, BASKET), (x, BASKET + 0.1 + tall), u, v) - 0.036)
    };
    let (a, b) = (person(-0.055, 0.09), person(0.05, 0.07));
    let jacket = if a < b {
        vec3(0.3, 0.06, 0.05)
    } else {
        vec3(0.06, 0.1, 0.22)
    };
    let skin = vec3(0.5, 0.28, 0.18);
    (
        a.min(b),
        jacket.mix(skin, smoothstep(0.14, 0.15, v - BASKET - 0.08)) * (0.9 - u * 3.0),
    )
}

fn basket(u: f32, v: f32) -> (f32, Vec3) {
    let shape = [(-0.14, 0.18), (-0.115, -0.05), (0.115, -0.05), (0.14, 0.18)];
    let corners = shape.map(|(x, y)| (x, BASKET + y));
    let weave = (u * 190.0).sin() * (v * 150.0).sin() * 0.25;
    let rim = smoothstep(0.145, 0.155, v - BASKET);
    let wicker = vec3(0.3, 0.17, 0.075).mix(vec3(0.1, 0.045, 0.02), rim);
    (
        outline(&corners, u, v) - 0.01,
        wicker * (1.0 + weave) * (1.0 - 5.5 * u).clamp(0.22, 1.8),
    )
}

/// Heights on a balloon, in radii above its widest part.
const MOUTH: f32 = -1.3;
const BASKET: f32 = -1.86;
const GORES: f32 = 12.0;
const DRESSES: [[Vec3; 4]; 3] = [
    [
        vec3(0.62, 0.045, 0.03),
        vec3(0.85, 0.36, 0.04),
        vec3(0.86, 0.7, 0.42),
        vec3(0.05, 0.1, 0.26),
    ],
    [
        vec3(0.05, 0.22, 0.4),
        vec3(0.75, 0.7, 0.6),
        vec3(0.1, 0.4, 0.45),
        vec3(0.8, 0.45, 0.1),
    ],
    [
        vec3(0.45, 0.1, 0.3),
        vec3(0.8, 0.5, 0.1),
        vec3(0.8, 0.7, 0.5),
        vec3(0.3, 0.05, 0.15),
    ],
];
