//! A hot-air balloon over fields on a summer evening, in portrait format.

mod craft;

use self::craft::fly;
use crate::camera::{Camera, Ray, march, normal, sunlight};
use crate::noise::{Random, cells, fbm2, noise2};
use crate::picture::Picture;
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

const WIDTH: usize = 832;
const HEIGHT: usize = 1248;
const CAMERA: Camera = Camera {
    eye: vec3(0.0, 5.2, 0.0),
    width: WIDTH as f32,
    horizon: 800.0,
    focal: 1150.0,
};
/// Low on the left, a little behind the scene.
const SUN: Vec3 = vec3(-0.87, 0.31, 0.385);
