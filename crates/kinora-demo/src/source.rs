//! Where a job's picture comes from, and where it is kept while the job lasts.

use gloo_net::http::Request;
use kinora::{RequestId, SourceUrl};
use kinora_browser::Store;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, ReferrerPolicy, RequestCredentials, Response};

use crate::trouble::Trouble;

/// Keeps a copy of the picture for as long as the job lasts: a reload loses `blob:` addresses, and
/// a host may be gone by then. What cannot be had now is looked for again when it is needed.
pub(crate) async fn keep(store: &Store, id: &RequestId, url: &str) {
    let key = key(id);
    if let Ok(None) = store.blob(&key).await
        && let Ok(picture) = fetch(store, url).await
    {
        // Not kept, it is only looked for again.
        let _ = store.put_blob(&key, &picture).await;
    }
}

/// The picture of a job: the kept copy, or else from where it came.
pub(crate) async fn picture(store: &Store, id: &RequestId, url: &str) -> Result<Blob, Trouble> {
    match store.blob(&key(id)).await {
        Ok(Some(picture)) => Ok(picture),
        Ok(None) | Err(_) => fetch(store, url).await,
    }
}

/// Lets go of a job's copy.
pub(crate) async fn release(store: &Store, id: &RequestId) {
    // A copy too many only takes space.
    let _ = store.remove_blob(&key(id)).await;
}

async fn fetch(store: &Store, url: &str) -> Result<Blob, Trouble> {
    let page = url
        .strip_prefix(SourceUrl::PAGE_SCHEME)
        .and_then(|rest| rest.strip_prefix(':'));
    match page {
        Some(id) => match store.blob(&format!("{PICTURES}{id}")).await {
            Ok(Some(picture)) => Ok(picture),
            Ok(None) | Err(_) => Err(Trouble::Gone),
        },
        None => download(url).await.ok_or(Trouble::Unreachable),
    }
}

async fn download(url: &str) -> Option<Blob> {
    let request = Request::get(url)
        .credentials(RequestCredentials::Omit)
        .referrer_policy(ReferrerPolicy::NoReferrer);
    let response: Response = request
        .send()
        .await
        .ok()
        .filter(|answer| answer.ok())?
        .into();
    let blob = JsFuture::from(response.blob().ok()?).await.ok()?;
    Some(blob.into())
}

fn key(id: &RequestId) -> String {
    format!("demo/picture/{id}")
}

/// Where the page keeps pictures that a person picked, dropped or pasted.
const PICTURES: &str = "picture/";
