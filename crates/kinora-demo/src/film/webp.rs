//! Video where the browser encodes images but no video: every frame a lossy WebP image, whose data
//! are a VP8 key frame.

use kinora_motion::{FrameSize, webp_vp8_chunk};
use wasm_bindgen::{Clamped, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, ImageData, ImageEncodeOptions, OffscreenCanvas, OffscreenCanvasRenderingContext2d,
};

use super::encoder::Sample;
use super::picture;
use super::turn::Slices;
use crate::js::words;
use crate::trouble::Trouble;

/// An encoder of single images.
pub(crate) struct WebpEncoder {
    canvas: OffscreenCanvas,
    context: OffscreenCanvasRenderingContext2d,
    size: FrameSize,
    samples: Vec<Sample>,
}

impl WebpEncoder {
    /// An encoder for frames of this size. Whether the browser encodes WebP shows at the first.
    pub(crate) fn open(size: FrameSize) -> Result<Self, Trouble> {
        let (canvas, context) =
            picture::canvas(size.width, size.height).map_err(|_| Trouble::NoEncoder)?;
        Ok(Self {
            canvas,
            context,
            size,
            samples: Vec::new(),
        })
    }

    /// Encodes a frame of opaque RGBA.
    pub(crate) async fn encode(&mut self, rgba: &[u8], slices: &mut Slices) -> Result<(), Trouble> {
        let file = self
            .image(rgba, slices)
            .await
            .map_err(|thrown| Trouble::Encoder(words(&thrown)))?;
        // A browser that cannot encode WebP gives a PNG instead.
        let bytes = webp_vp8_chunk(&file)
            .map_err(|_| Trouble::NoEncoder)?
            .to_vec();
        self.samples.push(Sample { bytes, key: true });
        Ok(())
    }

    /// All frames.
    pub(crate) fn finish(self) -> Vec<Sample> {
        self.samples
    }

    async fn image(&self, rgba: &[u8], slices: &mut Slices) -> Result<Vec<u8>, JsValue> {
        let FrameSize { width, .. } = self.size;
        let stride = width as usize * 4;
        let band = (BAND_BYTES / stride).max(1);
        for (index, part) in rgba.chunks(band * stride).enumerate() {
            let pixels = ImageData::new_with_u8_clamped_array(Clamped(part), width)?;
            self.context
                .put_image_data(&pixels, 0.0, (index * band) as f64)?;
            slices.pause_if_due().await;
        }
        let options = ImageEncodeOptions::new();
        options.set_type("image/webp");
        options.set_quality(QUALITY);
        let encoded = self.canvas.convert_to_blob_with_options(&options)?;
        bytes(&JsFuture::from(encoded).await?.into()).await
    }
}

async fn bytes(blob: &Blob) -> Result<Vec<u8>, JsValue> {
    let buffer = JsFuture::from(blob.array_buffer()).await?;
    Ok(js_sys::Uint8Array::new(&buffer).to_vec())
}

/// Put into the canvas at once: less than a millisecond's work.
const BAND_BYTES: usize = 1 << 20;
/// Of 0 to 1. Every frame is whole, so files are large; at 1 WebP is lossless, which is no VP8.
const QUALITY: f64 = 0.8;
