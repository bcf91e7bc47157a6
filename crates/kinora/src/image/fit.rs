//! A copy of an image that fits a model's rules: what has to change, decided before a pixel moves.
//! Drawing and encoding are for the edge.

use super::{Alpha, ByteSize, ImageFacts, ImageFormat};
use crate::MediaRules;

mod change;
pub use change::Change;

mod room;
use room::Room;

mod trial;
pub use trial::{Trial, Trials};

/// What a person wants of the copy beyond that it fits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wish {
    /// Width divided by height; the picture's own where nothing is wished.
    pub ratio: Option<f64>,
    /// What becomes of a picture whose shape has to change.
    pub framing: Framing,
    /// What lies behind transparent parts and beside a padded picture.
    pub ground: Ground,
    /// JPEG or PNG; where nothing is wished, a PNG stays one unless the model rules alpha channels
    /// out, as a canvas writes one into every PNG ([`PngWriter`](super::PngWriter) does not).
    pub format: Option<CopyFormat>,
}

impl Default for Wish {
    /// The whole picture in its own shape, on white where it needs a ground.
    fn default() -> Self {
        Self {
            ratio: None,
            framing: Framing::Pad,
            ground: Ground::WHITE,
            format: None,
        }
    }
}

/// How a picture gets another shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Framing {
    /// Nothing is lost: the picture is set on a larger ground.
    Pad,
    /// Nothing is added: what juts out on two sides is cut off.
    Crop,
}

/// The colour of a ground: red, green, blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ground(pub u8, pub u8, pub u8);

impl Ground {
    /// White.
    pub const WHITE: Self = Self(255, 255, 255);
}

/// What a copy is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CopyFormat {
    /// Small, and never transparent.
    Jpeg,
    /// Without loss.
    Png,
}

impl CopyFormat {
    /// The same among all formats.
    pub const fn image_format(self) -> ImageFormat {
        match self {
            Self::Jpeg => ImageFormat::Jpeg,
            Self::Png => ImageFormat::Png,
        }
    }
}

/// A rectangle in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

/// How to make a copy that fits.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    /// The part of the picture that is used, in its displayed pixels.
    pub from: Area,
    /// Where that part lies on the copy.
    pub to: Area,
    /// Width of the copy in pixels.
    pub width: u32,
    /// Height of the copy in pixels.
    pub height: u32,
    /// What the copy is painted with first; it is opaque then.
    pub ground: Ground,
    /// What it is written as. A PNG that comes out too large is written as JPEG instead.
    pub format: CopyFormat,
    /// It must be smaller than this.
    pub below: Option<ByteSize>,
    /// Everything that differs from the original, in the order in which it is told.
    pub changes: Vec<Change>,
}

impl Fit {
    /// A picture of this size made small enough for a list: whole, upright, neither side longer than
    /// `side`, and no larger than it is.
    pub fn thumbnail((width, height): (u32, u32), side: u32) -> Self {
        let longest = width.max(height).max(1);
        let shrunk = |pixels: u32| {
            let share = u64::from(pixels) * u64::from(side.min(longest)) / u64::from(longest);
            (share as u32).max(1)
        };
        let whole = |width: u32, height: u32| Area {
            x: 0.0,
            y: 0.0,
            width: width.into(),
            height: height.into(),
        };
        let (small_width, small_height) = (shrunk(width), shrunk(height));
        Self {
            from: whole(width, height),
            to: whole(small_width, small_height),
            width: small_width,
            height: small_height,
            ground: Ground::WHITE,
            format: CopyFormat::Jpeg,
            below: None,
            changes: Vec::new(),
        }
    }
}

/// Why no copy can be planned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// The size of the picture is not known, or it has none.
    SizeUnknown,
    /// The model's own bounds leave no size.
    NoRoom,
}

impl Unfit {
    /// What is the matter, and what to do.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::SizeUnknown => {
                "The picture's size is not known, so no copy of it can be made. Choose a file that \
                 this browser can show."
            }
            Self::NoRoom => {
                "The model's bounds for width, height and shape contradict each other, so no copy \
                 can fit. Choose another model."
            }
        }
    }
}

impl core::fmt::Display for Unfit {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter.write_str(self.sentence())
    }
}

impl core::error::Error for Unfit {}

/// Plans a copy of an image that keeps every rule with a pixel to spare.
///
/// # Errors
/// When the image's size is not known, or the rules leave no size at all.
pub fn fit(rules: &MediaRules, facts: &ImageFacts, wish: &Wish) -> Result<Fit, Unfit> {
    let (Some(width @ 1..), Some(height @ 1..)) = (facts.width, facts.height) else {
        return Err(Unfit::SizeUnknown);
    };
    let picture = (f64::from(width), f64::from(height));
    let room = Room::of(rules).ok_or(Unfit::NoRoom)?;
    let ratio = room.ratio(wish.ratio.unwrap_or(picture.0 / picture.1));
    let shape = Shape::new(picture, ratio, wish.framing);
    let scale = room.scale(shape.outer).ok_or(Unfit::NoRoom)?;
    let (copy_width, copy_height) = room.size(shape.outer, scale);
    let copy = (f64::from(copy_width), f64::from(copy_height));
    let format = wish.format.unwrap_or(match facts.format {
        Some(ImageFormat::Png) if !rules.opaque => CopyFormat::Png,
        _ => CopyFormat::Jpeg,
    });
    let mut fit = Fit {
        from: shape.used,
        to: shape.placed(copy),
        width: copy_width,
        height: copy_height,
        ground: wish.ground,
        format,
        below: rules.megabytes_below.map(room::bytes_below),
        changes: Vec::new(),
    };
    fit.changes = change::all(&fit, facts, picture);
    Ok(fit)
}

/// A picture within, or beyond, a frame of another shape; in the picture's own pixels.
struct Shape {
    /// What is seen of the picture.
    used: Area,
    /// Width and height of the frame.
    outer: (f64, f64),
}

impl Shape {
    fn new((width, height): (f64, f64), ratio: f64, framing: Framing) -> Self {
        let is_too_wide = width > height * ratio;
        // To pad is to grow the side that is too short, to crop is to cut the one too long.
        let grows_height = is_too_wide == (framing == Framing::Pad);
        let outer = if grows_height {
            (width, width / ratio)
        } else {
            (height * ratio, height)
        };
        let (seen_width, seen_height) = (outer.0.min(width), outer.1.min(height));
        let used = Area {
            x: (width - seen_width) / 2.0,
            y: (height - seen_height) / 2.0,
            width: seen_width,
            height: seen_height,
        };
        Self { used, outer }
    }

    /// Where the used part lies on a copy of this size.
    fn placed(&self, copy: (f64, f64)) -> Area {
        let width = copy.0 * self.used.width / self.outer.0;
        let height = copy.1 * self.used.height / self.outer.1;
        Area {
            x: (copy.0 - width) / 2.0,
            y: (copy.1 - height) / 2.0,
            width,
            height,
        }
    }
}

/// Whether a copy has to be painted on a ground.
fn may_be_transparent(facts: &ImageFacts) -> bool {
    match (facts.alpha, facts.format) {
        (Some(alpha), _) => alpha != Alpha::Opaque,
        (None, format) => format != Some(ImageFormat::Jpeg),
    }
}

#[cfg(test)]
mod tests;
