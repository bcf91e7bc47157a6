//! Clocks, pauses and dice of the page or worker.

use core::future::Future;
use core::pin::pin;
use core::time::Duration;

use futures_util::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use js_sys::{Date, Math};
use kinora::{Monotonic, Now, WallTime};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

/// Both clocks: `performance.now()` for waits, `Date.now()` for records.
pub fn now() -> Now {
    let since_origin = performance_now().unwrap_or_else(|_| Date::now());
    Now {
        monotonic: Monotonic::after_origin(Duration::from_micros((since_origin * 1000.0) as u64)),
        wall: WallTime::from_unix_millis(Date::now() as u64),
    }
}

/// Waits on a timer, which is cleared when the future is dropped.
pub async fn sleep(span: Duration) {
    let mut left = u64::try_from(span.as_millis()).unwrap_or(u64::MAX);
    loop {
        let step = left.min(LONGEST_TIMER);
        TimeoutFuture::new(step as u32).await;
        left -= step;
        if left == 0 {
            return;
        }
    }
}

/// 128 bits that cannot be guessed, for ids and seeds.
pub fn random() -> u128 {
    let mut bits = [0; 16];
    // Every browser has a source of randomness; without it ids need only differ.
    if fill_random(&mut bits).is_err() {
        bits = core::array::from_fn(|_| (Math::random() * 256.0) as u8);
    }
    u128::from_le_bytes(bits)
}

/// The future's output, or nothing when it takes longer than `span`.
pub(crate) async fn within<T>(span: Duration, future: impl Future<Output = T>) -> Option<T> {
    match select(pin!(future), pin!(sleep(span))).await {
        Either::Left((output, _)) => Some(output),
        Either::Right(((), _)) => None,
    }
}

/// What `setTimeout` can count to, in milliseconds; above, it fires at once.
/// <https://html.spec.whatwg.org/multipage/timers-and-user-prompts.html#timers>
const LONGEST_TIMER: u64 = i32::MAX as u64;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = performance, js_name = now, catch)]
    fn performance_now() -> Result<f64, JsValue>;

    #[wasm_bindgen(js_namespace = crypto, js_name = getRandomValues, catch)]
    fn fill_random(bytes: &mut [u8]) -> Result<JsValue, JsValue>;
}
