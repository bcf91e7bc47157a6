//! A small IndexedDB: one transaction per call, events as promises.

use gloo_events::EventListener;
use js_sys::{Array, Object, Promise, Reflect, global};
use kinora::StoreError;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DomException, IdbDatabase, IdbFactory, IdbObjectStore, IdbRequest, IdbTransaction,
    IdbTransactionMode,
};

use super::area::Area;

/// An open database. It makes way when another tab needs a newer version of it.
pub(super) struct Database {
    inner: IdbDatabase,
    _version_change: EventListener,
}

impl Database {
    pub(super) async fn open() -> Result<Self, StoreError> {
        let inner = open().await.map_err(|error| problem(&error))?;
        Ok(Self::new(inner))
    }

    /// The connection, for another module of the page.
    pub(super) fn shared(&self) -> JsValue {
        self.inner.clone().into()
    }

    /// The connection that another module opened.
    pub(super) fn of_shared(value: &JsValue) -> Option<Self> {
        Some(Self::new(value.dyn_ref::<IdbDatabase>()?.clone()))
    }

    fn new(inner: IdbDatabase) -> Self {
        let closing = inner.clone();
        let version_change = EventListener::new(&inner, "versionchange", move |_| closing.close());
        Self {
            inner,
            _version_change: version_change,
        }
    }

    pub(super) async fn one(&self, area: Area, key: &str) -> Result<JsValue, StoreError> {
        let request = self.reading(area).and_then(|store| store.get(&key.into()));
        read(request).await.map_err(|error| problem(&error))
    }

    pub(super) async fn all(&self, area: Area) -> Result<Array, StoreError> {
        let request = self.reading(area).and_then(|store| store.get_all());
        let all = read(request).await.map_err(|error| problem(&error))?;
        Ok(all.dyn_into().unwrap_or_default())
    }

    pub(super) async fn put(
        &self,
        area: Area,
        key: &str,
        value: &JsValue,
    ) -> Result<(), StoreError> {
        let put = |store: &IdbObjectStore| store.put_with_key(value, &key.into());
        self.write(area, &put)
            .await
            .map_err(|error| problem(&error))
    }

    pub(super) async fn remove(&self, area: Area, key: &str) -> Result<(), StoreError> {
        let remove = |store: &IdbObjectStore| store.delete(&key.into());
        self.write(area, &remove)
            .await
            .map_err(|error| problem(&error))
    }

    fn reading(&self, area: Area) -> Result<IdbObjectStore, JsValue> {
        self.inner
            .transaction_with_str_and_mode(area.name(), IdbTransactionMode::Readonly)?
            .object_store(area.name())
    }

    async fn write(
        &self,
        area: Area,
        act: &dyn Fn(&IdbObjectStore) -> Result<IdbRequest, JsValue>,
    ) -> Result<(), JsValue> {
        let transaction = transact(&self.inner, area)?;
        act(&transaction.object_store(area.name())?)?;
        let done = Promise::new(&mut |resolve, reject| {
            transaction.set_oncomplete(Some(&resolve));
            transaction.set_onabort(Some(&reject));
        });
        match JsFuture::from(done).await {
            Ok(_) => Ok(()),
            Err(_) => Err(transaction.error().map_or(JsValue::UNDEFINED, Into::into)),
        }
    }
}

async fn open() -> Result<IdbDatabase, JsValue> {
    let factory: IdbFactory = Reflect::get(&global(), &"indexedDB".into())?.dyn_into()?;
    let request = factory.open_with_u32(NAME, VERSION)?;
    let upgrading = request.clone();
    let _upgrade = EventListener::once(&request, "upgradeneeded", move |_| {
        if let Ok(database) = upgrading.result() {
            create_areas(database.unchecked_ref());
        }
    });
    settled(&request).await?.dyn_into()
}

/// An area that cannot be created is missed by its first transaction, which says so.
fn create_areas(database: &IdbDatabase) {
    for area in Area::ALL {
        let _ = database.create_object_store(area.name());
    }
}

/// Records must survive a power cut too: a submit follows them.
fn transact(database: &IdbDatabase, area: Area) -> Result<IdbTransaction, JsValue> {
    let options = Object::new();
    if area == Area::Records {
        Reflect::set(&options, &"durability".into(), &"strict".into())?;
    }
    let database: &DurableDatabase = database.unchecked_ref();
    database.transaction(area.name(), "readwrite", &options)
}

async fn read(request: Result<IdbRequest, JsValue>) -> Result<JsValue, JsValue> {
    settled(&request?).await
}

async fn settled(request: &IdbRequest) -> Result<JsValue, JsValue> {
    let done = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    match JsFuture::from(done).await {
        Ok(_) => request.result(),
        Err(_) => Err(request.error()?.map_or(JsValue::UNDEFINED, Into::into)),
    }
}

fn problem(error: &JsValue) -> StoreError {
    let words = match error.dyn_ref::<DomException>() {
        Some(error) if error.name() == "QuotaExceededError" => {
            "the space that the browser gives this site is used up".to_owned()
        }
        Some(error) => error.message(),
        None => "the browser did not say why".to_owned(),
    };
    StoreError { words }
}

const NAME: &str = "kinora";
const VERSION: u32 = 1;

#[wasm_bindgen]
extern "C" {
    /// `transaction` with options, which web-sys still counts as unstable; browsers that do not
    /// know them ignore them. <https://w3c.github.io/IndexedDB/#dom-idbdatabase-transaction>
    type DurableDatabase;

    #[wasm_bindgen(method, catch)]
    fn transaction(
        this: &DurableDatabase,
        store: &str,
        mode: &str,
        options: &Object,
    ) -> Result<IdbTransaction, JsValue>;
}
