//! What an `<img>` tells of an image that scripts may not read: how large it is.

use core::time::Duration;

use js_sys::Promise;
use kinora::image::{ImageFacts, LookProblem};
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlImageElement;

use super::{Looked, Picture};
use crate::clock::within;

/// Looks at an image by showing it off screen.
pub(super) async fn look(url: &str) -> Looked {
    match measure(url).await {
        Some((width, height)) => {
            let facts = ImageFacts {
                width: Some(width),
                height: Some(height),
                ..ImageFacts::default()
            };
            Looked::found(facts, Some(Picture::there(url, (width, height))))
        }
        None => Looked::failed(LookProblem::Unreachable),
    }
}

/// Width and height in pixels, as displayed; nothing in a worker, which has no elements.
pub(super) async fn measure(url: &str) -> Option<(u32, u32)> {
    let image = Loading(HtmlImageElement::new().ok()?);
    image.0.set_referrer_policy("no-referrer");
    let loaded = Promise::new(&mut |resolve, reject| {
        image.0.set_onload(Some(&resolve));
        image.0.set_onerror(Some(&reject));
    });
    image.0.set_src(url);
    within(PATIENCE, JsFuture::from(loaded)).await?.ok()?;
    let size = (image.0.natural_width(), image.0.natural_height());
    (size.0 > 0 && size.1 > 0).then_some(size)
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
