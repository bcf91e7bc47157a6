//! Files told by their first bytes, and whether their last ones are there.

use super::ImageFormat;
use super::header::Window;

mod markup;

/// What can be told of a kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Told {
    /// It is this.
    Known(ImageFormat),
    /// So many bytes must be there, counted from the start.
    NeedMore(u64),
    /// It is nothing that is known here.
    Unrecognised,
}

/// The kind of file that begins so, when it is one that people try to send as an image.
pub fn recognise(start: &[u8]) -> Option<ImageFormat> {
    match tell(&Window::new(0, start, Some(start.len() as u64))) {
        Told::Known(format) => Some(format),
        Told::NeedMore(_) | Told::Unrecognised => None,
    }
}

/// The kind of file, or how many bytes it takes to tell.
///
/// The signatures are those of the formats' own specifications, gathered in
/// <https://mimesniff.spec.whatwg.org/#matching-an-image-type-pattern>; JPEG XL's are in ISO/IEC
/// 18181-2 §4 and 18181-1 §6.2.
pub(super) fn tell(window: &Window<'_>) -> Told {
    let Some((start, is_all)) = window.beginning() else {
        return Told::NeedMore(LONGEST_SIGNATURE as u64);
    };
    // One answer for a file, however it is cut: nothing is told before all of these are there.
    if start.len() < LONGEST_SIGNATURE && !is_all {
        return Told::NeedMore(LONGEST_SIGNATURE as u64);
    }
    if let Some((size, inside)) = start.split_first_chunk()
        && inside.starts_with(b"ftyp")
    {
        return brand(start, is_all, u32::from_be_bytes(*size));
    }
    let mut formats = SIGNATURES.iter();
    match formats.find(|(bytes, _)| start.starts_with(bytes)) {
        // RIFF holds sounds and films as well.
        Some((_, ImageFormat::WebP)) if start.get(8..12) != Some(b"WEBP") => Told::Unrecognised,
        Some((_, format)) => Told::Known(*format),
        None => markup::tell(start, is_all),
    }
}

const SIGNATURES: &[(&[u8], ImageFormat)] = &[
    (b"\xFF\xD8\xFF", ImageFormat::Jpeg),
    (b"\x89PNG\r\n\x1A\n", ImageFormat::Png),
    (b"RIFF", ImageFormat::WebP),
    (b"BM", ImageFormat::Bmp),
    (b"GIF87a", ImageFormat::Gif),
    (b"GIF89a", ImageFormat::Gif),
    (b"II*\0", ImageFormat::Tiff),
    (b"MM\0*", ImageFormat::Tiff),
    // BigTIFF.
    (b"II+\0", ImageFormat::Tiff),
    (b"MM\0+", ImageFormat::Tiff),
    (b"%PDF-", ImageFormat::Pdf),
    // A bare codestream, and one in a box.
    (b"\xFF\x0A", ImageFormat::JpegXl),
    (b"\0\0\0\x0CJXL \r\n\x87\n", ImageFormat::JpegXl),
    // An icon, and a cursor, which is one with a hot spot.
    (b"\0\0\x01\0", ImageFormat::Ico),
    (b"\0\0\x02\0", ImageFormat::Ico),
];

/// JPEG XL's box needs 12; a round number leaves room for the first fields of the others.
const LONGEST_SIGNATURE: usize = 16;

/// ISO/IEC 14496-12 §4.3: a box of this size names a major brand at 8, a version, and from 16 on
/// brands that it is compatible with. AVIF's brands win, as HEIF's general ones stand beside them.
fn brand(start: &[u8], is_all: bool, size: u32) -> Told {
    let size = size.min(LONGEST_BRANDS) as usize;
    if start.len() < size && !is_all {
        return Told::NeedMore(size as u64);
    }
    let brands = start.get(8..size.min(start.len())).unwrap_or_default();
    let names = |wanted: &[u8]| {
        let mut brands = brands.chunks_exact(4);
        brands.any(|brand| wanted.chunks_exact(4).any(|wanted| brand == wanted))
    };
    if names(b"avifavis") {
        Told::Known(ImageFormat::Avif)
    } else if names(b"heicheixheimheishevchevxmif1msf1") {
        Told::Known(ImageFormat::Heic)
    } else {
        Told::Unrecognised
    }
}

/// Files name a dozen brands at most.
const LONGEST_BRANDS: u32 = 256;

/// Whether the file's end is where its format says it must be; a truncated download has none.
///
/// PNG ends in an `IEND` chunk (PNG §11.2.5), JPEG in an EOI marker (ITU-T T.81 B.1.1.3), WebP and
/// BMP state their length in the header. Formats that are refused anyway count as complete.
pub fn is_complete(format: ImageFormat, file: &[u8]) -> bool {
    let stated = |place: usize| {
        let bytes = file.get(place..place + 4)?;
        Some(u32::from_le_bytes(bytes.try_into().ok()?) as usize)
    };
    match format {
        ImageFormat::Png => contains_near_end(file, PNG_END),
        ImageFormat::Jpeg => contains_near_end(file, &[0xFF, 0xD9]),
        ImageFormat::WebP => stated(4).is_some_and(|length| file.len() >= length.saturating_add(8)),
        ImageFormat::Bmp => stated(2).is_some_and(|length| file.len() >= length),
        ImageFormat::Gif
        | ImageFormat::Avif
        | ImageFormat::Heic
        | ImageFormat::Tiff
        | ImageFormat::Svg
        | ImageFormat::Ico
        | ImageFormat::JpegXl
        | ImageFormat::Html
        | ImageFormat::Pdf => true,
    }
}

/// The type of the last chunk of a PNG, and its checksum, which is always the same (PNG §11.2.5).
const PNG_END: &[u8] = b"IEND\xAE\x42\x60\x82";

/// Cameras and editors append their own data after the image, seldom more than this.
const TRAILER_BYTES: usize = 64 * 1024;

fn contains_near_end(file: &[u8], mark: &[u8]) -> bool {
    let tail = file
        .get(file.len().saturating_sub(TRAILER_BYTES)..)
        .unwrap_or(file);
    tail.windows(mark.len()).any(|window| window == mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(start: &[u8], wanted: Option<ImageFormat>) {
        assert_eq!(recognise(start), wanted, "{start:?}");
    }

    #[test]
    fn each_format_is_told_by_its_first_bytes() {
        check(b"\xFF\xD8\xFF\xE0", Some(ImageFormat::Jpeg));
        check(b"\x89PNG\r\n\x1A\n", Some(ImageFormat::Png));
        check(b"RIFF\x01\0\0\0WEBPVP8 ", Some(ImageFormat::WebP));
        check(b"BM\0\0", Some(ImageFormat::Bmp));
        check(b"GIF89a", Some(ImageFormat::Gif));
        check(b"\0\0\0\x20ftypavif", Some(ImageFormat::Avif));
        check(b"\0\0\0\x20ftypheic", Some(ImageFormat::Heic));
        check(b"II*\0", Some(ImageFormat::Tiff));
        check(b"MM\0\x2B\0\x08", Some(ImageFormat::Tiff));
        check(b"%PDF-1.7", Some(ImageFormat::Pdf));
        check(b"\0\0\x01\0\x01\0", Some(ImageFormat::Ico));
        check(b"\0\0\x02\0\x01\0", Some(ImageFormat::Ico));
        check(b"\xFF\x0A\xFA\x7F", Some(ImageFormat::JpegXl));
        check(b"\0\0\0\x0CJXL \r\n\x87\n", Some(ImageFormat::JpegXl));
        check(
            b"\0\0\0\x1Cftypmif1\0\0\0\0mif1avifmiaf",
            Some(ImageFormat::Avif),
        );
        check(b"\0\0\x01\0ftypheic\0\0\0\0mif1", Some(ImageFormat::Heic));
        check(b"<?xml version=\"1.0\"?>\n<svg ", Some(ImageFormat::Svg));
        check(b"\xEF\xBB\xBF<!DOCTYPE HTML>", Some(ImageFormat::Html));
        check(b"\0\0\0\x20ftypisom", None);
        check(b"GIF8 is a name", None);
        check(b"hello", None);
        check(b"", None);
    }

    #[test]
    fn no_prefix_of_anything_panics() {
        let file = b"RIFF\x10\0\0\0WEBPVP8 \0\0\0\0";
        for end in 0..file.len() {
            recognise(&file[..end]);
            is_complete(ImageFormat::WebP, &file[..end]);
            is_complete(ImageFormat::Bmp, &file[..end]);
        }
    }

    #[test]
    fn a_file_that_ends_early_is_incomplete() {
        assert!(is_complete(
            ImageFormat::Png,
            b"....\0\0\0\0IEND\xAE\x42\x60\x82"
        ));
        assert!(!is_complete(
            ImageFormat::Png,
            b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR"
        ));
        assert!(is_complete(ImageFormat::Jpeg, b"\xFF\xD8\xFF....\xFF\xD9"));
        assert!(!is_complete(ImageFormat::Jpeg, b"\xFF\xD8\xFF...."));
        assert!(is_complete(ImageFormat::WebP, b"RIFF\x04\0\0\0WEBP"));
        assert!(!is_complete(ImageFormat::WebP, b"RIFF\x05\0\0\0WEBP"));
        assert!(!is_complete(ImageFormat::Bmp, b"BM\x09\0\0\0.."));
    }
}
