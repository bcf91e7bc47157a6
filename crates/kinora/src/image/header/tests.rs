use super::*;

mod build;
use build::{LOSSY, bmp, chunk, exif, extended, frame, jpeg, lossless, png, segment, webp};

/// Reads every prefix of a file: the answer must come as soon as it can, and stay.
fn known(file: &[u8]) -> Header {
    let mut at_least = 0;
    for end in 0..=file.len() {
        match read_header(&file[..end]) {
            Reading::NeedMore { at_least: needed } => {
                assert!(
                    needed > end as u64,
                    "{end} bytes are there, {needed} needed"
                );
                assert!(needed >= at_least, "less is needed than before");
                at_least = needed;
            }
            Reading::Known(header) => {
                assert_eq!(read_header(file), Reading::Known(header));
                return header;
            }
            other => panic!("{other:?} after {end} bytes"),
        }
    }
    panic!("the file is too short");
}

fn malformed(file: &[u8], wanted: Flaw) {
    let total = Some(file.len() as u64);
    match HeaderReader::new().read(Window::new(0, file, total)) {
        Reading::Malformed { why, .. } => assert_eq!(why, wanted),
        other => panic!("{other:?} instead of: {wanted}"),
    }
}

#[test]
fn the_alpha_of_a_png_is_a_channel_or_a_transparent_colour() {
    let transparent = [chunk(b"tRNS", &[0; 6])];
    for (colour, bits, chunks, has_alpha) in [
        (0, 1, &[][..], false),
        (2, 8, &[], false),
        (2, 16, &transparent, true),
        (3, 4, &[], false),
        (3, 8, &transparent, true),
        (4, 8, &[], true),
        (6, 16, &[], true),
    ] {
        let header = known(&png(colour, bits, chunks));
        assert_eq!(header.has_alpha, Some(has_alpha), "{colour}");
        assert_eq!((header.stored, header.bits), ((1248, 832), bits));
    }
}

#[test]
fn a_png_tells_animation_and_orientation_before_its_pixels() {
    let header = known(&png(2, 8, &[chunk(b"acTL", &[0, 0, 0, 2, 0, 0, 0, 0])]));
    assert!(header.is_animated);
    let header = known(&png(2, 8, &[chunk(b"eXIf", &exif(true, 6))]));
    assert_eq!(header.displayed(), (832, 1248));
}

#[test]
fn every_kind_of_frame_gives_a_jpegs_size() {
    for (marker, components, coding) in [
        (0xC0, 3, Coding::Plain),
        (0xC1, 1, Coding::Plain),
        (0xC2, 3, Coding::InPasses),
        (0xC2, 4, Coding::InPasses),
        (0xC3, 3, Coding::Rare),
        (0xC5, 3, Coding::Rare),
        (0xC9, 3, Coding::Arithmetic),
        (0xCA, 3, Coding::Arithmetic),
        (0xCB, 3, Coding::Rare),
        (0xDE, 3, Coding::Rare),
        (0xCF, 3, Coding::Rare),
    ] {
        let tables = segment(0xC4, &[0; 20]);
        let header = known(&jpeg(&[tables, frame(marker, components)]));
        assert_eq!(header.coding, coding, "{marker:x}");
        assert_eq!(header.colour == Colour::FourInks, components == 4);
        assert_eq!(header.displayed(), (1248, 832));
        assert_eq!(header.has_alpha, Some(false));
    }
}

#[test]
fn a_jpeg_that_browsers_do_not_show_is_told_from_a_damaged_one() {
    let check = |marker, bits, coding: Option<Coding>, is_common| {
        let mut frame = frame(marker, 3);
        frame[4] = bits;
        let header = known(&jpeg(&[frame]));
        assert_eq!(header.is_common(), is_common, "{marker:x} {bits}");
        assert_eq!(
            header.facts(None).remarks.coding,
            coding,
            "{marker:x} {bits}"
        );
    };
    check(0xC0, 8, None, true);
    check(0xC2, 8, Some(Coding::InPasses), true);
    check(0xC1, 12, Some(Coding::Rare), false);
    check(0xC3, 8, Some(Coding::Rare), false);
    check(0xC9, 8, Some(Coding::Arithmetic), false);
    assert!(known(&png(2, 16, &[])).is_common());
    assert!(!known(&bmp(40, 832, 0, 5, 0)).is_common());
}

#[test]
fn exif_turns_a_jpeg_wherever_it_lies_before_the_pixels() {
    for is_low_first in [true, false] {
        for orientation in 1..=8 {
            let exif = [b"Exif\0\0".to_vec(), exif(is_low_first, orientation)].concat();
            let xmp = segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x/>");
            let exif = segment(0xE1, &exif);
            let before = known(&jpeg(&[xmp.clone(), exif.clone(), frame(0xC0, 3)]));
            let after = known(&jpeg(&[frame(0xC0, 3), xmp, exif]));
            assert_eq!(before, after);
            assert_eq!(before.orientation.number(), orientation);
            let sideways = orientation >= 5;
            let displayed = if sideways { (832, 1248) } else { (1248, 832) };
            assert_eq!(before.displayed(), displayed, "{orientation}");
        }
    }
}

#[test]
fn broken_exif_leaves_an_image_upright() {
    for exif in [
        b"".as_slice(),
        b"XX",
        b"II*\0\xFF\xFF\xFF\xFF",
        b"II*\0\x08\0\0\0\xFF\xFF",
        b"MM\0",
    ] {
        let exif = segment(0xE1, &[b"Exif\0\0", exif].concat());
        let header = known(&jpeg(&[exif, frame(0xC0, 3)]));
        assert!(header.orientation.is_upright());
    }
    let beyond = segment(0xE1, &[b"Exif\0\0".to_vec(), exif(true, 9)].concat());
    assert!(
        known(&jpeg(&[beyond, frame(0xC0, 3)]))
            .orientation
            .is_upright()
    );
}

#[test]
fn padding_and_metadata_before_the_frame_are_passed_over() {
    let profile = segment(0xE2, &[0; 65_000]);
    let fill = vec![0xFF, 0xFF, 0xFF];
    let file = jpeg(&[
        profile.clone(),
        profile.clone(),
        profile.clone(),
        profile,
        fill,
        frame(0xC0, 3),
    ]);
    assert_eq!(
        read_header(&file[..300]),
        Reading::NeedMore { at_least: 65_008 }
    );
    assert!(matches!(read_header(&file), Reading::Known(header) if header.stored == (1248, 832)));
}

#[test]
fn each_kind_of_webp_has_its_own_place_for_the_size() {
    let profile = (b"ICCP", [1; 301].as_slice());
    let alpha = (b"ALPH", [0; 7].as_slice());
    let (opaque, clear) = (lossless(false), lossless(true));
    let (plain, marked, moving) = (extended(0x20), extended(0x30), extended(0x12));
    let (plain, marked) = ((b"VP8X", &plain[..]), (b"VP8X", &marked[..]));
    let lossy = (b"VP8 ", LOSSY);
    let (opaque, clear) = ((b"VP8L", &opaque[..]), (b"VP8L", &clear[..]));
    for (chunks, has_alpha) in [
        (&[lossy][..], false),
        (&[opaque], false),
        (&[clear], true),
        (&[plain, profile, lossy], false),
        (&[marked, profile, alpha, lossy], true),
        (&[plain, alpha, lossy], true),
        (&[plain, clear], true),
        (&[marked, opaque], true),
    ] {
        let header = known(&webp(chunks));
        assert_eq!(header.stored, (1248, 832), "{chunks:?}");
        assert_eq!(header.has_alpha, Some(has_alpha), "{chunks:?}");
        assert!(!header.is_animated);
    }
    let header = known(&webp(&[(b"VP8X", &moving[..])]));
    assert!(header.is_animated && header.has_alpha == Some(true));
}

#[test]
fn a_bitmap_may_stand_on_its_head_and_have_masks() {
    for (size, height, bits, compression, mask, has_alpha) in [
        (40, 832, 24, 0, 0, Some(false)),
        (40, -832, 32, 0, 0, None),
        (40, 832, 32, 3, 0xFF, Some(false)),
        (40, 832, 32, 6, 0xFF00_0000, Some(true)),
        (56, 832, 32, 3, 0, Some(false)),
        (108, 832, 32, 3, 0xFF00_0000, Some(true)),
        (124, -832, 16, 3, 0x8000, Some(true)),
        (64, 832, 8, 0, 0, Some(false)),
    ] {
        let header = known(&bmp(size, height, bits, compression, mask));
        assert_eq!(header.stored, (1248, 832));
        assert_eq!(header.has_alpha, has_alpha, "{size} {bits} {compression}");
    }
    let core = [
        b"BM".as_slice(),
        &[0; 12],
        &[12, 0, 0, 0, 0xE0, 4, 0x40, 3, 1, 0, 24, 0],
    ]
    .concat();
    assert_eq!(known(&core).stored, (1248, 832));
}

#[test]
fn what_is_wrong_is_said() {
    for (file, flaw) in [
        (png(1, 8, &[]), Flaw::Value),
        (png(2, 4, &[]), Flaw::Value),
        (png(2, 8, &[chunk(b"IEND", b"")]), Flaw::NoPixels),
        (png(2, 8, &[chunk(b"IHDR", b"")]), Flaw::Order),
        (
            png(2, 8, &[vec![0x80, 0, 0, 0, b't', b'E', b'X', b't']]),
            Flaw::Length,
        ),
        (jpeg(&[]), Flaw::Order),
        (jpeg(&[frame(0xC0, 3), frame(0xC0, 3)]), Flaw::Order),
        (jpeg(&[frame(0xC8, 3)]), Flaw::Value),
        (jpeg(&[frame(0xC0, 2)]), Flaw::Value),
        (jpeg(&[vec![0xFF, 0xD9]]), Flaw::NoPixels),
        (jpeg(&[vec![0xFF, 0xE0, 0, 1]]), Flaw::Length),
        (
            jpeg(&[segment(0xC0, &[8, 3, 0x40, 4, 0xE0, 3])]),
            Flaw::Length,
        ),
        (
            jpeg(&[segment(0xC0, &[8, 0, 0, 4, 0xE0, 1, 1, 1, 0])]),
            Flaw::NoSize,
        ),
        (webp(&[(b"ALPH", &[0; 10])]), Flaw::Order),
        (webp(&[(b"VP8 ", &[1; 10])]), Flaw::Value),
        (webp(&[(b"VP8 ", &LOSSY[..9])]), Flaw::Length),
        (webp(&[(b"VP8L", &[0; 10])]), Flaw::Value),
        (webp(&[(b"VP8X", &[0xFF; 10])]), Flaw::TooLarge),
        (webp(&[(b"VP8X", &extended(0))]), Flaw::NoPixels),
        (
            webp(&[(b"VP8X", &[0; 10]), (b"VP8 ", LOSSY)]),
            Flaw::SizesDiffer,
        ),
        (bmp(41_000, 1, 24, 0, 0), Flaw::Length),
        (bmp(40, 0, 24, 0, 0), Flaw::NoSize),
        (bmp(40, 1, 23, 0, 0), Flaw::Value),
    ] {
        malformed(&file, flaw);
    }
    let mut changed = png(2, 8, &[]);
    changed[18] ^= 1;
    malformed(&changed, Flaw::Checksum);
    malformed(b"\x89PNG\r\n\x1A\n\0\0\0\x04CgBI........", Flaw::Order);
}

#[test]
fn a_chunk_that_was_changed_on_the_way_does_not_count() {
    for name in [b"tRNS", b"acTL", b"eXIf"] {
        let mut chunk = chunk(name, &exif(true, 6));
        chunk[20] ^= 1;
        assert_eq!(known(&png(2, 8, &[chunk])), known(&png(2, 8, &[])));
    }
}

#[test]
fn with_the_files_size_known_it_is_cut_short_rather_than_waited_for() {
    let file = png(2, 8, &[chunk(b"iCCP", &[0; 500])]);
    for end in 16..file.len() - 10 {
        let reading = HeaderReader::new().read(Window::new(0, &file[..end], Some(end as u64)));
        let (format, why) = (ImageFormat::Png, Flaw::CutShort);
        assert_eq!(reading, Reading::Malformed { format, why }, "{end}");
    }
}

#[test]
fn what_is_no_picture_of_pixels_is_named_or_not() {
    assert_eq!(
        read_header(b"GIF89a 4 by 4 pixels"),
        Reading::Other(ImageFormat::Gif)
    );
    assert_eq!(read_header(b"nothing that is known"), Reading::Unrecognised);
    assert_eq!(read_header(b"GIF89a"), Reading::NeedMore { at_least: 16 });
}
