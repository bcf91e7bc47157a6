//! The files, read back by parsers written from the specifications.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use kinora_motion::{Codec, Colour, FRAMES, FrameSize, Mp4Writer, MuxError, Track, WebmWriter};
use proptest::prelude::*;

const AVCC: [u8; 7] = [1, 0x42, 0, 0x1F, 0xFF, 0xE0, 0];

fn track(codec: Codec) -> Track {
    Track {
        size: FrameSize {
            width: 832,
            height: 480,
        },
        codec,
        colour: Colour::Bt709,
    }
}

fn avc() -> Codec {
    Codec::Avc {
        avcc: AVCC.to_vec(),
    }
}

/// Frames of different lengths, a key frame each second.
fn frames() -> impl Iterator<Item = (Vec<u8>, bool)> {
    (0..FRAMES).map(|i| (vec![i as u8; 10 + i as usize % 9], i % 24 == 0))
}

fn mp4(codec: Codec) -> Vec<u8> {
    let mut writer = Mp4Writer::new(track(codec)).unwrap();
    frames().for_each(|(bytes, key)| writer.push(&bytes, key).unwrap());
    writer.finish().unwrap()
}

fn webm(codec: Codec) -> Vec<u8> {
    let mut writer = WebmWriter::new(track(codec)).unwrap();
    frames().for_each(|(bytes, key)| writer.push(&bytes, key).unwrap());
    writer.finish().unwrap()
}

fn word(bytes: &[u8], at: usize) -> u32 {
    u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap())
}

/// The boxes directly in `bytes`: name and body.
fn boxes(mut bytes: &[u8]) -> Vec<(&[u8], &[u8])> {
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

/// The EBML elements directly in `bytes`: identifier, position and body.
fn elements(bytes: &[u8]) -> Vec<(u32, usize, &[u8])> {
    let (mut at, mut found) = (0, Vec::new());
    while at < bytes.len() {
        let start = at;
        let length = bytes[at].leading_zeros() as usize + 1;
        let id = bytes[at..at + length]
            .iter()
            .fold(0, |id, byte| id << 8 | u32::from(*byte));
        at += length;
        let size = u64::from_be_bytes(bytes[at..at + 8].try_into().unwrap()) & !(1 << 56);
        at += 8;
        found.push((id, start, &bytes[at..at + size as usize]));
        at += size as usize;
    }
    found
}

fn child<'a>(bytes: &'a [u8], path: &[u32]) -> &'a [u8] {
    path.iter().fold(bytes, |body, id| {
        elements(body)
            .into_iter()
            .find(|(found, ..)| found == id)
            .unwrap_or_else(|| panic!("no {id:x} in {path:x?}"))
            .2
    })
}

fn number(bytes: &[u8]) -> u64 {
    u64::from_be_bytes(bytes.try_into().unwrap())
}

const SEGMENT: u32 = 0x1853_8067;
const CLUSTER: u32 = 0x1F43_B675;

#[test]
fn a_webm_has_its_index_before_its_frames_and_lasts_exactly_five_seconds() {
    let file = webm(Codec::Vp8);
    let segment = child(&file, &[SEGMENT]);
    let ids: Vec<u32> = elements(segment).iter().map(|(id, ..)| *id).collect();
    assert_eq!(
        ids,
        [
            0x114D_9B74,
            0x1549_A966,
            0x1654_AE6B,
            0x1C53_BB6B,
            CLUSTER,
            CLUSTER,
            CLUSTER,
            CLUSTER,
            CLUSTER
        ]
    );
    assert_eq!(
        f64::from_be_bytes(child(segment, &[0x1549_A966, 0x4489]).try_into().unwrap()),
        5_000.0
    );
    assert_eq!(
        number(child(segment, &[0x1654_AE6B, 0xAE, 0x23_E383])),
        41_666_667
    );
    assert_eq!(child(segment, &[0x1654_AE6B, 0xAE, 0x86]), b"V_VP8");
    assert_eq!(
        number(child(segment, &[0x1654_AE6B, 0xAE, 0xE0, 0x55B0, 0x55B1])),
        1
    );
}

#[test]
fn the_indexes_of_a_webm_point_where_they_say() {
    let file = webm(Codec::Vp9 { level: 30 });
    let segment = child(&file, &[SEGMENT]);
    let at = |position: u64| {
        *elements(segment)
            .iter()
            .find(|(_, start, _)| *start as u64 == position)
            .unwrap()
    };
    for (_, _, seek) in elements(child(segment, &[0x114D_9B74])) {
        let id = u32::from_be_bytes(child(seek, &[0x53AB]).try_into().unwrap());
        assert_eq!(at(number(child(seek, &[0x53AC]))).0, id);
    }
    for (second, (_, _, point)) in elements(child(segment, &[0x1C53_BB6B]))
        .into_iter()
        .enumerate()
    {
        let (id, _, cluster) = at(number(child(point, &[0xB7, 0xF1])));
        assert_eq!(
            (id, number(child(point, &[0xB3]))),
            (CLUSTER, second as u64 * 1_000)
        );
        assert_eq!(number(child(cluster, &[0xE7])), second as u64 * 1_000);
    }
}

#[test]
fn a_webm_holds_every_frame_at_its_time() {
    let file = webm(Codec::Vp8);
    let mut expected = frames().enumerate();
    let mut end = 0;
    for (_, _, cluster) in elements(child(&file, &[SEGMENT]))
        .into_iter()
        .filter(|(id, ..)| *id == CLUSTER)
    {
        let start = number(child(cluster, &[0xE7]));
        for (id, _, body) in elements(cluster).into_iter().skip(1) {
            let block = if id == 0xA0 {
                child(body, &[0xA1])
            } else {
                body
            };
            let (index, (bytes, key)) = expected.next().unwrap();
            let time = start + u64::from(u16::from_be_bytes([block[1], block[2]]));
            assert_eq!(
                (time * 24 + 12) / 1_000,
                index as u64,
                "frame {index} at {time} ms"
            );
            assert_eq!((block[0], &block[4..]), (0x81, &bytes[..]));
            if id == 0xA0 {
                end = time + number(child(body, &[0x9B]));
                assert_eq!(child(body, &[0xFB]).len(), 8);
            } else {
                assert_eq!(block[3] == 0x80, key);
            }
        }
    }
    assert_eq!((expected.next(), end), (None, 5_000));
}

#[test]
fn what_cannot_be_a_file_is_refused() {
    let check = |result: Result<(), MuxError>, code: &str| {
        let error = result.unwrap_err();
        assert_eq!(error.code(), code, "{error}");
    };
    let size = |width, height| Track {
        size: FrameSize { width, height },
        ..track(Codec::Vp9 { level: 30 })
    };
    check(Mp4Writer::new(size(0, 2)).map(drop), "mux_size");
    check(WebmWriter::new(size(2, 65_536)).map(drop), "mux_size");
    check(Mp4Writer::new(track(Codec::Vp8)).map(drop), "mux_codec");
    check(
        Mp4Writer::new(track(Codec::Av1 { av1c: vec![0; 4] })).map(drop),
        "mux_codec",
    );
    check(WebmWriter::new(track(avc())).map(drop), "mux_codec");
    check(
        Mp4Writer::new(track(Codec::Avc {
            avcc: vec![0, 0, 0, 1, 0x67, 0x42, 0],
        }))
        .map(drop),
        "mux_config",
    );
    check(
        Mp4Writer::new(track(Codec::Avc { avcc: vec![] })).map(drop),
        "mux_config",
    );
    check(
        WebmWriter::new(track(Codec::Av1 { av1c: vec![] })).map(drop),
        "mux_config",
    );
    let mut mp4 = Mp4Writer::new(track(avc())).unwrap();
    check(mp4.finish().map(drop), "mux_no_samples");
    check(mp4.push(&[1], false), "mux_first_not_key");
    check(mp4.push(&[], true), "mux_empty_sample");
    let webm = WebmWriter::new(track(Codec::Vp8)).unwrap();
    check(webm.finish().map(drop), "mux_no_samples");
}

proptest! {
    #[test]
    fn writers_take_anything_and_lose_nothing(
        width: u32, height: u32,
        config in proptest::collection::vec(any::<u8>(), 0..12),
        samples in proptest::collection::vec((proptest::collection::vec(any::<u8>(), 0..40), any::<bool>()), 0..40),
    ) {
        let size = FrameSize { width: width % 70_000, height: height % 70_000 };
        for codec in [Codec::Avc { avcc: config.clone() }, Codec::Vp8, Codec::Vp9 { level: width as u8 }, Codec::Av1 { av1c: config }] {
            let track = Track { size, codec, colour: Colour::Bt601 };
            if let Ok(mut writer) = Mp4Writer::new(track.clone()) {
                let kept: usize = samples.iter().filter(|(bytes, key)| writer.push(bytes, *key).is_ok()).map(|(bytes, _)| bytes.len()).sum();
                let file = writer.finish();
                prop_assert_eq!(file.is_ok(), kept > 0);
                prop_assert!(file.map_or(0, |file| boxes(&file)[2].1.len()) == kept);
            }
            if let Ok(mut writer) = WebmWriter::new(track) {
                let kept = samples.iter().filter(|(bytes, key)| writer.push(bytes, *key).is_ok()).count();
                let file = writer.finish();
                prop_assert_eq!(file.is_ok(), kept > 0);
                let blocks = |file: &[u8]| elements(child(file, &[SEGMENT])).iter().filter(|(id, ..)| *id == CLUSTER)
                    .map(|(_, _, cluster)| elements(cluster).len() - 1).sum::<usize>();
                prop_assert_eq!(file.map_or(0, |file| blocks(&file)), kept);
            }
        }
    }
}
