//! What the app is told of a film while it is made, in a form that passes between threads and
//! modules.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::Blob;

use crate::js::{member, object};
use crate::trouble::Trouble;

/// A message about a film.
#[derive(Debug)]
pub(crate) enum News {
    /// So many frames are done, of so many.
    Frames(u32, u32),
    /// The file, or why there is none.
    Ended(Result<Blob, Trouble>),
}

impl News {
    /// The news for `postMessage`.
    pub(crate) fn to_message(&self) -> JsValue {
        match self {
            Self::Frames(done, all) => object([(FRAMES, (*done).into()), (OF, (*all).into())]),
            Self::Ended(Ok(file)) => object([(FILE, file.clone().into())]),
            Self::Ended(Err(trouble)) => object([
                (TROUBLE, trouble.code().into()),
                (WORDS, trouble.words().into()),
            ]),
        }
        .into()
    }

    /// The news in a message.
    pub(crate) fn from_message(message: &JsValue) -> Self {
        let count = |key| member(message, key).as_f64();
        if let (Some(done), Some(all)) = (count(FRAMES), count(OF)) {
            return Self::Frames(done as u32, all as u32);
        }
        if let Ok(file) = member(message, FILE).dyn_into() {
            return Self::Ended(Ok(file));
        }
        let text = |key| member(message, key).as_string().unwrap_or_default();
        Self::Ended(Err(Trouble::from_code(&text(TROUBLE), text(WORDS))))
    }
}

const FRAMES: &str = "frames";
const OF: &str = "of";
const FILE: &str = "file";
/// As `worker.js` writes it where the module cannot be loaded.
const TROUBLE: &str = "trouble";
const WORDS: &str = "words";
