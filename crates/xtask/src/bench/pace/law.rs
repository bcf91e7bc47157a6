//! How long jobs take, as probability laws, and the least that noticing their ends can cost.

/// A mix of lognormal laws.
pub(crate) struct Law {
    pub(crate) name: &'static str,
    /// Whether it is the one whose cost has a target of its own.
    pub(crate) is_usual: bool,
    pub(crate) parts: &'static [Part],
}

/// A lognormal law.
pub(crate) struct Part {
    /// The part of all jobs that it is of.
    pub(crate) weight: f64,
    /// In seconds.
    pub(crate) median: f64,
    pub(crate) sigma: f64,
}

pub(crate) const LAWS: &[Law] = &[
    Law::minute(
        "lognormal, median 60 s, σ 0.15",
        true,
        &[part(1.0, 60.0, 0.15)],
    ),
    Law::minute(
        "lognormal, median 60 s, σ 0.05",
        false,
        &[part(1.0, 60.0, 0.05)],
    ),
    Law::minute(
        "lognormal, median 60 s, σ 0.4",
        false,
        &[part(1.0, 60.0, 0.4)],
    ),
    Law::minute(
        "80 % of median 60 s and 20 % of median 180 s, σ 0.15 each",
        false,
        &[part(0.8, 60.0, 0.15), part(0.2, 180.0, 0.15)],
    ),
];

const fn part(weight: f64, median: f64, sigma: f64) -> Part {
    Part {
        weight,
        median,
        sigma,
    }
}

impl Law {
    const fn minute(name: &'static str, is_usual: bool, parts: &'static [Part]) -> Self {
        Self {
            name,
            is_usual,
            parts,
        }
    }

    /// A duration, in seconds.
    pub(crate) fn draw(&self, dice: &mut Dice) -> f64 {
        let mut chance = dice.uniform();
        let part = self.parts.iter().find(|part| {
            chance -= part.weight;
            chance < 0.0
        });
        let part = part.unwrap_or(&self.parts[0]);
        part.median * (part.sigma * dice.normal()).exp()
    }

    /// Questions times mean lag of the optimum, in seconds: `½ (∫ √(f·S) dt)²` with the density `f`
    /// and the survival `S`. A rate `λ` asks `∫ λ·S` questions and is late by `∫ f/(2λ)`; their
    /// product is least for `λ ∝ √(f/S)`.
    pub(crate) fn work(&self) -> f64 {
        let (mut survival, mut sum) = (1.0, 0.0);
        let mut time = 0.5 * STEP;
        while survival > 1e-9 && time < END {
            let ending = self.density(time) * STEP;
            sum += (self.density(time) * (survival - ending / 2.0).max(0.0)).sqrt() * STEP;
            survival -= ending;
            time += STEP;
        }
        sum * sum / 2.0
    }

    fn density(&self, time: f64) -> f64 {
        let root = std::f64::consts::TAU.sqrt();
        let of = |part: &Part| {
            let distance = (time / part.median).ln() / part.sigma;
            part.weight * (-distance * distance / 2.0).exp() / (time * part.sigma * root)
        };
        self.parts.iter().map(of).sum()
    }
}

/// SplitMix64: <https://prng.di.unimi.it/splitmix64.c>.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    /// Uniform in 0..1.
    pub(crate) fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^= mixed >> 31;
        (mixed >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Normal, by Box and Muller.
    fn normal(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.uniform()).ln()).sqrt();
        radius * (std::f64::consts::TAU * self.uniform()).cos()
    }
}

/// In seconds.
const STEP: f64 = 0.02;
const END: f64 = 2000.0;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_drawn_follows_the_law() {
        for law in LAWS {
            let mut dice = Dice(1);
            let drawn: Vec<f64> = (0..20_000).map(|_| law.draw(&mut dice)).collect();
            let mean = drawn.iter().sum::<f64>() / drawn.len() as f64;
            let of = |part: &Part| part.weight * part.median * (part.sigma.powi(2) / 2.0).exp();
            let wanted: f64 = law.parts.iter().map(of).sum();
            assert!(
                (mean / wanted - 1.0).abs() < 0.02,
                "{}: {mean} {wanted}",
                law.name
            );
        }
    }

    /// An even hazard is the worst case: nothing beats an even interval.
    #[test]
    fn the_optimum_is_less_for_narrower_laws() {
        let work: Vec<f64> = LAWS.iter().map(Law::work).collect();
        assert!(
            work[1] < work[0] && work[0] < work[3] && work[3] < work[2],
            "{work:?}"
        );
        assert!(
            work.iter().all(|work| *work < 30.0),
            "half the median: {work:?}"
        );
    }
}
