//! How long jobs took on earlier visits, from which later ones are asked at the right times.

use core::time::Duration;

use kinora::{Histories, History, Record};
use kinora_browser::Store;

/// The durations in this browser's store.
pub(super) struct Learned(Store);

impl Learned {
    pub(super) const fn new(store: Store) -> Self {
        Self(store)
    }

    /// How long jobs of a record's like took.
    pub(super) async fn history(&self, record: &Record) -> History {
        self.all().await.of(&record.model, &record.input)
    }

    /// Learns how long a job took. Where the store has no room it is not learned, and the next is
    /// asked as before.
    pub(super) async fn learn(&self, record: &Record, took: Duration) {
        let mut all = self.all().await;
        all.add(&record.model, &record.input, took);
        let _ = self.0.put_value(KEY, &all.to_value()).await;
    }

    async fn all(&self) -> Histories {
        let kept = self.0.get_value(KEY).await.ok().flatten();
        kept.map(|kept| Histories::from_value(&kept))
            .unwrap_or_default()
    }
}

const KEY: &str = "durations";
