//! The worker's side: what `worker.js` calls once it has loaded the module.

use js_sys::{Function, Promise, Uint8Array};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::future_to_promise;
use web_sys::{Blob, BlobPropertyBag};

use crate::codec::Container;
use crate::film::{Film, shoot};
use crate::order::Order;
use crate::trouble::Trouble;
use crate::turn::Slices;
use crate::webcodecs::{member, object, words};

/// Makes the video of an order, and calls `report` with messages for the page: the number of
/// frames that are done, then the file or what went wrong. The promise is never rejected.
#[wasm_bindgen(js_name = filmInWorker)]
pub fn film_in_worker(order: JsValue, report: Function) -> Promise {
    future_to_promise(async move {
        let tell = |news: News| {
            // Posting plain data and a blob does not throw.
            let _ = report.call1(&JsValue::UNDEFINED, &news.to_message());
        };
        let made = match Order::from_message(&order) {
            Some(order) => {
                let done = |frames| tell(News::Frames(frames));
                shoot(&order, &mut Slices::unlimited(), &done).await
            }
            None => Err(Trouble::Worker("the order was not understood".to_owned())),
        };
        tell(News::Ended(made.and_then(|film| to_blob(&film))));
        Ok(JsValue::UNDEFINED)
    })
}

/// What a worker tells its page.
#[derive(Debug)]
pub(crate) enum News {
    /// So many frames are done.
    Frames(u32),
    /// The file, or why there is none.
    Ended(Result<Blob, Trouble>),
}

impl News {
    fn to_message(&self) -> JsValue {
        match self {
            Self::Frames(done) => object([(FRAMES, (*done).into())]).into(),
            Self::Ended(Ok(file)) => object([(FILE, file.clone().into())]).into(),
            Self::Ended(Err(trouble)) => object([
                (TROUBLE, trouble.code().into()),
                (WORDS, trouble.words().into()),
            ])
            .into(),
        }
    }

    pub(crate) fn from_message(message: &JsValue) -> Self {
        if let Some(done) = member(message, FRAMES).as_f64() {
            return Self::Frames(done as u32);
        }
        if let Ok(file) = wasm_bindgen::JsCast::dyn_into(member(message, FILE)) {
            return Self::Ended(Ok(file));
        }
        let text = |key| member(message, key).as_string().unwrap_or_default();
        Self::Ended(Err(Trouble::from_code(&text(TROUBLE), text(WORDS))))
    }
}

/// The film as a file of its type.
pub(crate) fn to_blob(film: &Film) -> Result<Blob, Trouble> {
    let parts = js_sys::Array::of1(&Uint8Array::from(film.bytes.as_slice()));
    let options = BlobPropertyBag::new();
    options.set_type(film.container.media_type());
    Blob::new_with_u8_array_sequence_and_options(&parts, &options)
        .map_err(|thrown| Trouble::NotKept(words(&thrown)))
}

/// The format of a file that [`to_blob`] made.
pub(crate) fn container(file: &Blob) -> Container {
    Container::of_media_type(&file.type_()).unwrap_or(Container::Mp4)
}

const FRAMES: &str = "frames";
const FILE: &str = "file";
/// As `worker.js` writes it where the module cannot be loaded.
const TROUBLE: &str = "trouble";
const WORDS: &str = "words";
