//! What can be learned of an image before it is sent.
//!
//! ```text
//!  address ──fetch, counting bytes──► blob ──first bytes──► format ──decode──► size ──scan──► alpha
//!        └─ refused (no CORS) ──► <img> ──► size only; the rest stays unknown
//! ```
//!
//! Whether the facts are good enough is for `kinora::image::check` to say.

use kinora::SourceUrl;
use kinora::image::{ByteSize, ImageFacts, ImageFormat, Look, LookProblem};
use web_sys::Blob;

use crate::Store;

mod alpha;
mod canvas;
mod data_url;
mod element;
mod examine;
mod fetch;

mod picture;
pub use picture::Picture;

/// An image to look at.
#[derive(Clone, Debug)]
pub enum Source {
    /// One with an address; [`SourceUrl::PAGE_SCHEME`] addresses are looked up in the store.
    Url(SourceUrl),
    /// A picked, dropped or pasted file.
    Blob(Blob),
}

/// What a look brought to light.
#[derive(Clone, Debug)]
pub struct Looked {
    /// The facts, or why there are none.
    pub look: Look,
    /// The image to show, when the browser can show it.
    pub picture: Option<Picture>,
}

impl Looked {
    fn failed(problem: LookProblem) -> Self {
        Self {
            look: Look::Failed(problem),
            picture: None,
        }
    }

    fn found(facts: ImageFacts, picture: Option<Picture>) -> Self {
        Self {
            look: Look::Found(facts),
            picture,
        }
    }
}

/// Looks at an image. Never fails otherwise than in [`Look::Failed`]; dropping the future aborts
/// what is under way, so a newer look simply replaces an older one.
pub async fn look(source: Source, store: &Store) -> Looked {
    match source {
        Source::Blob(blob) => examine::examine(&blob).await,
        Source::Url(url) => by_address(url.as_str(), store).await,
    }
}

/// The key under which the store keeps the picture of a [`SourceUrl::PAGE_SCHEME`] address.
pub fn picture_key(id: &str) -> String {
    ["picture/", id].concat()
}

async fn by_address(url: &str, store: &Store) -> Looked {
    if let Some(id) = in_scheme(url, SourceUrl::PAGE_SCHEME) {
        return match store.blob(&picture_key(id)).await {
            Ok(Some(blob)) => examine::examine(&blob).await,
            Ok(None) | Err(_) => Looked::failed(LookProblem::Unreachable),
        };
    }
    if let Some(rest) = in_scheme(url, "data") {
        return match data_url::decode(rest) {
            Some(blob) => examine::examine(&blob).await,
            None => Looked::failed(LookProblem::NotAnImage(None)),
        };
    }
    match fetch::fetch(url).await {
        fetch::Fetched::Whole(blob) => examine::examine(&blob).await,
        fetch::Fetched::Cut { head, bytes } => examine::only_head(&head, bytes).await,
        fetch::Fetched::Status(status) => Looked::failed(LookProblem::Status(status)),
        fetch::Fetched::Lost => Looked::failed(LookProblem::Unreachable),
        fetch::Fetched::Refused => element::look(url).await,
    }
}

/// What follows the scheme, when the address has this one.
fn in_scheme<'a>(url: &'a str, scheme: &str) -> Option<&'a str> {
    let (found, rest) = url.split_once(':')?;
    found.eq_ignore_ascii_case(scheme).then_some(rest)
}

fn facts(format: ImageFormat, bytes: u64) -> ImageFacts {
    ImageFacts {
        format: Some(format),
        bytes: Some(ByteSize::bytes(bytes)),
        ..ImageFacts::default()
    }
}
