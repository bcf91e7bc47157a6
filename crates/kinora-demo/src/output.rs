//! Finished files: their addresses, and where they are kept.

use kinora::{Connection, RequestId, StoreError};
use kinora_browser::Store;
use web_sys::Blob;

use crate::codec::Container;

/// The file behind an address that a result named; nothing for other addresses, and for files that
/// are no longer kept.
pub async fn media(store: &Store, url: &str) -> Option<Blob> {
    let name = Name::of_url(url)?;
    store.blob(&name.key()).await.ok().flatten()
}

/// Lets go of the file behind an address that a result named.
///
/// # Errors
/// When the browser cannot write to its storage.
pub async fn remove_media(store: &Store, url: &str) -> Result<(), StoreError> {
    match Name::of_url(url) {
        Some(name) => store.remove_blob(&name.key()).await,
        None => Ok(()),
    }
}

/// A finished file's name. It has no slash in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Name(String);

impl Name {
    /// The name of what a job made.
    pub(crate) fn new(id: &RequestId, container: Container) -> Self {
        Self(format!("{id}.{}", container.extension()))
    }

    /// The name in an address of the demo's.
    pub(crate) fn of_url(url: &str) -> Option<Self> {
        let name = url.strip_prefix(Connection::DEMO)?.strip_prefix(PATH)?;
        let (id, extension) = name.rsplit_once('.')?;
        let known = [Container::Mp4, Container::Webm]
            .iter()
            .any(|container| container.extension() == extension);
        (known && RequestId::parse(id).is_ok()).then(|| Self(name.to_owned()))
    }

    /// The address that results name.
    pub(crate) fn url(&self) -> String {
        format!("{}{PATH}{}", Connection::DEMO, self.0)
    }

    /// The key in the store.
    pub(crate) fn key(&self) -> String {
        format!("demo/output/{}", self.0)
    }
}

const PATH: &str = "/outputs/";

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test(unsupported = test)]
    fn an_address_leads_back_to_its_name() {
        let id = RequestId::parse("abc-1").unwrap();
        for (container, url) in [
            (
                Container::Mp4,
                "https://demo.kinora.invalid/outputs/abc-1.mp4",
            ),
            (
                Container::Webm,
                "https://demo.kinora.invalid/outputs/abc-1.webm",
            ),
        ] {
            let name = Name::new(&id, container);
            assert_eq!(name.url(), url);
            assert_eq!(Name::of_url(url), Some(name));
        }
    }

    #[wasm_bindgen_test(unsupported = test)]
    fn other_addresses_are_none_of_the_demos() {
        for url in [
            "",
            "https://demo.kinora.invalid/outputs/",
            "https://demo.kinora.invalid/outputs/a.png",
            "https://demo.kinora.invalid/outputs/a/b.mp4",
            "https://demo.kinora.invalid.example.com/outputs/a.mp4",
            "https://example.com/outputs/a.mp4",
        ] {
            assert_eq!(Name::of_url(url), None, "{url}");
        }
    }
}
