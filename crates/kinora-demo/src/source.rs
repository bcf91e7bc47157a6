//! Where a job's picture comes from, and where it is kept while the job lasts.

use kinora::image::{Look, LookProblem};
use kinora::{Reach, RequestId, SourceUrl};
use kinora_browser::Store;
use kinora_browser::look::{Source, look, picture_key};
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
    let page = url
        .strip_prefix(SourceUrl::PAGE_SCHEME)
        .and_then(|rest| rest.strip_prefix(':'));
    if let Some(id) = page {
        let kept = store.blob(&picture_key(id)).await.ok().flatten();
        return kept.ok_or(Trouble::Gone);
    }
    let url = SourceUrl::parse(url, Reach::Page).map_err(|_| Trouble::Unreachable)?;
    let looked = look(Source::Url(url), store).await;
    match (looked.look, &looked.picture) {
        (Look::Failed(LookProblem::NotAnImage(_) | LookProblem::Damaged(_)), _) => {
            Err(Trouble::Undecodable)
        }
        (_, Some(picture)) => picture.blob().cloned().ok_or(Trouble::Unreachable),
        (_, None) => Err(Trouble::Unreachable),
    }
}

fn key(id: &RequestId) -> String {
    format!("demo/picture/{id}")
}
