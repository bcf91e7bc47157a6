//! What is kept between visits: records, the app's own values, and blobs.

use core::fmt;
use std::rc::Rc;

use kinora::{IntentId, Record, RecordProblem, StoreError, Value};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Blob;

use crate::js;

mod area;
use area::Area;

mod backend;
use backend::Backend;

mod database;

/// The site's storage in IndexedDB; in memory where the browser allows none. Clones share it.
#[derive(Clone)]
pub struct Store(Rc<Backend>);

impl Store {
    /// Opens the storage of this site, or one in memory when there is none to be had.
    pub async fn open() -> Self {
        Self(Rc::new(Backend::open().await))
    }

    /// A store that forgets everything with the page.
    pub fn in_memory() -> Self {
        Self(Rc::new(Backend::memory()))
    }

    /// The storage itself, for another WebAssembly module of this page: a database's connection,
    /// or a map in memory.
    pub fn shared(&self) -> JsValue {
        self.0.shared()
    }

    /// The storage that another module [shares](Self::shared); nothing for other values.
    pub fn of_shared(value: &JsValue) -> Option<Self> {
        Backend::of_shared(value).map(|backend| Self(Rc::new(backend)))
    }

    /// Whether what is put here outlives the page.
    pub fn is_lasting(&self) -> bool {
        self.0.is_lasting()
    }

    /// All records, each readable or with the reason why it is not.
    ///
    /// # Errors
    /// When the browser cannot read its storage.
    pub async fn records(&self) -> Result<Vec<Result<Record, RecordProblem>>, StoreError> {
        let all = self.0.all(Area::Records).await?;
        Ok(all.iter().map(|value| record(&value)).collect())
    }

    /// The record of one intent, if there is a readable one.
    ///
    /// # Errors
    /// When the browser cannot read its storage.
    pub async fn record(&self, intent: &IntentId) -> Result<Option<Record>, StoreError> {
        let found = self.0.one(Area::Records, intent.as_str()).await?;
        Ok(record(&found).ok())
    }

    /// Keeps a record under its intent, in place of an older one.
    ///
    /// # Errors
    /// When the browser refuses to write, for want of space or otherwise.
    pub async fn put_record(&self, record: &Record) -> Result<(), StoreError> {
        let value = js::to_js(&record.to_value());
        self.0
            .put(Area::Records, record.intent.as_str(), &value)
            .await
    }

    /// Forgets a record.
    ///
    /// # Errors
    /// When the browser cannot write to its storage.
    pub async fn remove_record(&self, intent: &IntentId) -> Result<(), StoreError> {
        self.0.remove(Area::Records, intent.as_str()).await
    }

    /// A value of the app's own.
    ///
    /// # Errors
    /// When the browser cannot read its storage, or what is there has another shape.
    pub async fn get<T: DeserializeOwned>(&self, key: &str) -> Result<Option<T>, StoreError> {
        let found = self.0.one(Area::App, key).await?;
        if found.is_undefined() {
            return Ok(None);
        }
        serde_wasm_bindgen::from_value(found)
            .map(Some)
            .map_err(|_| wrong_shape())
    }

    /// Keeps a value of the app's own, in place of an older one.
    ///
    /// # Errors
    /// When the value has no form in JavaScript, or the browser refuses to write.
    pub async fn put<T: Serialize>(&self, key: &str, value: &T) -> Result<(), StoreError> {
        let value = serde_wasm_bindgen::to_value(value).map_err(|_| wrong_shape())?;
        self.0.put(Area::App, key, &value).await
    }

    /// A dynamic value.
    ///
    /// # Errors
    /// When the browser cannot read its storage, or what is there is no data.
    pub async fn get_value(&self, key: &str) -> Result<Option<Value>, StoreError> {
        let found = self.0.one(Area::App, key).await?;
        if found.is_undefined() {
            return Ok(None);
        }
        js::from_js(&found).map(Some).map_err(|_| wrong_shape())
    }

    /// Keeps a dynamic value, in place of an older one.
    ///
    /// # Errors
    /// When the browser refuses to write.
    pub async fn put_value(&self, key: &str, value: &Value) -> Result<(), StoreError> {
        self.0.put(Area::App, key, &js::to_js(value)).await
    }

    /// Whatever JavaScript put under this key.
    pub(crate) async fn js(&self, key: &str) -> Result<JsValue, StoreError> {
        self.0.one(Area::App, key).await
    }

    /// Keeps what only JavaScript can hold, such as a key that is not shown.
    pub(crate) async fn put_js(&self, key: &str, value: &JsValue) -> Result<(), StoreError> {
        self.0.put(Area::App, key, value).await
    }

    /// Forgets a value.
    ///
    /// # Errors
    /// When the browser cannot write to its storage.
    pub async fn remove(&self, key: &str) -> Result<(), StoreError> {
        self.0.remove(Area::App, key).await
    }

    /// A file.
    ///
    /// # Errors
    /// When the browser cannot read its storage.
    pub async fn blob(&self, key: &str) -> Result<Option<Blob>, StoreError> {
        Ok(self.0.one(Area::Blobs, key).await?.dyn_into().ok())
    }

    /// Keeps a file, in place of an older one.
    ///
    /// # Errors
    /// When the browser refuses to write.
    pub async fn put_blob(&self, key: &str, blob: &Blob) -> Result<(), StoreError> {
        self.0.put(Area::Blobs, key, blob).await
    }

    /// Forgets a file.
    ///
    /// # Errors
    /// When the browser cannot write to its storage.
    pub async fn remove_blob(&self, key: &str) -> Result<(), StoreError> {
        self.0.remove(Area::Blobs, key).await
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(if self.is_lasting() {
            "Store(lasting)"
        } else {
            "Store(in memory)"
        })
    }
}

fn record(stored: &JsValue) -> Result<Record, RecordProblem> {
    let value = js::from_js(stored).unwrap_or(Value::Null);
    Record::from_value(&value)
}

fn wrong_shape() -> StoreError {
    StoreError {
        words: "a stored value has an unexpected shape".to_owned(),
    }
}
