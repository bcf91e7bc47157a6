//! The working half: from an order to an answer, in a worker or on the page's thread.

use js_sys::Function;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, ImageBitmap};

use super::message::{Answer, Order};
use super::{RetouchProblem, copy, scan};

/// Does what a message orders, and calls `report` once with the answer.
pub fn retouch(order: JsValue, report: Function) {
    spawn_local(async move {
        let answer = Answer::to_message(&result(&order).await);
        // Whoever asked is gone where this throws.
        let _ = report.call1(&JsValue::UNDEFINED, &answer);
    });
}

async fn result(order: &JsValue) -> Result<Answer, RetouchProblem> {
    match Order::from_message(order).ok_or(RetouchProblem::Module)? {
        Order::Scan(image) => {
            let picture = Decoded::of(&image).await?;
            let found = scan::is_transparent(&picture.0).await;
            found
                .map(Answer::Transparent)
                .ok_or(RetouchProblem::NoCanvas)
        }
        Order::Copy(image, fit) => {
            let picture = Decoded::of(&image).await?;
            copy::make(&picture.0, &fit).await.map(Answer::Copied)
        }
    }
}

/// Decoded pixels, upright, freed on drop rather than when the collector comes by.
struct Decoded(ImageBitmap);

impl Decoded {
    async fn of(image: &Blob) -> Result<Self, RetouchProblem> {
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
