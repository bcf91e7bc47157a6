//! The rules with what they leave to a host: the clock, the sending, and telling everybody who
//! waits for the same answer.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use kinora::WallTime;
use kinora_relay::{Answer, Decision, Dress, Fetch, Flight, FlightId, Relay, Reply};
use tokio::sync::watch;
use tokio_util::task::TaskTracker;

use super::upstream::Upstream;

/// A running relay.
#[derive(Debug)]
pub(super) struct Host {
    inner: Mutex<Inner>,
    upstream: Upstream,
    proxies: Vec<IpAddr>,
    flights: TaskTracker,
}

#[derive(Debug)]
struct Inner {
    relay: Relay,
    /// What those wait for who joined a flight.
    awaited: BTreeMap<FlightId, Awaited>,
}

type Awaited = watch::Receiver<Option<Arc<Reply>>>;

/// What is still to be done for a request.
pub(super) enum Step {
    /// Nothing but to say this.
    Answer(Answer),
    /// To pass a file on.
    Fetch(Fetch),
}

impl Host {
    pub(super) fn new(relay: Relay, upstream: Upstream, proxies: Vec<IpAddr>) -> Self {
        Self {
            inner: Mutex::new(Inner {
                relay,
                awaited: BTreeMap::new(),
            }),
            upstream,
            proxies,
            flights: TaskTracker::new(),
        }
    }

    /// The rules, for one decision. A panic in another request leaves them between two decisions,
    /// which is fine to go on with.
    pub(super) fn relay<T>(&self, act: impl FnOnce(&mut Relay, WallTime) -> T) -> T {
        act(&mut self.lock().relay, now())
    }

    /// Does what was decided.
    pub(super) async fn follow(
        self: &Arc<Self>,
        decide: impl FnOnce(&mut Relay, WallTime) -> Decision,
    ) -> Step {
        let (awaited, dress) = {
            let mut inner = self.lock();
            match decide(&mut inner.relay, now()) {
                Decision::Answer(answer) => return Step::Answer(answer),
                Decision::Fetch(fetch) => return Step::Fetch(fetch),
                Decision::Join(id, dress) => (inner.awaited.get(&id).cloned(), dress),
                Decision::Forward(flight) => {
                    let dress = flight.dress().clone();
                    (Some(self.take_off(&mut inner, *flight)), dress)
                }
            }
        };
        Step::Answer(owed(awaited, &dress).await)
    }

    /// The file that is to be passed on.
    pub(super) async fn fetch(&self, fetch: &Fetch) -> Result<reqwest::Response, reqwest::Error> {
        self.upstream.fetch(fetch).await
    }

    /// Who calls, as budgets tell callers apart.
    pub(super) fn caller(&self, peer: IpAddr, forwarded_for: Option<&str>) -> String {
        kinora_relay::caller(peer, forwarded_for, &self.proxies)
    }

    /// What a closed relay will not do, in words.
    pub(super) fn what_is_closed(&self) -> Vec<&'static str> {
        self.lock().relay.what_is_closed()
    }

    /// Waits until every submit that is under way was answered, but not for ever.
    pub(super) async fn landed(&self) {
        self.flights.close();
        // Whoever is still waited for then is lost: the service takes too long.
        let _ = tokio::time::timeout(LAST_LANDING, self.flights.wait()).await;
    }

    /// Sends in a task of its own: when the caller goes away, the answer is still noted, and still
    /// owed to those who joined.
    fn take_off(self: &Arc<Self>, inner: &mut Inner, flight: Flight) -> Awaited {
        let (tell, awaited) = watch::channel(None);
        inner.awaited.insert(flight.id(), awaited.clone());
        let host = Arc::clone(self);
        self.flights.spawn(async move {
            let upstream = host.upstream.send(&flight.request).await;
            let mut inner = host.lock();
            let reply = inner.relay.land(&flight, upstream);
            inner.awaited.remove(&flight.id());
            tell.send_replace(Some(Arc::new(reply)));
        });
        awaited
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn owed(awaited: Option<Awaited>, dress: &Dress) -> Answer {
    let Some(mut awaited) = awaited else {
        return dress.lost();
    };
    match awaited.wait_for(Option::is_some).await {
        Ok(reply) => reply
            .as_ref()
            .map_or_else(|| dress.lost(), |reply| dress.answer(reply)),
        Err(_) => dress.lost(),
    }
}

fn now() -> WallTime {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    WallTime::from_unix_millis(u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
}

/// As long as a submit may take, and a little longer.
const LAST_LANDING: Duration = Duration::from_secs(65);
