//! The subject is pressed from both sides, as if by two hands, let go, and wobbles like jelly.
//!
//! The press is strongest between the hands, so the waist narrows while head and foot swell, and it
//! reaches the outer parts later than the middle, which makes the wave. At the border nothing moves.

use crate::grid::{Grid, Sight};
use crate::math::{Dice, cos, decay, ease, mix, sin};
use crate::plane::{Canvas, Picture};
use crate::size::FrameSize;
use crate::subject::Subject;

/// Two hands, where they press and how hard.
#[derive(Clone, Debug)]
pub(crate) struct Squish {
    width: f32,
    height: f32,
    centre: (f32, f32),
    radius: (f32, f32),
    tilt: (f32, f32),
    strength: f32,
    rhythm: f32,
    lean: f32,
}

impl Squish {
    pub(crate) fn new(subject: &Subject, size: FrameSize, dice: &mut Dice) -> Self {
        let (width, height) = (size.width as f32, size.height as f32);
        let angle = dice.between(-0.035, 0.035);
        Self {
            width,
            height,
            centre: (
                subject.centre.0.clamp(0.3, 0.7) * width,
                subject.centre.1.clamp(0.35, 0.65) * height,
            ),
            radius: (
                (subject.radius.0 * 1.1 * width).clamp(0.11 * width, 0.25 * width),
                (subject.radius.1 * 1.1 * height).clamp(0.2 * height, 0.3 * height),
            ),
            tilt: (cos(angle), sin(angle)),
            strength: dice.between(0.85, 1.1),
            rhythm: dice.between(1.75, 2.15),
            lean: dice.between(0.035, 0.06) * dice.sign(),
        }
    }

    pub(crate) fn painter(&self, picture: &Picture, second: f32) -> impl Fn(&mut Canvas<'_>) {
        move |canvas| {
            let sight = |x: f32, y: f32| {
                let (from_x, from_y) = self.origin(second, x, y);
                Sight {
                    x: from_x,
                    y: from_y,
                    light: 1.0 - self.shade(second, x, y),
                }
            };
            Grid::new(canvas, sight).draw(picture, canvas);
        }
    }

    pub(crate) fn origin(&self, second: f32, x: f32, y: f32) -> (f32, f32) {
        let (along, across) = self.local(x, y);
        let (n, m) = (along / self.radius.0, across / self.radius.1);
        let reach = n * n / 1.5 + m * m / 3.0;
        let press = self.press(second - 0.09 * (n * n + m * m).min(9.0).sqrt());
        let held = self.window(x, y) / (1.0 + reach * reach);
        let waist = decay(m * m * 1.1);
        let wide = press / (1.0 - press.min(0.6));
        let wave = self.lean * self.swing(second, 0.22 * m) * (0.4 - m).clamp(-0.6, 1.4);
        let da = held * (along * wide * mix(-0.22, 1.0, waist) + self.radius.0 * wave);
        let db = -held * (across - 0.55 * self.radius.1) * press * mix(0.85, 0.45, waist);
        (
            x + da * self.tilt.0 - db * self.tilt.1,
            y + da * self.tilt.1 + db * self.tilt.0,
        )
    }

    /// How much the sides have come together, negative while the body is wider than at rest.
    fn press(&self, second: f32) -> f32 {
        let hold = 0.34 * ease((second - 0.12) / 0.85) + 0.13 * ease((second - 1.05) / 0.7);
        let tremble = 0.012 * ease((second - 1.1) / 0.4) * sin(second * 5.3);
        let since = second - RELEASE;
        let free = if since > 0.0 {
            decay(since / 0.62) * cos(self.rhythm * since)
        } else {
            1.0
        };
        self.strength * (hold + tremble) * free
    }

    /// A sideways wave after the release, running up the body.
    fn swing(&self, second: f32, lag: f32) -> f32 {
        let since = (second - RELEASE - lag.abs() * 0.5).max(0.0);
        ease(since / 0.25) * decay(since / 0.75) * sin(self.rhythm * 0.81 * since + lag)
    }

    /// The soft darkness of the dents under the two hands.
    fn shade(&self, second: f32, x: f32, y: f32) -> f32 {
        let press = self.press(second).max(0.0);
        if second > RELEASE + 0.2 || press == 0.0 {
            return 0.0;
        }
        let (along, across) = self.local(x, y);
        let side = (along.abs() / self.radius.0 - (1.12 - press)) / 0.34;
        let m = across / self.radius.1 / 0.8;
        let leaving = 1.0 - ease((second - RELEASE) / 0.2);
        0.75 * press * leaving * decay(side * side + m * m)
    }

    fn local(&self, x: f32, y: f32) -> (f32, f32) {
        let (dx, dy) = (x - self.centre.0, y - self.centre.1);
        (
            dx * self.tilt.0 + dy * self.tilt.1,
            dy * self.tilt.0 - dx * self.tilt.1,
        )
    }

    /// 1 inside, falling to 0 at the frame's border.
    fn window(&self, x: f32, y: f32) -> f32 {
        let margin = |at: f32, length: f32| ease(at.min(length - at) / (0.2 * length));
        margin(x, self.width) * margin(y, self.height)
    }
}

/// When the hands let go, in seconds.
const RELEASE: f32 = 1.95;
