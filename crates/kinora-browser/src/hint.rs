//! What happens around the page, for the jobs that run in it.

use core::pin::Pin;
use core::task::{Context, Poll};

use futures_channel::mpsc::{UnboundedReceiver, unbounded};
use futures_util::Stream;
use gloo_events::EventListener;
use js_sys::global;
use kinora::{Command, Hint};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::EventTarget;

use crate::js::member;

/// Hints as the page is hidden and shown, and as the network goes and comes back.
///
/// A page that is hidden or offline already says so at once.
pub fn hints() -> Hints {
    let (sender, receiver) = unbounded();
    let send = move |hint| {
        // Nobody listens once the stream is dropped.
        let _ = sender.unbounded_send(Command::Hint(hint));
    };
    if is_hidden() {
        send(Hint::Hidden);
    }
    if is_offline() {
        send(Hint::Offline);
    }
    let mut listeners = Vec::new();
    if let Ok(document) = member(&global(), "document").dyn_into::<EventTarget>() {
        let send = send.clone();
        listeners.push(EventListener::new(
            &document,
            "visibilitychange",
            move |_| {
                send(if is_hidden() {
                    Hint::Hidden
                } else {
                    Hint::Visible
                });
            },
        ));
    }
    if let Ok(scope) = global().dyn_into::<EventTarget>() {
        for (event, hint) in [("online", Hint::Online), ("offline", Hint::Offline)] {
            let send = send.clone();
            listeners.push(EventListener::new(&scope, event, move |_| send(hint)));
        }
    }
    Hints {
        receiver,
        _listeners: listeners,
    }
}

/// The stream of [`hints`]. Dropped, it takes its listeners off.
#[derive(Debug)]
pub struct Hints {
    receiver: UnboundedReceiver<Command>,
    _listeners: Vec<EventListener>,
}

impl Stream for Hints {
    type Item = Command;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Command>> {
        Pin::new(&mut self.receiver).poll_next(context)
    }
}

/// Workers have no document, and are never hidden.
fn is_hidden() -> bool {
    flag(&member(&global(), "document"), "hidden") == Some(true)
}

/// Whether the browser knows that there is no network.
pub(crate) fn is_offline() -> bool {
    flag(&member(&global(), "navigator"), "onLine") == Some(false)
}

fn flag(object: &JsValue, name: &str) -> Option<bool> {
    member(object, name).as_bool()
}
