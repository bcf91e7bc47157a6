//! A clip of a still, frame by frame.

use std::error::Error;
use std::fmt;
use std::time::Duration;

use crate::colour;
use crate::grid::CELL;
use crate::plane::{Canvas, Picture};
use crate::resample;
use crate::scene::Scene;
use crate::size::{FrameSize, Resolution, frame_size};
use crate::still::Still;
use crate::template::Template;
use crate::work::{PIECE, Work, end_piece};

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
        Self::prepare(still, template, seed, prompt, resolution).finish()
    }

    /// What [`new`](Self::new) does, piece by piece.
    pub fn prepare<'a>(
        still: &'a Still,
        template: &'a Template,
        seed: u64,
        prompt: &'a str,
        resolution: Resolution,
    ) -> Work<'a, Self> {
        let size = frame_size(still.width(), still.height(), resolution);
        Work::new(async move {
            let rgb = resample::scale(still, size).await;
            let planes = colour::from_rgb(&rgb, size).await;
            let picture = Picture::new(&planes, size).await;
            let scene = Scene::new(template, &picture, size, seed, prompt).await;
            Self {
                size,
                picture,
                scene,
            }
        })
    }

    /// Writes a frame as I420 in BT.709 limited range: luma, U, V, rows from the top, no padding.
    /// Frames after the last show the last one.
    ///
    /// # Errors
    /// When the buffer is not [`FrameSize::i420_len`] bytes.
    pub fn frame(&self, index: u32, i420: &mut [u8]) -> Result<(), BufferError> {
        self.draw(index, i420).map(Work::finish)
    }

    /// What [`frame`](Self::frame) does, piece by piece.
    ///
    /// # Errors
    /// When the buffer is not [`FrameSize::i420_len`] bytes.
    pub fn draw<'a>(&'a self, index: u32, i420: &'a mut [u8]) -> Result<Work<'a, ()>, BufferError> {
        BufferError::check(self.size.i420_len(), i420.len())?;
        Ok(Work::new(self.paint(index, i420)))
    }

    /// Writes a frame as opaque RGBA, as a player would show it.
    ///
    /// # Errors
    /// When the buffer is not [`FrameSize::rgba_len`] bytes.
    pub fn rgba(&self, index: u32, rgba: &mut [u8]) -> Result<(), BufferError> {
        self.draw_rgba(index, rgba).map(Work::finish)
    }

    /// What [`rgba`](Self::rgba) does, piece by piece.
    ///
    /// # Errors
    /// When the buffer is not [`FrameSize::rgba_len`] bytes.
    pub fn draw_rgba<'a>(
        &'a self,
        index: u32,
        rgba: &'a mut [u8],
    ) -> Result<Work<'a, ()>, BufferError> {
        BufferError::check(self.size.rgba_len(), rgba.len())?;
        Ok(Work::new(async move {
            let mut i420 = vec![0; self.size.i420_len()];
            self.paint(index, &mut i420).await;
            colour::to_rgba(&i420, self.size, rgba).await;
        }))
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

    async fn paint(&self, index: u32, i420: &mut [u8]) {
        let painter = self.scene.painter(&self.picture, second(index)).await;
        end_piece().await;
        let FrameSize { width, height } = self.size;
        let band = (DRAWN / width as usize / CELL).max(1) * CELL;
        for top in (0..height).step_by(band) {
            let rows = top..(top + band as u32).min(height);
            painter(&mut Canvas::new(self.size, rows, i420));
            end_piece().await;
        }
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

/// Pixels drawn in one piece. Every band works its warp out anew at its edges, so these are larger.
const DRAWN: usize = 2 * PIECE;
/// Frames per second of every clip.
pub const FRAMES_PER_SECOND: u32 = 24;
/// Frames in a clip.
pub const FRAMES: u32 = 120;
/// How long a clip is. <https://docs.runcomfy.com> offers this one duration.
pub const DURATION: Duration = Duration::from_secs((FRAMES / FRAMES_PER_SECOND) as u64);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::work::at_once;

    fn check(name: Option<&str>, still: &Still) {
        let motion = Motion::new(still, &Template::from(name), 1, "", Resolution::P480);
        let size = motion.size();
        for index in [0, 9, 60, FRAMES - 1] {
            let mut banded = vec![1; size.i420_len()];
            motion.frame(index, &mut banded).unwrap();
            let mut whole = vec![2; size.i420_len()];
            let painter = at_once(motion.scene.painter(&motion.picture, second(index)));
            painter(&mut Canvas::new(size, 0..size.height, &mut whole));
            assert!(banded == whole, "{name:?}, frame {index}");
        }
    }

    #[test]
    fn bands_make_what_is_drawn_at_a_stroke() {
        let thing = |x: i32, y: i32| (x - 420).pow(2) + (y - 260).pow(2) < 90 * 90;
        let striped = |x: i32, y: i32| (x / 23 + y / 31) % 3 == 0;
        for bright in [thing, striped] {
            let pixel = |i: i32| {
                let (x, y) = (i % 832, i / 832);
                let red = if bright(x, y) { 210 } else { 40 };
                [red, (y / 3) as u8, (x / 5) as u8, 255]
            };
            let still = Still::new(832, 480, (0..832 * 480).flat_map(pixel).collect()).unwrap();
            for name in [None, Some("squish"), Some("flying"), Some("carousel")] {
                check(name, &still);
            }
        }
    }
}
