use super::*;

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

fn malformed(file: &[u8], wanted: &str) {
    match read_header(file) {
        Reading::Malformed { why, .. } => assert_eq!(why, wanted),
        other => panic!("{other:?} instead of: {wanted}"),
    }
}

fn chunk(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).unwrap();
    [&length.to_be_bytes()[..], name, content, b"crc."].concat()
}

fn png(colour: u8, bits: u8, chunks: &[Vec<u8>]) -> Vec<u8> {
    let header = [0, 0, 4, 0xE0, 0, 0, 3, 0x40, bits, colour, 0, 0, 0];
    let start = b"\x89PNG\r\n\x1A\n".to_vec();
    [
        start,
        chunk(b"IHDR", &header),
        chunks.concat(),
        chunk(b"IDAT", b"pixels"),
    ]
    .concat()
}

/// Exif with another tag before the orientation.
fn exif(is_low_first: bool, orientation: u8) -> Vec<u8> {
    if is_low_first {
        let entries = [
            0x0F, 1, 2, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0x12, 1, 3, 0, 1, 0, 0, 0,
        ];
        let head = [b'I', b'I', 42, 0, 8, 0, 0, 0, 2, 0];
        [&head[..], &entries, &[orientation, 0, 0, 0]].concat()
    } else {
        let entries = [
            1, 0x0F, 0, 2, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0x12, 0, 3, 0, 0, 0, 1,
        ];
        let head = [b'M', b'M', 0, 42, 0, 0, 0, 8, 0, 2];
        [&head[..], &entries, &[0, orientation, 0, 0]].concat()
    }
}

fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).unwrap();
    [&[0xFF, marker], &length.to_be_bytes()[..], content].concat()
}

fn frame(marker: u8, components: u8) -> Vec<u8> {
    let mut content = vec![8, 3, 0x40, 4, 0xE0, components];
    content.extend((0..components).flat_map(|id| [id, 0x11, 0]));
    segment(marker, &content)
}

fn jpeg(segments: &[Vec<u8>]) -> Vec<u8> {
    [
        vec![0xFF, 0xD8],
        segments.concat(),
        segment(0xDA, &[1, 1, 0, 0, 63, 0]),
    ]
    .concat()
}

fn webp(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    [b"RIFF\0\0\0\0WEBP", &name[..], &[10, 0, 0, 0], content].concat()
}

fn bmp(size: u32, height: i32, bits: u16, compression: u32, alpha_mask: u32) -> Vec<u8> {
    let mut file = [b"BM".as_slice(), &[0; 12], &size.to_le_bytes()].concat();
    file.extend(1248_i32.to_le_bytes());
    file.extend(height.to_le_bytes());
    file.extend(1_u16.to_le_bytes());
    file.extend(bits.to_le_bytes());
    file.extend(compression.to_le_bytes());
    file.resize(66, 0);
    file.extend(alpha_mask.to_le_bytes());
    file.resize(200, 0);
    file
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
    let header = known(&png(2, 8, &[chunk(b"acTL", &[0; 8])]));
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
        (0xC0, 4, Coding::FourInks),
        (0xC2, 4, Coding::FourInks),
        (0xC3, 3, Coding::Rare),
        (0xC5, 3, Coding::Rare),
        (0xC9, 3, Coding::Rare),
        (0xCA, 3, Coding::Rare),
        (0xCF, 3, Coding::Rare),
    ] {
        let tables = segment(0xC4, &[0; 20]);
        let header = known(&jpeg(&[tables, frame(marker, components)]));
        assert_eq!(header.coding, coding, "{marker:x}");
        assert_eq!(header.displayed(), (1248, 832));
        assert_eq!(header.has_alpha, Some(false));
    }
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
        Reading::NeedMore { at_least: 65_007 }
    );
    assert!(matches!(read_header(&file), Reading::Known(header) if header.stored == (1248, 832)));
}

#[test]
fn each_kind_of_webp_has_its_own_place_for_the_size() {
    let lossy = webp(
        b"VP8 ",
        &[0x10, 0, 0, 0x9D, 1, 0x2A, 0xE0, 0x44, 0x40, 0x43],
    );
    assert_eq!(known(&lossy).stored, (1248, 832));
    assert_eq!(known(&lossy).has_alpha, Some(false));
    for has_alpha in [true, false] {
        let bits = 1247_u32 | 831 << 14 | u32::from(has_alpha) << 28;
        let lossless = webp(b"VP8L", &[&[0x2F], &bits.to_le_bytes()[..]].concat());
        assert_eq!(known(&lossless).stored, (1248, 832));
        assert_eq!(known(&lossless).has_alpha, Some(has_alpha));
    }
    for (flags, has_alpha, is_animated) in
        [(0, false, false), (0x10, true, false), (0x2A, false, true)]
    {
        let header = known(&webp(b"VP8X", &[flags, 0, 0, 0, 0xDF, 4, 0, 0x3F, 3, 0]));
        assert_eq!(header.stored, (1248, 832));
        assert_eq!(
            (header.has_alpha, header.is_animated),
            (Some(has_alpha), is_animated)
        );
    }
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
    malformed(
        b"\x89PNG\r\n\x1A\n\0\0\0\x04CgBI........",
        "it does not begin with its size",
    );
    malformed(&png(1, 8, &[]), "its kind of colours does not exist");
    malformed(&png(2, 4, &[]), "its kind of colours has no such depth");
    malformed(&png(2, 8, &[chunk(b"IEND", b"")]), "it has no pixels");
    malformed(&jpeg(&[]), "its size is missing");
    malformed(&[0xFF, 0xD8, 0xFF, 0xD9], "it ends before its pixels");
    malformed(
        &[0xFF, 0xD8, 0xFF, 0xE0, 0, 1],
        "a part of it is shorter than any may be",
    );
    malformed(
        &jpeg(&[segment(0xC0, &[8, 0, 0, 4, 0xE0, 0])]),
        "the height is 0",
    );
    malformed(&webp(b"ALPH", &[0; 10]), "it begins with no kind of image");
    malformed(
        &webp(b"VP8 ", &[1; 10]),
        "it does not begin with a whole picture",
    );
    malformed(
        &webp(b"VP8L", &[0; 10]),
        "its lossless picture does not begin as such",
    );
    malformed(
        &bmp(41_000, 1, 24, 0, 0),
        "its kind of header does not exist",
    );
    malformed(&bmp(40, 0, 24, 0, 0), "the height is 0");
    malformed(&bmp(40, 1, 23, 0, 0), "its pixels have no possible depth");
}

#[test]
fn what_is_no_picture_of_pixels_is_named_or_not() {
    assert_eq!(read_header(b"GIF89a"), Reading::Other(ImageFormat::Gif));
    assert_eq!(read_header(b"nothing that is known"), Reading::Unrecognised);
    assert_eq!(read_header(b""), Reading::NeedMore { at_least: 1 });
}

proptest::proptest! {
    #[test]
    fn no_bytes_whatever_make_it_panic(
        start in proptest::sample::select(vec![
            b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR".as_slice(), b"\xFF\xD8\xFF", b"RIFF\0\0\0\0WEBP", b"BM", b"",
        ]),
        rest in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..200),
    ) {
        let file = [start, &rest].concat();
        let whole = read_header(&file);
        for end in 0..file.len() {
            match read_header(&file[..end]) {
                Reading::NeedMore { at_least } => assert!(at_least > end as u64),
                // Markup may be told only later than a bare letter; all else stays.
                Reading::Unrecognised => {}
                other => assert_eq!(other, whole),
            }
        }
    }
}
