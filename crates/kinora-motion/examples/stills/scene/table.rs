//! A still life by window light: pears, oranges and plums around a glazed bowl on linen.

use crate::camera::{Camera, Ray};
use crate::noise::{Random, fbm2, fbm3, hash2, noise2, noise3};
use crate::picture::Picture;
use crate::trace::{Scene, Surface, render as trace};
use crate::vector::{Vec3, mix, smoothstep, vec3};

/// Renders the still life; one unit of length is ten centimetres.
pub(crate) fn render() -> Picture {
    let picture = trace(&Table, (WIDTH, HEIGHT), 8, lens);
    let picture = picture.smoothed(0.09).smoothed(0.06);
    picture
        .with_glow(10, 0.1)
        .developed(1.05)
        .with_vignette(0.4)
        .with_grain(0.06, 9)
}

/// A ray through a lens with some width, sharp at the bowl.
fn lens(x: f32, y: f32, random: &mut Random) -> Ray {
    let straight = CAMERA.ray(x, y);
    let (pitch_sin, pitch_cos) = (-0.2_f32).sin_cos();
    let w = straight.way;
    let way = vec3(
        w.x,
        w.y * pitch_cos + w.z * pitch_sin,
        w.z * pitch_cos - w.y * pitch_sin,
    );
    let focus = CAMERA.eye + way * (FOCUS / way.z);
    let offset = random.direction() * 0.045;
    let from = CAMERA.eye + vec3(offset.x, offset.y, 0.0);
    Ray {
        from,
        way: (focus - from).unit(),
    }
}

struct Table;

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Pear,
    Orange,
    Plum,
    Bowl,
    Cloth,
    Wall,
}

impl Scene for Table {
    fn distance(&self, point: Vec3) -> f32 {
        nearest(point).0
    }

    fn surface(&self, p: Vec3) -> Surface {
        let (_, kind, middle, own) = nearest(p);
        let local = p - middle;
        match kind {
            Kind::Pear => pear_skin(local, own),
            Kind::Orange => orange_skin(local, own),
            Kind::Plum => plum_skin(local),
            Kind::Bowl => glaze(local),
            Kind::Cloth => linen(p),
            Kind::Wall => {
                let stain = fbm2(p.x * 0.6, p.y * 0.7, 5);
                matt(vec3(0.11, 0.085, 0.06) * (0.45 + 1.1 * stain))
            }
        }
    }

    fn surroundings(&self, way: Vec3) -> Vec3 {
        vec3(0.035, 0.035, 0.04) + vec3(0.16, 0.17, 0.19) * smoothstep(0.3, -0.9, way.x)
    }

    fn lamp(&self) -> (Vec3, f32, Vec3) {
        (vec3(-5.2, 5.6, -2.2), 1.1, vec3(6.6, 5.6, 4.3))
    }
}

/// The distance to the nearest body, what it is, where its middle is, and its own number.
fn nearest(p: Vec3) -> (f32, Kind, Vec3, f32) {
    let mut best = (cloth(p), Kind::Cloth, Vec3::default(), 0.0);
    let wall = 3.6 - p.z;
    if wall < best.0 {
        best = (wall, Kind::Wall, Vec3::default(), 0.0);
    }
    for (index, &(kind, middle, reach)) in BODIES.iter().enumerate() {
        let local = p - middle;
        // Far away the enclosing ball will do.
        let away = local.length() - reach;
        let distance = if away > 0.25 {
            away
        } else {
            body(kind, local, index as f32)
        };
        if distance < best.0 {
            best = (distance, kind, middle, index as f32);
        }
    }
    best
}

fn body(kind: Kind, p: Vec3, own: f32) -> f32 {
    match kind {
        Kind::Pear => pear(p, own),
        Kind::Orange => {
            let dimple = 0.006 * noise3(p * 26.0) + 0.02 * noise3(p * 2.0 + vec3(own, 0.0, 0.0));
            let navel = 0.05 * smoothstep(0.16, 0.0, p.x.hypot(p.z)) * smoothstep(0.0, 0.3, p.y);
            (p.length() - 0.47 + dimple + navel) * 0.85
        }
        Kind::Plum => {
            let cleft =
                0.03 * smoothstep(0.09, 0.0, (p.x + 0.1 * p.y).abs()) * smoothstep(0.1, -0.2, p.z);
            (vec3(p.x, p.y * 1.06, p.z).length() - 0.31 + cleft) * 0.85
        }
        _ => bowl(p),
    }
}

/// Two balls melted together, leaning a little, with a stalk.
fn pear(p: Vec3, own: f32) -> f32 {
    let lean = 0.16 * (own * 2.4 + 0.7).sin();
    let p = vec3(p.x - lean * smoothstep(-0.3, 1.0, p.y), p.y, p.z);
    let belly = vec3(p.x, (p.y + 0.12) * 1.02, p.z).length() - 0.5;
    let neck = (p - vec3(0.0, 0.5, 0.0)).length() - 0.235;
    let blend = (0.5 + 0.5 * (neck - belly) / 0.4).clamp(0.0, 1.0);
    let flesh = mix(neck, belly, blend) - 0.4 * blend * (1.0 - blend);
    let lumps = 0.03 * (noise3(p * 2.6 + vec3(own, 0.0, 0.0)) - 0.5);
    let along = ((p.y - 0.68) / 0.36).clamp(0.0, 1.0);
    let bend = 0.1 * along * along * (1.0 - 2.0 * hash2(own as i32, 3));
    let stalk = vec3(p.x - bend, p.y - 0.68 - 0.36 * along, p.z).length() - 0.024 - 0.014 * along;
    (flesh + lumps).min(stalk) * 0.8
}

/// A thrown bowl: a shell of a ball, cut open, on a foot.
fn bowl(p: Vec3) -> f32 {
    let around = p.x.hypot(p.z);
    let throwing = 0.006 * (p.y * 46.0).sin();
    let ball = (around.hypot(p.y - 0.32) - 1.0 + throwing).abs() - 0.038;
    let rim = (around - 0.985).hypot(p.y - 0.22) - 0.046;
    let foot = ((around - 0.42).abs() - 0.05).max((p.y + 0.66).abs() - 0.1);
    ball.max(p.y - 0.22).min(rim).min(foot) * 0.85
}

/// Linen with soft folds; it lies flat under the things on it.
fn cloth(p: Vec3) -> f32 {
    if p.y > 0.42 {
        return p.y - 0.36;
    }
    let away = (p.x * 0.5).hypot((p.z - 0.1) * 0.8);
    let loose = smoothstep(0.7, 1.9, away);
    let weave = 0.0016 * ((p.x * 150.0).sin() + (p.z * 150.0).sin());
    if loose <= 0.0 {
        return (p.y - weave) * 0.8;
    }
    let warp = fbm2(p.x * 0.7 + 2.0, p.z * 0.7, 3);
    let fold = ((p.x * 1.5 + p.z * 0.8 + warp * 5.0).sin() * 0.5 + 0.5).powi(3);
    (p.y - (0.2 * fold + 0.14 * warp) * loose * 0.9 - weave) * 0.6
}

fn pear_skin(p: Vec3, own: f32) -> Surface {
    if p.y > 0.74 {
        return matt(vec3(0.09, 0.05, 0.025));
    }
    let mottle = fbm3(p * 4.0 + vec3(own * 3.0, 0.0, 0.0), 4);
    let blush = smoothstep(
        0.0,
        0.65,
        p.x * (own * 1.9).cos() - p.z * 0.5 + 0.6 * (mottle - 0.4),
    );
    let base = vec3(0.42, 0.4, 0.06).mix(vec3(0.62, 0.44, 0.08), mottle);
    let base = base.mix(vec3(0.52, 0.11, 0.045), blush * 0.8);
    let freckle = smoothstep(0.72, 0.8, noise3(p * 30.0));
    let russet = smoothstep(0.45, 0.75, p.y + 0.3 * mottle);
    let colour = base
        .mix(vec3(0.22, 0.12, 0.04), freckle * 0.6)
        .mix(vec3(0.3, 0.2, 0.06), russet * 0.6);
    Surface {
        colour,
        gloss: 0.035,
        scatter: 0.35,
    }
}

fn orange_skin(p: Vec3, own: f32) -> Surface {
    let tone = fbm3(p * 3.0 + vec3(own, 0.0, 0.0), 3);
    let pores = 0.85 + 0.25 * noise3(p * 26.0);
    let colour = vec3(0.74, 0.15, 0.008).mix(vec3(0.8, 0.23, 0.015), tone) * pores;
    let button = smoothstep(0.075, 0.05, p.x.hypot(p.z)) * smoothstep(0.2, 0.3, p.y);
    Surface {
        colour: colour.mix(vec3(0.16, 0.2, 0.06), button),
        gloss: 0.04,
        scatter: 0.4,
    }
}

fn plum_skin(p: Vec3) -> Surface {
    let bloom = smoothstep(0.35, 0.65, fbm3(p * 5.0, 4) + 0.15 * p.y);
    let colour = vec3(0.06, 0.012, 0.035).mix(vec3(0.16, 0.13, 0.24), bloom * 0.75);
    Surface {
        colour,
        gloss: 0.05,
        scatter: 0.15 + 0.5 * bloom,
    }
}

/// Blue glaze that thins to brown at the rim and breaks over the rings.
fn glaze(p: Vec3) -> Surface {
    let around = p.x.hypot(p.z);
    let run = fbm3(vec3(p.x * 3.0, p.y * 1.2, p.z * 3.0), 4);
    let blue = vec3(0.012, 0.075, 0.16).mix(vec3(0.07, 0.27, 0.36), run * run * 1.9);
    let brim = smoothstep(0.12, 0.22, p.y + 0.12 * (run - 0.5));
    let colour = blue.mix(vec3(0.2, 0.1, 0.045), brim * 0.85);
    let bare = smoothstep(
        -0.52,
        -0.58,
        p.y + 0.08 * (noise2(p.x * 7.0, p.z * 7.0) - 0.5),
    );
    let speck = smoothstep(0.77, 0.82, noise3(p * 34.0)) * 0.6;
    let clay = vec3(0.26, 0.15, 0.09);
    let gloss = if around > 0.0 && bare < 0.5 {
        0.06
    } else {
        0.0
    };
    Surface {
        colour: colour.mix(vec3(0.02, 0.02, 0.02), speck).mix(clay, bare),
        gloss,
        scatter: 0.03,
    }
}

fn linen(p: Vec3) -> Surface {
    let thread = noise2(p.x * 130.0, p.z * 7.0) + noise2(p.x * 7.0, p.z * 130.0);
    let stripe = smoothstep(0.03, 0.02, ((p.z + 1.12).abs() - 0.07).abs());
    let colour = vec3(0.56, 0.51, 0.43) * (0.82 + 0.18 * thread);
    matt(colour.mix(vec3(0.14, 0.19, 0.3), stripe * 0.7))
}

fn matt(colour: Vec3) -> Surface {
    Surface {
        colour,
        gloss: 0.0,
        scatter: 1.0,
    }
}

const WIDTH: usize = 1248;
const HEIGHT: usize = 832;
const CAMERA: Camera = Camera {
    eye: vec3(0.0, 2.35, -6.6),
    width: WIDTH as f32,
    horizon: 416.0,
    focal: 1640.0,
};
/// Distance of what is sharp.
const FOCUS: f32 = 6.3;
/// Each body's middle and the radius of a ball around it.
const BODIES: [(Kind, Vec3, f32); 11] = [
    (Kind::Bowl, vec3(0.05, 0.76, 0.35), 1.12),
    (Kind::Orange, vec3(-0.33, 0.98, 0.2), 0.5),
    (Kind::Orange, vec3(0.5, 0.94, 0.1), 0.5),
    (Kind::Orange, vec3(0.12, 1.06, 0.78), 0.5),
    (Kind::Pear, vec3(0.1, 1.36, 0.3), 1.1),
    (Kind::Pear, vec3(-1.42, 0.6, 0.1), 1.1),
    (Kind::Pear, vec3(1.56, 0.6, 0.45), 1.1),
    (Kind::Orange, vec3(-0.88, 0.46, -0.82), 0.5),
    (Kind::Plum, vec3(0.86, 0.29, -0.86), 0.36),
    (Kind::Plum, vec3(1.42, 0.29, -0.66), 0.36),
    (Kind::Plum, vec3(-1.86, 0.29, -0.62), 0.36),
];
