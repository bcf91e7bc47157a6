//! One tab at a time: <https://w3c.github.io/web-locks/>.

use futures_channel::oneshot::{Sender, channel};
use futures_util::future::{Either, select};
use js_sys::{Array, Function, Object, Promise, Reflect, global};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Takes the lock of this name, or nothing when another tab (or this one) holds it already.
///
/// Where the browser has no locks everyone gets one: a job driven twice asks twice as often, and
/// is still one job.
pub async fn try_hold(name: &str) -> Option<Held> {
    let (sender, receiver) = channel();
    let granted = Closure::once_into_js(move |lock: JsValue| grant(sender, &lock));
    let Ok(request) = request(name, &granted) else {
        return Some(Held { release: None });
    };
    match select(receiver, JsFuture::from(request)).await {
        Either::Left((Ok(held), _)) => held,
        Either::Left((Err(_), _)) | Either::Right(_) => Some(Held { release: None }),
    }
}

/// A lock in hand. Dropping it, or closing the tab, lets the next one have it.
#[derive(Debug)]
pub struct Held {
    release: Option<Function>,
}

impl Drop for Held {
    fn drop(&mut self) {
        if let Some(release) = &self.release {
            // A resolve function of the browser's own does not throw.
            let _ = release.call0(&JsValue::UNDEFINED);
        }
    }
}

/// Called by the browser: the lock stays held until the promise that is returned is settled.
fn grant(sender: Sender<Option<Held>>, lock: &JsValue) -> JsValue {
    if lock.is_null() {
        // Whoever asked may be gone; then nobody minds.
        let _ = sender.send(None);
        return JsValue::UNDEFINED;
    }
    let mut release = None;
    let released = Promise::new(&mut |resolve, _| release = Some(resolve));
    // Sent back to a future that is gone, the lock is dropped, and so released, right here.
    let _ = sender.send(Some(Held { release }));
    released.into()
}

fn request(name: &str, granted: &JsValue) -> Result<Promise, JsValue> {
    let navigator = Reflect::get(&global(), &"navigator".into())?;
    let locks = Reflect::get(&navigator, &"locks".into())?;
    let request: Function = Reflect::get(&locks, &"request".into())?.dyn_into()?;
    let options = Object::new();
    Reflect::set(&options, &"ifAvailable".into(), &JsValue::TRUE)?;
    let arguments = Array::of3(&JsValue::from_str(name), &options, granted);
    Reflect::apply(&request, &locks, &arguments)?.dyn_into()
}
