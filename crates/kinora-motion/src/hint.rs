//! Words of a prompt that move the camera. A real model reads the whole prompt; this reads a table.

/// What a prompt asks of the camera move.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Hints {
    /// How far the camera pushes in, 1 as usual.
    pub(crate) push: f32,
    /// Which way near things drift (right and down are positive), or as the seed chooses.
    pub(crate) drift: Option<(f32, f32)>,
    /// How fast, 1 as usual.
    pub(crate) pace: f32,
    /// How far everything moves, 1 as usual.
    pub(crate) energy: f32,
}

impl Hints {
    /// Reads the hints in a prompt; one without any gives the usual move.
    pub(crate) fn read(prompt: &str) -> Self {
        let prompt = prompt.to_lowercase();
        let said = |row: &&Row| row.0.iter().any(|words| prompt.contains(words));
        TABLE
            .iter()
            .filter(said)
            .fold(USUAL, |hints, (_, row)| Self {
                push: hints.push * row.push,
                drift: row.drift.or(hints.drift),
                pace: hints.pace * row.pace,
                energy: hints.energy * row.energy,
            })
    }

    /// The hints in a prompt, for a move with more energy.
    pub(crate) fn stronger(prompt: &str) -> Self {
        let hints = Self::read(prompt);
        Self {
            energy: hints.energy * 1.6,
            ..hints
        }
    }
}

type Row = (&'static [&'static str], Hints);

const USUAL: Hints = Hints {
    push: 1.0,
    drift: None,
    pace: 1.0,
    energy: 1.0,
};

/// Words, and what any of them does. A pan to the left moves what is near to the right.
const TABLE: [Row; 9] = [
    (
        &["pan left", "move left", "truck left"],
        Hints {
            drift: Some((1.6, 0.0)),
            ..USUAL
        },
    ),
    (
        &["pan right", "move right", "truck right"],
        Hints {
            drift: Some((-1.6, 0.0)),
            ..USUAL
        },
    ),
    (
        &["tilt up", "pan up", "crane up"],
        Hints {
            drift: Some((0.0, 1.3)),
            ..USUAL
        },
    ),
    (
        &["tilt down", "pan down", "crane down"],
        Hints {
            drift: Some((0.0, -1.3)),
            ..USUAL
        },
    ),
    (
        &["zoom in", "push in", "dolly in", "close-up"],
        Hints { push: 1.9, ..USUAL },
    ),
    (
        &["static", "still camera", "locked"],
        Hints {
            energy: 0.35,
            ..USUAL
        },
    ),
    (
        &["slow", "gentle", "calm"],
        Hints {
            energy: 0.75,
            ..USUAL
        },
    ),
    (&["fast", "quick", "rapid"], Hints { pace: 1.7, ..USUAL }),
    (
        &["dramatic", "dynamic", "energetic"],
        Hints {
            energy: 1.35,
            ..USUAL
        },
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_change_the_move_and_other_words_do_not() {
        assert_eq!(Hints::read("a cat"), Hints::read(""));
        assert_eq!(
            Hints::read("Slow PAN LEFT over the bay").drift,
            Some((1.6, 0.0))
        );
        assert_eq!(Hints::read("slow").energy, 0.75);
        assert_eq!(Hints::read("fast zoom in").pace, 1.7);
        assert!(Hints::stronger("").energy > Hints::read("").energy);
    }
}
