//! The files, read back by parsers written from the specifications.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod mp4;
mod webm;

use kinora_motion::{Codec, Colour, FRAMES, FrameSize, Mp4Writer, MuxError, Track, WebmWriter};
use mp4::boxes;
use proptest::prelude::*;
use webm::{CLUSTER, SEGMENT, child, elements};

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
    check(mp4.push(vec![1], false), "mux_first_not_key");
    check(mp4.push(vec![], true), "mux_empty_sample");
    check(mp4.finish().map(drop), "mux_no_samples");
    let webm = WebmWriter::new(track(Codec::Vp8)).unwrap();
    check(webm.finish().map(drop), "mux_no_samples");
}

#[test]
fn frames_are_handed_on_uncopied() {
    let frames = vec![vec![7; 100], vec![8; 200], vec![9; 300]];
    let addresses: Vec<_> = frames.iter().map(|frame| frame.as_ptr()).collect();
    let check = |parts: Vec<Vec<u8>>| {
        let found = parts.iter().map(|part| part.as_ptr());
        let found: Vec<_> = found.filter(|at| addresses.contains(at)).collect();
        assert_eq!(found, addresses);
        parts
            .into_iter()
            .filter(|part| part.len() >= 100)
            .collect::<Vec<_>>()
    };
    let mut mp4 = Mp4Writer::new(track(avc())).unwrap();
    frames
        .into_iter()
        .for_each(|frame| mp4.push(frame, true).unwrap());
    let mut parts = mp4.finish().unwrap();
    parts.remove(0);
    let frames = check(parts);
    let mut webm = WebmWriter::new(track(Codec::Vp8)).unwrap();
    frames
        .into_iter()
        .for_each(|frame| webm.push(frame, true).unwrap());
    check(webm.finish().unwrap());
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
                let kept: usize = samples.iter().filter(|(bytes, key)| writer.push(bytes.clone(), *key).is_ok()).map(|(bytes, _)| bytes.len()).sum();
                let file = writer.finish().map(|parts| parts.concat());
                prop_assert_eq!(file.is_ok(), kept > 0);
                prop_assert!(file.map_or(0, |file| boxes(&file)[2].1.len()) == kept);
            }
            if let Ok(mut writer) = WebmWriter::new(track) {
                let kept = samples.iter().filter(|(bytes, key)| writer.push(bytes.clone(), *key).is_ok()).count();
                let file = writer.finish().map(|parts| parts.concat());
                prop_assert_eq!(file.is_ok(), kept > 0);
                let blocks = |file: &[u8]| elements(child(file, &[SEGMENT])).iter().filter(|(id, ..)| *id == CLUSTER)
                    .map(|(_, _, cluster)| elements(cluster).len() - 1).sum::<usize>();
                prop_assert_eq!(file.map_or(0, |file| blocks(&file)), kept);
            }
        }
    }
}
