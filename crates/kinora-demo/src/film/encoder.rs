//! One video through the browser's encoder (WebCodecs).

use futures_channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded};
use futures_util::StreamExt;
use js_sys::{ArrayBuffer, Function, Object, Uint8Array};
use kinora_motion::{FRAMES_PER_SECOND, FrameSize};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::webcodecs::{EncodedVideoChunk, VideoEncoder, VideoFrame};
use crate::js::{member, object, words};
use crate::trouble::Trouble;

/// An encoded frame.
#[derive(Debug)]
pub(crate) struct Sample {
    pub(crate) bytes: Vec<u8>,
    /// Whether decoding can start here, as the encoder says: some add key frames of their own.
    pub(crate) key: bool,
}

/// An encoder at work. Dropping it frees the browser's.
pub(crate) struct Encoder {
    inner: VideoEncoder,
    size: FrameSize,
    news: UnboundedReceiver<News>,
    samples: Vec<Sample>,
    description: Vec<u8>,
    /// The encoder calls these as long as it lives.
    _handlers: [Closure<dyn FnMut(JsValue, JsValue)>; 3],
}

impl Encoder {
    /// The first of these codecs that the browser takes, ready for frames.
    pub(crate) async fn open(codecs: &[&str], size: FrameSize) -> Result<Self, Trouble> {
        for codec in codecs {
            let config = config(codec, size);
            if is_supported(&config).await {
                return Self::start(&config, size);
            }
        }
        Err(Trouble::NoEncoder)
    }

    /// Encodes an I420 frame in BT.709, and waits while too many are under way.
    pub(crate) async fn encode(&mut self, index: u32, i420: &[u8]) -> Result<(), Trouble> {
        let frame = told(VideoFrame::new(i420, &frame_init(index, self.size)))?;
        let key = index.is_multiple_of(KEY_FRAME_INTERVAL);
        let encoded = self
            .inner
            .encode(&frame, &object([("keyFrame", key.into())]));
        frame.close();
        told(encoded)?;
        while self.inner.encode_queue_size() > MOST_UNDER_WAY {
            let news = self.news.next().await;
            self.take(news)?;
        }
        Ok(())
    }

    /// All frames, and the decoder's configuration, which is empty where the codec needs none.
    pub(crate) async fn finish(mut self) -> Result<(Vec<Sample>, Vec<u8>), Trouble> {
        let flushed = told(self.inner.flush())?;
        let flushed = JsFuture::from(flushed).await;
        while let Ok(news) = self.news.try_recv() {
            self.take(Some(news))?;
        }
        told(flushed)?;
        let samples = std::mem::take(&mut self.samples);
        Ok((samples, std::mem::take(&mut self.description)))
    }

    fn start(config: &Object, size: FrameSize) -> Result<Self, Trouble> {
        let (sender, news) = unbounded();
        let handlers = [
            handler(&sender, |chunk, extra| News::Chunk(chunk.into(), extra)),
            handler(&sender, |error, _| News::Broke(words(&error))),
            handler(&sender, |_, _| News::Dequeued),
        ];
        let [output, error, dequeue] = handlers.each_ref().map(Closure::as_ref);
        let init = object([("output", output.clone()), ("error", error.clone())]);
        let inner = told(VideoEncoder::new(&init))?;
        inner.set_ondequeue(dequeue.dyn_ref::<Function>());
        told(inner.configure(config))?;
        Ok(Self {
            inner,
            size,
            news,
            samples: Vec::new(),
            description: Vec::new(),
            _handlers: handlers,
        })
    }

    fn take(&mut self, news: Option<News>) -> Result<(), Trouble> {
        match news {
            Some(News::Chunk(chunk, extra)) => self.add(&chunk, &extra),
            Some(News::Dequeued) => Ok(()),
            Some(News::Broke(words)) => Err(Trouble::Encoder(words)),
            None => Err(Trouble::Encoder("it went silent".to_owned())),
        }
    }

    fn add(&mut self, chunk: &EncodedVideoChunk, extra: &JsValue) -> Result<(), Trouble> {
        let mut bytes = vec![0; chunk.byte_length() as usize];
        told(chunk.copy_to(&mut bytes))?;
        let key = chunk.kind() == "key";
        self.samples.push(Sample { bytes, key });
        let description = member(&member(extra, "decoderConfig"), "description");
        if let Some(description) = bytes_of(&description) {
            self.description = description;
        }
        Ok(())
    }
}

impl Drop for Encoder {
    fn drop(&mut self) {
        self.inner.set_ondequeue(None);
        // Closed already after an error; there is nothing to free then.
        let _ = self.inner.close();
    }
}

/// What the encoder calls back with.
enum News {
    Chunk(EncodedVideoChunk, JsValue),
    Dequeued,
    Broke(String),
}

fn handler(
    sender: &UnboundedSender<News>,
    read: impl Fn(JsValue, JsValue) -> News + 'static,
) -> Closure<dyn FnMut(JsValue, JsValue)> {
    let sender = sender.clone();
    Closure::new(move |first, second| {
        // Nobody listens once the encoder is dropped.
        let _ = sender.unbounded_send(read(first, second));
    })
}

async fn is_supported(config: &Object) -> bool {
    let Ok(asked) = VideoEncoder::is_config_supported(config) else {
        return false;
    };
    let answer = JsFuture::from(asked).await.unwrap_or_default();
    member(&answer, "supported").is_truthy()
}

/// Real time, since quality mode looks ahead for many frames and is several times slower in
/// Firefox.
fn config(codec: &str, size: FrameSize) -> Object {
    let pixels = f64::from(size.width) * f64::from(size.height);
    let config = object([
        ("codec", codec.into()),
        ("width", size.width.into()),
        ("height", size.height.into()),
        ("framerate", FRAMES_PER_SECOND.into()),
        (
            "bitrate",
            (pixels * BITS_PER_PIXEL * f64::from(FRAMES_PER_SECOND))
                .round()
                .into(),
        ),
        ("latencyMode", "realtime".into()),
    ]);
    if codec.starts_with("avc1") {
        let format = object([("format", "avc".into())]);
        return Object::assign(&config, &object([("avc", format.into())]));
    }
    config
}

fn frame_init(index: u32, size: FrameSize) -> Object {
    let colour = object([
        ("primaries", "bt709".into()),
        ("transfer", "bt709".into()),
        ("matrix", "bt709".into()),
        ("fullRange", false.into()),
    ]);
    object([
        ("format", "I420".into()),
        ("codedWidth", size.width.into()),
        ("codedHeight", size.height.into()),
        ("timestamp", microseconds(index).into()),
        (
            "duration",
            (microseconds(index + 1) - microseconds(index)).into(),
        ),
        ("colorSpace", colour.into()),
    ])
}

/// When a frame is shown, in whole microseconds, which add up to whole seconds.
fn microseconds(index: u32) -> f64 {
    (f64::from(index) * 1e6 / f64::from(FRAMES_PER_SECOND)).round()
}

/// The bytes of a buffer or of a view of one, whichever browsers give.
fn bytes_of(value: &JsValue) -> Option<Vec<u8>> {
    if value.is_instance_of::<ArrayBuffer>() {
        return Some(Uint8Array::new(value).to_vec());
    }
    if !ArrayBuffer::is_view(value) {
        return None;
    }
    let number = |key| member(value, key).as_f64().map(|number| number as u32);
    let buffer = member(value, "buffer");
    let view = Uint8Array::new_with_byte_offset_and_length(
        &buffer,
        number("byteOffset")?,
        number("byteLength")?,
    );
    Some(view.to_vec())
}

fn told<T>(outcome: Result<T, JsValue>) -> Result<T, Trouble> {
    outcome.map_err(|thrown| Trouble::Encoder(words(&thrown)))
}

/// One key frame a second: a seek decodes little, and files stay small.
const KEY_FRAME_INTERVAL: u32 = FRAMES_PER_SECOND;
/// More frames than this in the encoder's queue only take memory.
const MOST_UNDER_WAY: u32 = 6;
/// What a frame of a photograph needs to look clean: 3 Mb/s at 480P and 24 frames a second.
const BITS_PER_PIXEL: f64 = 0.3125;

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test(unsupported = test)]
    fn frames_start_on_whole_microseconds_and_end_on_the_second() {
        assert_eq!(microseconds(0), 0.0);
        assert_eq!(microseconds(1), 41_667.0);
        assert_eq!(microseconds(24), 1e6);
        assert_eq!(microseconds(120), 5e6);
    }
}
