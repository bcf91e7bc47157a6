//! Trees as a landscape painter makes them: stamped one over the other, far to near.

use crate::noise::{fbm2, hash2};
use crate::picture::Picture;
use crate::vector::{Vec3, mix, smoothstep};

/// How a tree is lit and how the air between dims it.
#[derive(Clone, Copy)]
pub(crate) struct Light {
    pub(crate) lit: Vec3,
    pub(crate) shade: Vec3,
    /// -1 when the light comes from the left, 1 from the right.
    pub(crate) side: f32,
}

/// A conifer standing at `(x, foot)`, all in pixels. `tall` may be negative: a mirror image.
pub(crate) fn pine(picture: &mut Picture, x: f32, foot: f32, tall: f32, seed: i32, light: Light) {
    let size = tall.abs();
    let own = hash2(seed, 17);
    let slim = mix(0.15, 0.22, own);
    let tiers = mix(9.0, 13.0, hash2(seed, 5));
    let reach = size * slim + 2.0;
    let tip = foot - tall;
    let paint = |px: f32, py: f32| {
        let down = (py - tip) / tall;
        let across = (px - x) / size;
        if !(0.0..=1.0).contains(&down) {
            return (light.shade, 0.0);
        }
        let grain = (24.0 / size).clamp(0.16, 0.9);
        let ragged = fbm2(px * grain + own * 99.0, py * grain * 1.6, 3) - 0.45;
        let tier = (down * tiers + across.abs() * 5.0 + 0.35 * across.signum() + own).fract();
        let width = slim * down.powf(0.8) * (0.5 + 0.5 * tier) + ragged * 0.07 * down.sqrt();
        let stem = 0.012 * smoothstep(0.0, 0.1, down);
        let inside = (width * smoothstep(1.0, 0.93, down)).max(stem) - across.abs();
        let cover = smoothstep(-0.6, 0.6, inside * size);
        let facing = 0.5 + 0.5 * light.side * across / slim.max(0.01);
        let glow = (facing * 0.8 + ragged * 0.6) * (0.35 + 0.65 * tier);
        (light.shade.mix(light.lit, glow.clamp(0.0, 1.0)), cover)
    };
    picture.stamp(
        (x - reach, tip.min(foot)),
        (x + reach, tip.max(foot)),
        paint,
    );
}

/// A broad-leaved tree standing at `(x, foot)`, `tall` pixels high.
pub(crate) fn leafy(picture: &mut Picture, x: f32, foot: f32, tall: f32, seed: i32, light: Light) {
    let own = hash2(seed, 23) * 300.0;
    let radius = tall * mix(0.45, 0.62, hash2(seed, 3));
    let (cx, cy) = (x, foot - tall * 0.55);
    let paint = |px: f32, py: f32| {
        let (dx, dy) = ((px - cx) / radius, (py - cy) / (tall * 0.5));
        let clumps = fbm2(px * 5.0 / tall + own, py * 5.0 / tall, 4) - 0.47;
        let inside = 1.0 + clumps * 0.9 - dx.hypot(dy);
        let facing = 0.5 + 0.38 * light.side * dx - 0.42 * dy + clumps * 1.6;
        (
            light.shade.mix(light.lit, facing.clamp(0.0, 1.0)),
            smoothstep(0.0, 0.16, inside),
        )
    };
    // The shadow falls away from the light.
    let shadow = |px: f32, py: f32| {
        let dx = (px - x + light.side * radius * 0.9) / (radius * 1.5);
        let dy = (py - foot + tall * 0.04) / (tall * 0.14);
        (light.shade * 0.5, 0.75 * smoothstep(1.0, 0.5, dx.hypot(dy)))
    };
    picture.stamp(
        (x - radius * 3.0, foot - tall * 0.2),
        (x + radius * 3.0, foot + tall * 0.2),
        shadow,
    );
    picture.stamp(
        (x - radius * 1.5, foot - tall * 1.3),
        (x + radius * 1.5, foot + 1.0),
        paint,
    );
}
