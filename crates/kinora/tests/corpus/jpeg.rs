//! JPEG: every process, every number of components, metadata in every place.

use jpeg_encoder::{ColorType, Encoder};

use super::{File, SIDES, exif};

pub(super) fn files() -> Vec<File> {
    let mut files = encoded();
    files.extend(every_frame());
    files.extend(oriented());
    files.extend(with_metadata());
    files
}

/// What an encoder writes.
fn encoded() -> Vec<File> {
    let mut files = Vec::new();
    for (name, colour, channels) in [
        ("grey", ColorType::Luma, 1),
        ("colour", ColorType::Rgb, 3),
        ("cmyk", ColorType::Cmyk, 4),
        ("ycck", ColorType::CmykAsYcck, 4),
    ] {
        for is_progressive in [false, true] {
            let process = if is_progressive {
                "progressive"
            } else {
                "baseline"
            };
            let bytes = encode(colour, channels, is_progressive);
            files.push(File::new(format!("{name}-{process}.jpg"), bytes));
        }
    }
    files
}

/// The markers of T.81, table B.1, in place of the encoder's own. Only the baseline's data are of
/// its kind.
fn every_frame() -> Vec<File> {
    let codes = (0xC0_u8..=0xCF).filter(|code| !matches!(code, 0xC0 | 0xC4 | 0xC8 | 0xCC));
    let file = |code: u8| {
        let mut bytes = baseline();
        let place = frame(&bytes) + 1;
        bytes[place] = code;
        File::header_only(format!("sof{}.jpg", code - 0xC0), bytes)
    };
    let hierarchical = |mut bytes: Vec<u8>| {
        let place = frame(&bytes);
        let mut whole = bytes[place..place + 19].to_vec();
        whole[1] = 0xDE;
        bytes.splice(place..place, whole);
        File::header_only("dhp.jpg", bytes)
    };
    codes.map(file).chain([hierarchical(baseline())]).collect()
}

fn oriented() -> Vec<File> {
    let mut files = Vec::new();
    for orientation in 1..=8 {
        for is_low_first in [false, true] {
            let order = if is_low_first { "low" } else { "high" };
            let exif = app1(&exif(is_low_first, orientation));
            let name = format!("orientation{orientation}-{order}-first.jpg");
            files.push(File::new(name, with(2, &exif)));
        }
    }
    files
}

fn with_metadata() -> Vec<File> {
    let baseline = baseline();
    let (frame, scan) = (frame(&baseline), scan(&baseline));
    let turned = app1(&exif(false, 6));
    let xmp = segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta/>");
    let profile = segment(0xE2, &[&b"ICC_PROFILE\0\x01\x01"[..], &[0; 900]].concat());
    let large = segment(0xEB, &[0x55; 65_000]);
    let empty = app1(b"MM\0*\0\0\0\x08\0\0\0\0\0\0");
    let long = {
        let mut exif = exif(false, 6);
        exif[25] = 4;
        app1(&exif)
    };
    let files = [
        (
            "exif-behind-xmp",
            with(2, &[&xmp[..], &profile, &turned].concat()),
        ),
        ("exif-behind-tables", with(frame, &turned)),
        ("exif-behind-frame", with(scan, &turned)),
        (
            "exif-twice",
            with(2, &[turned.clone(), app1(&exif(true, 1))].concat()),
        ),
        ("exif-empty-first", with(2, &[&empty[..], &turned].concat())),
        ("exif-long-orientation", with(2, &long)),
        ("exif-beyond-1-to-8", with(2, &app1(&exif(true, 9)))),
        ("exif-broken", with(2, &app1(b"II*\0\xFF\xFF\xFF\x7F"))),
        (
            "260-kb-before-frame",
            with(2, &[&large.repeat(4)[..], &turned].concat()),
        ),
        ("fill-bytes", with(frame, &[0xFF; 7])),
        ("restart-and-tem", with(frame, &[0xFF, 0xD0, 0xFF, 0x01])),
        (
            "comment-like-a-frame",
            with(2, &segment(0xFE, b"\xFF\xC0\0\x11\x08\0\x01\0\x01")),
        ),
    ];
    files
        .into_iter()
        .map(|(name, bytes)| File::new(format!("{name}.jpg"), bytes))
        .collect()
}

/// A baseline file with something put in at a place.
fn with(place: usize, part: &[u8]) -> Vec<u8> {
    let mut bytes = baseline();
    bytes.splice(place..place, part.iter().copied());
    bytes
}

fn baseline() -> Vec<u8> {
    encode(ColorType::Rgb, 3, false)
}

fn encode(colour: ColorType, channels: usize, is_progressive: bool) -> Vec<u8> {
    let pixels = vec![90; usize::from(SIDES.0) * usize::from(SIDES.1) * channels];
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, 80);
    encoder.set_progressive(is_progressive);
    encoder
        .encode(&pixels, SIDES.0, SIDES.1, colour)
        .expect("a small picture is encoded");
    bytes
}

/// Where the frame header begins.
fn frame(file: &[u8]) -> usize {
    find(file, 0xC0)
}

/// Where the first scan begins.
fn scan(file: &[u8]) -> usize {
    find(file, 0xDA)
}

/// The encoder's segments follow each other without anything in between.
fn find(file: &[u8], marker: u8) -> usize {
    let mut place = 2;
    while file[place + 1] != marker {
        place += 2 + usize::from(u16::from_be_bytes([file[place + 2], file[place + 3]]));
    }
    place
}

fn app1(exif: &[u8]) -> Vec<u8> {
    segment(0xE1, &[b"Exif\0\0", exif].concat())
}

fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).expect("a segment is short");
    [&[0xFF, marker][..], &length.to_be_bytes(), content].concat()
}
