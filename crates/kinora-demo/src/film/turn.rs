//! Taking turns with everything else on a thread, so that a page stays usable while it draws.

use js_sys::{Function, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::MessageChannel;

use super::webcodecs::milliseconds;

/// Work that gives way to other tasks, piece by piece.
#[derive(Debug)]
pub(crate) struct Slices(Option<Slice>);

/// Times on the thread's own clock, in milliseconds.
#[derive(Clone, Copy, Debug)]
struct Slice {
    began: f64,
    last_piece_ended: f64,
}

impl Slices {
    /// For a thread that nobody else waits for.
    pub(crate) fn unlimited() -> Self {
        Self(None)
    }

    /// For a page's own thread.
    pub(crate) fn short() -> Self {
        Self(Some(Slice::begin(milliseconds())))
    }

    /// Whether there is anybody to give way to.
    pub(crate) fn are_limited(&self) -> bool {
        self.0.is_some()
    }

    /// Lets others run if another piece like the last one would make the slice too long.
    pub(crate) async fn pause_if_due(&mut self) {
        if let Some(slice) = &mut self.0
            && slice.is_full(milliseconds())
        {
            next_turn().await;
            *slice = Slice::begin(milliseconds());
        }
    }

    /// Lets others run before a piece that fills a slice by itself.
    pub(crate) async fn pause(&mut self) {
        if let Some(slice) = &mut self.0 {
            next_turn().await;
            *slice = Slice::begin(milliseconds());
        }
    }
}

impl Slice {
    fn begin(now: f64) -> Self {
        Self {
            began: now,
            last_piece_ended: now,
        }
    }

    fn is_full(&mut self, now: f64) -> bool {
        let piece = now - self.last_piece_ended;
        self.last_piece_ended = now;
        now - self.began + piece > SLICE_MILLISECONDS
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

/// How long one slice may be: half a frame of a 60 Hz display, so that the page keeps up with it.
const SLICE_MILLISECONDS: f64 = 8.0;

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test(unsupported = test)]
    fn a_slice_ends_before_a_piece_that_would_make_it_too_long() {
        let mut slice = Slice::begin(100.0);
        let full: Vec<_> = [102.5, 105.0, 107.5].map(|now| slice.is_full(now)).into();
        assert_eq!(full, [false, false, true]);
    }

    #[wasm_bindgen_test(unsupported = test)]
    fn a_long_piece_is_a_slice_of_its_own() {
        assert!(Slice::begin(100.0).is_full(105.0));
    }
}
