//! Files told by their first bytes, and whether their last ones are there.

use super::ImageFormat;

/// The kind of file that begins so, when it is one that people try to send as an image.
///
/// The signatures are those of the formats' own specifications, gathered in
/// <https://mimesniff.spec.whatwg.org/#matching-an-image-type-pattern>; HEIC and AVIF are brands
/// of ISO/IEC 14496-12 `ftyp` boxes.
pub fn recognise(start: &[u8]) -> Option<ImageFormat> {
    match start {
        [0xFF, 0xD8, 0xFF, ..] => Some(ImageFormat::Jpeg),
        [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => Some(ImageFormat::Png),
        [b'G', b'I', b'F', b'8', ..] => Some(ImageFormat::Gif),
        [b'B', b'M', ..] => Some(ImageFormat::Bmp),
        [
            b'R',
            b'I',
            b'F',
            b'F',
            _,
            _,
            _,
            _,
            b'W',
            b'E',
            b'B',
            b'P',
            ..,
        ] => Some(ImageFormat::WebP),
        [b'I', b'I', 0x2A, 0, ..] | [b'M', b'M', 0, 0x2A, ..] => Some(ImageFormat::Tiff),
        [b'%', b'P', b'D', b'F', b'-', ..] => Some(ImageFormat::Pdf),
        [0, 0, 1, 0, _, ..] => Some(ImageFormat::Ico),
        // A bare codestream, or one in a container (ISO/IEC 18181-2).
        [0xFF, 0x0A, ..] | [0, 0, 0, 0x0C, b'J', b'X', b'L', b' ', ..] => Some(ImageFormat::JpegXl),
        [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..] => brand_format(brand),
        _ => markup(start),
    }
}

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
        | ImageFormat::Html
        | ImageFormat::Pdf
        | ImageFormat::Ico
        | ImageFormat::JpegXl => true,
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

fn brand_format(brand: &[u8]) -> Option<ImageFormat> {
    match brand.get(..4)? {
        b"avif" | b"avis" => Some(ImageFormat::Avif),
        b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"mif1" | b"msf1" => {
            Some(ImageFormat::Heic)
        }
        _ => None,
    }
}

fn markup(start: &[u8]) -> Option<ImageFormat> {
    let start = start.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(start);
    let text: String = start
        .iter()
        .take(1024)
        .map(|&byte| char::from(byte.to_ascii_lowercase()))
        .collect();
    let text = text.trim_start();
    if !text.starts_with('<') {
        None
    } else if text.contains("<svg") {
        Some(ImageFormat::Svg)
    } else if ["<!doctype html", "<html", "<head", "<body"]
        .iter()
        .any(|tag| text.contains(tag))
    {
        Some(ImageFormat::Html)
    } else {
        None
    }
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
        check(b"%PDF-1.7", Some(ImageFormat::Pdf));
        check(b"\0\0\x01\0\x01\0", Some(ImageFormat::Ico));
        check(b"\xFF\x0A\xFA\x1F", Some(ImageFormat::JpegXl));
        check(b"\0\0\0\x0CJXL \r\n\x87\n", Some(ImageFormat::JpegXl));
        check(b"<!-- a page --><html>", Some(ImageFormat::Html));
        check(b"<?xml version=\"1.0\"?>\n<svg ", Some(ImageFormat::Svg));
        check(b"\xEF\xBB\xBF<!DOCTYPE HTML>", Some(ImageFormat::Html));
        check(b"\0\0\0\x20ftypisom", None);
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
