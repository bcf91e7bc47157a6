//! A clip of a still, frame by frame.

use std::error::Error;
use std::fmt;
use std::ops::Range;
use std::time::Duration;

use crate::colour;
use crate::plane::{Canvas, Picture};
use crate::resample;
use crate::scene::Scene;
use crate::size::{FrameSize, Resolution, frame_size};
use crate::still::Still;
use crate::template::Template;

/// A still set in motion: [`FRAMES`] frames at [`FRAMES_PER_SECOND`], each drawn on demand.
///
/// The first frame is the still, scaled. The same still, template, seed, prompt and resolution give
/// the same bytes on every platform.
#[derive(Clone, Debug)]
pub struct Motion {
    size: FrameSize,
    picture: Picture,
    scene: Scene,
}

impl Motion {
    /// Prepares a clip. The seed chooses directions, phases and strengths. The prompt moves the camera
    /// where it names a move (such as `pan left`, `zoom in`, `slow`); a template other than
    /// [`Template::CameraMove`] and [`Template::Other`] ignores it, as the model does.
    pub fn new(
        still: &Still,
        template: &Template,
        seed: u64,
        prompt: &str,
        resolution: Resolution,
    ) -> Self {
        let size = frame_size(still.width(), still.height(), resolution);
        let picture = Picture::new(&colour::from_rgb(&resample::scale(still, size), size), size);
        let scene = Scene::new(template, &picture, size, seed, prompt);
        Self {
            size,
            picture,
            scene,
        }
    }

    /// Writes a frame as I420 in BT.709 limited range: luma, U, V, rows from the top, no padding.
    /// Frames after the last show the last one.
    ///
    /// # Errors
    /// When the buffer is not [`FrameSize::i420_len`] bytes.
    pub fn frame(&self, index: u32, i420: &mut [u8]) -> Result<(), BufferError> {
        self.frame_rows(index, 0..self.size.height, i420)
    }

    /// Writes some rows of a frame into their place in a buffer for the whole, for hosts that must
    /// not be busy for long. Bands that cover all rows make the frame that [`frame`](Self::frame)
    /// makes. A band that begins or ends at an odd row takes in the row that shares its chroma.
    ///
    /// # Errors
    /// When the buffer is not [`FrameSize::i420_len`] bytes.
    pub fn frame_rows(
        &self,
        index: u32,
        rows: Range<u32>,
        i420: &mut [u8],
    ) -> Result<(), BufferError> {
        BufferError::check(self.size.i420_len(), i420.len())?;
        self.scene.draw(
            &self.picture,
            second(index),
            &mut Canvas::new(self.size, rows, i420),
        );
        Ok(())
    }

    /// Writes a frame as opaque RGBA, as a player would show it.
    ///
    /// # Errors
    /// When the buffer is not [`FrameSize::rgba_len`] bytes.
    pub fn rgba(&self, index: u32, rgba: &mut [u8]) -> Result<(), BufferError> {
        BufferError::check(self.size.rgba_len(), rgba.len())?;
        let mut i420 = vec![0; self.size.i420_len()];
        self.frame(index, &mut i420)?;
        colour::to_rgba(&i420, self.size, rgba);
        Ok(())
    }

    /// The size of every frame.
    pub fn size(&self) -> FrameSize {
        self.size
    }

    /// Where in the scaled still (in its pixels) the pixels of a frame at these places come from;
    /// `None` for what is not of the still.
    pub fn origins(&self, index: u32, places: &[(f32, f32)]) -> Vec<Option<(f32, f32)>> {
        self.scene.origins(second(index), places)
    }
}

fn second(index: u32) -> f32 {
    index.min(FRAMES - 1) as f32 / FRAMES_PER_SECOND as f32
}

/// A buffer that a frame does not fit exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BufferError {
    /// Bytes that a frame has.
    pub expected: usize,
    /// Bytes that the buffer has.
    pub actual: usize,
}

impl BufferError {
    fn check(expected: usize, actual: usize) -> Result<(), Self> {
        if expected == actual {
            Ok(())
        } else {
            Err(Self { expected, actual })
        }
    }
}

impl fmt::Display for BufferError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "a frame needs a buffer of {} bytes, not {}",
            self.expected, self.actual
        )
    }
}

impl Error for BufferError {}

/// Frames per second of every clip.
pub const FRAMES_PER_SECOND: u32 = 24;
/// Frames in a clip.
pub const FRAMES: u32 = 120;
/// How long a clip is. <https://docs.runcomfy.com> offers this one duration.
pub const DURATION: Duration = Duration::from_secs((FRAMES / FRAMES_PER_SECOND) as u64);
