//! Frames from a still image, and MP4 and WebM writers to put them in.
//!
//! ```text
//! Still ─► Motion::new ─► frame(0..FRAMES) ─► I420 ─► (the host's encoder) ─► Mp4Writer │ WebmWriter ─► bytes
//!             prepare      draw                   each as Work, for hosts that do it piece by piece
//! ```
//!
//! Everything here is a function of its arguments: no clock, no input or output, no JavaScript. No AI
//! model is involved either: motions are drawn by geometry. Encoding is the host's work.

mod colour;
mod field;
mod grid;
mod hint;
mod math;
mod motion;
mod mp4;
mod plane;
mod resample;
mod scene;
mod size;
mod still;
mod subject;
mod template;
mod track;
mod webm;
mod webp;
mod work;

pub use motion::{BufferError, DURATION, FRAMES, FRAMES_PER_SECOND, Motion};
pub use mp4::Mp4Writer;
pub use size::{FrameSize, MAX_ASPECT, Resolution, frame_size};
pub use still::{MAX_SIDE, Still, StillError};
pub use template::Template;
pub use track::{Codec, Colour, MuxError, Track};
pub use webm::WebmWriter;
pub use webp::{WebpError, webp_vp8_chunk};
pub use work::Work;
