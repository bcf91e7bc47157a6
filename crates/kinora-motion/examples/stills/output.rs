//! From pictures to files in `web/stills`, or to a comparison with those that are there.

use std::error::Error;
use std::fs;
use std::path::Path;

use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

use crate::picture::Picture;

/// What happens to a finished still.
pub(crate) struct Target {
    /// Compare with the committed files instead of writing them.
    pub(crate) check: bool,
}

impl Target {
    /// Puts a still and its thumbnail in place.
    ///
    /// # Errors
    /// When a file cannot be read or written, or, while checking, holds other bytes.
    pub(crate) fn put(&self, name: &str, still: &Picture) -> Result<(), Box<dyn Error>> {
        let thumbnail = still.middle(4, 3).scaled_down(THUMBNAIL_WIDTH);
        self.put_file(&format!("{name}.jpg"), &jpeg(still, STILL_BYTES)?)?;
        self.put_file(
            &format!("{name}-thumb.jpg"),
            &jpeg(&thumbnail, THUMBNAIL_BYTES)?,
        )
    }

    fn put_file(&self, name: &str, bytes: &[u8]) -> Result<(), Box<dyn Error>> {
        let path = Path::new(FOLDER).join(name);
        if self.check {
            return match fs::read(&path)? == bytes {
                true => Ok(()),
                false => Err(format!("{name} differs from what the scene renders").into()),
            };
        }
        fs::create_dir_all(FOLDER)?;
        println!("{name}: {} bytes", bytes.len());
        Ok(fs::write(path, bytes)?)
    }
}

/// The best baseline JPEG that stays within `limit` bytes.
fn jpeg(picture: &Picture, limit: usize) -> Result<Vec<u8>, Box<dyn Error>> {
    let pixels = picture.to_srgb();
    for quality in (40..=BEST_QUALITY).rev().step_by(2) {
        let mut bytes = Vec::new();
        let mut encoder = Encoder::new(&mut bytes, quality);
        encoder.set_sampling_factor(SamplingFactor::F_2_2);
        encoder.set_optimized_huffman_tables(true);
        let (width, height) = (
            u16::try_from(picture.width)?,
            u16::try_from(picture.height)?,
        );
        encoder.encode(&pixels, width, height, ColorType::Rgb)?;
        if bytes.len() <= limit {
            return Ok(bytes);
        }
    }
    Err("the picture is too busy for its size limit".into())
}

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../web/stills");

/// The shelf of stills is part of the first page load, so each thumbnail is small, and all have
/// one shape.
const THUMBNAIL_WIDTH: usize = 96;
const THUMBNAIL_BYTES: usize = 1_450;

/// A still is loaded when it is chosen.
const STILL_BYTES: usize = 250_000;
const BEST_QUALITY: u8 = 88;
