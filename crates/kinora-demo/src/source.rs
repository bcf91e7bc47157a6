//! Where a job's picture comes from, and where it is kept while the job lasts.

use kinora::image::LookProblem;
use kinora::{MediaRules, Reach, RequestId, SourceUrl};
use kinora_browser::Store;
use kinora_browser::look::file;
use web_sys::Blob;

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
    let url = SourceUrl::parse(url, Reach::Page).map_err(|_| Trouble::Unreachable)?;
    let is_of_the_page = url.as_str().starts_with(SourceUrl::PAGE_SCHEME);
    // The service took it for the job: only a download without end is not wanted.
    let most = MediaRules::default().bytes_most();
    file(&url, store, most)
        .await
        .map_err(|problem| match problem {
            LookProblem::NotAnImage(_) | LookProblem::Damaged(_) => Trouble::Undecodable,
            _ if is_of_the_page => Trouble::Gone,
            _ => Trouble::Unreachable,
        })
}

fn key(id: &RequestId) -> String {
    format!("demo/picture/{id}")
}
