//! The demo as the page sees it.

use core::fmt;
use core::time::Duration;
use std::rc::Rc;

use futures_util::future::{AbortHandle, abortable};
use kinora::{
    Connection, HttpRequest, HttpResponse, Now, Platform, Record, StoreError, TransportError,
};
use kinora_browser::{Store, now, sleep};
use wasm_bindgen_futures::spawn_local;
use web_sys::Blob;

use crate::options::{Options, Progress};
use crate::output::{media, remove_media};
use crate::service::Service;

/// The demo inside this page: a service that makes real videos of the person's own images, without
/// any network.
///
/// Clones share it. It works for as long as one of them lives; then its worker is ended. Jobs that
/// are not done by then are made the next time it is opened on the same store.
#[derive(Clone)]
pub struct Demo(Rc<Running>);

struct Running {
    service: Rc<Service>,
    work: AbortHandle,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.work.abort();
    }
}

impl Demo {
    /// Opens the demo with whatever jobs it had, and goes on with them.
    pub async fn open(store: Store) -> Self {
        Self::open_with(store, Options::default()).await
    }

    /// The same, other than usual.
    pub async fn open_with(store: Store, options: Options) -> Self {
        let (service, called) = Service::open(store, options).await;
        let service = Rc::new(service);
        let working = Rc::clone(&service);
        let (work, handle) = abortable(async move { working.run(called).await });
        spawn_local(async {
            // It only ever ends by being aborted.
            let _ = work.await;
        });
        Self(Rc::new(Running {
            service,
            work: handle,
        }))
    }

    /// How jobs are sent to the demo.
    pub fn connection() -> Connection {
        Connection::demo()
    }

    /// Calls `watcher` after every frame of every job, in place of an earlier watcher.
    pub fn on_progress(&self, watcher: impl Fn(Progress) + 'static) {
        self.0.service.watch(Rc::new(watcher));
    }

    /// The file behind an address that a result named; nothing for other addresses, and for files
    /// that are no longer kept.
    pub async fn media(&self, url: &str) -> Option<Blob> {
        media(self.0.service.store(), url).await
    }

    /// Lets go of the file behind an address that a result named.
    ///
    /// # Errors
    /// When the browser cannot write to its storage.
    pub async fn remove_media(&self, url: &str) -> Result<(), StoreError> {
        remove_media(self.0.service.store(), url).await
    }
}

impl Platform for Demo {
    fn now(&self) -> Now {
        now()
    }

    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        Ok(self.0.service.answer(&request).await)
    }

    async fn sleep(&self, span: Duration) {
        sleep(span).await;
    }

    async fn store(&self, record: Record) -> Result<(), StoreError> {
        self.0.service.store().put_record(&record).await
    }
}

impl fmt::Debug for Demo {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Demo")
    }
}
