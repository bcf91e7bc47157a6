//! Where values lie: in the browser's database, or in memory.

use core::cell::RefCell;
use core::time::Duration;

use js_sys::Array;
use kinora::StoreError;
use wasm_bindgen::JsValue;

use super::area::Area;
use super::database::Database;
use crate::clock::within;

/// The two places.
pub(super) enum Backend {
    Lasting(Database),
    Memory(RefCell<Vec<Entry>>),
}

/// A value in memory, in order of areas and keys.
pub(super) struct Entry {
    area: Area,
    key: String,
    value: JsValue,
}

impl Backend {
    pub(super) async fn open() -> Self {
        match within(OPEN_PATIENCE, Database::open()).await {
            Some(Ok(database)) => Self::Lasting(database),
            Some(Err(_)) | None => Self::memory(),
        }
    }

    pub(super) fn memory() -> Self {
        Self::Memory(RefCell::default())
    }

    pub(super) fn is_lasting(&self) -> bool {
        matches!(self, Self::Lasting(_))
    }

    /// The value of this key, or `undefined`.
    pub(super) async fn one(&self, area: Area, key: &str) -> Result<JsValue, StoreError> {
        match self {
            Self::Lasting(database) => database.one(area, key).await,
            Self::Memory(values) => {
                let values = values.borrow();
                let found = place(&values, area, key).map(|place| values[place].value.clone());
                Ok(found.unwrap_or(JsValue::UNDEFINED))
            }
        }
    }

    /// All values, in order of their keys.
    pub(super) async fn all(&self, area: Area) -> Result<Array, StoreError> {
        match self {
            Self::Lasting(database) => database.all(area).await,
            Self::Memory(values) => {
                let values = values.borrow();
                let here = values.iter().filter(|entry| entry.area == area);
                Ok(here.map(|entry| &entry.value).collect())
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
                keep(&mut values.borrow_mut(), area, key, value.clone());
                Ok(())
            }
        }
    }

    pub(super) async fn remove(&self, area: Area, key: &str) -> Result<(), StoreError> {
        match self {
            Self::Lasting(database) => database.remove(area, key).await,
            Self::Memory(values) => {
                let mut values = values.borrow_mut();
                if let Ok(place) = place(&values, area, key) {
                    values.remove(place);
                }
                Ok(())
            }
        }
    }
}

fn keep(values: &mut Vec<Entry>, area: Area, key: &str, value: JsValue) {
    match place(values, area, key) {
        Ok(place) => values[place].value = value,
        Err(place) => values.insert(
            place,
            Entry {
                area,
                key: key.to_owned(),
                value,
            },
        ),
    }
}

/// Where a value is, or else where it belongs.
fn place(values: &[Entry], area: Area, key: &str) -> Result<usize, usize> {
    values.binary_search_by(|entry| (entry.area, entry.key.as_str()).cmp(&(area, key)))
}

/// A database that has not opened by now never will; the page must not wait for it.
const OPEN_PATIENCE: Duration = Duration::from_secs(5);
