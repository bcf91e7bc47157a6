//! The demo for callers in other WebAssembly modules: each has a number here.

use core::cell::RefCell;

use js_sys::Function;
use kinora::Platform;
use kinora_browser::Store;
use wasm_bindgen::JsValue;

use crate::demo::Demo;
use crate::wire::{options_from_js, request_from_js, response_to_js};

thread_local! {
    /// The open demos, each at the place that is its number.
    static DESKS: RefCell<Vec<Option<Demo>>> = const { RefCell::new(Vec::new()) };
}

/// Opens the demo on a [shared](Store::shared) storage. `watcher` is called with a job's id, how
/// many frames are done, and of how many.
///
/// # Errors
/// When the storage is none.
pub async fn open(store: JsValue, options: JsValue, watcher: Function) -> Result<u32, JsValue> {
    let store = Store::of_shared(&store).ok_or("the storage is none")?;
    let demo = Demo::open_with(store, options_from_js(&options)).await;
    demo.on_progress(move |progress| {
        let id = JsValue::from_str(progress.id.as_str());
        // Nobody watches once the caller is gone.
        let _ = watcher.call3(
            &JsValue::UNDEFINED,
            &id,
            &progress.done.into(),
            &progress.all.into(),
        );
    });
    Ok(DESKS.with_borrow_mut(|desks| take_place(desks, demo)))
}

/// Answers a call.
///
/// # Errors
/// When the demo of this number is closed, or the call is none.
pub async fn send(number: u32, request: JsValue) -> Result<JsValue, JsValue> {
    let demo = DESKS.with_borrow(|desks| desks.get(number as usize).cloned().flatten());
    let demo = demo.ok_or("the demo is closed")?;
    let request = request_from_js(&request).ok_or("the call cannot be read")?;
    let answer = demo.send(request).await.map_err(|error| error.words)?;
    Ok(response_to_js(&answer))
}

/// Ends the demo of this number.
pub fn close(number: u32) {
    let closed = DESKS.with_borrow_mut(|desks| desks.get_mut(number as usize)?.take());
    drop(closed);
}

fn take_place(desks: &mut Vec<Option<Demo>>, demo: Demo) -> u32 {
    desks.push(Some(demo));
    desks.len() as u32 - 1
}
