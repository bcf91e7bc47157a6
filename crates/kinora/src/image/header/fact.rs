//! What a header says of its image.

use crate::image::{Alpha, ByteSize, ImageFacts, ImageFormat, Remarks};

/// What a header says of its image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// The format.
    pub format: ImageFormat,
    /// Width and height in pixels, as stored.
    pub stored: (u32, u32),
    /// How the stored pixels are turned to be displayed.
    pub orientation: Orientation,
    /// Whether there is an alpha channel or a transparent colour; nothing where the header leaves it
    /// to who reads the file. An alpha channel may be opaque all over: only pixels tell.
    pub has_alpha: Option<bool>,
    /// Whether it moves. Only one of its pictures is used then.
    pub is_animated: bool,
    /// What its samples mean.
    pub colour: Colour,
    /// How its pixels are written down.
    pub coding: Coding,
    /// Bits of one channel, or of the index into a palette; of one pixel in a BMP.
    pub bits: u8,
}

impl Header {
    /// A still of opaque, upright colours of 8 bits, plainly written, whose size is not known yet.
    pub(super) const PLAIN: Self = Self {
        format: ImageFormat::Jpeg,
        stored: (0, 0),
        orientation: Orientation::UPRIGHT,
        has_alpha: Some(false),
        is_animated: false,
        colour: Colour::Rgb,
        coding: Coding::Plain,
        bits: 8,
    };

    /// Width and height in pixels, as displayed.
    pub const fn displayed(&self) -> (u32, u32) {
        let (width, height) = self.stored;
        if self.orientation.swaps_sides() {
            (height, width)
        } else {
            (width, height)
        }
    }

    /// The same as facts on a file of this size. Whether a channel for transparency is used, only
    /// pixels tell.
    pub fn facts(&self, bytes: Option<ByteSize>) -> ImageFacts {
        let (width, height) = self.displayed();
        ImageFacts {
            format: Some(self.format),
            width: Some(width),
            height: Some(height),
            bytes,
            alpha: (self.has_alpha == Some(false)).then_some(Alpha::Opaque),
            remarks: self.remarks(),
        }
    }

    /// Whether browsers show such a file; one that does not show is damaged then.
    pub fn is_common(&self) -> bool {
        match (self.format, self.coding) {
            (ImageFormat::Jpeg, Coding::Arithmetic | Coding::Rare) => false,
            (ImageFormat::Jpeg, Coding::Plain | Coding::InPasses) => self.bits == 8,
            // A bitmap of no bits has a whole JPEG or PNG inside.
            _ => self.bits != 0,
        }
    }

    fn remarks(&self) -> Remarks {
        // Readers of PNG know both of its ways; those of JPEG do not know all of its.
        let is_jpeg = self.format == ImageFormat::Jpeg;
        let coding = match self.bits {
            8 => self.coding,
            _ => Coding::Rare,
        };
        Remarks {
            turned_from: (!self.orientation.is_upright()).then_some(self.stored),
            is_animated: self.is_animated,
            has_four_inks: self.colour == Colour::FourInks,
            coding: (is_jpeg && coding != Coding::Plain).then_some(coding),
            ..Remarks::default()
        }
    }
}

/// How stored pixels are turned, or mirrored, to be displayed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Orientation(u8);

impl Orientation {
    /// As it is stored.
    pub const UPRIGHT: Self = Self(1);

    /// What Exif means by a number: 1 to 8 (Exif 2.32, CIPA DC-008, 4.6.4, tag 0112).
    pub(super) fn from_number(number: u16) -> Option<Self> {
        let number = u8::try_from(number).ok()?;
        (1..=8).contains(&number).then_some(Self(number))
    }

    /// Exif's number for it, 1 to 8.
    pub const fn number(self) -> u8 {
        self.0
    }

    /// Whether it is displayed as it is stored.
    pub const fn is_upright(self) -> bool {
        self.0 == 1
    }

    /// Whether what is stored as width is displayed as height: turned by a quarter.
    pub const fn swaps_sides(self) -> bool {
        self.0 >= 5
    }
}

/// What the samples of a pixel mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// Shades of grey.
    Grey,
    /// Red, green and blue, or brightness and two differences.
    Rgb,
    /// Places in a palette.
    Palette,
    /// Four inks (CMYK), which many readers take for wrong colours.
    FourInks,
}

/// How pixels are written down, as far as readers differ in what they can take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coding {
    /// Line by line.
    Plain,
    /// Coarse first: an interlaced PNG or a progressive JPEG.
    InPasses,
    /// A JPEG with arithmetic codes, which only some readers know.
    Arithmetic,
    /// A JPEG of a process that browsers do not read: lossless or hierarchical, or as facts of
    /// an image go, of more than 8 bits.
    Rare,
}
