//! WebM, read by its EBML elements (RFC 8794, RFC 9559).

use kinora_motion::{Codec, WebmWriter};

use crate::{frames, track};

fn webm(codec: Codec) -> Vec<u8> {
    let mut writer = WebmWriter::new(track(codec)).unwrap();
    frames().for_each(|(bytes, key)| writer.push(bytes, key).unwrap());
    writer.finish().unwrap().concat()
}

/// The EBML elements directly in `bytes`: identifier, position and body.
pub(crate) fn elements(bytes: &[u8]) -> Vec<(u32, usize, &[u8])> {
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

pub(crate) fn child<'a>(bytes: &'a [u8], path: &[u32]) -> &'a [u8] {
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

pub(crate) const SEGMENT: u32 = 0x1853_8067;
pub(crate) const CLUSTER: u32 = 0x1F43_B675;

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
