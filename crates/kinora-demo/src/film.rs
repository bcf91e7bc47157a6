//! The other module's half: from an order to a finished file, in a worker or on the page's thread.

use futures_util::future::{AbortHandle, Abortable};
use js_sys::Function;
use kinora_motion::FRAMES;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use web_sys::Blob;

use crate::news::News;
use crate::order::Order;
use crate::trouble::Trouble;
use shoot::shoot;
use turn::Slices;

mod encoder;
mod file;
mod ladder;
mod picture;
mod plan;
mod shoot;
mod turn;
mod webcodecs;
mod webp;

/// Makes the video of an order, which is a message of the app's, and calls `report` with messages
/// for the app: how many frames are done, then the file or what went wrong. It gives up once
/// `report` throws. `gently` is for a page's own thread: the work is done in slices that are too
/// short to be felt.
pub fn film(order: JsValue, report: Function, gently: bool) {
    let (handle, registration) = AbortHandle::new_pair();
    let tell = move |news: News| {
        // The work goes on to the end of its slice.
        if handle.is_aborted() {
            return;
        }
        let heard = report.call1(&JsValue::UNDEFINED, &news.to_message());
        if heard.is_err() {
            handle.abort();
        }
    };
    let work = async move {
        let made = make(&order, gently, &tell).await;
        tell(News::Ended(made));
    };
    let work = Abortable::new(work, registration);
    spawn_local(async {
        // Aborted, it has nobody left to tell.
        let _ = work.await;
    });
}

async fn make(order: &JsValue, gently: bool, tell: &dyn Fn(News)) -> Result<Blob, Trouble> {
    let order = Order::from_message(order)
        .ok_or_else(|| Trouble::Worker("the order was not understood".to_owned()))?;
    let mut slices = if gently {
        Slices::short()
    } else {
        Slices::unlimited()
    };
    let done = |done| tell(News::Frames(done, FRAMES));
    let film = shoot(&order, &mut slices, &done).await?;
    file::join(&film.parts, film.container, &mut slices).await
}
