//! Small functions built only from `+ - * /`, comparison and rounding, which IEEE 754 defines to the
//! bit: the standard library's `sin` and `exp` differ between platforms, these do not.

/// The sine of an angle in turns (1 is a full circle), within 0.000005.
pub(crate) fn sin(turns: f32) -> f32 {
    let x = turns - (turns + 0.5).floor();
    let folded = if x > 0.25 {
        0.5 - x
    } else if x < -0.25 {
        -0.5 - x
    } else {
        x
    };
    let a = folded * std::f32::consts::TAU;
    let s = a * a;
    a * (1.0 - s / 6.0 * (1.0 - s / 20.0 * (1.0 - s / 42.0 * (1.0 - s / 72.0))))
}

/// The cosine of an angle in turns.
pub(crate) fn cos(turns: f32) -> f32 {
    sin(turns + 0.25)
}

/// Falls from 1 at 0 towards 0, like the exponential of `-x`; 1 for negative numbers.
pub(crate) fn decay(x: f32) -> f32 {
    let mut power = 1.0 + x.max(0.0) / 16.0;
    for _ in 0..4 {
        power *= power;
    }
    1.0 / power
}

/// Rises from 0 to 1 between 0 and 1, level at both ends.
pub(crate) fn ease(x: f32) -> f32 {
    let x = x.clamp(0.0, 1.0);
    x * x * x * (x * (x * 6.0 - 15.0) + 10.0)
}

/// The point `part` of the way from `from` to `to`.
pub(crate) fn mix(from: f32, to: f32, part: f32) -> f32 {
    from + (to - from) * part
}

/// Numbers that look random and replay from a seed (the SplitMix64 generator).
#[derive(Clone, Debug)]
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from `low` up to `high`.
    pub(crate) fn between(&mut self, low: f32, high: f32) -> f32 {
        let unit = (self.next() >> 40) as f32 / 16_777_216.0;
        mix(low, high, unit)
    }

    /// One or minus one.
    pub(crate) fn sign(&mut self) -> f32 {
        if self.next() >> 63 == 0 { 1.0 } else { -1.0 }
    }
}

/// The 64-bit FNV-1a hash of bytes.
pub(crate) fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sine_and_cosine_are_close_to_the_real_ones() {
        for step in -400..400 {
            let turns = step as f32 / 97.0;
            let angle = f64::from(turns) * std::f64::consts::TAU;
            assert!(
                (f64::from(sin(turns)) - angle.sin()).abs() < 5e-6,
                "sin {turns}"
            );
            assert!(
                (f64::from(cos(turns)) - angle.cos()).abs() < 9e-6,
                "cos {turns}"
            );
        }
    }

    #[test]
    fn curves_start_and_end_exactly() {
        assert_eq!(
            (ease(-1.0), ease(0.0), ease(1.0), ease(2.0)),
            (0.0, 0.0, 1.0, 1.0)
        );
        assert_eq!((decay(-3.0), decay(0.0)), (1.0, 1.0));
        assert!((decay(1.0) - (-1.0_f32).exp()).abs() < 0.02);
    }

    #[test]
    fn dice_replay_and_stay_in_range() {
        let roll = |seed| {
            let mut dice = Dice::new(seed);
            [dice.between(-2.0, 3.0), dice.between(0.0, 1.0), dice.sign()]
        };
        assert_eq!(roll(7), roll(7));
        assert_ne!(roll(7), roll(8));
        for seed in 0..200 {
            assert!((-2.0..3.0).contains(&roll(seed)[0]));
        }
    }
}
