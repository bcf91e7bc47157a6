//! Taking turns with everything else on a thread, so that a page stays usable while it draws.

use js_sys::{Function, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::MessageChannel;

use crate::webcodecs::milliseconds;

/// Work that gives way to other tasks after a while.
#[derive(Debug)]
pub(crate) struct Slices {
    /// Milliseconds; none on a thread of its own.
    longest: Option<f64>,
    began: f64,
}

impl Slices {
    /// For a thread that nobody else waits for.
    pub(crate) fn unlimited() -> Self {
        Self {
            longest: None,
            began: 0.0,
        }
    }

    /// For a page's own thread.
    pub(crate) fn short() -> Self {
        Self {
            longest: Some(SLICE_MILLISECONDS),
            began: milliseconds(),
        }
    }

    /// Lets others run if the slice is used up.
    pub(crate) async fn pause_if_due(&mut self) {
        let Some(longest) = self.longest else { return };
        if milliseconds() - self.began >= longest {
            next_turn().await;
            self.began = milliseconds();
        }
    }

    /// Lets others run before something that fills a slice by itself.
    pub(crate) async fn pause(&mut self) {
        if self.longest.is_some() {
            next_turn().await;
            self.began = milliseconds();
        }
    }
}

/// Waits until the event loop has come round. A message, unlike a timer, is not delayed in hidden
/// pages.
async fn next_turn() {
    let Ok(channel) = MessageChannel::new() else {
        return;
    };
    let (here, there) = (channel.port1(), channel.port2());
    let arrived = Promise::new(&mut |resolve: Function, _| {
        here.set_onmessage(Some(&resolve));
        // Undefined can always be posted.
        let _ = there.post_message(&JsValue::UNDEFINED);
    });
    // The promise is never rejected.
    let _ = JsFuture::from(arrived).await;
    here.set_onmessage(None);
    here.close();
}

/// How long one slice may be. Half a frame of a 60 Hz display, so that the page keeps up with it.
const SLICE_MILLISECONDS: f64 = 6.0;
