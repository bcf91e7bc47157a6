//! What an `<img>` tells of an image: how large it is, even where scripts may not read it.

use core::time::Duration;

use js_sys::Promise;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlImageElement;

use crate::clock::within;

/// What became of an image that was to be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    /// It has this width and height in pixels, as displayed.
    As(u32, u32),
    /// The browser does not show it.
    Not,
    /// There are no elements here, as in a worker.
    Nowhere,
}

/// Shows an image off screen.
pub(super) async fn measure(url: &str) -> Shown {
    let Ok(element) = HtmlImageElement::new() else {
        return Shown::Nowhere;
    };
    let image = Loading(element);
    image.0.set_referrer_policy("no-referrer");
    let loaded = Promise::new(&mut |resolve, reject| {
        image.0.set_onload(Some(&resolve));
        image.0.set_onerror(Some(&reject));
    });
    image.0.set_src(url);
    let loaded = within(PATIENCE, JsFuture::from(loaded)).await;
    match (loaded, image.0.natural_width(), image.0.natural_height()) {
        (Some(Ok(_)), width @ 1.., height @ 1..) => Shown::As(width, height),
        _ => Shown::Not,
    }
}

/// An image that stops loading when nobody waits for it any more.
struct Loading(HtmlImageElement);

impl Drop for Loading {
    fn drop(&mut self) {
        self.0.set_onload(None);
        self.0.set_onerror(None);
        self.0.set_src("");
    }
}

/// How long an image may take to load before it counts as unreachable.
const PATIENCE: Duration = Duration::from_secs(30);
