//! A lake at dawn: first light on a peak, its reflection, mist, and pines.

use crate::camera::{Camera, Ray, march, normal, sunlight};
use crate::noise::{Random, fbm2, noise2, noise2_slope};
use crate::picture::Picture;
use crate::tree::{Light, pine};
use crate::vector::{Vec3, mix, smoothstep, vec3};

/// Renders the lake; one unit of length is a kilometre.
pub(crate) fn render() -> Picture {
    let mut picture = Picture::render(WIDTH, HEIGHT, |x, y| {
        if y as f32 > CAMERA.horizon + 2.0 {
            Vec3::default()
        } else {
            land(x as f32, y as f32)
        }
    });
    plant_shore(&mut picture);
    let above = picture.clone();
    picture = Picture::render(WIDTH, HEIGHT, |x, y| {
        match y as f32 > CAMERA.horizon + 2.0 {
            true => water(&above, x as f32 + 0.5, y as f32 + 0.5),
            false => above.pixel(x, y),
        }
    });
    plant_island(&mut picture);
    frame_with_pines(&mut picture);
    picture
        .with_glow(14, 0.16)
        .developed(1.02)
        .with_vignette(0.35)
        .with_grain(0.09, 11)
}

/// The mean of four rays through a pixel.
fn land(x: f32, y: f32) -> Vec3 {
    let corners = [(0.12, 0.37), (0.62, 0.12), (0.37, 0.87), (0.87, 0.62)];
    let sum = corners.map(|(dx, dy)| look(CAMERA.ray(x + dx, y + dy)));
    (sum[0] + sum[1] + sum[2] + sum[3]) * 0.25
}

fn look(ray: Ray) -> Vec3 {
    match march(ray, 1.6, 16.0, 0.5, coarse) {
        Some(distance) => through_air(ray, distance, ground(ray.at(distance), distance)),
        None => sky(ray.way),
    }
}

fn sky(way: Vec3) -> Vec3 {
    let up = way.y.max(0.0);
    let base = GLOW
        .mix(ROSE, smoothstep(0.0, 0.14, up))
        .mix(ZENITH, smoothstep(0.05, 0.4, up));
    let near_sun = way.dot(SUN).max(0.0);
    let base = base + SUNLIGHT * (0.13 * near_sun.powi(6));
    let (cx, cy) = (way.x / (up + 0.12), 1.0 / (up + 0.12));
    let veil = fbm2(cx * 1.1 + 4.0, cy * 2.3, 6) + 0.25 * fbm2(cx * 4.0, cy * 9.0, 4);
    let cloud = smoothstep(0.56, 0.86, veil) * smoothstep(0.02, 0.14, up) * 0.75;
    let lit = vec3(1.0, 0.56, 0.42).mix(vec3(0.95, 0.72, 0.62), up * 3.0);
    base.mix(lit, cloud)
}

fn ground(p: Vec3, distance: f32) -> Vec3 {
    let n = normal(p.x, p.z, 0.0009 * distance, fine);
    let broad = normal(p.x, p.z, 0.06, coarse);
    let detail = fbm2(p.x * 22.0, p.z * 22.0 + p.y * 30.0, 5);
    let layers = fbm2(p.x * 3.0, p.y * 34.0 + detail * 2.0, 3);
    let rock = vec3(0.105, 0.088, 0.086).mix(vec3(0.25, 0.205, 0.185), layers) * (0.5 + detail);
    let forest = vec3(0.018, 0.034, 0.022) * (0.4 + 1.4 * noise2(p.x * 130.0, p.z * 90.0));
    let treeline = p.y + 0.35 * (detail - 0.5);
    let mut colour = forest.mix(rock, smoothstep(0.36, 0.62, treeline));
    let holds = smoothstep(0.4, 0.66, n.y + 0.25 * (detail - 0.5) + 0.12 * (p.y - 1.4));
    let snow = holds * smoothstep(0.62, 1.15, treeline);
    colour = colour.mix(vec3(0.82, 0.84, 0.88), snow);
    let direct = n.dot(SUN).max(0.0)
        * sunlight(
            Ray {
                from: p + broad * 0.012,
                way: SUN,
            },
            7.0,
            coarse,
        );
    let sky_light = vec3(0.17, 0.22, 0.36) * (0.35 + 0.65 * n.y.max(0.0));
    let bounce = vec3(0.16, 0.09, 0.08) * (0.5 - 0.5 * n.z).max(0.0);
    colour * (SUNLIGHT * (direct * 1.9) + sky_light + bounce)
}

/// Haze by distance, and mist that lies in the valley.
fn through_air(ray: Ray, distance: f32, colour: Vec3) -> Vec3 {
    let p = ray.at(distance);
    let warm = ray.way.dot(SUN).max(0.0).powi(3);
    let haze = vec3(0.4, 0.44, 0.6).mix(vec3(0.95, 0.6, 0.46), warm * 0.8);
    let thick = 1.0 - (-0.03 * (distance - 1.5).max(0.0)).exp();
    let drift = fbm2(p.x * 1.3 + 7.0, p.z * 0.5 + p.y * 6.0, 5);
    let mist = (-p.y * mix(9.0, 3.4, drift)).exp() * smoothstep(1.9, 6.0, distance) * 0.8;
    let glow = vec3(0.72, 0.6, 0.62).mix(vec3(1.0, 0.72, 0.55), warm);
    colour
        .mix(haze, thick)
        .mix(glow, (mist * (0.35 + 0.8 * drift)).clamp(0.0, 0.93))
}

/// The shape of the land without its finest detail.
fn coarse(x: f32, z: f32) -> f32 {
    shape(x, z, 7)
}

fn fine(x: f32, z: f32) -> f32 {
    shape(x, z, 11)
}

fn shape(x: f32, z: f32, octaves: u32) -> f32 {
    let mut plan = -0.12;
    for &(px, pz, tall, radius) in &PEAKS {
        let away = ((x - px).powi(2) + (z - pz).powi(2) + 0.02).sqrt();
        plan += tall * (-away / radius).exp();
    }
    let shore = smoothstep(2.0, 4.2, z + 0.5 * noise2(x * 1.7, z * 1.7) + 0.13 * x * x);
    let rough = worn(x * 0.62 + 3.1, z * 0.62 + 8.7, octaves);
    mix(-0.06, plan * (0.5 + 0.62 * rough) + 0.16 * rough, shore)
}

/// Noise whose steep places carry less detail, as water leaves them.
fn worn(mut x: f32, mut z: f32, octaves: u32) -> f32 {
    let (mut sum, mut strength, mut sx, mut sz) = (0.0, 0.5, 0.0, 0.0);
    for _ in 0..octaves {
        let n = noise2_slope(x, z);
        sx += n.y;
        sz += n.z;
        sum += strength * n.x / (1.0 + 0.55 * (sx * sx + sz * sz));
        strength *= 0.52;
        (x, z) = (1.6 * x - 1.2 * z, 1.2 * x + 1.6 * z);
    }
    sum * 1.35
}

/// What a ripple shows: the picture above, mirrored, and the dark of the lake.
fn water(above: &Picture, x: f32, y: f32) -> Vec3 {
    let down = y - CAMERA.horizon;
    let far = CAMERA.eye.y * CAMERA.focal / down;
    let across = (x - CAMERA.width * 0.5) / CAMERA.focal * far;
    let (u, v) = (across * 900.0, far * 900.0);
    let swell = fbm2(u * 0.25, v * 0.16, 4) - 0.47;
    let ripple = fbm2(u * 1.2, v * 0.8, 3) - 0.44;
    let breeze = smoothstep(0.4, 0.7, fbm2(across * 60.0, far * 9.0, 3));
    let stir = (0.25 + breeze) * (swell * 26.0 + ripple * 9.0) * smoothstep(0.0, 90.0, down);
    let mirrored = CAMERA.horizon - down * 1.02 - stir;
    let reflected = above.at(x + swell * 6.0 * breeze, mirrored.max(0.0));
    let grazing = mix(0.92, 0.5, smoothstep(0.0, 330.0, down));
    let deep = vec3(0.016, 0.032, 0.045);
    let mist = vec3(0.85, 0.66, 0.6);
    let veil = 0.5 * (-down / 9.0).exp() + 0.1 * breeze * (-down / 60.0).exp();
    deep.mix(reflected, grazing).mix(mist, veil)
}

fn plant_shore(picture: &mut Picture) {
    let mut random = Random::new(4);
    let mut spots: Vec<_> = (0..14000)
        .map(|_| (random.between(-2.3, 2.3), random.between(1.9, 4.6)))
        .collect();
    spots.sort_by(|a, b| b.1.total_cmp(&a.1));
    for (index, (x, z)) in spots.into_iter().enumerate() {
        let y = coarse(x, z);
        let stand = fbm2(x * 4.0, z * 4.0, 3);
        if !(0.0..0.42).contains(&y) || stand < 0.36 {
            continue;
        }
        let base = vec3(x, y.max(0.001), z);
        let Some((px, py)) = CAMERA.project(base) else {
            continue;
        };
        let tall = CAMERA.focal / z * mix(0.018, 0.04, random.unit());
        let mist = 0.12 + 0.5 * fbm2(x * 2.0, z * 0.7, 3) * smoothstep(1.8, 3.4, z);
        let dim = |colour: Vec3| colour.mix(vec3(0.24, 0.21, 0.24), mist);
        let light = Light {
            lit: dim(vec3(0.1, 0.085, 0.05)),
            shade: dim(vec3(0.014, 0.024, 0.024)),
            side: -1.0,
        };
        pine(picture, px, py + 1.0, tall, index as i32, light);
    }
}

/// The islet in the middle: rocks and pines, and under them the same upside down.
fn plant_island(picture: &mut Picture) {
    let (cx, line) = (CAMERA.width * 0.5 + 6.0, CAMERA.horizon + 36.0);
    let mut random = Random::new(29);
    let mut trees: Vec<_> = (0..26)
        .map(|_| (random.between(-1.0, 1.0), random.unit()))
        .collect();
    trees.sort_by(|a, b| a.1.total_cmp(&b.1));
    let light = Light {
        lit: vec3(0.3, 0.2, 0.1),
        shade: vec3(0.012, 0.02, 0.02),
        side: -1.0,
    };
    let dull = Light {
        lit: light.lit * 0.5,
        shade: vec3(0.016, 0.026, 0.03),
        side: -1.0,
    };
    for (mirror, light) in [(-1.0_f32, dull), (1.0, light)] {
        for (index, &(across, size)) in trees.iter().enumerate() {
            let x = cx + across * 92.0;
            let foot = line - mirror * (11.0 * (1.0 - across * across));
            let tall = mirror * mix(34.0, 108.0, size) * (1.15 - 0.7 * across.abs());
            pine(picture, x, foot, tall, index as i32 + 900, light);
        }
        let rock = |x: f32, y: f32| {
            let (dx, dy) = ((x - cx) / 128.0, (line - y) * mirror);
            let bumps = fbm2(x * 0.05, 3.0, 4);
            let top = (1.0 - dx * dx).max(0.0).sqrt() * (8.0 + 16.0 * bumps) - 2.0;
            let grain = fbm2(x * 0.12, y * 0.3, 4);
            let sunny = smoothstep(0.45, 0.7, grain - dx * 0.1) * smoothstep(0.0, 8.0, dy);
            let colour = vec3(0.02, 0.022, 0.026).mix(light.lit * 0.9, sunny);
            (
                colour,
                smoothstep(-0.8, 0.8, top - dy) * smoothstep(-1.0, 0.3, dy),
            )
        };
        picture.stamp((cx - 130.0, line - 30.0), (cx + 130.0, line + 30.0), rock);
    }
}

/// Near pines on both sides, dark against the light.
fn frame_with_pines(picture: &mut Picture) {
    let mut random = Random::new(8);
    let light = Light {
        lit: vec3(0.05, 0.04, 0.026),
        shade: vec3(0.006, 0.009, 0.01),
        side: -1.0,
    };
    let bank = |x: f32, y: f32| {
        let side = ((x - 624.0).abs() / 624.0 - 0.5).max(0.0) * 2.0;
        let top = 832.0
            - 190.0 * side * side
            - 40.0 * side * fbm2(x * 0.02, 1.0, 4)
            - 7.0 * noise2(x * 0.5, 9.0) * side;
        let grain = fbm2(x * 0.05, y * 0.1, 5);
        (
            light.shade.mix(light.lit, grain * 0.7),
            smoothstep(-1.0, 1.0, y - top),
        )
    };
    picture.stamp((0.0, 600.0), (CAMERA.width, 832.0), bank);
    for index in 0..15 {
        let depth = index as f32 / 14.0;
        let left = index % 2 == 0;
        let inward = random.between(-30.0, 130.0) * (1.25 - depth);
        let x = if left { inward } else { CAMERA.width - inward };
        let tall = mix(210.0, 620.0, depth * random.between(0.6, 1.0));
        pine(
            picture,
            x,
            mix(690.0, 850.0, depth),
            tall,
            index + 50,
            light,
        );
    }
}

const WIDTH: usize = 1248;
const HEIGHT: usize = 832;
const CAMERA: Camera = Camera {
    eye: vec3(0.0, 0.006, 0.0),
    width: WIDTH as f32,
    horizon: 476.0,
    focal: 1350.0,
};
/// Place (x, z), height and girth of the mountains.
const PEAKS: [(f32, f32, f32, f32); 8] = [
    (0.1, 9.6, 3.3, 1.7),
    (-1.1, 8.2, 0.7, 0.8),
    (1.3, 8.4, 0.3, 0.8),
    (-4.2, 11.5, 2.2, 1.7),
    (4.1, 11.0, 2.3, 1.6),
    (-2.6, 6.4, 0.9, 1.0),
    (2.7, 6.2, 0.9, 1.0),
    (-6.5, 13.5, 2.0, 1.6),
];
/// Low in the left.
const SUN: Vec3 = vec3(-0.83, 0.3, -0.47);
const SUNLIGHT: Vec3 = vec3(1.5, 0.82, 0.5);
const GLOW: Vec3 = vec3(0.98, 0.66, 0.5);
const ROSE: Vec3 = vec3(0.62, 0.5, 0.58);
const ZENITH: Vec3 = vec3(0.16, 0.27, 0.5);
