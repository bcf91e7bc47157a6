//! The working half, in the module `connect`.

use js_sys::Function;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

use super::message::{Order, kept};
use super::{reach, vault};

/// Does what a message orders, and calls `report` once with the answer. What was begun is brought
/// to its end: a token half kept would be worse.
pub fn connect(order: JsValue, report: Function) {
    spawn_local(async move {
        let answer = match Order::from_message(&order) {
            Some(order) => answer(order).await,
            None => JsValue::NULL,
        };
        // Whoever asked is gone where this throws.
        let _ = report.call1(&JsValue::UNDEFINED, &answer);
    });
}

async fn answer(order: Order) -> JsValue {
    match order {
        Order::Relay(base, token) => reach::relay(&base, token).await.to_message(),
        Order::Direct(base) => reach::direct(&base).await.to_message(),
        Order::Keep(store, token, place) => {
            let kept = vault::keep(&store, &token, place).await;
            kept.is_ok().into()
        }
        Order::Recall(store, base) => kept(vault::recall(&store, &base).await),
        Order::Forget(store, base) => {
            vault::forget(&store, &base).await;
            JsValue::TRUE
        }
    }
}
