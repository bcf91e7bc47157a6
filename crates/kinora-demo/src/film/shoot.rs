//! From a picture to a finished file, on whichever thread this runs.

use kinora_motion::{
    BufferError, Codec as Coded, Colour, FRAMES, FrameSize, Motion, Mp4Writer, MuxError, Track,
    WebmWriter, Work,
};

use crate::codec::{Codec, Container};
use crate::order::Order;
use crate::trouble::Trouble;

use super::encoder::{Encoder, Sample};
use super::picture;
use super::plan::Plan;
use super::turn::Slices;
use super::webcodecs::USER_AGENT;
use super::webp::WebpEncoder;

/// A finished file.
#[derive(Debug)]
pub(crate) struct Film {
    /// Its bytes, one part after the other.
    pub(crate) parts: Vec<Vec<u8>>,
    pub(crate) container: Container,
}

/// Makes what is ordered with the first codec that works here, and reports frames as they are
/// done, of [`FRAMES`].
pub(crate) async fn shoot(
    order: &Order,
    slices: &mut Slices,
    report: &dyn Fn(u32),
) -> Result<Film, Trouble> {
    let still = picture::decode(&order.picture, slices).await?;
    let motion = slices.spend(Plan::read(&order.input).motion(&still)).await;
    drop(still);
    let mut trouble = Trouble::NoEncoder;
    for codec in codecs(order.codec) {
        match encode(codec, &motion, slices, report).await {
            Ok(film) => return Ok(film),
            Err(Trouble::NoEncoder) => {}
            Err(broke) => trouble = broke,
        }
    }
    Err(trouble)
}

fn codecs(only: Option<Codec>) -> Vec<Codec> {
    match only {
        Some(codec) => vec![codec],
        None => USER_AGENT.with(|agent| Codec::ladder(agent).to_vec()),
    }
}

async fn encode(
    codec: Codec,
    motion: &Motion,
    slices: &mut Slices,
    report: &dyn Fn(u32),
) -> Result<Film, Trouble> {
    let size = motion.size();
    let (samples, description) = match codec {
        Codec::Webp => (images(motion, slices, report).await?, Vec::new()),
        Codec::H264 | Codec::Vp9 | Codec::Vp8 => {
            let mut encoder = Encoder::open(codec.strings(size), size).await?;
            let mut frame = vec![0; size.i420_len()];
            for index in 0..FRAMES {
                slices.spend(fits(motion.draw(index, &mut frame))?).await;
                slices.pause().await;
                encoder.encode(index, &frame).await?;
                report(index + 1);
                slices.pause_if_due().await;
            }
            encoder.finish().await?
        }
    };
    if samples.len() != FRAMES as usize {
        let words = format!("{} of {FRAMES} frames came", samples.len());
        return Err(Trouble::Encoder(words));
    }
    let container = codec.container();
    let parts = mux(container, track(codec, size, description), samples)
        .map_err(|error| Trouble::Encoder(error.to_string()))?;
    Ok(Film { parts, container })
}

async fn images(
    motion: &Motion,
    slices: &mut Slices,
    report: &dyn Fn(u32),
) -> Result<Vec<Sample>, Trouble> {
    let size = motion.size();
    let mut encoder = WebpEncoder::open(size)?;
    let mut frame = vec![0; size.rgba_len()];
    for index in 0..FRAMES {
        slices
            .spend(fits(motion.draw_rgba(index, &mut frame))?)
            .await;
        encoder.encode(&frame, slices).await?;
        report(index + 1);
        slices.pause_if_due().await;
    }
    Ok(encoder.finish())
}

/// Buffers are made to measure, so this is never an error.
fn fits(drawn: Result<Work<'_, ()>, BufferError>) -> Result<Work<'_, ()>, Trouble> {
    drawn.map_err(|error| Trouble::Encoder(error.to_string()))
}

fn track(codec: Codec, size: FrameSize, description: Vec<u8>) -> Track {
    let (codec, colour) = match codec {
        Codec::H264 => (Coded::Avc { avcc: description }, Colour::Bt709),
        Codec::Vp9 => {
            let level = Codec::vp9_level(size);
            (Coded::Vp9 { level }, Colour::Bt709)
        }
        Codec::Vp8 => (Coded::Vp8, Colour::Bt709),
        Codec::Webp => (Coded::Vp8, Colour::Bt601),
    };
    Track {
        size,
        codec,
        colour,
    }
}

fn mux(container: Container, track: Track, samples: Vec<Sample>) -> Result<Vec<Vec<u8>>, MuxError> {
    match container {
        Container::Mp4 => {
            let mut file = Mp4Writer::new(track)?;
            for sample in samples {
                file.push(sample.bytes, sample.key)?;
            }
            file.finish()
        }
        Container::Webm => {
            let mut file = WebmWriter::new(track)?;
            for sample in samples {
                file.push(sample.bytes, sample.key)?;
            }
            file.finish()
        }
    }
}
