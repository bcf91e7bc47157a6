//! WebP: lossy, lossless, and extended by alpha, profile, Exif and animation.

use image::ExtendedColorType::{Rgb8, Rgba8};
use image::codecs::webp::WebPEncoder;

use super::{File, SIDES, exif};

pub(super) fn files() -> Vec<File> {
    let (opaque, clear) = (lossless(Rgb8, 3), lossless(Rgba8, 4));
    let profile = chunk(b"ICCP", &[1; 501]);
    let turned = chunk(b"EXIF", &exif(false, 6));
    let frame = |picture: &[u8]| {
        let place = [0, 0, 0, 0, 0, 0];
        let sides = [side(SIDES.0), side(SIDES.1)].concat();
        chunk(
            b"ANMF",
            &[&place[..], &sides, &[100, 0, 0, 0], picture].concat(),
        )
    };
    let control = chunk(b"ANIM", &[0; 6]);
    let moving = [control, frame(&clear), frame(&clear)].concat();
    let wide = chunk(b"VP8 ", &picture(SIDES));
    let alpha = chunk(b"ALPH", &[0; 8]);
    vec![
        File::new("lossless.webp", file(&[&opaque])),
        File::new("lossless-alpha.webp", file(&[&clear])),
        File::new("lossy-1x1.webp", file(&[&chunk(b"VP8 ", ONE_PIXEL)])),
        File::new("extended.webp", file(&[&extended(0, SIDES), &opaque])),
        File::new(
            "extended-alpha.webp",
            file(&[&extended(0x10, SIDES), &clear]),
        ),
        File::new(
            "extended-profile.webp",
            file(&[&extended(0x20, SIDES), &profile, &opaque]),
        ),
        File::new(
            "extended-exif.webp",
            file(&[&extended(0x08, SIDES), &opaque, &turned]),
        ),
        File::new("animated.webp", file(&[&extended(0x12, SIDES), &moving])),
        File::header_only("lossy.webp", file(&[&wide])),
        File::header_only(
            "extended-lossy-alpha.webp",
            file(&[&extended(0x10, SIDES), &alpha, &wide]),
        ),
    ]
}

/// A lossless picture as the encoder's only chunk.
fn lossless(colour: image::ExtendedColorType, channels: usize) -> Vec<u8> {
    let pixels = vec![90; usize::from(SIDES.0) * usize::from(SIDES.1) * channels];
    let mut bytes = Vec::new();
    WebPEncoder::new_lossless(&mut bytes)
        .encode(&pixels, SIDES.0.into(), SIDES.1.into(), colour)
        .expect("a small picture is encoded");
    let place = bytes
        .windows(4)
        .position(|name| name == b"VP8L")
        .expect("it is lossless");
    let size = [0, 1, 2, 3].map(|index| bytes[place + 4 + index]);
    let end = place + 8 + u32::from_le_bytes(size) as usize;
    chunk(b"VP8L", &bytes[place + 8..end])
}

fn file(chunks: &[&[u8]]) -> Vec<u8> {
    let chunks = chunks.concat();
    let size = u32::try_from(chunks.len() + 4).expect("it is small");
    [b"RIFF", &size.to_le_bytes()[..], b"WEBP", &chunks].concat()
}

fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let size = u32::try_from(data.len())
        .expect("it is small")
        .to_le_bytes();
    [name, &size[..], data, &[0][..data.len() % 2]].concat()
}

fn extended(flags: u8, (width, height): (u16, u16)) -> Vec<u8> {
    let sides = [side(width), side(height)].concat();
    chunk(b"VP8X", &[&[flags, 0, 0, 0][..], &sides].concat())
}

/// RFC 9649 §2.7.1: less one, in three bytes.
fn side(pixels: u16) -> [u8; 3] {
    let [low, high] = (pixels - 1).to_le_bytes();
    [low, high, 0]
}

/// The header of a lossy picture (RFC 6386, 9.1), without the rest.
fn picture((width, height): (u16, u16)) -> Vec<u8> {
    let sides = [width, height].map(u16::to_le_bytes).concat();
    [&[0x30, 1, 0, 0x9D, 1, 0x2A][..], &sides, &[0; 40]].concat()
}

/// A whole lossy picture of one pixel.
const ONE_PIXEL: &[u8] = &[
    0x30, 0x01, 0x00, 0x9D, 0x01, 0x2A, 0x01, 0x00, 0x01, 0x00, 0x0E, 0xC0, 0xFE, 0x25, 0xA4, 0x00,
    0x03, 0x70, 0x00, 0x00, 0x00, 0x00,
];
