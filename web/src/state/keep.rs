//! What is kept between visits: the form, the settings, the armed intent, pictures and records.

use core::time::Duration;

use kinora::wire::input;
use kinora::{Ending, IntentId, Object, Record, SourceUrl, Stage, StoreError, Value};
use kinora_browser::js::{parse, print};
use kinora_browser::look::picture_key;
use kinora_browser::{Store, random, sleep};
use kinora_demo::remove_media;
use leptos::prelude::*;

use super::form::Form;
use super::host::is_demo;
use super::past::newest;
use super::service::Settings;

/// The storage of this site, once it is open.
#[derive(Clone, Copy)]
pub(super) struct Kept {
    store: RwSignal<Option<Store>, LocalStorage>,
    pictures: RwSignal<Vec<String>>,
}

/// What the page was left with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Left {
    /// The form.
    pub(super) form: Form,
    /// The connection.
    pub(super) settings: Settings,
    /// The intent that the form is armed with.
    pub(super) intent: String,
    /// The intent of the job on stage.
    pub(super) on_stage: Option<String>,
    /// Ids of the pictures that are kept.
    pub(super) pictures: Vec<String>,
}

impl Left {
    fn to_value(&self) -> Value {
        let pictures = self.pictures.iter().map(|id| id.as_str().into());
        let mut left = Object::new()
            .with("form", self.form.to_value())
            .with("settings", self.settings.to_value())
            .with("intent", self.intent.as_str())
            .with("pictures", Value::List(pictures.collect()));
        if let Some(intent) = &self.on_stage {
            left.insert("on_stage", intent.as_str());
        }
        left.into()
    }

    fn of(kept: &Object) -> Self {
        let part = |key| kept.get(key).and_then(Value::as_object);
        let pictures = kept.get("pictures").and_then(Value::as_list);
        let pictures = pictures
            .unwrap_or_default()
            .iter()
            .filter_map(Value::as_str);
        Self {
            form: part("form").map(Form::of).unwrap_or_default(),
            settings: part("settings").map(Settings::of).unwrap_or_default(),
            intent: kept.text("intent").unwrap_or_default().to_owned(),
            on_stage: kept.text("on_stage").map(str::to_owned),
            pictures: pictures.map(str::to_owned).collect(),
        }
    }
}

impl Kept {
    pub(super) fn new() -> Self {
        Self {
            store: RwSignal::new_local(None),
            pictures: RwSignal::new(Vec::new()),
        }
    }

    /// Opens the storage, and tells what the page was left with.
    pub(super) async fn open(self) -> Option<Left> {
        let store = Store::open().await;
        let in_haste = at_hand().and_then(|storage| storage.get_item(LEFT).ok().flatten());
        let in_haste = in_haste.and_then(|text| parse(&text));
        let at_leisure = store.get_value(LEFT).await.ok().flatten();
        let left = newer(&[in_haste, at_leisure, first()]);
        if let Some(left) = &left {
            self.pictures.set(left.pictures.clone());
        }
        self.store.set(Some(store));
        left
    }

    /// The storage, once it is open; tracked.
    pub(super) fn store(self) -> Option<Store> {
        self.store.get()
    }

    /// The storage, as soon as it is open.
    pub(super) async fn opened(self) -> Store {
        loop {
            if let Some(store) = self.store.get_untracked() {
                return store;
            }
            sleep(A_MOMENT).await;
        }
    }

    /// The pictures that are kept; tracked.
    pub(super) fn pictures(self) -> Vec<String> {
        self.pictures.get()
    }

    /// Keeps what the page would be left with.
    pub(super) async fn leave(self, left: &Left) {
        let Some(store) = self.store.get_untracked() else {
            return;
        };
        // Without room the page works on; it only forgets when it is closed.
        if store.put_value(LEFT, &left.to_value()).await.is_ok()
            && let Some(storage) = at_hand()
        {
            // What was kept in haste is older now.
            let _ = storage.remove_item(LEFT);
        }
    }

    /// Keeps it before this returns: a page that goes away waits for nothing else.
    pub(super) fn leave_in_haste(self, left: &Left) {
        if let Some(storage) = at_hand() {
            // Denied or full, what was typed last is lost.
            let _ = storage.set_item(LEFT, &print(&left.to_value()));
        }
    }

    /// Keeps a picture, and names it.
    pub(super) async fn keep_picture(self, file: &web_sys::Blob) -> Result<String, StoreError> {
        let id = IntentId::mint(random()).as_str().to_owned();
        let store = self.opened().await;
        store.put_blob(&picture_key(&id), file).await?;
        self.pictures.update(|pictures| pictures.push(id.clone()));
        Ok(id)
    }

    /// The record of an intent.
    pub(super) async fn record(self, intent: &IntentId) -> Option<Record> {
        let store = self.opened().await;
        store.record(intent).await.ok().flatten()
    }

    /// All readable records that are worth keeping, newest first; the others are let go.
    pub(super) async fn records(self) -> (Vec<Record>, Vec<Record>) {
        let store = self.opened().await;
        let all = store.records().await.unwrap_or_default();
        newest(all.into_iter().filter_map(Result::ok).collect())
    }

    /// Lets go of a record, and of the files that the demo made for it.
    pub(super) async fn let_go(self, record: &Record) {
        let store = self.opened().await;
        if is_demo(&record.connection) && !files(record).is_empty() {
            for media in files(record) {
                // A file too many only takes space.
                let _ = remove_media(&store, &media.url).await;
            }
        }
        // A record too many is let go the next time.
        let _ = store.remove_record(&record.intent).await;
    }

    /// Lets go of pictures that neither the form nor a record needs.
    pub(super) async fn tidy_pictures(self, source: &str, records: &[Record]) {
        let store = self.opened().await;
        let needed = |id: &str| {
            let address = [SourceUrl::PAGE_SCHEME, ":", id].concat();
            let of_record = |record: &Record| record.input.text(input::IMAGE) == Some(&address);
            source == address || records.iter().any(of_record)
        };
        let (kept, gone) = self
            .pictures
            .get_untracked()
            .into_iter()
            .partition::<Vec<_>, _>(|id| needed(id));
        for id in &gone {
            // A picture too many only takes space.
            let _ = store.remove_blob(&picture_key(id)).await;
        }
        if !gone.is_empty() {
            self.pictures.set(kept);
        }
    }
}

/// The addresses of the files that a record's job made.
pub(super) fn files(record: &Record) -> &[kinora::Media] {
    match &record.stage {
        Stage::Ended {
            ending: Ending::Succeeded(files),
            ..
        } => files,
        Stage::Sending | Stage::Uncertain | Stage::Accepted(_) | Stage::Ended { .. } => &[],
    }
}

/// What was left in haste, if it can be read, or else at leisure, or else what a first visit finds.
fn newer(kept: &[Option<Value>; 3]) -> Option<Left> {
    let mut kept = kept.iter().flatten();
    kept.find_map(Value::as_object).map(Left::of)
}

/// What the page's owner has set for first visits: `boot.js` puts it there.
fn first() -> Option<Value> {
    let root = web_sys::window()?.document()?.document_element()?;
    parse(&root.get_attribute("data-first")?)
}

/// The storage that is written at once, unless the browser denies it.
fn at_hand() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok()?
}

const LEFT: &str = "left";
const A_MOMENT: Duration = Duration::from_millis(20);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_left_comes_back() {
        let left = Left {
            form: Form::sample(),
            settings: Settings::default(),
            intent: "k1".to_owned(),
            on_stage: Some("k0".to_owned()),
            pictures: vec!["1".to_owned(), "2".to_owned()],
        };
        for left in [left, Left::default()] {
            assert_eq!(Left::of(left.to_value().as_object().unwrap()), left);
        }
    }

    #[test]
    fn what_was_left_in_haste_is_newer() {
        let left = |intent: &str| Left {
            intent: intent.to_owned(),
            ..Left::default()
        };
        let value = |intent| Some(left(intent).to_value());
        let newer = |a, b, c| newer(&[a, b, c]);
        assert_eq!(newer(value("b"), value("a"), None), Some(left("b")));
        assert_eq!(newer(None, value("a"), value("first")), Some(left("a")));
        assert_eq!(newer(Some(1.into()), value("a"), None), Some(left("a")));
        assert_eq!(newer(value("b"), None, value("first")), Some(left("b")));
        assert_eq!(newer(None, None, value("first")), Some(left("first")));
        assert_eq!(newer(None, None, None), None);
    }

    #[test]
    fn what_is_missing_is_as_on_the_first_visit() {
        let odd = Object::new()
            .with("form", Object::new())
            .with("pictures", 1);
        for kept in [Object::new(), odd] {
            assert_eq!(Left::of(&kept), Left::default());
        }
    }
}
