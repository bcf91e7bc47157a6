//! What is drawn as a PNG without an alpha channel, which canvases write into every PNG.
//!
//! [`PngWriter`] does it but for deflate, which browsers bring along. The crate `png` brings its own:
//! 82 KB of module, and 6 s for three million pixels where the browser takes 1.2 s (2026-11-25).

use js_sys::{Array, Uint8Array};
use kinora::image::PngWriter;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, ReadableStream};

use super::breath::Breath;
use super::canvas::Canvas;
use crate::stream::Pieces;

/// The file; nothing in browsers that do not compress for scripts.
pub(super) async fn encode(canvas: &Canvas, (width, height): (u32, u32)) -> Option<Blob> {
    let mut writer = PngWriter::new(width, height);
    let file = Array::of1(&bytes(&writer.start()));
    let lines = lines(canvas, (width, height), &mut writer).await?;
    let mut compressed = Pieces::of(&compressed(&lines)?);
    while let Some(piece) = compressed.next().await.ok()? {
        file.push(&bytes(&PngWriter::data(&piece.to_vec())));
    }
    file.push(&bytes(PngWriter::END));
    let kind = BlobPropertyBag::new();
    kind.set_type("image/png");
    Blob::new_with_u8_array_sequence_and_options(&file, &kind).ok()
}

/// Everything that is drawn, ready to be compressed; the page breathes in between.
async fn lines(
    canvas: &Canvas,
    (width, height): (u32, u32),
    writer: &mut PngWriter,
) -> Option<Blob> {
    let lines = Array::new();
    let mut breath = Breath::taken();
    for y in (0..height).step_by(STRIP as usize) {
        let strip = canvas.drawn((0, y), (width, STRIP.min(height - y)))?;
        lines.push(&bytes(&writer.lines(&strip)));
        breath.when_due().await;
    }
    Blob::new_with_u8_array_sequence(&lines).ok()
}

/// As a zlib stream (RFC 1950), which is what PNG wants (§10.1) and the browser calls `deflate`.
fn compressed(file: &Blob) -> Option<ReadableStream> {
    let deflate = CompressionStream::new("deflate").ok()?;
    let stream: Compressible = file.stream().unchecked_into();
    stream.pipe_through(&deflate).ok()
}

fn bytes(bytes: &[u8]) -> Uint8Array {
    Uint8Array::from(bytes)
}

/// Lines that are read at once: at the longest side half a million pixels.
const STRIP: u32 = 64;

#[wasm_bindgen]
extern "C" {
    /// <https://compression.spec.whatwg.org/#compression-stream>
    type CompressionStream;

    #[wasm_bindgen(constructor, catch)]
    fn new(format: &str) -> Result<CompressionStream, JsValue>;

    /// A [`ReadableStream`]; web-sys would have it piped through a dictionary of its own.
    type Compressible;

    #[wasm_bindgen(method, js_name = pipeThrough, catch)]
    fn pipe_through(
        this: &Compressible,
        through: &CompressionStream,
    ) -> Result<ReadableStream, JsValue>;
}
