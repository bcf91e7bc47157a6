//! MP4 files of one video track (ISO/IEC 14496-12, the ISO base media file format), index first, so that
//! a player can start and seek before it has the whole file. There are no edit lists and no dates.

use crate::motion::FRAMES_PER_SECOND;
use crate::track::{Codec, MuxError, Samples, Track};

/// Collects encoded frames, each shown for one frame's time, and writes the file.
#[derive(Clone, Debug)]
pub struct Mp4Writer {
    track: Track,
    samples: Samples,
}

impl Mp4Writer {
    /// A file without frames yet.
    ///
    /// # Errors
    /// When the size does not fit, MP4 does not carry the codec here, or the decoder configuration is none.
    pub fn new(track: Track) -> Result<Self, MuxError> {
        track.checked_size()?;
        match &track.codec {
            Codec::Avc { avcc } if avcc.len() < 7 || avcc[0] != 1 => Err(MuxError::Config),
            Codec::Avc { .. } | Codec::Vp9 { .. } => Ok(Self {
                track,
                samples: Samples::default(),
            }),
            Codec::Vp8 | Codec::Av1 { .. } => Err(MuxError::Codec),
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
        let ftyp = boxed(
            b"ftyp",
            &[b"isom", &[0, 0, 2, 0], b"isom", b"iso2", b"avc1", b"mp41"],
        );
        // The index's length does not depend on the offset in it, so a first draft measures it.
        let offset = ftyp.len() + self.moov(0).len() + 8;
        let mut head = ftyp;
        head.extend(self.moov(offset as u32));
        head.extend((self.samples.length as u32 + 8).to_be_bytes());
        head.extend(b"mdat");
        let mut parts = vec![head];
        parts.extend(self.samples.entries.into_iter().map(|sample| sample.bytes));
        Ok(parts)
    }

    fn duration(&self) -> u32 {
        self.samples.entries.len() as u32 * TICKS
    }

    /// Movie box, 8.2.1.
    fn moov(&self, offset: u32) -> Vec<u8> {
        let mvhd = full(
            b"mvhd",
            0,
            &[
                &words(&[0, 0, TIMESCALE, self.duration(), 0x1_0000]),
                &[1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
                &words(&MATRIX),
                &[0; 24],
                &words(&[2]),
            ],
        );
        boxed(b"moov", &[&mvhd, &self.trak(offset)])
    }

    /// Track box, 8.3.1; its header says enabled, in movie, in preview.
    fn trak(&self, offset: u32) -> Vec<u8> {
        let size = self.track.size;
        let tkhd = full(
            b"tkhd",
            7,
            &[
                &words(&[0, 0, 1, 0, self.duration(), 0, 0, 0, 0]),
                &words(&MATRIX),
                &words(&[size.width << 16, size.height << 16]),
            ],
        );
        // Language `und` in packed ISO 639-2.
        let mdhd = full(
            b"mdhd",
            0,
            &[
                &words(&[0, 0, TIMESCALE, self.duration()]),
                &[0x55, 0xC4, 0, 0],
            ],
        );
        let hdlr = full(b"hdlr", 0, &[&[0; 4], b"vide", &[0; 12], b"video\0"]);
        boxed(
            b"trak",
            &[&tkhd, &boxed(b"mdia", &[&mdhd, &hdlr, &self.minf(offset)])],
        )
    }

    /// Media information box, 8.4.4; the data is in this very file.
    fn minf(&self, offset: u32) -> Vec<u8> {
        let dref = full(b"dref", 0, &[&words(&[1]), &full(b"url ", 1, &[])]);
        let vmhd = full(b"vmhd", 1, &[&[0; 8]]);
        boxed(
            b"minf",
            &[&vmhd, &boxed(b"dinf", &[&dref]), &self.stbl(offset)],
        )
    }

    /// Sample table, 8.5.1: every frame lasts as long, and all lie in one chunk.
    fn stbl(&self, offset: u32) -> Vec<u8> {
        let count = self.samples.entries.len() as u32;
        let numbered = || (1_u32..).zip(&self.samples.entries);
        let keys: Vec<u32> = numbered()
            .filter(|(_, sample)| sample.key)
            .map(|(number, _)| number)
            .collect();
        let lengths: Vec<u32> = numbered()
            .map(|(_, sample)| sample.bytes.len() as u32)
            .collect();
        boxed(
            b"stbl",
            &[
                &full(b"stsd", 0, &[&words(&[1]), &self.sample_entry()]),
                &full(b"stts", 0, &[&words(&[1, count, TICKS])]),
                &full(b"stss", 0, &[&words(&[keys.len() as u32]), &words(&keys)]),
                &full(b"stsc", 0, &[&words(&[1, 1, count, 1])]),
                &full(b"stsz", 0, &[&words(&[0, count]), &words(&lengths)]),
                &full(b"stco", 0, &[&words(&[1, offset])]),
            ],
        )
    }

    /// Visual sample entry, 12.1.3, with the codec's configuration and the colour box, 12.1.5.
    fn sample_entry(&self) -> Vec<u8> {
        let [primaries, transfer, matrix] = self.track.colour.code_points();
        let colr = boxed(
            b"colr",
            &[b"nclx", &[0, primaries, 0, transfer, 0, matrix, 0]],
        );
        let (name, config) = match &self.track.codec {
            Codec::Avc { avcc } => (b"avc1", boxed(b"avcC", &[avcc])),
            // <https://www.webmproject.org/vp9/mp4/>: 8 bits, 4:2:0 with chroma beside the upper left luma.
            Codec::Vp9 { level } => {
                let fields = [
                    0,
                    *level,
                    8 << 4 | 1 << 1,
                    primaries,
                    transfer,
                    matrix,
                    0,
                    0,
                ];
                (b"vp09", full(b"vpcC", 1 << 24, &[&fields]))
            }
            Codec::Vp8 | Codec::Av1 { .. } => return Vec::new(),
        };
        let size = self.track.size;
        boxed(
            name,
            &[
                &[0, 0, 0, 0, 0, 0, 0, 1],
                &[0; 16],
                &words(&[size.width << 16 | size.height, DPI, DPI, 0]),
                &[0, 1],
                &[0; 32],
                &[0, 0x18, 0xFF, 0xFF],
                &config,
                &colr,
            ],
        )
    }
}

fn boxed(name: &[u8; 4], parts: &[&[u8]]) -> Vec<u8> {
    let length = 8 + parts.iter().map(|part| part.len()).sum::<usize>();
    let mut bytes = Vec::with_capacity(length);
    bytes.extend((length as u32).to_be_bytes());
    bytes.extend(name);
    parts.iter().for_each(|part| bytes.extend(*part));
    bytes
}

/// A box with a version and flags before its fields.
fn full(name: &[u8; 4], version_and_flags: u32, parts: &[&[u8]]) -> Vec<u8> {
    let head = version_and_flags.to_be_bytes();
    let mut all: Vec<&[u8]> = vec![&head];
    all.extend(parts);
    boxed(name, &all)
}

fn words(values: &[u32]) -> Vec<u8> {
    values
        .iter()
        .flat_map(|value| value.to_be_bytes())
        .collect()
}

/// Ticks per second: a multiple of the frame rate, so that every time is exact.
const TIMESCALE: u32 = FRAMES_PER_SECOND * TICKS;
/// Ticks per frame.
const TICKS: u32 = 512;
/// No rotation, 16.16 and 2.30 fixed point.
const MATRIX: [u32; 9] = [0x1_0000, 0, 0, 0, 0x1_0000, 0, 0, 0, 0x4000_0000];
/// 72 dots per inch, 16.16 fixed point.
const DPI: u32 = 72 << 16;
