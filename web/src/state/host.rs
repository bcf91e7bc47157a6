//! Where a job runs: the demo in this page, or a service over HTTP.

use core::time::Duration;

use kinora::{
    Connection, HttpRequest, HttpResponse, IntentId, Method, Now, Platform, Record, StoreError,
    TransportError, Turn,
};
use kinora_browser::channel::Channel;
use kinora_browser::lock::{Held, try_hold};
use kinora_browser::{Browser, Store, Token, now, sleep};
use kinora_demo::{Progress, Visit};

use super::route::demo_options;
use super::word::Word;

/// A platform that also tells the other tabs whenever a record changes.
pub(super) struct Host {
    store: Store,
    others: Channel,
    service: Runs,
}

enum Runs {
    /// Only one tab at a time runs the demo: its jobs are kept as one value.
    Here(
        Visit,
        #[expect(dead_code, reason = "held until dropped")] Held,
    ),
    There(Browser),
}

impl Host {
    /// The demo, with a watcher of its progress; `waiting` is called once when another tab is
    /// running it.
    pub(super) async fn demo(
        store: Store,
        waiting: impl FnOnce(),
        watcher: impl Fn(Progress) + 'static,
    ) -> Self {
        let mut waiting = Some(waiting);
        let held = loop {
            if let Some(held) = try_hold(DEMO_LOCK).await {
                break held;
            }
            if let Some(waiting) = waiting.take() {
                waiting();
            }
            sleep(BETWEEN_TRIES).await;
        };
        let demo = Visit::new(store.clone(), demo_options(), watcher);
        Self::new(store, Runs::Here(demo, held))
    }

    /// A service over HTTP.
    pub(super) fn service(store: Store, token: Option<Token>) -> Self {
        let browser = Browser::new(store.clone(), token);
        Self::new(store, Runs::There(browser))
    }

    fn new(store: Store, service: Runs) -> Self {
        Self {
            store,
            others: Word::channel(),
            service,
        }
    }
}

impl Platform for Host {
    fn now(&self) -> Now {
        now()
    }

    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        match &self.service {
            Runs::Here(demo, _) => demo.send(request).await,
            Runs::There(browser) => browser.send(request).await,
        }
    }

    fn turn(&self, job: &IntentId, method: Method) -> Turn {
        match &self.service {
            Runs::Here(..) => Turn::Ready,
            Runs::There(browser) => browser.turn(job, method),
        }
    }

    fn hold(&self, span: Duration) {
        if let Runs::There(browser) = &self.service {
            browser.hold(span);
        }
    }

    async fn sleep(&self, span: Duration) {
        sleep(span).await;
    }

    async fn store(&self, record: Record) -> Result<(), StoreError> {
        self.store.put_record(&record).await?;
        let word = Word::Changed(record.intent.as_str().to_owned());
        self.others.post(&word.value());
        Ok(())
    }
}

/// Whether jobs of this connection run in the page.
pub(super) fn is_demo(connection: &Connection) -> bool {
    *connection == Connection::demo()
}

const DEMO_LOCK: &str = "kinora-demo";
const BETWEEN_TRIES: Duration = Duration::from_millis(250);
