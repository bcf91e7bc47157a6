//! Where rays start, and where they meet a landscape.

use crate::vector::{Vec3, vec3};

/// Where a ray starts and its unit direction.
#[derive(Clone, Copy)]
pub(crate) struct Ray {
    pub(crate) from: Vec3,
    pub(crate) way: Vec3,
}

impl Ray {
    pub(crate) fn at(self, distance: f32) -> Vec3 {
        self.from + self.way * distance
    }
}

/// A pinhole camera that never tilts; tall and wide pictures shift the horizon instead, so that
/// upright things stay upright.
#[derive(Clone, Copy)]
pub(crate) struct Camera {
    pub(crate) eye: Vec3,
    pub(crate) width: f32,
    /// The row of the horizon, in pixels.
    pub(crate) horizon: f32,
    /// Pixels across for something as wide as it is far.
    pub(crate) focal: f32,
}

impl Camera {
    pub(crate) fn ray(&self, x: f32, y: f32) -> Ray {
        let way = vec3(x - self.width * 0.5, self.horizon - y, self.focal).unit();
        Ray {
            from: self.eye,
            way,
        }
    }

    /// The place of a point in the picture, in pixels, if it is in front of the camera.
    pub(crate) fn project(&self, point: Vec3) -> Option<(f32, f32)> {
        let p = point - self.eye;
        let scale = self.focal / p.z;
        (p.z > 1e-3).then_some((self.width * 0.5 + p.x * scale, self.horizon - p.y * scale))
    }
}

/// Walks along a ray until it is under `height(x, z)`; answers the distance.
///
/// `caution` is the share of the height above ground that one step takes: small for steep ground.
pub(crate) fn march(
    ray: Ray,
    near: f32,
    far: f32,
    caution: f32,
    height: impl Fn(f32, f32) -> f32,
) -> Option<f32> {
    let (mut t, mut before) = (near, near);
    for _ in 0..420 {
        let p = ray.at(t);
        let above = p.y - height(p.x, p.z);
        if above < 0.0002 * t {
            return Some(refine(ray, before, t, &height));
        }
        before = t;
        t += (above * caution).max(0.0008 * t);
        if t > far {
            return None;
        }
    }
    None
}

/// The unit normal of `height` at a place, judged over `reach`.
pub(crate) fn normal(x: f32, z: f32, reach: f32, height: impl Fn(f32, f32) -> f32) -> Vec3 {
    vec3(
        height(x - reach, z) - height(x + reach, z),
        2.0 * reach,
        height(x, z - reach) - height(x, z + reach),
    )
    .unit()
}

/// How much of the sun reaches a place, `0.0..=1.0`; grazing rays get soft edges.
pub(crate) fn sunlight(ray: Ray, far: f32, height: impl Fn(f32, f32) -> f32) -> f32 {
    let (mut t, mut light) = (far * 0.002, 1.0_f32);
    for _ in 0..70 {
        let p = ray.at(t);
        let above = p.y - height(p.x, p.z);
        light = light.min(0.5 + 22.0 * above / t);
        if light <= 0.0 || t > far {
            break;
        }
        t += (above * 0.6).max(far * 0.004);
    }
    light.clamp(0.0, 1.0)
}

fn refine(ray: Ray, mut outside: f32, mut inside: f32, height: &impl Fn(f32, f32) -> f32) -> f32 {
    for _ in 0..8 {
        let middle = 0.5 * (outside + inside);
        let p = ray.at(middle);
        if p.y > height(p.x, p.z) {
            outside = middle;
        } else {
            inside = middle;
        }
    }
    inside
}
