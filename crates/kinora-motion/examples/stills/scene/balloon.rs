//! A hot-air balloon over fields on a summer evening, in portrait format.

use crate::camera::{Camera, Ray, march, normal, sunlight};
use crate::noise::{Random, cells, fbm2, noise2};
use crate::picture::Picture;
use crate::shape::{outline, segment};
use crate::tree::{Light, leafy};
use crate::vector::{Vec3, mix, smoothstep, vec3};

/// Renders the balloon and its country; one unit of length is a hundred metres.
pub(crate) fn render() -> Picture {
    let mut picture = Picture::render(WIDTH, HEIGHT, |x, y| {
        let spots = [(0.12, 0.37), (0.62, 0.12), (0.37, 0.87), (0.87, 0.62)];
        let sum = spots.map(|(dx, dy)| look(CAMERA.ray(x as f32 + dx, y as f32 + dy)));
        (sum[0] + sum[1] + sum[2] + sum[3]) * 0.25
    });
    plant(&mut picture);
    fly(&mut picture, (694.0, 640.0), 30.0, 2, 0.55);
    fly(&mut picture, (128.0, 590.0), 44.0, 1, 0.38);
    fly(&mut picture, (424.0, 400.0), 250.0, 0, 0.0);
    picture
        .with_glow(12, 0.12)
        .developed(1.0)
        .with_vignette(0.25)
        .with_grain(0.08, 21)
}

fn look(ray: Ray) -> Vec3 {
    match march(ray, 1.0, 160.0, 0.6, hill) {
        Some(distance) => haze(ray.way, distance, field(ray.at(distance), distance)),
        None => sky(ray.way),
    }
}

fn haze(way: Vec3, distance: f32, colour: Vec3) -> Vec3 {
    let air = vec3(0.55, 0.6, 0.72).mix(vec3(1.0, 0.74, 0.48), way.dot(SUN).max(0.0).powi(2) * 0.8);
    colour.mix(air, 1.0 - (-distance * 0.008).exp())
}

fn sky(way: Vec3) -> Vec3 {
    let up = way.y.max(0.0);
    let base = vec3(0.98, 0.74, 0.52).mix(vec3(0.42, 0.58, 0.78), smoothstep(0.0, 0.22, up));
    let base = base.mix(vec3(0.1, 0.24, 0.52), smoothstep(0.15, 0.7, up));
    let base = base + vec3(0.9, 0.55, 0.25) * (0.28 * way.dot(SUN).max(0.0).powi(5));
    let (u, v) = (way.x / (up + 0.2), 1.0 / (up + 0.2));
    let bend = fbm2(u * 1.2 + 3.0, v * 1.2, 4);
    let mass = fbm2(u * 1.5 + bend, v * 2.6 + bend, 7);
    let toward = fbm2(u * 1.5 + bend - 0.09, v * 2.6 + bend + 0.05, 5);
    let lit = ((mass - toward) * 5.0 + 0.55).clamp(0.0, 1.0);
    let cloud = vec3(0.5, 0.5, 0.6).mix(vec3(1.15, 0.92, 0.74), lit);
    base.mix(
        cloud,
        smoothstep(0.5, 0.68, mass) * smoothstep(0.02, 0.12, up) * 0.85,
    )
}

/// A patchwork of crops, ploughed rows and meadows, parted by paths.
fn field(p: Vec3, distance: f32) -> Vec3 {
    let cell = plot(p.x, p.z);
    let kind = cell.id;
    let (sin, cos) = (kind * 40.0).sin_cos();
    let rows = ((p.x * cos + p.z * sin) * 26.0).sin() * (-distance * 0.045).exp();
    let base = match kind {
        k if k < 0.22 => vec3(0.42, 0.32, 0.09),
        k if k < 0.42 => vec3(0.13, 0.2, 0.045),
        k if k < 0.58 => vec3(0.2, 0.27, 0.06),
        k if k < 0.7 => vec3(0.21, 0.13, 0.075),
        k if k < 0.8 => vec3(0.5, 0.42, 0.06),
        k if k < 0.88 => vec3(0.24, 0.17, 0.3),
        _ => vec3(0.09, 0.15, 0.045),
    };
    let patchy = 0.7 + 0.6 * fbm2(p.x * 1.1, p.z * 1.1, 5);
    let fine = 0.85 + 0.3 * noise2(p.x * 24.0, p.z * 24.0);
    let crop = base * (patchy * fine * (1.0 + 0.2 * rows));
    let path = vec3(0.34, 0.27, 0.18).mix(crop, smoothstep(0.008, 0.024, cell.edge));
    let n = normal(p.x, p.z, 0.05, hill);
    let shadow = sunlight(
        Ray {
            from: p + vec3(0.0, 0.02, 0.0),
            way: SUN,
        },
        40.0,
        hill,
    );
    let clouds = mix(
        0.45,
        1.0,
        smoothstep(0.4, 0.52, fbm2(p.x * 0.09 + 1.0, p.z * 0.09, 3)),
    );
    let direct = n.dot(SUN).max(0.0) * shadow * clouds;
    path * (vec3(3.6, 2.3, 1.15) * direct + vec3(0.26, 0.34, 0.5) * (0.4 + 0.6 * n.y))
}

fn plot(x: f32, z: f32) -> crate::noise::Cell {
    let bend = 0.5 * noise2(x * 0.3, z * 0.3);
    cells(x * 0.2 + bend, z * 0.2 - bend + 3.0)
}

fn hill(x: f32, z: f32) -> f32 {
    let broad = 3.4 * fbm2(x * 0.06 + 2.0, z * 0.06, 3) - 1.6;
    let far = smoothstep(40.0, 130.0, z) * 9.0 * fbm2(x * 0.025, z * 0.03 + 4.0, 5);
    broad * smoothstep(4.0, 26.0, z) + far
}

/// Hedges along the plots and small woods, far to near.
fn plant(picture: &mut Picture) {
    let mut random = Random::new(31);
    let mut spots: Vec<_> = (0..42_000)
        .map(|_| (random.between(-1.0, 1.0), random.between(5.0, 75.0)))
        .map(|(across, z)| (across * z * 0.42, z))
        .collect();
    spots.sort_by(|a, b| b.1.total_cmp(&a.1));
    for (index, (x, z)) in spots.into_iter().enumerate() {
        let edge = plot(x, z).edge;
        let hedge = (0.026..0.05).contains(&edge) && noise2(x * 0.7, z * 0.7) > 0.35;
        let wood = fbm2(x * 0.14 + 8.0, z * 0.14, 4) > 0.58;
        if !hedge && !wood {
            continue;
        }
        let foot = vec3(x, hill(x, z), z);
        let way = foot - CAMERA.eye;
        let seen = march(
            Ray {
                from: CAMERA.eye,
                way: way.unit(),
            },
            1.0,
            way.length() * 0.97,
            0.6,
            hill,
        );
        let (Some((px, py)), None) = (CAMERA.project(foot), seen) else {
            continue;
        };
        let tall = CAMERA.focal / z * random.between(0.09, 0.2);
        let dim = |colour| haze(way.unit(), z, colour);
        let fresh = random.between(0.7, 1.2);
        let light = Light {
            lit: dim(vec3(0.34 * fresh, 0.3, 0.07)),
            shade: dim(vec3(0.016, 0.032, 0.022)),
            side: -1.0,
        };
        leafy(picture, px, py, tall.max(2.0), index as i32, light);
    }
}

/// A balloon with its widest part at `middle`, `radius` pixels wide, dimmed by `mist`.
fn fly(picture: &mut Picture, middle: (f32, f32), radius: f32, dress: usize, mist: f32) {
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

const WIDTH: usize = 832;
const HEIGHT: usize = 1248;
const CAMERA: Camera = Camera {
    eye: vec3(0.0, 5.2, 0.0),
    width: WIDTH as f32,
    height: HEIGHT as f32,
    horizon: 800.0,
    focal: 1150.0,
};
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
/// Low on the left, a little behind the scene.
const SUN: Vec3 = vec3(-0.87, 0.31, 0.385);
