//! Our reader of headers against readers that are not ours, over a corpus of every kind of file:
//! whole, cut off at every byte, in pieces, with metadata in front and with bytes changed.

#![allow(clippy::expect_used, reason = "a test that cannot look must fail")]

mod corpus;

use std::io::Cursor;

use corpus::File;
use image::{ImageDecoder, ImageReader};
use kinora::image::{
    Coding, Colour, Flaw, Header, HeaderReader, ImageFormat, Reading, Window, read_header,
};
use proptest::prelude::*;

#[test]
fn every_file_has_the_size_that_two_others_find() {
    let (mut decoded, mut measured) = (0, 0);
    for file in corpus::files() {
        let header = known(&file);
        if let Ok(decoder) = decoder(&file.bytes, header.format) {
            assert_eq!(decoder.dimensions(), header.stored, "{}", file.name);
            decoded += 1;
        }
        if let Ok(size) = imagesize::blob_size(&file.bytes) {
            let (width, height) = header.stored;
            let size = (size.width as u64, size.height as u64);
            // It takes a negative height, which says that the top comes first, for a large one, and
            // sides of two bytes for sides of four.
            if !file.name.ends_with("-down.bmp") && !file.name.starts_with("core-") {
                assert_eq!(size, (width.into(), height.into()), "{}", file.name);
                measured += 1;
            }
        }
    }
    assert!(decoded > 150, "only {decoded} files were decoded");
    assert!(measured > 150, "only {measured} files were measured");
}

#[test]
fn every_orientation_is_what_another_finds() {
    let mut turned = 0;
    for file in corpus::files() {
        let header = known(&file);
        // Browsers ignore Exif in WebP, and take the first of two, and only as it should be; the
        // other reader differs.
        let is_for_browsers = header.format == ImageFormat::WebP
            || file.name.starts_with("exif-twice")
            || file.name.starts_with("exif-empty-first")
            || file.name.starts_with("exif-long");
        let Ok(mut decoder) = decoder(&file.bytes, header.format) else {
            continue;
        };
        if is_for_browsers {
            continue;
        }
        let Ok(theirs) = decoder.orientation() else {
            continue;
        };
        let number = header.orientation.number();
        assert_eq!(theirs.to_exif(), number, "{}", file.name);
        turned += usize::from(number > 1);
    }
    assert!(turned > 15, "only {turned} files were turned");
}

#[test]
fn every_alpha_channel_is_what_another_finds() {
    let mut with_alpha = 0;
    for file in corpus::files() {
        let header = known(&file);
        let (Ok(decoder), Some(has_alpha)) =
            (decoder(&file.bytes, header.format), header.has_alpha)
        else {
            continue;
        };
        assert_eq!(decoder.color_type().has_alpha(), has_alpha, "{}", file.name);
        with_alpha += usize::from(has_alpha);
    }
    assert!(with_alpha > 20, "only {with_alpha} files had alpha");
}

#[test]
fn every_png_is_what_its_own_decoder_finds() {
    for file in corpus::files()
        .iter()
        .filter(|file| file.name.ends_with(".png"))
    {
        let header = known(file);
        let reader = png::Decoder::new(Cursor::new(&file.bytes)).read_info();
        let reader = reader.expect("the decoder reads it");
        let theirs = reader.info();
        let name = &file.name;
        assert_eq!((theirs.width, theirs.height), header.stored, "{name}");
        assert_eq!(theirs.bit_depth as u8, header.bits, "{name}");
        assert_eq!(
            theirs.interlaced,
            header.coding == Coding::InPasses,
            "{name}"
        );
        let is_clear = theirs.trns.is_some() || matches!(theirs.color_type as u8, 4 | 6);
        assert_eq!(header.has_alpha, Some(is_clear), "{name}");
        let frames = theirs
            .animation_control
            .map_or(1, |control| control.num_frames);
        assert_eq!(header.is_animated, frames > 1, "{name}");
        let colour = match theirs.color_type {
            png::ColorType::Grayscale | png::ColorType::GrayscaleAlpha => Colour::Grey,
            png::ColorType::Indexed => Colour::Palette,
            png::ColorType::Rgb | png::ColorType::Rgba => Colour::Rgb,
        };
        assert_eq!(header.colour, colour, "{name}");
    }
}

/// The names say what was asked of the encoder.
#[test]
fn every_jpeg_has_the_inks_and_passes_that_were_asked_for() {
    for file in corpus::files()
        .iter()
        .filter(|file| file.name.ends_with("e.jpg"))
    {
        let header = known(file);
        let is_of_inks = file.name.starts_with("cmyk") || file.name.starts_with("ycck");
        let coding = match file.name.ends_with("progressive.jpg") {
            true => Coding::InPasses,
            false => Coding::Plain,
        };
        if file.name.contains("baseline") || file.name.contains("progressive") {
            assert_eq!(
                header.colour == Colour::FourInks,
                is_of_inks,
                "{}",
                file.name
            );
            assert_eq!(header.coding, coding, "{}", file.name);
        }
    }
}

#[test]
fn metadata_of_260_kb_is_neither_read_nor_kept() {
    for name in ["260-kb-before-frame.jpg", "260-kb-text.png"] {
        let file = corpus::files().into_iter().find(|file| file.name == name);
        let file = file.expect("it is in the corpus");
        let header = known(&file);
        let (mut reader, mut read) = (HeaderReader::new(), 0);
        let mut at_least = 16;
        while let Reading::NeedMore { at_least: more } = {
            let start = reader.wanted_from().min(at_least) as usize;
            read += at_least as usize - start;
            reader.read(Window::new(
                start as u64,
                &file.bytes[start..at_least as usize],
                None,
            ))
        } {
            at_least = more;
        }
        assert!(read < 4_000, "{read} bytes of {name} were read");
        let whole = Window::new(0, &file.bytes, None);
        assert_eq!(reader.read(whole), Reading::Known(header));
    }
}

#[test]
fn cut_off_at_any_byte_a_file_is_waited_for_or_known() {
    for file in corpus::files() {
        let wanted = Reading::Known(known(&file));
        for end in 0..file.bytes.len().min(4096) {
            let part = &file.bytes[..end];
            let waiting = read_header(part);
            let ended = HeaderReader::new().read(Window::new(0, part, Some(end as u64)));
            match waiting {
                Reading::NeedMore { at_least } => {
                    assert!(at_least > end as u64, "{} at {end}", file.name);
                    assert!(is_cut_short(ended), "{ended:?}: {} at {end}", file.name);
                }
                known => assert_eq!((known, ended), (wanted, wanted), "{} at {end}", file.name),
            }
        }
    }
}

fn is_cut_short(reading: Reading) -> bool {
    let why = Flaw::CutShort;
    matches!(reading, Reading::Malformed { why: found, .. } if found == why)
        || reading == Reading::Unrecognised
}

/// Whatever both take for an image, both must take for the same.
#[test]
fn with_bytes_changed_nobody_is_told_another_size() {
    let mut agreed = 0;
    let mut dice = 0x2545_F491_4F6C_DD1D_u64;
    for file in corpus::files().iter().filter(|file| file.is_shown) {
        let header = known(file);
        for _ in 0..60 {
            let mut bytes = file.bytes.clone();
            for _ in 0..3 {
                let roll = roll(&mut dice);
                let place = (roll >> 8) as usize % bytes.len().min(4096);
                bytes[place] ^= 1 << (roll & 7);
            }
            let ours = HeaderReader::new().read(Window::new(0, &bytes, Some(bytes.len() as u64)));
            let Reading::Known(ours) = ours else {
                assert!(!matches!(ours, Reading::NeedMore { .. }), "{}", file.name);
                continue;
            };
            if ours.format == header.format
                && let Ok(theirs) = decoder(&bytes, header.format)
            {
                assert_eq!(theirs.dimensions(), ours.stored, "{}", file.name);
                agreed += 1;
            }
        }
    }
    assert!(
        agreed > 2_000,
        "only {agreed} changed files were read by both"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn in_whatever_pieces_a_file_comes_it_is_the_same(
        pieces in prop::collection::vec(1_usize..700, 1..40),
        does_keep_all in any::<bool>(),
    ) {
        for file in corpus::files() {
            prop_assert_eq!(
                in_pieces(&file.bytes, &pieces, does_keep_all),
                Reading::Known(known(&file)),
                "{}", file.name
            );
        }
    }
}

fn in_pieces(file: &[u8], pieces: &[usize], does_keep_all: bool) -> Reading {
    let mut reader = HeaderReader::new();
    let mut end = 0;
    for piece in pieces.iter().cycle() {
        end = (end + piece).min(file.len());
        let start = if does_keep_all {
            0
        } else {
            usize::try_from(reader.wanted_from()).map_or(end, |wanted| wanted.min(end))
        };
        let reading = reader.read(Window::new(start as u64, &file[start..end], None));
        let is_open = matches!(reading, Reading::NeedMore { .. });
        if !is_open || end == file.len() {
            return reading;
        }
    }
    Reading::Unrecognised
}

fn known(file: &File) -> Header {
    match read_header(&file.bytes) {
        Reading::Known(header) => header,
        other => panic!("{}: {other:?}", file.name),
    }
}

fn decoder(bytes: &[u8], format: ImageFormat) -> image::ImageResult<impl ImageDecoder> {
    let format = match format {
        ImageFormat::Png => image::ImageFormat::Png,
        ImageFormat::Jpeg => image::ImageFormat::Jpeg,
        ImageFormat::WebP => image::ImageFormat::WebP,
        _ => image::ImageFormat::Bmp,
    };
    ImageReader::with_format(Cursor::new(bytes), format).into_decoder()
}

/// Numbers that look random and are the same every time (xorshift64).
fn roll(dice: &mut u64) -> u64 {
    *dice ^= *dice << 13;
    *dice ^= *dice >> 7;
    *dice ^= *dice << 17;
    *dice
}
