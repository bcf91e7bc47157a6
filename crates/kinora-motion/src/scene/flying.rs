//! Flying: the subject lifts off its ground, or, where no subject can be cut out cleanly, the whole
//! picture lifts off as a printed card.

mod card;
mod cut_out;
mod fill;

use crate::math::Dice;
use crate::plane::Picture;
use crate::size::FrameSize;
use crate::subject::Subject;

use super::Painter;
use card::Card;
use cut_out::CutOut;

/// What flies.
#[derive(Clone, Debug)]
pub(crate) enum Flying {
    /// The subject alone.
    CutOut(CutOut),
    /// The whole picture.
    Card(Card),
}

impl Flying {
    pub(crate) async fn new(
        subject: &Subject,
        picture: &Picture,
        size: FrameSize,
        dice: &mut Dice,
    ) -> Self {
        if subject.clarity > CLEAR {
            Self::CutOut(CutOut::new(subject, picture, size, dice).await)
        } else {
            Self::Card(Card::new(subject, size, dice).await)
        }
    }

    pub(crate) async fn painter<'a>(&'a self, picture: &'a Picture, second: f32) -> Painter<'a> {
        match self {
            Self::CutOut(cut_out) => Box::new(cut_out.painter(picture, second).await),
            Self::Card(card) => Box::new(card.painter(picture, second)),
        }
    }

    /// Where in the scaled still a place comes from; the card's paper border comes from nowhere.
    pub(crate) fn origin(&self, second: f32, x: f32, y: f32) -> Option<(f32, f32)> {
        match self {
            Self::CutOut(cut_out) => Some(cut_out.origin(second, x, y)),
            Self::Card(card) => card.origin(second, x, y),
        }
    }
}

/// The clarity above which a subject is cut out.
const CLEAR: f32 = 0.9;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::colour;
    use crate::work::at_once;

    const SIZE: FrameSize = FrameSize {
        width: 320,
        height: 208,
    };

    /// What flies of a red thing on a blue ground that may be strewn with bright spots.
    fn check(thing: impl Fn(i32, i32) -> bool, spots: impl Fn(i32, i32) -> bool) -> Flying {
        let pixel = |i: usize| {
            let (x, y) = (i as i32 % 320, i as i32 / 320);
            match (thing(x, y), spots(x, y)) {
                (true, _) => [220, 60, 40],
                (false, true) => [230, 220, 180],
                (false, false) => [60, (y / 4) as u8 + 60, 120],
            }
        };
        let rgb: Vec<u8> = (0..SIZE.luma_len()).flat_map(pixel).collect();
        at_once(async {
            let picture = Picture::new(&colour::from_rgb(&rgb, SIZE).await, SIZE).await;
            let subject = Subject::new(&picture).await;
            Flying::new(&subject, &picture, SIZE, &mut Dice::new(1)).await
        })
    }

    fn disc(x: i32, y: i32, across: i32, down: i32) -> bool {
        (x - across).pow(2) + (y - down).pow(2) < 40 * 40
    }

    fn nothing(_: i32, _: i32) -> bool {
        false
    }

    #[test]
    fn a_clear_subject_is_cut_out() {
        for (across, down) in [(160, 110), (120, 90), (200, 130)] {
            let flying = check(|x, y| disc(x, y, across, down), nothing);
            assert!(matches!(flying, Flying::CutOut(_)), "{across}, {down}");
        }
    }

    #[test]
    fn a_still_without_a_subject_flies_whole() {
        let stripes = |x: i32, y: i32| (x / 9 + y / 7) % 3 == 0;
        assert!(matches!(check(nothing, nothing), Flying::Card(_)));
        assert!(matches!(check(nothing, stripes), Flying::Card(_)));
    }

    #[test]
    fn a_subject_among_spots_is_not_cut_out() {
        let spots = |x: i32, y: i32| x % 40 < 12 && y % 40 < 12;
        let flying = check(|x, y| disc(x, y, 160, 110), spots);
        assert!(matches!(flying, Flying::Card(_)));
    }

    #[test]
    fn a_subject_with_a_part_that_would_stay_behind_is_not_cut_out() {
        let basket = |x: i32, y: i32| (150..170).contains(&x) && (142..160).contains(&y);
        let balloon = |x: i32, y: i32| disc(x, y, 160, 90);
        assert!(matches!(check(balloon, nothing), Flying::CutOut(_)));
        assert!(matches!(check(balloon, basket), Flying::Card(_)));
    }

    #[test]
    fn a_subject_cut_by_the_frame_is_not_cut_out() {
        let flying = check(|x, y| disc(x, y, 160, 185), nothing);
        assert!(matches!(flying, Flying::Card(_)));
    }

    #[test]
    fn only_a_subject_near_the_ground_casts_a_shadow() {
        let dark = |down: i32| match check(|x, y| disc(x, y, 160, down), nothing) {
            Flying::CutOut(cut_out) => cut_out.shadow(3.0, 160.0, down as f32 + 36.0),
            Flying::Card(_) => panic!("not cut out at {down}"),
        };
        assert!(dark(130) > 0.2, "{}", dark(130));
        assert_eq!(dark(80), 0.0);
    }
}
