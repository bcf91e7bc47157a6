//! Kinds of files told by their first bytes, against a reader that is not ours.

use image::guess_format;
use kinora::image::{ImageFormat, recognise};
use proptest::prelude::*;

/// The same kind by the other reader's name; nothing where we need not know it.
fn ours(theirs: image::ImageFormat) -> Option<ImageFormat> {
    Some(match theirs {
        image::ImageFormat::Jpeg => ImageFormat::Jpeg,
        image::ImageFormat::Png => ImageFormat::Png,
        image::ImageFormat::Bmp => ImageFormat::Bmp,
        image::ImageFormat::WebP => ImageFormat::WebP,
        image::ImageFormat::Gif => ImageFormat::Gif,
        image::ImageFormat::Avif => ImageFormat::Avif,
        image::ImageFormat::Tiff => ImageFormat::Tiff,
        image::ImageFormat::Ico => ImageFormat::Ico,
        _ => return None,
    })
}

/// Beginnings of every kind that the other reader knows too.
const STARTS: [&[u8]; 11] = [
    b"\xFF\xD8\xFF",
    b"\x89PNG\r\n\x1A\n",
    b"BM",
    b"RIFF\x40\0\0\0WEBP",
    b"RIFF\x40\0\0\0WAVE",
    b"GIF87a",
    b"GIF89a",
    b"\0\0\0\x1Cftypavif",
    b"II*\0",
    b"MM\0*",
    b"\0\0\x01\0",
];

#[test]
fn all_kinds_that_both_know_are_told_alike() {
    let mut told = Vec::new();
    for start in STARTS {
        let file = [start, &[0; 64]].concat();
        let theirs = guess_format(&file).ok().and_then(ours);
        assert_eq!(recognise(&file), theirs, "{start:?}");
        told.extend(theirs);
    }
    told.dedup();
    assert_eq!(told.len(), 8, "{told:?}");
}

proptest! {
    /// Whatever follows, and whatever is changed.
    #[test]
    fn what_the_other_reader_tells_is_told_alike(
        start in prop::sample::select(&STARTS[..]),
        rest in prop::collection::vec(any::<u8>(), 32..300),
        changed in prop::option::of((0_usize..12, any::<u8>())),
    ) {
        let mut file = [start, &rest].concat();
        if let Some((place, byte)) = changed {
            file[place] = byte;
        }
        // The only kind told by the second four bytes: ours asks what is inside, theirs does not.
        let is_box = file.get(4..8) == Some(b"ftyp");
        if let Some(theirs) = guess_format(&file).ok().and_then(ours) && !is_box {
            prop_assert_eq!(recognise(&file), Some(theirs));
        }
    }
}
