//! BMP: every header that Windows and OS/2 have had, both directions, every depth, every mask.

use super::{File, SIDES};

pub(super) fn files() -> Vec<File> {
    let mut files = Vec::new();
    for bits in [1, 4, 8, 24] {
        files.push(File::new(format!("core-{bits}bit.bmp"), core(bits)));
    }
    for size in [40, 52, 56, 64, 108, 124] {
        for bits in [1, 4, 8, 16, 24, 32] {
            for is_top_down in [false, true] {
                let direction = if is_top_down { "down" } else { "up" };
                let kind = Kind {
                    size,
                    bits,
                    is_top_down,
                    ..PLAIN
                };
                files.push(File::new(
                    format!("v{size}-{bits}bit-{direction}.bmp"),
                    kind.file(),
                ));
            }
        }
    }
    for (name, size, bits, compression, alpha_mask) in [
        ("v40-masks", 40, 32, 3, 0),
        ("v40-alpha-masks", 40, 32, 6, 0xFF00_0000),
        ("v52-masks", 52, 32, 3, 0),
        ("v56-alpha", 56, 32, 3, 0xFF00_0000),
        ("v56-no-alpha", 56, 32, 3, 0),
        ("v108-alpha", 108, 32, 3, 0xFF00_0000),
        ("v124-alpha", 124, 32, 3, 0xFF00_0000),
        ("v124-no-alpha", 124, 32, 3, 0),
        ("v124-alpha-16bit", 124, 16, 3, 0x8000),
    ] {
        let kind = Kind {
            size,
            bits,
            compression,
            alpha_mask,
            ..PLAIN
        };
        files.push(File::new(format!("{name}.bmp"), kind.file()));
    }
    files.push(File::new("run-lengths.bmp", run_lengths()));
    files
}

#[derive(Clone, Copy)]
struct Kind {
    size: u32,
    bits: u16,
    is_top_down: bool,
    compression: u32,
    alpha_mask: u32,
}

const PLAIN: Kind = Kind {
    size: 40,
    bits: 24,
    is_top_down: false,
    compression: 0,
    alpha_mask: 0,
};

impl Kind {
    fn file(self) -> Vec<u8> {
        let mut header = self.header();
        if self.size == 40 && self.compression != 0 {
            header.extend(self.masks());
        }
        let palette = [30, 30, 200, 0].repeat(colours(self.bits));
        let pixels = vec![0; line(self.bits) * usize::from(SIDES.1)];
        assemble(&header, &palette, &pixels)
    }

    /// BITMAPINFOHEADER, and the masks where a longer one has them.
    fn header(self) -> Vec<u8> {
        let height = i32::from(SIDES.1);
        let height = if self.is_top_down { -height } else { height };
        let mut header = self.size.to_le_bytes().to_vec();
        header.extend(i32::from(SIDES.0).to_le_bytes());
        header.extend(height.to_le_bytes());
        header.extend(1_u16.to_le_bytes());
        header.extend(self.bits.to_le_bytes());
        header.extend(self.compression.to_le_bytes());
        header.resize(40, 0);
        if self.size > 40 && self.compression != 0 {
            header.extend(self.masks());
        }
        header.resize(self.size as usize, 0);
        header
    }

    fn masks(self) -> Vec<u8> {
        let colours: [u32; 3] = match self.bits {
            16 => [0x7C00, 0x03E0, 0x001F],
            _ => [0x00FF_0000, 0x0000_FF00, 0x0000_00FF],
        };
        let has_alpha = self.compression == 6 || self.size >= 56;
        let alpha = has_alpha.then_some(self.alpha_mask);
        colours
            .into_iter()
            .chain(alpha)
            .flat_map(u32::to_le_bytes)
            .collect()
    }
}

/// BITMAPCOREHEADER, whose palette has three bytes a colour.
fn core(bits: u16) -> Vec<u8> {
    let mut header = 12_u32.to_le_bytes().to_vec();
    for field in [SIDES.0, SIDES.1, 1, bits] {
        header.extend(field.to_le_bytes());
    }
    let palette = [30, 30, 200].repeat(colours(bits));
    assemble(
        &header,
        &palette,
        &vec![0; line(bits) * usize::from(SIDES.1)],
    )
}

/// RLE8: each line one run of one colour, and its end.
fn run_lengths() -> Vec<u8> {
    let kind = Kind {
        bits: 8,
        compression: 1,
        ..PLAIN
    };
    let width = SIDES.0.to_le_bytes()[0];
    let mut pixels = [width, 0, 0, 0].repeat(usize::from(SIDES.1));
    pixels.extend([0, 1]);
    assemble(&kind.header(), &[30, 30, 200, 0].repeat(256), &pixels)
}

fn assemble(header: &[u8], palette: &[u8], pixels: &[u8]) -> Vec<u8> {
    let start = 14 + header.len() + palette.len();
    let length = |bytes: usize| u32::try_from(bytes).expect("it is small").to_le_bytes();
    let head = [
        &b"BM"[..],
        &length(start + pixels.len()),
        &[0; 4],
        &length(start),
    ]
    .concat();
    [&head[..], header, palette, pixels].concat()
}

fn colours(bits: u16) -> usize {
    if bits <= 8 { 1 << bits } else { 0 }
}

/// Lines are whole groups of four bytes.
fn line(bits: u16) -> usize {
    (usize::from(SIDES.0) * usize::from(bits)).div_ceil(32) * 4
}
