//! Taking turns with everything else on a thread, so that a page stays usable while it draws.

use std::ops::ControlFlow;

use js_sys::{Function, Promise};
use kinora_motion::Work;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::MessageChannel;

use super::webcodecs::milliseconds;

/// Work that gives way to other tasks, piece by piece.
#[derive(Debug)]
pub(crate) struct Slices<T = Page>(Option<(T, Slice)>);

/// A thread that is shared.
pub(crate) trait Thread {
    /// Milliseconds on the thread's own clock.
    fn now(&self) -> f64;

    /// Lets everything else that is due have its turn.
    async fn give_way(&self);
}

impl Slices {
    /// For a thread that nobody else waits for.
    pub(crate) fn unlimited() -> Self {
        Self(None)
    }

    /// For a page's own thread.
    pub(crate) fn short() -> Self {
        Self::on(Page::new())
    }
}

impl<T: Thread> Slices<T> {
    fn on(thread: T) -> Self {
        let slice = Slice::begin(thread.now());
        Self(Some((thread, slice)))
    }

    /// Does all of a work, and lets others run in between.
    pub(crate) async fn spend<U>(&mut self, mut work: Work<'_, U>) -> U {
        loop {
            match work.step() {
                ControlFlow::Break(done) => return done,
                ControlFlow::Continue(left) => work = left,
            }
            self.pause_if_due().await;
        }
    }

    /// Lets others run if another piece, be it twice as long as the last one, would make the slice
    /// too long.
    pub(crate) async fn pause_if_due(&mut self) {
        if let Some((thread, slice)) = &mut self.0
            && slice.is_full(thread.now())
        {
            self.pause().await;
        }
    }

    /// Lets others run before a piece that is the browser's own, which nobody can cut.
    pub(crate) async fn pause(&mut self) {
        if let Some((thread, slice)) = &mut self.0 {
            thread.give_way().await;
            *slice = Slice::begin(thread.now());
        }
    }
}

/// Times on the thread's clock, in milliseconds.
#[derive(Clone, Copy, Debug)]
struct Slice {
    began: f64,
    last_piece_ended: f64,
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
        now - self.began + 2.0 * piece > SLICE_MILLISECONDS
    }
}

/// The thread of a page. A message, unlike a timer, comes at once and is not delayed in hidden pages.
#[derive(Debug)]
pub(crate) struct Page(Option<MessageChannel>);

impl Page {
    fn new() -> Self {
        Self(MessageChannel::new().ok())
    }
}

impl Thread for Page {
    fn now(&self) -> f64 {
        milliseconds()
    }

    async fn give_way(&self) {
        let Some(channel) = &self.0 else { return };
        let (here, there) = (channel.port1(), channel.port2());
        let arrived = Promise::new(&mut |resolve: Function, _| {
            here.set_onmessage(Some(&resolve));
            // Undefined can always be posted.
            let _ = there.post_message(&JsValue::UNDEFINED);
        });
        // The promise is never rejected.
        let _ = JsFuture::from(arrived).await;
        here.set_onmessage(None);
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        if let Some(channel) = &self.0 {
            channel.port1().close();
        }
    }
}

/// How long one slice may be: half a frame of a 60 Hz display, so that the page keeps up with it.
const SLICE_MILLISECONDS: f64 = 8.0;

#[cfg(test)]
mod tests {
    use std::cell::{Cell, RefCell};

    use futures_util::FutureExt;
    use kinora_motion::{Motion, Resolution, Still, Template};
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    /// A thread on which every piece takes two milliseconds, and others' turns fifty.
    #[derive(Default)]
    struct Busy {
        now: Cell<f64>,
        turns: RefCell<Vec<f64>>,
    }

    impl Thread for &Busy {
        fn now(&self) -> f64 {
            self.now.set(self.now.get() + 2.0);
            self.now.get()
        }

        async fn give_way(&self) {
            self.turns.borrow_mut().push(self.now.get());
            self.now.set(self.now.get() + 50.0);
        }
    }

    fn pieces<T>(mut work: Work<'_, T>) -> usize {
        let mut count = 0;
        while let ControlFlow::Continue(left) = work.step() {
            (work, count) = (left, count + 1);
        }
        count
    }

    /// Nothing here has to be waited for.
    fn spent<T>(thread: &Busy, work: Work<'_, T>) -> T {
        Slices::on(thread).spend(work).now_or_never().unwrap()
    }

    #[wasm_bindgen_test(unsupported = test)]
    fn the_thread_is_given_back_before_a_slice_is_too_long() {
        let still = Still::new(1664, 960, vec![90; 1664 * 960 * 4]).unwrap();
        let template = Template::from(Some("flying"));
        let prepare = || Motion::prepare(&still, &template, 1, "", Resolution::P480);
        let thread = Busy::default();
        let motion = spent(&thread, prepare());
        let turns = thread.turns.take();
        // Three pieces of two milliseconds fit, with room for one of four.
        assert_eq!(turns.len(), pieces(prepare()) / 3, "{turns:?}");
        let slices = turns.windows(2).map(|two| two[1] - two[0] - 50.0);
        assert!(slices.into_iter().all(|slice| slice <= 8.0), "{turns:?}");
        let mut frame = vec![0; motion.size().i420_len()];
        let drawn = pieces(motion.draw(9, &mut frame).unwrap());
        spent(&thread, motion.draw(9, &mut frame).unwrap());
        assert_eq!(thread.turns.take().len(), drawn / 3);
    }

    #[wasm_bindgen_test(unsupported = test)]
    fn a_slice_ends_before_a_piece_that_could_make_it_too_long() {
        let mut slice = Slice::begin(100.0);
        let full = [102.0, 104.0, 104.5, 106.0].map(|now| slice.is_full(now));
        assert_eq!(full, [false, false, false, true]);
    }

    #[wasm_bindgen_test(unsupported = test)]
    fn a_long_piece_is_a_slice_of_its_own() {
        assert!(Slice::begin(100.0).is_full(103.0));
    }
}
