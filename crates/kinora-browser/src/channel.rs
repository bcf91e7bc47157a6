//! Word to and from the other tabs of this site.

use core::pin::Pin;
use core::task::{Context, Poll};

use futures_channel::mpsc::{UnboundedReceiver, unbounded};
use futures_util::Stream;
use gloo_events::EventListener;
use kinora::Value;
use wasm_bindgen::JsCast;
use web_sys::{BroadcastChannel, MessageEvent};

use crate::js;

/// A named channel between tabs, closed when dropped. As a stream it gives what others post,
/// never what it posted itself.
#[derive(Debug)]
pub struct Channel {
    channel: Option<BroadcastChannel>,
    receiver: UnboundedReceiver<Value>,
    _listener: Option<EventListener>,
}

impl Channel {
    /// Joins the channel of this name. Where the browser has none, nothing is ever heard.
    pub fn join(name: &str) -> Self {
        let (sender, receiver) = unbounded();
        let channel = BroadcastChannel::new(name).ok();
        let listener = channel.as_ref().map(|channel| {
            EventListener::new(channel, "message", move |event| {
                let message = event.unchecked_ref::<MessageEvent>().data();
                if let Ok(value) = js::from_js(&message) {
                    // Nobody listens once the channel is dropped.
                    let _ = sender.unbounded_send(value);
                }
            })
        });
        Self {
            channel,
            receiver,
            _listener: listener,
        }
    }

    /// Tells all other tabs that joined.
    pub fn post(&self, value: &Value) {
        if let Some(channel) = &self.channel {
            // Plain data on an open channel: there is nothing to refuse.
            let _ = channel.post_message(&js::to_js(value));
        }
    }
}

impl Stream for Channel {
    type Item = Value;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Value>> {
        Pin::new(&mut self.receiver).poll_next(context)
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        if let Some(channel) = &self.channel {
            channel.close();
        }
    }
}
