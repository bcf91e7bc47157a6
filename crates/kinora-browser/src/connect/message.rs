//! Orders and answers, in a form that passes between modules.

use kinora::BaseUrl;
use kinora::wire::probe::Greeting;
use wasm_bindgen::JsValue;

use super::{Finding, Place};
use crate::js::{member, object};
use crate::{Store, Token};

/// Something to be done.
pub(super) enum Order {
    Relay(BaseUrl, Option<Token>),
    Direct(BaseUrl),
    Keep(Store, Token, Place),
    Recall(Store, BaseUrl),
    Forget(Store, BaseUrl),
}

impl Order {
    pub(super) fn to_message(&self) -> JsValue {
        let (what, base, token, store, place) = match self {
            Self::Relay(base, token) => (RELAY, base, token.as_ref(), None, None),
            Self::Direct(base) => (DIRECT, base, None, None, None),
            Self::Keep(store, token, place) => {
                (KEEP, token.base(), Some(token), Some(store), Some(*place))
            }
            Self::Recall(store, base) => (RECALL, base, None, Some(store), None),
            Self::Forget(store, base) => (FORGET, base, None, Some(store), None),
        };
        let token = token.map(|token| JsValue::from_str(token.text()));
        object(&[
            (WHAT, what.into()),
            (BASE, base.as_str().into()),
            (TOKEN, token.unwrap_or_default()),
            (STORE, store.map(Store::shared).unwrap_or_default()),
            (ON_DEVICE, (place == Some(Place::Device)).into()),
        ])
        .into()
    }

    pub(super) fn from_message(message: &JsValue) -> Option<Self> {
        let base = BaseUrl::parse(&member(message, BASE).as_string()?).ok()?;
        let text = member(message, TOKEN).as_string();
        let token = text.and_then(|text| Token::new(&text, base.clone()).ok());
        let store = Store::of_shared(&member(message, STORE));
        Some(match member(message, WHAT).as_string()?.as_str() {
            RELAY => Self::Relay(base, token),
            DIRECT => Self::Direct(base),
            KEEP => Self::Keep(store?, token?, place(message)),
            RECALL => Self::Recall(store?, base),
            FORGET => Self::Forget(store?, base),
            _ => return None,
        })
    }
}

impl Finding {
    /// The finding as a number, which is its place in the list.
    pub(super) fn to_message(self) -> JsValue {
        let at = FINDINGS.iter().position(|finding| *finding == self);
        at.map_or(JsValue::UNDEFINED, |at| (at as f64).into())
    }

    pub(super) fn of_message(message: &JsValue) -> Self {
        let at = message.as_f64().map(|at| at as usize);
        let found = at.and_then(|at| FINDINGS.get(at));
        found.copied().unwrap_or(Self::NotLoaded)
    }
}

/// What was kept, for whoever asked.
pub(super) fn kept(found: Option<(String, Place)>) -> JsValue {
    // Not `undefined`, which says that nothing was done.
    found.map_or(JsValue::NULL, |(token, place)| {
        let on_device = place == Place::Device;
        object(&[(TOKEN, token.into()), (ON_DEVICE, on_device.into())]).into()
    })
}

pub(super) fn recalled(message: &JsValue, base: &BaseUrl) -> Option<(Token, Place)> {
    let text = member(message, TOKEN).as_string()?;
    let token = Token::new(&text, base.clone()).ok()?;
    Some((token, place(message)))
}

fn place(message: &JsValue) -> Place {
    if member(message, ON_DEVICE).is_truthy() {
        Place::Device
    } else {
        Place::Tab
    }
}

const FINDINGS: [Finding; 8] = [
    Finding::Greeted(Greeting::Relay {
        passes_outputs: true,
    }),
    Finding::Greeted(Greeting::Relay {
        passes_outputs: false,
    }),
    Finding::Greeted(Greeting::Service),
    Finding::Greeted(Greeting::WantsToken),
    Finding::Greeted(Greeting::Stranger),
    Finding::Unreadable,
    Finding::Unreachable,
    Finding::Offline,
];

const WHAT: &str = "what";
const BASE: &str = "base";
const TOKEN: &str = "token";
const STORE: &str = "store";
const ON_DEVICE: &str = "onDevice";

const RELAY: &str = "relay";
const DIRECT: &str = "direct";
const KEEP: &str = "keep";
const RECALL: &str = "recall";
const FORGET: &str = "forget";
