//! Connected regions of a map.

use crate::field::Field;

/// The connected region above the level that has the greatest strength in all.
pub(super) fn largest(strength: &Field, level: f32) -> Field {
    let mut region = vec![0_u32; strength.values.len()];
    let mut best = (0.0, 0);
    for start in 0..region.len() {
        if region[start] == 0 && strength.values[start] > level {
            let name = start as u32 + 1;
            let inside = |at: usize| strength.values[at] > level;
            let weight: f32 = flood(strength, &mut region, start, name, inside)
                .iter()
                .map(|at| strength.values[*at])
                .sum();
            if weight > best.0 {
                best = (weight, name);
            }
        }
    }
    let values = region
        .iter()
        .map(|name| {
            if *name == best.1 && best.1 > 0 {
                1.0
            } else {
                0.0
            }
        })
        .collect();
    Field {
        values,
        ..*strength
    }
}

/// The mask with everything that the border cannot reach without crossing it.
pub(super) fn without_holes(mask: &Field) -> Field {
    let (width, height) = (mask.width, mask.height);
    let mut outside = vec![0; mask.values.len()];
    for at in 0..outside.len() {
        let (x, y) = (at % width, at / width);
        let border = x == 0 || y == 0 || x + 1 == width || y + 1 == height;
        if border && outside[at] == 0 && mask.values[at] == 0.0 {
            flood(mask, &mut outside, at, 1, |at| mask.values[at] == 0.0);
        }
    }
    Field {
        values: outside
            .iter()
            .map(|reached| 1.0 - *reached as f32)
            .collect(),
        ..*mask
    }
}

/// Names everything connected to `start`, and lists it.
fn flood(
    map: &Field,
    region: &mut [u32],
    start: usize,
    name: u32,
    inside: impl Fn(usize) -> bool,
) -> Vec<usize> {
    region[start] = name;
    let mut found = vec![start];
    let mut next = 0;
    while let Some(at) = found.get(next).copied() {
        next += 1;
        let x = at % map.width;
        let beside = [
            (x > 0).then(|| at - 1),
            (x + 1 < map.width).then_some(at + 1),
            at.checked_sub(map.width),
            Some(at + map.width).filter(|at| *at < region.len()),
        ];
        for at in beside.into_iter().flatten() {
            if region[at] == 0 && inside(at) {
                region[at] = name;
                found.push(at);
            }
        }
    }
    found
}
