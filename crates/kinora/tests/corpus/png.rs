//! PNG: every colour type with every bit depth, plain and interlaced, and every order of chunks.

use super::{File, SIDES, exif};

pub(super) fn files() -> Vec<File> {
    let mut files = Vec::new();
    for (colour, bits) in KINDS {
        for interlace in [0, 1] {
            let kind = (colour, bits, interlace);
            let name = format!("colour{colour}-{bits}bit-interlace{interlace}");
            files.push(File::new(format!("{name}.png"), file(kind, &[], &[])));
            if colour < 4 {
                let clear = [transparency(colour)];
                files.push(File::new(
                    format!("{name}-trns.png"),
                    file(kind, &clear, &[]),
                ));
            }
        }
    }
    files.extend(with_metadata());
    files.extend(animated());
    files
}

/// PNG §11.2.1, table 12: colour type and bit depth.
const KINDS: [(u8, u8); 15] = [
    (0, 1),
    (0, 2),
    (0, 4),
    (0, 8),
    (0, 16),
    (2, 8),
    (2, 16),
    (3, 1),
    (3, 2),
    (3, 4),
    (3, 8),
    (4, 8),
    (4, 16),
    (6, 8),
    (6, 16),
];

/// A name, the chunks before the pixels, and those behind them.
type Order<'chunks> = (
    &'chunks str,
    &'chunks [&'chunks [u8]],
    &'chunks [&'chunks [u8]],
);

fn with_metadata() -> Vec<File> {
    let text = chunk(b"tEXt", &[b"Comment\0".as_slice(), &[b'x'; 900]].concat());
    let time = chunk(b"tIME", &[7, 234, 11, 25, 2, 30, 0]);
    let large = chunk(
        b"tEXt",
        &[b"Comment\0".as_slice(), &[b'x'; 260_000]].concat(),
    );
    let clear = transparency(2);
    let turned = chunk(b"eXIf", &exif(false, 6));
    let upright = chunk(b"eXIf", &exif(true, 1));
    let mut broken = chunk(b"eXIf", &exif(false, 6));
    if let Some(last) = broken.last_mut() {
        *last ^= 1;
    }
    let orders: [Order<'_>; 9] = [
        ("text", &[&text, &time], &[]),
        ("text-trns", &[&text, &time, &clear], &[]),
        ("trns-text-exif", &[&clear, &text, &turned], &[]),
        (
            "exif-low-first",
            &[&chunk(b"eXIf", &exif(true, 8)), &text],
            &[],
        ),
        ("exif-twice", &[&turned, &upright], &[]),
        ("exif-broken", &[&broken], &[]),
        ("exif-behind", &[], &[&turned]),
        ("260-kb-text", &[&large, &clear], &[]),
        ("text-behind", &[&time], &[&text]),
    ];
    let files = orders.iter().map(|(name, before, behind)| {
        let before: Vec<_> = before.iter().map(|chunk| chunk.to_vec()).collect();
        let behind: Vec<_> = behind.iter().map(|chunk| chunk.to_vec()).collect();
        File::new(format!("{name}.png"), file((2, 8, 0), &before, &behind))
    });
    files.collect()
}

/// `acTL` and `fcTL` before the pixels, and a second frame behind them (PNG §11.3.6).
fn animated() -> Vec<File> {
    let frame = |number: u32| {
        let (width, height) = (u32::from(SIDES.0), u32::from(SIDES.1));
        let numbers = [number, width, height, 0, 0].map(u32::to_be_bytes).concat();
        chunk(b"fcTL", &[&numbers[..], &[0, 1, 0, 10, 0, 0]].concat())
    };
    let control = |frames: u32| chunk(b"acTL", &[frames, 0].map(u32::to_be_bytes).concat());
    let second = [&2_u32.to_be_bytes()[..], &pixels((6, 8, 0))].concat();
    let second = [frame(1), chunk(b"fdAT", &second)];
    let moving = file((6, 8, 0), &[control(2), frame(0)], &second);
    let still = file((6, 8, 0), &[control(1), frame(0)], &[]);
    vec![
        File::new("animated.png", moving),
        File::new("animated-one-frame.png", still),
    ]
}

fn file(kind: (u8, u8, u8), before: &[Vec<u8>], behind: &[Vec<u8>]) -> Vec<u8> {
    let (colour, bits, interlace) = kind;
    let (width, height) = (u32::from(SIDES.0), u32::from(SIDES.1));
    let sides = [width, height].map(u32::to_be_bytes).concat();
    let header = [&sides[..], &[bits, colour, 0, 0, interlace]].concat();
    let palette = if colour == 3 {
        chunk(b"PLTE", &[200, 30, 30, 30, 30, 200])
    } else {
        Vec::new()
    };
    [
        b"\x89PNG\r\n\x1A\n".to_vec(),
        chunk(b"IHDR", &header),
        palette,
        before.concat(),
        chunk(b"IDAT", &pixels(kind)),
        behind.concat(),
        chunk(b"IEND", &[]),
    ]
    .concat()
}

fn transparency(colour: u8) -> Vec<u8> {
    match colour {
        0 => chunk(b"tRNS", &[0, 1]),
        3 => chunk(b"tRNS", &[0]),
        _ => chunk(b"tRNS", &[0, 1, 0, 1, 0, 1]),
    }
}

/// Black pixels: for every line of every pass a filter byte and zeros.
fn pixels((colour, bits, interlace): (u8, u8, u8)) -> Vec<u8> {
    let channels = match colour {
        2 => 3,
        4 => 2,
        6 => 4,
        _ => 1,
    };
    let (width, height) = (usize::from(SIDES.0), usize::from(SIDES.1));
    let bytes = |width: usize, height: usize| match width {
        0 => 0,
        _ => height * (1 + (width * channels * usize::from(bits)).div_ceil(8)),
    };
    let count = if interlace == 0 {
        bytes(width, height)
    } else {
        let pass = |(x, y, right, down): (usize, usize, usize, usize)| {
            let columns = width.saturating_sub(x).div_ceil(right);
            bytes(columns, height.saturating_sub(y).div_ceil(down))
        };
        ADAM7.into_iter().map(pass).sum()
    };
    stored(&vec![0; count])
}

/// PNG §8.1: where each pass begins, and the steps between its pixels.
const ADAM7: [(usize, usize, usize, usize); 7] = [
    (0, 0, 8, 8),
    (4, 0, 8, 8),
    (0, 4, 4, 8),
    (2, 0, 4, 4),
    (0, 2, 2, 4),
    (1, 0, 2, 2),
    (0, 1, 1, 2),
];

/// zlib (RFC 1950) without compression (RFC 1951, 3.2.4).
fn stored(bytes: &[u8]) -> Vec<u8> {
    let length = u16::try_from(bytes.len()).unwrap_or(u16::MAX);
    let (mut low, mut high) = (1_u32, 0_u32);
    for byte in bytes {
        low = (low + u32::from(*byte)) % 65_521;
        high = (high + low) % 65_521;
    }
    let adler = (high << 16 | low).to_be_bytes();
    let head = [
        &[0x78, 1, 1][..],
        &length.to_le_bytes(),
        &(!length).to_le_bytes(),
    ]
    .concat();
    [&head[..], bytes, &adler].concat()
}

fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).unwrap_or(u32::MAX);
    let named = [name, data].concat();
    let checksum = crc32fast::hash(&named).to_be_bytes();
    [&length.to_be_bytes()[..], &named, &checksum].concat()
}
