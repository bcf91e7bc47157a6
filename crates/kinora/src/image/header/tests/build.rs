//! Files put together by hand, with all that a header needs and little more.

use super::super::png::checksum;

pub(super) fn chunk(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).unwrap();
    let named = [name, content].concat();
    let checksum = checksum(&named).to_be_bytes();
    [&length.to_be_bytes()[..], &named, &checksum].concat()
}

pub(super) fn png(colour: u8, bits: u8, chunks: &[Vec<u8>]) -> Vec<u8> {
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
pub(super) fn exif(is_low_first: bool, orientation: u8) -> Vec<u8> {
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

pub(super) fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).unwrap();
    [&[0xFF, marker], &length.to_be_bytes()[..], content].concat()
}

pub(super) fn frame(marker: u8, components: u8) -> Vec<u8> {
    let mut content = vec![8, 3, 0x40, 4, 0xE0, components];
    content.extend((0..components).flat_map(|id| [id, 0x11, 0]));
    segment(marker, &content)
}

pub(super) fn jpeg(segments: &[Vec<u8>]) -> Vec<u8> {
    [
        vec![0xFF, 0xD8],
        segments.concat(),
        segment(0xDA, &[1, 1, 0, 0, 63, 0]),
    ]
    .concat()
}

pub(super) fn webp(chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let chunks = chunks.iter().map(|(name, content)| {
        let size = u32::try_from(content.len()).unwrap().to_le_bytes();
        let padding = &[0][..content.len() % 2];
        [&name[..], &size, content, padding].concat()
    });
    let chunks = chunks.collect::<Vec<_>>().concat();
    let size = u32::try_from(chunks.len() + 4).unwrap().to_le_bytes();
    [b"RIFF", &size[..], b"WEBP", &chunks].concat()
}

pub(super) const LOSSY: &[u8] = &[0x10, 0, 0, 0x9D, 1, 0x2A, 0xE0, 0x44, 0x40, 0x43];

pub(super) fn lossless(has_alpha: bool) -> Vec<u8> {
    let bits = 1247_u32 | 831 << 14 | u32::from(has_alpha) << 28;
    [&[0x2F], &bits.to_le_bytes()[..]].concat()
}

/// `VP8X` for 1248 by 832 pixels.
pub(super) fn extended(flags: u8) -> [u8; 10] {
    [flags, 0, 0, 0, 0xDF, 4, 0, 0x3F, 3, 0]
}

pub(super) fn bmp(size: u32, height: i32, bits: u16, compression: u32, alpha_mask: u32) -> Vec<u8> {
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
