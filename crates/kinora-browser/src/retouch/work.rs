//! The working half: from an order to an answer, in a worker or on the page's thread.

use futures_util::future::abortable;
use js_sys::Function;
use kinora::image::{Fit, ImageFacts};
use wasm_bindgen::prelude::{Closure, wasm_bindgen};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, ImageBitmap};

use super::message::{Order, SMALL, to_message};
use super::{ImageCopy, RetouchProblem, copy, inside};
use crate::folder::files_of;
use crate::inline::INSIDE;
use crate::js::member;
use crate::look::examine::look;
use crate::look::{Subject, news};

/// Does what a message orders, and calls `report` with any news and then once with the answer.
/// Gives a function that stops it, to be called once, at the latest when it is over.
pub fn retouch(order: JsValue, report: Function) -> JsValue {
    let (work, handle) = abortable(async move {
        let report = |message: &JsValue| {
            // Whoever asked is gone where this throws.
            let _ = report.call1(&JsValue::UNDEFINED, message);
        };
        report(&answer(&order, &|facts| report(&news(&facts))).await);
    });
    spawn_local(async {
        // Stopped, nobody waits for an answer.
        let _ = work.await;
    });
    Closure::once_into_js(move || handle.abort())
}

async fn answer(order: &JsValue, tell: &dyn Fn(ImageFacts)) -> JsValue {
    if let Some(Order(image, fit)) = Order::from_message(order) {
        let copied = match Decoded::of(&image).await {
            Ok(picture) => copy::make(picture.bitmap(), &fit).await,
            Err(problem) => Err(problem),
        };
        return to_message(&copied);
    }
    if let Ok(file) = member(order, INSIDE).dyn_into::<Blob>() {
        let uri = inside::data_uri(&file).await;
        return uri.map_or(JsValue::NULL, JsValue::from);
    }
    if let Some(files) = files_of(order).await {
        return files;
    }
    if let Ok(image) = member(order, SMALL).dyn_into() {
        return to_message(&small(&image).await);
    }
    match Subject::from_message(order) {
        Some(subject) => {
            let sight = look(&subject, tell).await;
            // Not `undefined`, which says that nothing was done.
            sight.map_or(JsValue::NULL, |sight| sight.to_message())
        }
        // An order of another version of the page: as good as no module.
        None => JsValue::UNDEFINED,
    }
}

/// Upright and on white, as everything that is copied.
async fn small(image: &Blob) -> Result<ImageCopy, RetouchProblem> {
    let picture = Decoded::of(image).await?;
    let bitmap = picture.bitmap();
    let plan = Fit::thumbnail((bitmap.width(), bitmap.height()), THUMBNAIL_SIDE);
    copy::make(bitmap, &plan).await
}

/// The longest side of a thumbnail, in pixels: sharp at half that size on fine screens.
const THUMBNAIL_SIDE: u32 = 96;

/// Decoded pixels, upright, freed on drop rather than when the collector comes by.
pub(crate) struct Decoded(ImageBitmap);

impl Decoded {
    pub(crate) fn bitmap(&self) -> &ImageBitmap {
        &self.0
    }

    pub(crate) async fn of(image: &Blob) -> Result<Self, RetouchProblem> {
        let undecodable = |_| RetouchProblem::Undecodable;
        let decoding = create_image_bitmap(image).map_err(undecodable)?;
        let bitmap = JsFuture::from(decoding).await.map_err(undecodable)?;
        bitmap.dyn_into().map(Self).map_err(undecodable)
    }
}

impl Drop for Decoded {
    fn drop(&mut self) {
        self.0.close();
    }
}

#[wasm_bindgen]
extern "C" {
    /// The global function of windows and workers alike.
    #[wasm_bindgen(js_name = createImageBitmap, catch)]
    fn create_image_bitmap(image: &Blob) -> Result<js_sys::Promise, JsValue>;
}
