//! What a person wishes of a copy beyond that it fits.

use kinora::image::{CopyFormat, Framing, Ground, Wish};

use crate::state::Watched;

/// Choices, each by its place in the list of their names.
#[derive(Clone, Copy)]
pub(crate) struct Wishes {
    /// One of [`SHAPES`].
    pub(crate) shape: Watched<usize>,
    /// One of [`FRAMINGS`].
    pub(crate) framing: Watched<usize>,
    /// One of [`FORMATS`].
    pub(crate) format: Watched<usize>,
    /// What lies behind transparent parts and added edges, as `#rrggbb`.
    pub(crate) ground: Watched<String>,
}

impl Wishes {
    /// None: the first of each.
    pub(super) fn none() -> Self {
        Self {
            shape: Watched::new(0),
            framing: Watched::new(0),
            format: Watched::new(0),
            ground: Watched::new(WHITE.to_owned()),
        }
    }

    /// Whether anything is wished.
    pub(crate) fn is_any(self) -> bool {
        self.wish() != Wish::default()
    }

    pub(super) fn wish(self) -> Wish {
        Wish {
            ratio: match self.shape.get_untracked() {
                1 => Some(16.0 / 9.0),
                2 => Some(4.0 / 3.0),
                3 => Some(1.0),
                4 => Some(3.0 / 4.0),
                5 => Some(9.0 / 16.0),
                _ => None,
            },
            framing: match self.framing.get_untracked() {
                1 => Framing::Crop,
                _ => Framing::Pad,
            },
            ground: ground(&self.ground.read_untracked()),
            format: match self.format.get_untracked() {
                1 => Some(CopyFormat::Jpeg),
                2 => Some(CopyFormat::Png),
                _ => None,
            },
        }
    }
}

/// Shapes by width and height, the picture's own first.
pub(crate) const SHAPES: &[&str] = &["As it is", "16:9", "4:3", "1:1", "3:4", "9:16"];

/// How a picture gets another shape.
pub(crate) const FRAMINGS: &[&str] = &["Adding edges", "Cutting edges off"];

/// Kinds of file.
pub(crate) const FORMATS: &[&str] = &["What fits best", "JPEG", "PNG"];

/// The ground of a colour as fields for colours give it; white for any other text.
fn ground(colour: &str) -> Ground {
    let digits = colour.strip_prefix('#').unwrap_or_default();
    let mut values = digits.chars().map_while(|digit| digit.to_digit(16));
    let mut next = || Some((values.next()? << 4 | values.next()?) as u8);
    match (next(), next(), next(), digits.len()) {
        (Some(red), Some(green), Some(blue), 6) => Ground(red, green, blue),
        _ => Ground::WHITE,
    }
}

/// [`Ground::WHITE`], as fields for colours have it.
const WHITE: &str = "#ffffff";

#[cfg(test)]
mod tests {
    use leptos::prelude::Owner;

    use super::*;

    #[test]
    fn without_a_wish_nothing_is_wished() {
        Owner::new().with(|| {
            let wishes = Wishes::none();
            assert_eq!(wishes.wish(), Wish::default());
            assert!(!wishes.is_any());
            wishes.framing.set(1);
            assert!(wishes.is_any());
        });
    }

    #[test]
    fn every_name_of_a_list_means_what_it_says() {
        Owner::new().with(|| {
            let wishes = Wishes::none();
            for (place, name) in SHAPES.iter().enumerate().skip(1) {
                wishes.shape.set(place);
                let (width, height) = name.split_once(':').unwrap();
                let ratio = width.parse::<f64>().unwrap() / height.parse::<f64>().unwrap();
                assert_eq!(wishes.wish().ratio, Some(ratio), "{name}");
            }
            for (place, framing) in [Framing::Pad, Framing::Crop].into_iter().enumerate() {
                wishes.framing.set(place);
                assert_eq!(wishes.wish().framing, framing, "{}", FRAMINGS[place]);
            }
            let formats = [None, Some(CopyFormat::Jpeg), Some(CopyFormat::Png)];
            for (place, format) in formats.into_iter().enumerate() {
                wishes.format.set(place);
                assert_eq!(wishes.wish().format, format, "{}", FORMATS[place]);
            }
        });
    }

    #[test]
    fn a_ground_has_the_colour_that_was_chosen() {
        assert_eq!(ground("#01a0FF"), Ground(1, 0xa0, 0xff));
        for colour in [
            WHITE, "", "#fff", "01a0ff", "#01a0fg", "#+1a0ff", "#1a0ff00",
        ] {
            assert_eq!(ground(colour), Ground::WHITE, "{colour}");
        }
    }
}
