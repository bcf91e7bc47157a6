//! Folders that are dropped on the page.

use js_sys::{Array, Function, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DataTransfer, File, FileSystemDirectoryEntry, FileSystemEntry, FileSystemFileEntry};

use crate::js::{member, object};
use crate::worker::ask_here;

/// What was dropped, when a folder is among it.
pub struct Folders(Array);

impl Folders {
    /// Reads what an event carries; only while the event lasts.
    pub fn among(data: &DataTransfer) -> Option<Self> {
        let items = data.items();
        let entry = |place| items.get(place)?.webkit_get_as_entry().ok()?;
        let entries: Vec<_> = (0..items.length()).filter_map(entry).collect();
        let has_folder = entries.iter().any(FileSystemEntry::is_directory);
        has_folder.then(|| Self(entries.into_iter().collect()))
    }

    /// All files in them, at any depth, in the order of their paths. What cannot be read is left out.
    pub async fn files(self) -> Vec<File> {
        let order = object(&[(FOLDERS, self.0.into())]);
        let answer = ask_here("retouch", &order, &|_| {}).await;
        let files: Array = answer.unwrap_or_default().dyn_into().unwrap_or_default();
        files
            .iter()
            .filter_map(|file| file.dyn_into().ok())
            .collect()
    }
}

/// The working half: the files in the folders of an order, if it is one of these.
pub(crate) async fn files_of(order: &JsValue) -> Option<JsValue> {
    let entries: Array = member(order, FOLDERS).dyn_into().ok()?;
    let mut entries: Vec<FileSystemEntry> = entries.iter().map(JsCast::unchecked_into).collect();
    let mut files = Vec::new();
    while let Some(entry) = entries.pop() {
        // Browsers give these classes various names, so nothing is asked of them but what they say.
        if entry.is_directory() {
            entries.extend(inside(entry.unchecked_ref()).await);
        } else if let Some(file) = opened(entry.unchecked_ref()).await {
            files.push((entry.full_path(), file));
        }
    }
    files.sort_by(|(one, _), (other, _)| one.cmp(other));
    let files: Array = files.into_iter().map(|(_, file)| file).collect();
    Some(files.into())
}

/// What is in a folder, which a reader tells in parts until there is no more.
async fn inside(folder: &FileSystemDirectoryEntry) -> Vec<FileSystemEntry> {
    let reader = folder.create_reader();
    let mut all = Vec::new();
    loop {
        let part = called(&|resolve, reject| {
            reader.read_entries_with_callback_and_callback(resolve, reject)
        });
        let part: Array = part
            .await
            .unwrap_or_default()
            .dyn_into()
            .unwrap_or_default();
        if part.length() == 0 {
            return all;
        }
        all.extend(part.iter().map(JsCast::unchecked_into::<FileSystemEntry>));
    }
}

async fn opened(entry: &FileSystemFileEntry) -> Option<JsValue> {
    let file = called(&|resolve, reject| {
        entry.file_with_callback_and_callback(resolve, reject);
        Ok(())
    });
    file.await.ok()
}

/// What an old interface hands to its listeners.
fn called(ask: &dyn Fn(&Function, &Function) -> Result<(), JsValue>) -> JsFuture {
    JsFuture::from(Promise::new(&mut |resolve, reject| {
        if let Err(thrown) = ask(&resolve, &reject) {
            // A listener of a promise does not throw.
            let _ = reject.call1(&JsValue::UNDEFINED, &thrown);
        }
    }))
}

const FOLDERS: &str = "folders";
