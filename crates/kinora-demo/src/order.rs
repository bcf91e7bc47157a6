//! What is to be filmed, in a form that passes between threads and
//! modules.

use kinora::{Object, Value};
use kinora_browser::js::{from_js, to_js};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Blob;

use crate::codec::Codec;
use crate::js::{member, object};

/// One video to be made.
#[derive(Clone, Debug)]
pub(crate) struct Order {
    /// The image file.
    pub(crate) picture: Blob,
    /// The job's input, with a seed.
    pub(crate) input: Object,
    /// The only codec to try; all of them when absent.
    pub(crate) codec: Option<Codec>,
}

impl Order {
    /// The order for `postMessage`.
    pub(crate) fn to_message(&self) -> JsValue {
        let codec = self.codec.map(Codec::name);
        object([
            (PICTURE, self.picture.clone().into()),
            (INPUT, to_js(&Value::Object(self.input.clone()))),
            (CODEC, codec.map_or(JsValue::UNDEFINED, Into::into)),
        ])
        .into()
    }

    /// The order in a message, if there is one.
    pub(crate) fn from_message(message: &JsValue) -> Option<Self> {
        let input = from_js(&member(message, INPUT)).ok()?;
        let codec = member(message, CODEC).as_string();
        Some(Self {
            picture: member(message, PICTURE).dyn_into().ok()?,
            input: input.as_object()?.clone(),
            codec: codec.and_then(|name| Codec::from_name(&name)),
        })
    }
}

const PICTURE: &str = "picture";
const INPUT: &str = "input";
const CODEC: &str = "codec";
