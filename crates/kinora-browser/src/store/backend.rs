//! Where values lie: in the browser's database, or in memory.

use core::time::Duration;

use js_sys::{Array, Map};
use kinora::StoreError;
use wasm_bindgen::{JsCast, JsValue};

use super::area::Area;
use super::database::Database;
use crate::clock::within;

/// The two places.
pub(super) enum Backend {
    Lasting(Database),
    /// By area and key. A map of the browser's own can be shared between modules.
    Memory(Map),
}

impl Backend {
    pub(super) async fn open() -> Self {
        match within(OPEN_PATIENCE, Database::open()).await {
            Some(Ok(database)) => Self::Lasting(database),
            Some(Err(_)) | None => Self::memory(),
        }
    }

    pub(super) fn memory() -> Self {
        Self::Memory(Map::new())
    }

    /// The place itself, as a value of the browser's own.
    pub(super) fn shared(&self) -> JsValue {
        match self {
            Self::Lasting(database) => database.shared(),
            Self::Memory(values) => values.into(),
        }
    }

    /// The same place as another module's.
    pub(super) fn of_shared(value: &JsValue) -> Option<Self> {
        if let Some(values) = value.dyn_ref::<Map>() {
            return Some(Self::Memory(values.clone()));
        }
        Some(Self::Lasting(Database::of_shared(value)?))
    }

    pub(super) fn is_lasting(&self) -> bool {
        matches!(self, Self::Lasting(_))
    }

    /// The value of this key, or `undefined`.
    pub(super) async fn one(&self, area: Area, key: &str) -> Result<JsValue, StoreError> {
        match self {
            Self::Lasting(database) => database.one(area, key).await,
            Self::Memory(values) => Ok(values.get(&place(area, key).into())),
        }
    }

    /// All values, in order of their keys.
    pub(super) async fn all(&self, area: Area) -> Result<Array, StoreError> {
        match self {
            Self::Lasting(database) => database.all(area).await,
            Self::Memory(values) => {
                let start = place(area, "");
                let mut keys: Vec<String> = values
                    .keys()
                    .into_iter()
                    .filter_map(|key| key.ok()?.as_string())
                    .filter(|key| key.starts_with(&start))
                    .collect();
                keys.sort_unstable();
                Ok(keys.iter().map(|key| values.get(&key.into())).collect())
            }
        }
    }

    pub(super) async fn put(
        &self,
        area: Area,
        key: &str,
        value: &JsValue,
    ) -> Result<(), StoreError> {
        match self {
            Self::Lasting(database) => database.put(area, key, value).await,
            Self::Memory(values) => {
                values.set(&place(area, key).into(), value);
                Ok(())
            }
        }
    }

    pub(super) async fn remove(&self, area: Area, key: &str) -> Result<(), StoreError> {
        match self {
            Self::Lasting(database) => database.remove(area, key).await,
            Self::Memory(values) => {
                values.delete(&place(area, key).into());
                Ok(())
            }
        }
    }
}

/// Where a value is in the map. No area's name has a slash in it.
fn place(area: Area, key: &str) -> String {
    [area.name(), "/", key].concat()
}

/// A database that has not opened by now never will; the page must not wait for it.
const OPEN_PATIENCE: Duration = Duration::from_secs(5);
