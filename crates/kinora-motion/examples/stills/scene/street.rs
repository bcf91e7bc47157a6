//! A city street in the rain at night: one red umbrella before lights out of focus.

mod walker;

use self::walker::stand_walker;
use crate::noise::{Random, fbm2, hash2, noise2};
use crate::picture::Picture;
use crate::vector::{Vec3, mix, smoothstep, vec3};

/// Renders the street; light is as strong as it is in the scene until the film sees it.
pub(crate) fn render() -> Picture {
    let mut city = Picture::render(WIDTH, HEIGHT, |x, y| facade(x as f32, y as f32)).blurred(5);
    hang_lights(&mut city);
    let mut picture = Picture::render(WIDTH, HEIGHT, |x, y| match y as f32 > CURB {
        true => asphalt(&city, x as f32, y as f32),
        false => city.pixel(x, y),
    });
    stand_walker(&mut picture, true);
    stand_walker(&mut picture, false);
    let_it_rain(&mut picture);
    picture
        .with_glow(22, 0.22)
        .developed(1.15)
        .with_vignette(0.5)
        .with_grain(0.1, 77)
}

/// House fronts that run to the vanishing point, with lit windows and shops.
fn facade(x: f32, y: f32) -> Vec3 {
    let side = (x - VANISH.0).abs().max(14.0);
    let depth = 620.0 / side;
    let up = (VANISH.1 + 60.0 - y) * depth / 620.0;
    let dusk = vec3(0.025, 0.03, 0.075).mix(vec3(0.1, 0.05, 0.075), smoothstep(-100.0, 420.0, y));
    let left = x < VANISH.0;
    let roof = 0.95 + 0.5 * hash2((depth * 1.3) as i32, i32::from(left));
    if up > roof || depth > 11.0 {
        return dusk + vec3(0.2, 0.1, 0.08) * (-side / 130.0).exp();
    }
    let (column, row) = ((depth * 7.0).floor(), (up * 8.5).floor());
    let (u, v) = ((depth * 7.0).fract(), (up * 8.5).fract());
    let chance = hash2(column as i32 + if left { 0 } else { 500 }, row as i32);
    let pane = smoothstep(0.18, 0.26, u) * smoothstep(0.82, 0.74, u) * smoothstep(0.2, 0.28, v);
    let warm = vec3(1.0, 0.56, 0.2).mix(vec3(0.45, 0.62, 1.0), smoothstep(0.8, 0.95, chance));
    let lit = if chance > 0.56 {
        0.2 + 0.9 * hash2(column as i32, row as i32 + 40)
    } else {
        0.015
    };
    let wall = vec3(0.022, 0.018, 0.03) * (0.6 + fbm2(x * 0.02, y * 0.03, 3));
    let shop = smoothstep(0.16, 0.1, up) * smoothstep(-0.08, 0.0, up);
    let tint = hash2((depth * 2.2) as i32, 9 + i32::from(left));
    let sign = vec3(1.1, 0.5, 0.16).mix(vec3(0.2, 0.75, 0.95), smoothstep(0.5, 0.7, tint));
    let front =
        wall + warm * (lit * pane * 0.55) + sign * (shop * (0.22 + 0.5 * noise2(x * 0.03, 3.0)));
    front.mix(
        dusk + vec3(0.24, 0.13, 0.11),
        smoothstep(2.0, 11.0, depth) * 0.8,
    )
}

/// Lamps, cars and signals, each the disc that a wide-open lens makes of a point.
fn hang_lights(city: &mut Picture) {
    let mut random = Random::new(14);
    for step in 0..17 {
        let depth = 1.0 + 0.52 * step as f32;
        for side in [-1.0, 1.0] {
            let x = VANISH.0 + side * 560.0 / depth + random.between(-6.0, 6.0);
            let y = VANISH.1 - 330.0 / depth + 6.0;
            disc(
                city,
                (x, y),
                mix(9.0, 40.0, 1.0 / depth),
                vec3(1.9, 0.9, 0.26),
                0.42,
            );
        }
    }
    for _ in 0..70 {
        let depth = random.between(1.4, 8.0);
        let (x, y) = (
            random.between(-420.0, 420.0) / depth,
            random.between(-90.0, 75.0) / depth,
        );
        let pick = (random.unit() * COLOURS.len() as f32) as usize;
        let colour = COLOURS[pick.min(COLOURS.len() - 1)] * random.between(0.5, 1.5);
        let radius = random.between(10.0, 30.0);
        disc(
            city,
            (VANISH.0 + x * 1.5, VANISH.1 + y + 14.0),
            radius,
            colour,
            0.34,
        );
    }
    for (x, y, radius, colour) in CARS {
        disc(city, (x - radius * 1.6, y), radius, colour, 0.6);
        disc(city, (x + radius * 1.6, y), radius, colour, 0.6);
    }
}

/// Adds a disc of light with a slightly brighter rim.
fn disc(city: &mut Picture, (x, y): (f32, f32), radius: f32, colour: Vec3, strength: f32) {
    let (left, top) = (
        (x - radius - 2.0).max(0.0) as usize,
        (y - radius - 2.0).max(0.0) as usize,
    );
    for row in top..((y + radius + 2.0).max(0.0) as usize).min(city.height) {
        for column in left..((x + radius + 2.0).max(0.0) as usize).min(city.width) {
            let away = (column as f32 - x).hypot(row as f32 - y);
            let cover = smoothstep(radius + 1.2, radius - 1.2, away);
            let rim = 0.72 + 0.4 * smoothstep(radius * 0.6, radius, away);
            let grime = 0.85 + 0.3 * noise2(column as f32 * 0.13, row as f32 * 0.13);
            city.pixels[row * city.width + column] += colour * (cover * rim * grime * strength);
        }
    }
}

/// Wet ground: the city upside down, drawn out, broken by puddles and grain.
fn asphalt(city: &Picture, x: f32, y: f32) -> Vec3 {
    let down = y - CURB;
    let near = 1.0 + down / 26.0;
    let (u, v) = ((x - VANISH.0) / near, 220.0 / near);
    let rough = fbm2(u * 0.9, v * 3.2, 5);
    let puddle = smoothstep(0.42, 0.62, fbm2(u * 0.11 + 3.0, v * 0.5, 4));
    let grit = noise2(x * 0.9, y * 1.3) - 0.5;
    let ring = ripples(u * 0.3, v * 1.5) * puddle;
    let mut sum = Vec3::default();
    for tap in 0..24 {
        let jitter = hash2(x as i32 * 31 + tap, y as i32) - 0.5;
        let spread = mix(1.0, 0.3, puddle) * (36.0 + down * 0.8);
        let reach = (tap as f32 + 0.5) / 24.0 - 0.5 + 0.06 * jitter;
        let wobble = (rough - 0.47) * mix(15.0, 5.0, puddle) + grit * 7.0 + ring * 14.0;
        let mirrored = CURB - down * 1.12 + reach * spread * 3.0 + wobble * 1.5;
        sum += city.at(x + wobble + jitter * 5.0, mirrored.clamp(1.0, CURB - 2.0));
    }
    let shine = mix(0.34, 0.72, puddle) * (0.7 + 0.7 * rough + grit * 0.35);
    vec3(0.008, 0.008, 0.012) * (1.0 + grit) + sum * (shine / 24.0)
}

/// Slopes of the rings that drops leave in a puddle.
fn ripples(u: f32, v: f32) -> f32 {
    let (cx, cy) = (u.floor(), v.floor());
    let (own, age) = (
        hash2(cx as i32, cy as i32),
        hash2(cx as i32 + 9, cy as i32 - 4),
    );
    let away = (u - cx - 0.3 - 0.4 * own).hypot(v - cy - 0.5);
    let front = 0.1 + 0.34 * age;
    ((away - front) * 70.0).sin() * smoothstep(0.09, 0.0, (away - front).abs()) * (1.0 - age)
}

/// Streaks that catch the light behind them.
fn let_it_rain(picture: &mut Picture) {
    let behind = picture.blurred(16);
    let mut random = Random::new(3);
    for _ in 0..1500 {
        let (x, y) = (random.between(-40.0, 1260.0), random.between(-60.0, 800.0));
        let (long, bright) = (random.between(14.0, 60.0), random.between(0.03, 0.24));
        for step in 0..long as i32 {
            let t = step as f32;
            let (px, py) = (x + t * 0.16, y + t);
            let fade = (t / long * std::f32::consts::PI).sin() * bright;
            let glow = behind.at(px, py) * 1.6 + vec3(0.05, 0.055, 0.07);
            let share = px.fract();
            let lit = glow * 1.8;
            picture.blend(px as i32, py as i32, lit, fade * (1.0 - share));
            picture.blend(px as i32 + 1, py as i32, lit, fade * share);
        }
    }
}

const WIDTH: usize = 1248;
const HEIGHT: usize = 832;
const VANISH: (f32, f32) = (650.0, 452.0);
/// The row where the ground begins.
const CURB: f32 = 500.0;
const COLOURS: [Vec3; 6] = [
    vec3(1.5, 0.75, 0.25),
    vec3(1.5, 0.16, 0.1),
    vec3(0.2, 0.9, 0.5),
    vec3(0.25, 0.55, 1.5),
    vec3(1.2, 0.25, 0.8),
    vec3(1.4, 1.1, 0.7),
];
/// Place, radius and colour of pairs of car lamps.
const CARS: [(f32, f32, f32, Vec3); 5] = [
    (900.0, 486.0, 24.0, vec3(2.4, 2.2, 1.8)),
    (790.0, 472.0, 15.0, vec3(2.2, 2.0, 1.6)),
    (380.0, 484.0, 22.0, vec3(1.9, 0.1, 0.06)),
    (480.0, 472.0, 14.0, vec3(1.8, 0.12, 0.08)),
    (735.0, 466.0, 10.0, vec3(2.0, 1.9, 1.6)),
];
