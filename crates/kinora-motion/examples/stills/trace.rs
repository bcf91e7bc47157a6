//! Follows light through a small scene of solid bodies: soft shadows, one bounce, reflections.

use crate::camera::Ray;
use crate::noise::Random;
use crate::picture::Picture;
use crate::vector::{Vec3, vec3};

/// What a place on a body looks like.
pub(crate) struct Surface {
    pub(crate) colour: Vec3,
    /// The share of light that mirrors when one looks straight at it, `0.0..=1.0`.
    pub(crate) gloss: f32,
    /// How far mirrored light scatters, `0.0` for a polished glaze.
    pub(crate) scatter: f32,
}

/// Bodies, their looks and their light.
pub(crate) trait Scene: Sync {
    /// The distance to the nearest body, never more than it is.
    fn distance(&self, point: Vec3) -> f32;
    fn surface(&self, point: Vec3) -> Surface;
    /// What a ray sees that meets no body.
    fn surroundings(&self, way: Vec3) -> Vec3;
    /// The middle, radius and strength of the lamp.
    fn lamp(&self) -> (Vec3, f32, Vec3);
}

/// The mean light along the rays that `aim` sends through a pixel, `samples` of them.
pub(crate) fn render(
    scene: &impl Scene,
    (width, height): (usize, usize),
    samples: u32,
    aim: impl Fn(f32, f32, &mut Random) -> Ray + Sync,
) -> Picture {
    Picture::render(width, height, |x, y| {
        let mut random = Random::new((y * width + x) as u32);
        let mut sum = Vec3::default();
        for index in 0..samples {
            let (dx, dy) = ((index % 4) as f32 * 0.25, (index / 4 % 4) as f32 * 0.25);
            let (dx, dy) = (dx + random.unit() * 0.25, dy + random.unit() * 0.25);
            let ray = aim(x as f32 + dx, y as f32 + dy, &mut random);
            // A rare bright path would stay as a speck.
            sum += radiance(scene, ray, 2, &mut random).map(|light| light.min(4.0));
        }
        sum * (1.0 / samples as f32)
    })
}

fn radiance(scene: &impl Scene, ray: Ray, bounces: u32, random: &mut Random) -> Vec3 {
    let Some(distance) = march(scene, ray, 14.0) else {
        return scene.surroundings(ray.way);
    };
    let p = ray.at(distance);
    let n = normal(scene, p);
    let surface = scene.surface(p);
    let from = p + n * 0.004;
    let fresnel =
        surface.gloss + (1.0 - surface.gloss) * (1.0 + n.dot(ray.way)).clamp(0.0, 1.0).powi(5);
    let mirrored = if surface.gloss > 0.0 {
        fresnel * (1.0 - surface.scatter)
    } else {
        0.0
    };
    if bounces > 0 && random.unit() < mirrored {
        let way = (ray.way.reflect(n) + random.direction() * surface.scatter * 0.4).unit();
        return highlight(scene, Ray { from, way }, bounces - 1, random);
    }
    if bounces == 0 {
        // The last bounce is too faint for its shadow to be missed.
        let (middle, _, strength) = scene.lamp();
        return surface.colour * strength * (0.05 + 0.12 * n.dot((middle - p).unit()).max(0.0));
    }
    let way = (n + random.direction()).unit();
    let ambient = radiance(scene, Ray { from, way }, 0, random);
    surface.colour * (lamplight(scene, from, n, random) + ambient)
}

/// A mirrored ray may see the lamp itself.
fn highlight(scene: &impl Scene, ray: Ray, bounces: u32, random: &mut Random) -> Vec3 {
    let (middle, radius, strength) = scene.lamp();
    let to = middle - ray.from;
    let closest = (to - ray.way * to.dot(ray.way)).length();
    if to.dot(ray.way) > 0.0 && closest < radius && march(scene, ray, to.length()).is_none() {
        return strength * 0.3;
    }
    radiance(scene, ray, bounces, random)
}

/// Light from a random spot of the lamp, unless something stands between.
fn lamplight(scene: &impl Scene, from: Vec3, n: Vec3, random: &mut Random) -> Vec3 {
    let (middle, radius, strength) = scene.lamp();
    let to = middle + random.direction() * radius - from;
    let way = to.unit();
    let facing = n.dot(way);
    if facing <= 0.0 || march(scene, Ray { from, way }, to.length()).is_some() {
        return Vec3::default();
    }
    strength * (facing * 16.0 / to.dot(to))
}

fn march(scene: &impl Scene, ray: Ray, far: f32) -> Option<f32> {
    let mut t = 0.002;
    for _ in 0..110 {
        let step = scene.distance(ray.at(t));
        if step < 0.0008 {
            return Some(t);
        }
        t += step;
        if t > far {
            return None;
        }
    }
    None
}

fn normal(scene: &impl Scene, p: Vec3) -> Vec3 {
    let corners = [
        vec3(1.0, -1.0, -1.0),
        vec3(-1.0, -1.0, 1.0),
        vec3(-1.0, 1.0, -1.0),
        vec3(1.0, 1.0, 1.0),
    ];
    let towards = |sum: Vec3, corner: Vec3| sum + corner * scene.distance(p + corner * 0.0012);
    corners.into_iter().fold(Vec3::default(), towards).unit()
}
