//! WebM files of one video track (RFC 9559, Matroska, in the subset that
//! <https://www.webmproject.org/docs/container/> names). The index (Cues) lies before the frames, and
//! every key frame starts a cluster. Sizes take eight bytes everywhere, so positions are known at once.

mod cluster;
mod element;
mod id;

use crate::motion::FRAMES_PER_SECOND;
use crate::size::FrameSize;
use crate::track::{Codec, MuxError, Samples, Track};
use cluster::{Cluster, clusters};
use element::{element, master, start, uint};

/// Collects encoded frames, each shown for one frame's time, and writes the file.
#[derive(Clone, Debug)]
pub struct WebmWriter {
    track: Track,
    samples: Samples,
}

impl WebmWriter {
    /// A file without frames yet.
    ///
    /// # Errors
    /// When the size does not fit, WebM does not carry the codec, or the decoder configuration is none.
    pub fn new(track: Track) -> Result<Self, MuxError> {
        track.checked_size()?;
        match &track.codec {
            Codec::Avc { .. } => Err(MuxError::Codec),
            Codec::Av1 { av1c } if av1c.len() < 4 => Err(MuxError::Config),
            Codec::Vp8 | Codec::Vp9 { .. } | Codec::Av1 { .. } => Ok(Self {
                track,
                samples: Samples::default(),
            }),
        }
    }

    /// Adds the next encoded frame.
    ///
    /// # Errors
    /// When the frame is empty, the first is not a key frame, or the file grows too large.
    pub fn push(&mut self, bytes: Vec<u8>, key: bool) -> Result<(), MuxError> {
        self.samples.push(bytes, key)
    }

    /// The whole file: its parts, one after the other. No frame is copied.
    ///
    /// # Errors
    /// When no frame was added.
    pub fn finish(self) -> Result<Vec<Vec<u8>>, MuxError> {
        self.samples.checked()?;
        let (info, tracks) = (self.info(), self.tracks());
        let clusters = clusters(self.samples.entries);
        // Neither index changes length with the positions in it, so drafts of zeros measure them.
        let info_at = seek_head(&[0; 3]).len();
        let tracks_at = info_at + info.len();
        let cues_at = tracks_at + tracks.len();
        let first_at = cues_at + cues(&clusters, 0).len();
        let length = clusters.iter().map(|cluster| cluster.body.length);
        let mut head = header();
        head.extend(start(id::SEGMENT, first_at + length.sum::<usize>()));
        head.extend(seek_head(&[info_at, tracks_at, cues_at]));
        head.extend(info);
        head.extend(tracks);
        head.extend(cues(&clusters, first_at));
        let mut parts = vec![head];
        parts.extend(clusters.into_iter().flat_map(|cluster| cluster.body.parts));
        Ok(parts)
    }

    /// Segment information, RFC 9559 section 5.1.2, in milliseconds.
    fn info(&self) -> Vec<u8> {
        let duration = milliseconds(self.samples.entries.len()) as f64;
        master(
            id::INFO,
            &[
                uint(id::TIMESTAMP_SCALE, 1_000_000),
                element(id::DURATION, &duration.to_be_bytes()),
                element(id::MUXING_APP, b"Kinora"),
                element(id::WRITING_APP, b"Kinora"),
            ],
        )
    }

    /// Tracks, section 5.1.4. The UID only has to be unique within the file.
    fn tracks(&self) -> Vec<u8> {
        let (name, config) = match &self.track.codec {
            Codec::Vp8 => ("V_VP8", Vec::new()),
            Codec::Av1 { av1c } => ("V_AV1", element(id::CODEC_PRIVATE, av1c)),
            Codec::Vp9 { .. } | Codec::Avc { .. } => ("V_VP9", Vec::new()),
        };
        let frame =
            (1_000_000_000 + u64::from(FRAMES_PER_SECOND) / 2) / u64::from(FRAMES_PER_SECOND);
        let entry = master(
            id::TRACK_ENTRY,
            &[
                uint(id::TRACK_NUMBER, TRACK),
                uint(id::TRACK_UID, TRACK),
                uint(id::TRACK_TYPE, 1),
                uint(id::FLAG_LACING, 0),
                uint(id::DEFAULT_DURATION, frame),
                element(id::CODEC_ID, name.as_bytes()),
                config,
                self.video(),
            ],
        );
        master(id::TRACKS, &[entry])
    }

    /// Video settings, section 5.1.4.1.28, with limited range and the colour's H.273 numbers.
    fn video(&self) -> Vec<u8> {
        let [primaries, transfer, matrix] = self.track.colour.code_points().map(u64::from);
        let colour = master(
            id::COLOUR,
            &[
                uint(id::MATRIX_COEFFICIENTS, matrix),
                uint(id::BITS_PER_CHANNEL, 8),
                uint(id::CHROMA_SUBSAMPLING_HORZ, 1),
                uint(id::CHROMA_SUBSAMPLING_VERT, 1),
                uint(id::RANGE, 1),
                uint(id::TRANSFER_CHARACTERISTICS, transfer),
                uint(id::PRIMARIES, primaries),
            ],
        );
        let FrameSize { width, height } = self.track.size;
        master(
            id::VIDEO,
            &[
                uint(id::PIXEL_WIDTH, width.into()),
                uint(id::PIXEL_HEIGHT, height.into()),
                colour,
            ],
        )
    }
}

/// The EBML header, RFC 8794 section 11.2.
fn header() -> Vec<u8> {
    master(
        id::EBML,
        &[
            uint(id::EBML_VERSION, 1),
            uint(id::EBML_READ_VERSION, 1),
            uint(id::EBML_MAX_ID_LENGTH, 4),
            uint(id::EBML_MAX_SIZE_LENGTH, 8),
            element(id::DOC_TYPE, b"webm"),
            uint(id::DOC_TYPE_VERSION, 4),
            uint(id::DOC_TYPE_READ_VERSION, 2),
        ],
    )
}

/// Where information, tracks and cues lie, counted from the segment's first byte; section 5.1.1.
fn seek_head(positions: &[usize; 3]) -> Vec<u8> {
    let seek = |(id, at): (u32, &usize)| {
        master(
            id::SEEK,
            &[
                element(id::SEEK_ID, &id.to_be_bytes()),
                uint(id::SEEK_POSITION, *at as u64),
            ],
        )
    };
    let entries: Vec<Vec<u8>> = [id::INFO, id::TRACKS, id::CUES]
        .into_iter()
        .zip(positions)
        .map(seek)
        .collect();
    master(id::SEEK_HEAD, &entries)
}

/// The key frames and where their clusters lie; section 5.1.5.
fn cues(clusters: &[Cluster], first_at: usize) -> Vec<u8> {
    let mut at = first_at as u64;
    let mut points = Vec::new();
    for cluster in clusters {
        if cluster.key {
            let place = [
                uint(id::CUE_TRACK, TRACK),
                uint(id::CUE_CLUSTER_POSITION, at),
            ];
            let place = master(id::CUE_TRACK_POSITIONS, &place);
            points.push(master(
                id::CUE_POINT,
                &[uint(id::CUE_TIME, cluster.start), place],
            ));
        }
        at += cluster.body.length as u64;
    }
    master(id::CUES, &points)
}

/// When a frame starts, rounded to the nearest millisecond.
fn milliseconds(index: usize) -> u64 {
    let rate = u64::from(FRAMES_PER_SECOND);
    (index as u64 * 1_000 + rate / 2) / rate
}

/// The number of the only track.
const TRACK: u64 = 1;
