//! MP4, read by its boxes (ISO/IEC 14496-12).

use kinora_motion::{Codec, FRAMES, Mp4Writer};

use crate::{AVCC, avc, frames, track};

fn mp4(codec: Codec) -> Vec<u8> {
    let mut writer = Mp4Writer::new(track(codec)).unwrap();
    frames().for_each(|(bytes, key)| writer.push(bytes, key).unwrap());
    writer.finish().unwrap().concat()
}

fn word(bytes: &[u8], at: usize) -> u32 {
    u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap())
}

/// The boxes directly in `bytes`: name and body.
pub(crate) fn boxes(mut bytes: &[u8]) -> Vec<(&[u8], &[u8])> {
    let mut found = Vec::new();
    while !bytes.is_empty() {
        let (one, rest) = bytes.split_at(word(bytes, 0) as usize);
        found.push((&one[4..8], &one[8..]));
        bytes = rest;
    }
    found
}

/// The body of the box at a path of names.
fn inside<'a>(file: &'a [u8], path: &str) -> &'a [u8] {
    path.split('/').fold(file, |body, name| {
        boxes(body)
            .into_iter()
            .find(|(found, _)| *found == name.as_bytes())
            .unwrap_or_else(|| panic!("no {name} in {path}"))
            .1
    })
}

#[test]
fn an_mp4_has_its_index_first_and_lasts_exactly_five_seconds() {
    let file = mp4(avc());
    let names: Vec<&[u8]> = boxes(&file).iter().map(|(name, _)| *name).collect();
    assert_eq!(names, [b"ftyp", b"moov", b"mdat"]);
    let mvhd = inside(&file, "moov/mvhd");
    assert_eq!(word(mvhd, 16), word(mvhd, 12) * 5);
    let mdhd = inside(&file, "moov/trak/mdia/mdhd");
    assert_eq!(word(mdhd, 16), word(mdhd, 12) * 5);
    let stts = inside(&file, "moov/trak/mdia/minf/stbl/stts");
    assert_eq!((word(stts, 4), word(stts, 8)), (1, FRAMES));
    assert_eq!(word(stts, 8) * word(stts, 12), word(mdhd, 16));
    assert!(
        !boxes(inside(&file, "moov/trak"))
            .iter()
            .any(|(name, _)| name == b"edts")
    );
}

#[test]
fn every_frame_of_an_mp4_lies_where_its_table_says() {
    let file = mp4(avc());
    let table = |name: &str| inside(&file, &format!("moov/trak/mdia/minf/stbl/{name}"));
    let mut at = word(table("stco"), 8) as usize;
    for (index, (bytes, _)) in frames().enumerate() {
        let length = word(table("stsz"), 12 + index * 4) as usize;
        assert_eq!(&file[at..at + length], &bytes[..], "frame {index}");
        at += length;
    }
    assert_eq!(at, file.len());
    let keys: Vec<u32> = (0..word(table("stss"), 4) as usize)
        .map(|i| word(table("stss"), 8 + i * 4))
        .collect();
    assert_eq!(keys, [1, 25, 49, 73, 97]);
    assert_eq!(
        [4, 8, 12, 16].map(|at| word(table("stsc"), at)),
        [1, 1, FRAMES, 1]
    );
}

#[test]
fn an_mp4_carries_the_decoder_configuration_and_the_colour() {
    for (codec, name, config) in [
        (avc(), "avc1", ("avcC", &AVCC[..])),
        (
            Codec::Vp9 { level: 30 },
            "vp09",
            ("vpcC", &[1, 0, 0, 0, 0, 30, 0x82, 1, 1, 1, 0, 0]),
        ),
    ] {
        let file = mp4(codec);
        let entry = inside(&inside(&file, "moov/trak/mdia/minf/stbl/stsd")[8..], name);
        assert_eq!((word(entry, 24), entry.len() > 78), (832 << 16 | 480, true));
        assert_eq!(inside(&entry[78..], config.0), config.1);
        assert_eq!(inside(&entry[78..], "colr"), b"nclx\0\x01\0\x01\0\x01\0");
    }
}
