//! Somebody in a coat, seen from behind, under a red umbrella.

use crate::noise::{fbm2, noise2};
use crate::picture::Picture;
use crate::shape::{curve, ellipse, outline, segment};
use crate::vector::{Vec3, mix, smoothstep, vec3};

/// The walker with the umbrella, or the walker's mirror image on the ground.
pub(crate) fn stand_walker(picture: &mut Picture, mirror: bool) {
    let coat = curve(&COAT, 5);
    let paint = |px: f32, py: f32| {
        let shake = if mirror {
            (fbm2(px * 0.03, py * 0.11, 4) - 0.47) * 26.0
        } else {
            0.0
        };
        let (u, v) = (
            (px + shake - FEET.0) / SCALE,
            (FEET.1 - py) / SCALE * if mirror { -1.0 } else { 1.0 },
        );
        let (colour, cover) = walker(&coat, u, v);
        let fade = if mirror {
            0.6 * smoothstep(1.5, 0.0, v)
        } else {
            1.0
        };
        (if mirror { colour * 0.55 } else { colour }, cover * fade)
    };
    let (top, bottom) = if mirror {
        (FEET.1, 831.0)
    } else {
        (200.0, FEET.1 + 9.0)
    };
    picture.stamp((FEET.0 - 230.0, top), (FEET.0 + 230.0, bottom), paint);
}

fn walker(coat: &[(f32, f32)], u: f32, v: f32) -> (Vec3, f32) {
    let folds = fbm2(u * 9.0 + v, v * 1.6, 4) - 0.47;
    let cloth = outline(coat, u, v);
    let rim = smoothstep(-0.03, 0.0, cloth) * smoothstep(-0.05, 0.3, u) * 0.6;
    let wool = vec3(0.02, 0.022, 0.035) * (1.0 + 2.5 * folds) + LAMP * (rim * rim * (0.6 + folds));
    let legs =
        segment((-0.11, 0.75), (-0.13, 0.05), u, v).min(segment((0.1, 0.75), (0.15, 0.09), u, v))
            - 0.052;
    let shoes =
        ellipse((-0.14, 0.02), (0.075, 0.045), u, v).min(ellipse((0.16, 0.06), (0.07, 0.04), u, v));
    let hair = ellipse((0.0, 1.66), (0.1, 0.13), u, v);
    let stick = segment((0.16, 1.25), (0.05, 2.32), u, v) - 0.007;
    let hand = ellipse((0.16, 1.27), (0.05, 0.06), u, v);
    let dark = |distance: f32| {
        vec3(0.012, 0.011, 0.016) + LAMP * (0.03 * smoothstep(-0.03, 0.0, distance))
    };
    let layers = [
        (legs, dark(legs)),
        (shoes, dark(shoes)),
        (cloth, wool),
        (stick, vec3(0.08, 0.07, 0.07)),
        (hand, vec3(0.09, 0.05, 0.035)),
        (hair, dark(hair) + vec3(0.006, 0.003, 0.002)),
        umbrella(u, v),
    ];
    layers.into_iter().fold(
        (Vec3::default(), 0.0),
        |(colour, cover), (distance, next)| {
            let share = smoothstep(0.007, -0.007, distance);
            let total = cover + share - cover * share;
            (
                if total > 0.0 {
                    colour.mix(next, share / total)
                } else {
                    colour
                },
                total,
            )
        },
    )
}

/// Distance and colour of the canopy: eight panels, light shining through.
fn umbrella(u: f32, v: f32) -> (f32, Vec3) {
    let across = (u - 0.04) / 0.82;
    let rim_wave = 0.05 * ((across.clamp(-1.0, 1.0).asin() * 2.55).cos().abs());
    let dome = ellipse((0.04, 1.62), (0.82, 0.64), u, v);
    let distance = dome
        .max(1.66 + rim_wave - v)
        .min(segment((0.045, 2.2), (0.05, 2.34), u, v) - 0.013);
    let height = ((v - 1.62) / 0.64).clamp(0.0, 1.0);
    let girth = (1.0 - height * height).sqrt().max(0.02);
    let around = (across / girth).clamp(-1.0, 1.0).asin() * 2.55;
    let rib = smoothstep(0.0, 0.16, around.cos().abs());
    let through = 0.35 + 0.65 * (-((across - 0.35) / 0.5).powi(2)).exp();
    let panel = 0.75 + 0.25 * around.cos().abs() + 0.2 * (fbm2(u * 8.0, v * 8.0, 3) - 0.5);
    let red =
        vec3(0.75, 0.025, 0.03) * (through * panel * mix(0.55, 1.0, rib) * mix(1.0, 0.55, height));
    let drops = smoothstep(0.82, 0.9, noise2(u * 90.0, v * 90.0)) * 0.22;
    let edge = smoothstep(-0.03, 0.0, dome) * 0.16;
    (
        distance,
        red + LAMP * (edge * (0.4 + 0.6 * through)) + vec3(0.9, 0.7, 0.6) * (drops * through),
    )
}

/// Where the walker stands, in pixels, and how many pixels are a metre.
const FEET: (f32, f32) = (600.0, 706.0);
const SCALE: f32 = 196.0;
/// The light of the street behind.
const LAMP: Vec3 = vec3(1.25, 0.72, 0.36);
const COAT: [(f32, f32); 12] = [
    (-0.09, 1.52),
    (-0.24, 1.42),
    (-0.29, 1.15),
    (-0.27, 0.85),
    (-0.33, 0.5),
    (-0.1, 0.44),
    (0.14, 0.44),
    (0.32, 0.5),
    (0.26, 0.9),
    (0.29, 1.15),
    (0.23, 1.42),
    (0.09, 1.52),
];
