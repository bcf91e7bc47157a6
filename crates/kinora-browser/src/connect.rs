//! What a connection needs besides its jobs: finding out whether a place answers as it should, and
//! keeping a token.
//!
//! It is done by a module of its own, `connect`, which is loaded with the first wish (see the
//! module `worker`), on the page's thread: a worker has no storage of the tab. This is the asking
//! half; [`work`] is the other.

use kinora::BaseUrl;
use kinora::wire::probe::Greeting;
use wasm_bindgen::JsValue;

use crate::worker::ask_here;
use crate::{Store, Token};

mod message;
mod reach;
mod vault;

pub mod work;

use message::Order;

/// What was found where a relay or a service ought to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// It answered, and this page may read that.
    Greeted(Greeting),
    /// Something answers there, but its host keeps that from this page.
    Unreadable,
    /// Nothing answers there.
    Unreachable,
    /// The browser says that it has no network.
    Offline,
    /// The part of the app that looks did not load.
    NotLoaded,
}

/// Where a token is kept besides the page's memory: sealed in both places, with a key that the
/// browser shows to nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// For this tab, until it is closed.
    Tab,
    /// On this device, until it is forgotten.
    Device,
}

/// Asks whether a Kinora relay, or a service like the emulator, is at this base; with the caller's
/// token for it, if there is one.
pub async fn try_relay(base: &BaseUrl, token: Option<&Token>) -> Finding {
    let token = token.filter(|token| token.base() == base);
    let order = Order::Relay(base.clone(), token.cloned());
    Finding::of_message(&ask(&order).await)
}

/// Asks whether this page may use the service at this base directly: with a token that is none.
pub async fn try_direct(base: &BaseUrl) -> Finding {
    Finding::of_message(&ask(&Order::Direct(base.clone())).await)
}

/// Keeps a token, in place of an older one for its base. Tells whether that could be done.
pub async fn keep(store: &Store, token: &Token, place: Place) -> bool {
    let order = Order::Keep(store.clone(), token.clone(), place);
    ask(&order).await.is_truthy()
}

/// The token that is kept for a base, and where; nothing when there is none, or it cannot be opened.
pub async fn recall(store: &Store, base: &BaseUrl) -> Option<(Token, Place)> {
    let answer = ask(&Order::Recall(store.clone(), base.clone())).await;
    message::recalled(&answer, base)
}

/// Forgets whatever is kept for a base, with its key: copies in other tabs open no more.
pub async fn forget(store: &Store, base: &BaseUrl) {
    ask(&Order::Forget(store.clone(), base.clone())).await;
}

/// The module's answer; `undefined` when it did not load.
async fn ask(order: &Order) -> JsValue {
    let answer = ask_here("connect", &order.to_message(), &|_| {}).await;
    answer.unwrap_or_default()
}
