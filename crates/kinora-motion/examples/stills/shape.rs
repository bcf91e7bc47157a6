//! Flat shapes by their distance: negative inside, in the unit of their corners.

/// Distance to a closed outline.
pub(crate) fn outline(corners: &[(f32, f32)], x: f32, y: f32) -> f32 {
    let (mut nearest, mut inside) = (f32::MAX, false);
    let mut last = corners.len() - 1;
    for (index, &(ax, ay)) in corners.iter().enumerate() {
        let (bx, by) = corners[last];
        nearest = nearest.min(segment((ax, ay), (bx, by), x, y));
        if (ay > y) != (by > y) && x < (bx - ax) * (y - ay) / (by - ay) + ax {
            inside = !inside;
        }
        last = index;
    }
    if inside { -nearest } else { nearest }
}

/// Distance to a line from `a` to `b`.
pub(crate) fn segment((ax, ay): (f32, f32), (bx, by): (f32, f32), x: f32, y: f32) -> f32 {
    let (ex, ey) = (bx - ax, by - ay);
    let along = ((x - ax) * ex + (y - ay) * ey) / (ex * ex + ey * ey).max(1e-9);
    let along = along.clamp(0.0, 1.0);
    (x - ax - ex * along).hypot(y - ay - ey * along)
}

/// About the distance to an ellipse around `(cx, cy)`.
pub(crate) fn ellipse((cx, cy): (f32, f32), (rx, ry): (f32, f32), x: f32, y: f32) -> f32 {
    (((x - cx) / rx).hypot((y - cy) / ry) - 1.0) * rx.min(ry)
}

/// A smooth curve through corners: `steps` points between each two.
pub(crate) fn curve(corners: &[(f32, f32)], steps: usize) -> Vec<(f32, f32)> {
    let count = corners.len();
    let corner = |index: usize| corners[index % count];
    let between = |index: usize| {
        let (a, b) = (corner(index + count - 1), corner(index));
        let (c, d) = (corner(index + 1), corner(index + 2));
        (0..steps).map(move |step| {
            let t = step as f32 / steps as f32;
            (spline(a.0, b.0, c.0, d.0, t), spline(a.1, b.1, c.1, d.1, t))
        })
    };
    (0..count).flat_map(between).collect()
}

fn spline(a: f32, b: f32, c: f32, d: f32, t: f32) -> f32 {
    let cubic = 3.0 * (b - c) + d - a;
    let square = 2.0 * a - 5.0 * b + 4.0 * c - d;
    0.5 * (2.0 * b + t * (c - a + t * (square + t * cubic)))
}
