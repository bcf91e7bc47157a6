//! A strip of desert with a caravan on the ridge, too low a picture for the service.

use crate::camera::{Camera, Ray, march, normal, sunlight};
use crate::noise::{fbm2, noise2};
use crate::picture::Picture;
use crate::shape::{ellipse, segment};
use crate::vector::{Vec3, mix, smoothstep, vec3};

/// Renders the panorama; one unit of length is ten metres.
pub(crate) fn render() -> Picture {
    let mut picture = Picture::render(WIDTH, HEIGHT, |x, y| {
        let spots = [(0.12, 0.37), (0.62, 0.12), (0.37, 0.87), (0.87, 0.62)];
        let sum = spots.map(|(dx, dy)| look(CAMERA.ray(x as f32 + dx, y as f32 + dy)));
        (sum[0] + sum[1] + sum[2] + sum[3]) * 0.25
    });
    for index in 0..5 {
        let x = 486.0 + 56.0 * index as f32 + 9.0 * (index as f32 * 2.3).sin();
        camel(&mut picture, x, ridge_at(x), index as f32);
    }
    picture
        .with_glow(10, 0.14)
        .developed(0.95)
        .with_vignette(0.25)
        .with_grain(0.08, 3)
}

/// The row of the skyline at a column.
fn ridge_at(x: f32) -> f32 {
    let free = |y: &usize| march(CAMERA.ray(x, *y as f32), 1.0, 400.0, 0.5, dune).is_some();
    (0..HEIGHT).find(free).unwrap_or(HEIGHT / 2) as f32
}

fn look(ray: Ray) -> Vec3 {
    match march(ray, 1.0, 400.0, 0.5, dune) {
        Some(distance) => {
            let p = ray.at(distance);
            let haze = 1.0 - (-distance * 0.0028).exp();
            sand(p, distance).mix(sky(vec3(ray.way.x, 0.02, ray.way.z).unit()), haze)
        }
        None => sky(ray.way),
    }
}

fn sky(way: Vec3) -> Vec3 {
    let up = smoothstep(-0.02, 0.3, way.y);
    let base = vec3(0.92, 0.5, 0.26).mix(vec3(0.12, 0.2, 0.4), up);
    let sun = way.dot(SUN).max(0.0);
    let streaks = fbm2(way.x * 3.0 + 2.0, way.y * 26.0, 6);
    let cloud = smoothstep(0.48, 0.7, streaks) * smoothstep(0.03, 0.14, way.y);
    let base = base.mix(vec3(1.1, 0.62, 0.45), cloud * 0.6);
    base + vec3(1.4, 0.75, 0.34) * (0.5 * sun.powi(8) + 1.2 * sun.powi(300))
}

fn sand(p: Vec3, distance: f32) -> Vec3 {
    let broad = normal(p.x, p.z, 0.02 + 0.0006 * distance, dune);
    let bend = fbm2(p.x * 0.35, p.z * 0.35, 3) * 9.0;
    let wavelets = (p.x * 7.0 + p.z * 3.0 + bend * 2.6).cos() * (0.5 + noise2(p.x, p.z));
    let fade = (-distance * 0.028).exp();
    let n = (broad + vec3(wavelets * 0.17, 0.0, wavelets * 0.07) * fade).unit();
    let grain = 0.9 + 0.2 * noise2(p.x * 40.0, p.z * 40.0);
    let colour =
        vec3(0.62, 0.36, 0.19).mix(vec3(0.5, 0.24, 0.12), fbm2(p.x * 0.1, p.z * 0.1, 3)) * grain;
    let from = p + vec3(0.0, 0.03, 0.0);
    let direct = smoothstep(-0.02, 0.5, n.dot(SUN)) * sunlight(Ray { from, way: SUN }, 60.0, dune);
    colour * (vec3(2.7, 1.45, 0.68) * direct + vec3(0.13, 0.15, 0.27) * (0.4 + 0.6 * n.y))
}

/// Dunes with a long windward side and a sharp crest.
fn dune(x: f32, z: f32) -> f32 {
    let bend = 2.6 * noise2(x * 0.045 + 3.0, z * 0.03);
    let long = crest(x * 0.035 + z * 0.045 + bend) * mix(0.5, 1.0, noise2(x * 0.03, z * 0.05));
    let short = crest(x * 0.11 - z * 0.07 + bend * 2.0 + 0.4) * 0.16;
    // The caravan's ridge, across the middle.
    let away = (z - 46.0 - 5.0 * (x * 0.05).sin()) / 13.0;
    let ridge = 6.2 * (-away.abs() * 1.3).exp() * (-(x * 0.02).powi(2)).exp();
    3.9 * (long + short) * smoothstep(3.0, 30.0, z + 12.0 * noise2(x * 0.06, 4.0)) + ridge
}

fn crest(phase: f32) -> f32 {
    let t = phase.fract();
    let climb = if t < 0.7 { t / 0.7 } else { (1.0 - t) / 0.3 };
    climb * climb * (2.2 - 1.2 * climb)
}

fn camel(picture: &mut Picture, x: f32, foot: f32, step: f32) {
    let paint = |px: f32, py: f32| {
        let (u, v) = ((px - x) / CAMEL, (foot + 1.5 - py) / CAMEL);
        let swing = (step * 1.7).sin() * 0.12;
        let parts = [
            ellipse((0.0, 0.98), (0.5, 0.26), u, v),
            ellipse((-0.02, 1.25), (0.24, 0.26), u, v),
            segment((0.4, 1.0), (0.72, 0.95), u, v) - 0.1,
            segment((0.72, 0.95), (0.88, 1.45), u, v) - 0.075,
            segment((0.88, 1.47), (1.12, 1.42), u, v) - 0.07,
            segment((0.36, 0.9), (0.36 + swing, 0.0), u, v) - 0.05,
            segment((0.26, 0.9), (0.24 - swing, 0.0), u, v) - 0.05,
            segment((-0.36, 0.9), (-0.34 + swing, 0.0), u, v) - 0.05,
            segment((-0.28, 0.9), (-0.3 - swing, 0.0), u, v) - 0.05,
            segment((-0.48, 1.05), (-0.56, 0.6), u, v) - 0.025,
        ];
        let rider = [
            segment((-0.02, 1.4), (0.0, 1.68), u, v) - 0.13,
            ellipse((0.0, 1.9), (0.1, 0.12), u, v),
        ];
        let beast = parts.into_iter().fold(f32::MAX, f32::min);
        let person = rider.into_iter().fold(f32::MAX, f32::min);
        let hide = vec3(0.05, 0.026, 0.018)
            .mix(vec3(0.5, 0.26, 0.12), smoothstep(-0.12, 0.0, beast) * 0.3);
        let colour = if person < beast {
            vec3(0.03, 0.035, 0.09)
        } else {
            hide
        };
        (colour, smoothstep(0.04, -0.04, beast.min(person)))
    };
    picture.stamp(
        (x - 1.2 * CAMEL, foot - 2.4 * CAMEL),
        (x + 1.4 * CAMEL, foot + 3.0),
        paint,
    );
}

const WIDTH: usize = 1200;
const HEIGHT: usize = 320;
const CAMERA: Camera = Camera {
    eye: vec3(0.0, 6.0, 0.0),
    width: WIDTH as f32,
    horizon: 158.0,
    focal: 820.0,
};
/// A camel's length, about, in pixels.
const CAMEL: f32 = 25.0;
/// Low, right of the picture's middle and ahead.
const SUN: Vec3 = vec3(0.79, 0.17, 0.589);
