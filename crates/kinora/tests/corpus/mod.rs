//! Image files of every kind that headers tell apart, made here byte by byte or by encoders that
//! are not ours. Tests read them; the example `corpus` writes them into a folder for browsers.

mod bmp;
mod jpeg;
mod png;
mod webp;

/// One file. Its name says what is special, and ends in its format.
pub(crate) struct File {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
    /// Whether the whole file is sound, so that a decoder shows it.
    pub(crate) is_shown: bool,
}

impl File {
    fn new(name: impl Into<String>, bytes: Vec<u8>) -> Self {
        Self {
            name: name.into(),
            bytes,
            is_shown: true,
        }
    }

    /// Only the header is as it should be: no decoder makes pixels of the rest.
    fn header_only(name: impl Into<String>, bytes: Vec<u8>) -> Self {
        Self {
            is_shown: false,
            ..Self::new(name, bytes)
        }
    }
}

/// All of them.
pub(crate) fn files() -> Vec<File> {
    [png::files(), jpeg::files(), webp::files(), bmp::files()]
        .into_iter()
        .flatten()
        .collect()
}

/// Width and height of nearly all of them, in pixels: unequal and odd, to tell them apart.
const SIDES: (u16, u16) = (37, 23);

/// Exif that says nothing but this orientation, with one tag before and one after it.
fn exif(is_low_first: bool, orientation: u16) -> Vec<u8> {
    let short = |number: u16| match is_low_first {
        true => number.to_le_bytes(),
        false => number.to_be_bytes(),
    };
    let long = |number: u32| match is_low_first {
        true => number.to_le_bytes(),
        false => number.to_be_bytes(),
    };
    let entry = |tag: u16, value: u16| {
        [
            &short(tag)[..],
            &short(3),
            &long(1),
            &short(value),
            &short(0),
        ]
        .concat()
    };
    let order: &[u8] = if is_low_first { b"II" } else { b"MM" };
    let entries = [
        entry(0x0106, 2),
        entry(0x0112, orientation),
        entry(0x0128, 2),
    ]
    .concat();
    [order, &short(42), &long(8), &short(3), &entries, &long(0)].concat()
}
