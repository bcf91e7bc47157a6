//! The frames of a WebM file, in clusters.

use super::element::{Parts, element, uint};
use super::{TRACK, id, milliseconds};
use crate::track::Sample;

/// Frames that are decoded one after the other, from the first.
pub(super) struct Cluster {
    /// In milliseconds.
    pub(super) start: u64,
    /// Whether decoding can start here.
    pub(super) key: bool,
    pub(super) body: Parts,
}

impl Cluster {
    fn new(start: u64, key: bool) -> Self {
        let mut body = Parts::default();
        body.push(uint(id::TIMESTAMP, start));
        Self { start, key, body }
    }
}

/// Clusters, section 5.1.3: a new one at each key frame and before relative times run out.
pub(super) fn clusters(samples: Vec<Sample>) -> Vec<Cluster> {
    let count = samples.len();
    let mut clusters: Vec<Cluster> = Vec::new();
    for (index, Sample { bytes, key }) in samples.into_iter().enumerate() {
        let at = milliseconds(index);
        let goes_on = |cluster: &Cluster| !key && at - cluster.start <= LONGEST_CLUSTER;
        if !clusters.last().is_some_and(goes_on) {
            clusters.push(Cluster::new(at, key));
        }
        if let Some(Cluster { start, body, .. }) = clusters.last_mut() {
            let relative = (at - *start) as i16;
            body.append(if index + 1 == count {
                last_block(index, key, relative, bytes)
            } else {
                let flags = if key { 0x80 } else { 0 };
                block(id::SIMPLE_BLOCK, relative, flags, bytes)
            });
        }
    }
    clusters
        .iter_mut()
        .for_each(|cluster| cluster.body.wrap(id::CLUSTER));
    clusters
}

/// A frame in a block, section 5.1.3.5 and in section 10.1.
fn block(id: u32, relative: i16, flags: u8, frame: Vec<u8>) -> Parts {
    let mut head = vec![0x80 | TRACK as u8];
    head.extend(relative.to_be_bytes());
    head.push(flags);
    let mut block = Parts::default();
    block.push(head);
    block.push(frame);
    block.wrap(id);
    block
}

/// The last frame is a group, section 5.1.3.5, that also says how long it lasts.
fn last_block(index: usize, key: bool, relative: i16, frame: Vec<u8>) -> Parts {
    let mut group = block(id::BLOCK, relative, 0, frame);
    let lasts = milliseconds(index + 1) - milliseconds(index);
    group.push(uint(id::BLOCK_DURATION, lasts));
    // Without a reference, a block in a group is a key frame.
    if !key {
        let reference = milliseconds(index.saturating_sub(1)) as i64 - milliseconds(index) as i64;
        group.push(element(id::REFERENCE_BLOCK, &reference.to_be_bytes()));
    }
    group.wrap(id::BLOCK_GROUP);
    group
}

/// The longest time in milliseconds from a cluster's start to a block in it, which has 15 bits.
const LONGEST_CLUSTER: u64 = 32_000;
