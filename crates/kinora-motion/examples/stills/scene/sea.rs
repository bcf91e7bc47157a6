//! An oil painting: a sailing boat on a rough sea under a breaking sky.

use crate::brush;
use crate::camera::{Camera, march, normal};
use crate::noise::{fbm2, noise2};
use crate::picture::Picture;
use crate::shape::{curve, outline, segment};
use crate::vector::{Vec3, mix, smoothstep, vec3};

/// Renders the painting; one unit of length is a metre.
pub(crate) fn render() -> Picture {
    let mut scene = Picture::render(WIDTH, HEIGHT, |x, y| look(x as f32 + 0.5, y as f32 + 0.5));
    sail(&mut scene);
    brush::paint(&scene.developed(0.66), 5).with_vignette(0.3)
}

fn look(x: f32, y: f32) -> Vec3 {
    let ray = CAMERA.ray(x, y);
    let hit = if ray.way.y < 0.02 {
        march(ray, 2.0, 900.0, 0.5, wave)
    } else {
        None
    };
    let Some(distance) = hit else {
        return sky(ray.way);
    };
    let p = ray.at(distance);
    let n = normal(p.x, p.z, 0.02 + 0.004 * distance, wave);
    let facing = (-n.dot(ray.way)).clamp(0.0, 1.0);
    let fresnel = 0.03 + 0.97 * (1.0 - facing).powi(5);
    let mut mirrored = ray.way.reflect(n);
    mirrored.y = mirrored.y.abs() + 0.02;
    let through = smoothstep(0.1, 1.7, p.y) * (1.0 - facing);
    let body = vec3(0.008, 0.045, 0.062).mix(vec3(0.05, 0.3, 0.26), through);
    let glitter = mirrored.unit().dot(SUN).max(0.0).powi(60) * 1.6;
    let mut colour = body.mix(sky(mirrored.unit()) * 0.85, fresnel.min(0.75)) + GOLD * glitter;
    let crest = p.y + 1.6 * (fbm2(p.x * 0.8, p.z * 0.8, 5) - 0.5);
    let lace =
        smoothstep(0.5, 0.62, fbm2(p.x * 0.9 + 3.0, p.z * 0.5, 5)) * smoothstep(0.0, 1.0, p.y);
    let foam = smoothstep(1.15, 1.6, crest).max(lace * 0.45);
    colour = colour.mix(
        vec3(0.78, 0.8, 0.76) * (0.6 + 0.5 * n.dot(SUN).max(0.0)),
        foam * 0.9,
    );
    colour.mix(
        sky(vec3(ray.way.x, 0.03, ray.way.z)),
        1.0 - (-distance / 420.0).exp(),
    )
}

fn sky(way: Vec3) -> Vec3 {
    let up = way.y.max(0.0);
    let (u, v) = (way.x / (up + 0.25), 1.0 / (up + 0.25));
    let bend = fbm2(u * 1.5, v * 1.5, 4);
    let mass = fbm2(u * 1.3 + bend * 1.4 + 2.0, v * 1.9 + bend + 5.0, 6);
    let edge = fbm2(u * 1.3 + bend * 1.4 + 1.86, v * 1.9 + bend + 5.09, 6);
    let sun = way.dot(SUN).max(0.0);
    let clear = vec3(0.62, 0.42, 0.24).mix(vec3(0.09, 0.23, 0.38), smoothstep(0.0, 0.35, up));
    let clear = clear + GOLD * (0.7 * sun.powi(60) + 0.16 * sun.powi(10));
    let lit = ((mass - edge) * 9.0 + 0.1 + 0.4 * sun.powi(14)).clamp(0.0, 1.0);
    let cloud = vec3(0.05, 0.075, 0.12).mix(vec3(0.85, 0.58, 0.36), lit);
    clear.mix(
        cloud,
        smoothstep(0.42, 0.56, mass) * smoothstep(-0.02, 0.1, up),
    )
}

/// Crossing trains of waves, sharp at the crests.
fn wave(x: f32, z: f32) -> f32 {
    let (mut sum, mut tall, mut long) = (-1.0, 1.5, 0.11);
    let (mut u, mut v) = (x + 0.3 * z, z);
    for _ in 0..6 {
        let bend = 2.4 * noise2(u * long * 0.9 + 9.0, v * long * 0.9);
        let crest = 1.0 - (u * long * 0.6 + v * long + bend).sin().abs();
        let cross = 1.0 - (u * long - v * long * 0.5 + bend * 1.3).sin().abs();
        sum += tall * (crest * mix(0.75, crest, 0.5) * 0.75 + cross * cross * 0.4);
        tall *= 0.4;
        long *= 1.9;
        (u, v) = (0.8 * u - 0.6 * v, 0.6 * u + 0.8 * v);
    }
    sum
}

/// Lays the boat over the sea, heeling to the wind.
fn sail(scene: &mut Picture) {
    let (sin, cos) = 0.17_f32.sin_cos();
    let hull = curve(&HULL, 6);
    let (main, jib) = (curve(&MAIN, 1), curve(&JIB, 1));
    let paint = |px: f32, py: f32| {
        let (dx, dy) = ((px - KEEL.0) / SCALE, (KEEL.1 - py) / SCALE);
        let (x, y) = (cos * dx - sin * dy, sin * dx + cos * dy);
        let folds = 0.06 * (y * 1.6 + x * 2.0).sin() + 0.1 * (fbm2(x * 1.4, y * 0.5, 3) - 0.5);
        let cloth = |light: f32| vec3(0.96, 0.82, 0.62) * (light + folds);
        let layers = [
            (
                segment((0.0, 0.5), (0.0, 11.4), x, y) - 0.09,
                vec3(0.16, 0.08, 0.04),
            ),
            (outline(&jib, x, y), cloth(0.62 + 0.1 * x)),
            (
                outline(&main, x, y),
                cloth(mix(0.52, 1.02, smoothstep(0.1, -4.2, x))),
            ),
            (
                segment((0.1, 1.7), (-4.6, 1.9), x, y) - 0.1,
                vec3(0.2, 0.1, 0.05),
            ),
            (outline(&hull, x, y), hull_colour(x, y)),
            (
                segment((-1.8, 1.2), (-1.75, 2.0), x, y) - 0.22,
                vec3(0.6, 0.36, 0.04),
            ),
            (
                segment((-1.74, 2.3), (-1.74, 2.35), x, y) - 0.16,
                vec3(0.4, 0.22, 0.14),
            ),
        ];
        let over = |(colour, cover): (Vec3, f32), (distance, next): (f32, Vec3)| {
            let share = smoothstep(0.04, -0.04, distance);
            let total = cover + share - cover * share;
            (
                if total > 0.0 {
                    colour.mix(next, share / total)
                } else {
                    colour
                },
                total,
            )
        };
        let (colour, cover) = layers.into_iter().fold((Vec3::default(), 0.0), over);
        let trough =
            KEEL.1 - 4.0 - 18.0 * fbm2(px * 0.02 + 4.0, 2.0, 4) + 10.0 * (px * 0.021).sin();
        (colour, cover * smoothstep(2.0, -2.0, py - trough))
    };
    scene.stamp(
        (KEEL.0 - 330.0, 20.0),
        (KEEL.0 + 330.0, KEEL.1 + 40.0),
        paint,
    );
    spray(scene);
}

fn hull_colour(x: f32, y: f32) -> Vec3 {
    let wood = vec3(0.3, 0.045, 0.03) * (0.75 - 0.1 * x);
    let line = vec3(0.85, 0.76, 0.6).mix(
        wood,
        smoothstep(0.06, 0.12, (y - 1.02 - 0.02 * x * x).abs()),
    );
    line.mix(vec3(0.02, 0.03, 0.05), smoothstep(0.4, 0.15, y))
}

/// Foam where the hull meets the water, thrown high at the bow.
fn spray(scene: &mut Picture) {
    let paint = |x: f32, y: f32| {
        let (dx, dy) = ((x - KEEL.0) / SCALE, (KEEL.1 - y) / SCALE);
        let bow = (-((dx - 4.6) / 1.1).powi(2) - ((dy - 0.2) / 0.6).powi(2)).exp();
        let wake = (-(dx / 5.5).powi(4) - ((dy + 0.15 + 0.05 * dx) / 0.38).powi(2)).exp();
        let torn = fbm2(dx * 1.8 + dy, dy * 3.0 - dx * 0.4, 5);
        let cover = smoothstep(0.3, 0.75, (bow + wake * 0.9) * (0.1 + 1.5 * torn));
        (vec3(0.9, 0.88, 0.8) * (0.55 + 0.5 * torn), cover * 0.92)
    };
    scene.stamp(
        (KEEL.0 - 330.0, KEEL.1 - 120.0),
        (KEEL.0 + 330.0, KEEL.1 + 70.0),
        paint,
    );
}

const WIDTH: usize = 1248;
const HEIGHT: usize = 832;
const CAMERA: Camera = Camera {
    eye: vec3(0.0, 4.2, 0.0),
    width: WIDTH as f32,
    horizon: 500.0,
    focal: 950.0,
};
/// Where the boat floats, in pixels, and how many pixels are one of its metres.
const KEEL: (f32, f32) = (610.0, 622.0);
const SCALE: f32 = 44.0;
const HULL: [(f32, f32); 8] = [
    (-4.6, 1.5),
    (-4.4, 0.4),
    (-2.0, -0.5),
    (2.0, -0.5),
    (4.3, 0.8),
    (5.2, 2.0),
    (2.0, 1.35),
    (-2.0, 1.2),
];
const MAIN: [(f32, f32); 9] = [
    (-0.1, 11.2),
    (-1.3, 9.4),
    (-2.6, 7.0),
    (-3.7, 4.6),
    (-4.5, 2.1),
    (-3.0, 1.9),
    (-0.15, 1.9),
    (-0.05, 5.0),
    (-0.05, 9.0),
];
const JIB: [(f32, f32); 6] = [
    (0.15, 10.2),
    (1.4, 8.0),
    (3.2, 4.9),
    (5.1, 2.1),
    (2.7, 1.9),
    (0.6, 2.2),
];
/// Low behind the boat, to the left.
const SUN: Vec3 = vec3(-0.42, 0.2, 0.885);
const GOLD: Vec3 = vec3(1.0, 0.68, 0.34);
