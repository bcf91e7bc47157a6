//! The PNG that we write, read by a decoder that is not ours.

#![allow(clippy::expect_used, reason = "a test that cannot look must fail")]

use std::io::Cursor;

use kinora::image::{Colour, PngWriter, Reading, is_complete, read_header};
use proptest::prelude::*;

/// A picture's pixels as RGBA.
struct Picture {
    width: u32,
    height: u32,
    rgba: Vec<u8>,
}

impl Picture {
    fn painted(width: u32, height: u32, colour: impl Fn(u32, u32) -> [u8; 4]) -> Self {
        let places = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
        Self {
            width,
            height,
            rgba: places.flat_map(|(x, y)| colour(x, y)).collect(),
        }
    }

    /// Written with so many lines at a time, and compressed bytes cut into chunks of any length.
    fn written(&self, lines_each: usize, chunk_bytes: usize) -> Vec<u8> {
        let mut writer = PngWriter::new(self.width, self.height);
        let mut lines = Vec::new();
        for part in self.rgba.chunks(self.width as usize * 4 * lines_each) {
            lines.extend(writer.lines(part));
        }
        let compressed = miniz_oxide::deflate::compress_to_vec_zlib(&lines, 6);
        let chunks = compressed.chunks(chunk_bytes).flat_map(PngWriter::data);
        let mut file = writer.start();
        file.extend(chunks);
        file.extend(PngWriter::END);
        file
    }

    fn opaque(&self) -> Vec<u8> {
        let pixels = self.rgba.chunks_exact(4);
        pixels
            .flat_map(|pixel| pixel.iter().take(3))
            .copied()
            .collect()
    }
}

fn check(picture: &Picture, file: &[u8]) {
    let decoder = png::Decoder::new(Cursor::new(file));
    let mut reader = decoder.read_info().expect("it begins well");
    let mut pixels = vec![0; reader.output_buffer_size().expect("it is small")];
    let frame = reader
        .next_frame(&mut pixels)
        .expect("its pixels are sound");
    reader.finish().expect("it ends well");
    assert_eq!((frame.width, frame.height), (picture.width, picture.height));
    assert_eq!(frame.color_type, png::ColorType::Rgb);
    assert_eq!(frame.bit_depth, png::BitDepth::Eight);
    assert!(pixels == picture.opaque(), "other pixels");
    let Reading::Known(header) = read_header(file) else {
        panic!("our own reader does not know it")
    };
    assert_eq!(header.stored, (picture.width, picture.height));
    assert_eq!(
        (header.has_alpha, header.colour),
        (Some(false), Colour::Rgb)
    );
    assert!(is_complete(header.format, file));
}

#[test]
fn a_fade_with_a_rough_edge_comes_back_and_is_well_filtered() {
    let picture = Picture::painted(199, 133, |x, y| {
        let rough = x.wrapping_mul(2_654_435_761).wrapping_add(y * y * 40_503) >> 28;
        [x as u8, (y + rough) as u8, (x * y / 100) as u8, 128]
    });
    let file = picture.written(7, 1_000);
    check(&picture, &file);
    let plain = miniz_oxide::deflate::compress_to_vec_zlib(&picture.opaque(), 6);
    let (file, plain) = (file.len(), plain.len());
    assert!(
        file * 5 < plain * 4,
        "{file} bytes, {plain} without filters"
    );
}

#[test]
fn it_is_no_larger_than_what_a_well_known_encoder_makes_of_it() {
    let picture = Picture::painted(320, 200, |x, y| {
        let wave = f64::from(x * 3 + y) / 40.0;
        [
            (wave.sin() * 90.0 + 128.0) as u8,
            (y / 2) as u8,
            (x ^ y) as u8,
            255,
        ]
    });
    let mut theirs = Vec::new();
    let mut encoder = png::Encoder::new(&mut theirs, picture.width, picture.height);
    encoder.set_color(png::ColorType::Rgb);
    let mut writer = encoder.write_header().expect("a header");
    writer.write_image_data(&picture.opaque()).expect("pixels");
    writer.finish().expect("an end");
    let file = picture.written(200, 65_536);
    check(&picture, &file);
    let (ours, theirs) = (file.len(), theirs.len());
    assert!(ours * 10 < theirs * 11, "{ours} bytes, theirs has {theirs}");
}

proptest! {
    #[test]
    fn whatever_was_painted_comes_back(
        width in 1_u32..40,
        height in 1_u32..20,
        noise in prop::collection::vec(any::<u8>(), 4..64),
        lines_each in 1_usize..8,
        chunk_bytes in 1_usize..300,
    ) {
        let picture = Picture::painted(width, height, |x, y| {
            let at = |channel: u32| noise[((x * 5 + y * 3 + channel) as usize) % noise.len()];
            [at(0), at(1), at(2), at(3)]
        });
        check(&picture, &picture.written(lines_each, chunk_bytes));
    }
}
