//! What can be learned of an image before it is sent.
//!
//! ```text
//!  address ──one GET──► first bytes ──header──► format, size, alpha channel ──► told at once
//!     │                 └─ the rest, as far as wanted ──► picture, transparent pixels
//!     └─ refused (no CORS) ──► <img> ──► size only; the rest stays unknown
//!                                 └─ nothing ──► does anything answer there at all?
//! ```
//!
//! Bytes are fetched and read by the module of [`retouch`](crate::retouch), beside the page. What
//! only a page can do is done here: records, and `<img>`.
//!
//! Whether the facts are good enough is for `kinora::image::check` to say.

use std::cell::RefCell;

use futures_util::future::LocalBoxFuture;
use kinora::SourceUrl;
use kinora::image::{ByteSize, ImageFacts, Look, LookProblem};
use web_sys::Blob;

use crate::Store;
use crate::hear::answers;
use crate::hint::is_offline;
use crate::retouch::Retoucher;
use crate::stream::PATIENCE;

mod data_url;
mod element;
pub(crate) mod examine;

mod fetch;
pub use fetch::Depth;

mod many;
pub use many::{Found, look_at_many};

mod picture;
pub use picture::Picture;

mod seen;
use seen::Seen;

mod show;

mod sight;
pub(crate) use sight::{Place, Sight, Subject, facts, news};

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

/// Looks at images, and remembers what was found at addresses as long as it lives.
pub struct Looker {
    store: Store,
    retoucher: Retoucher,
    seen: RefCell<Seen>,
}

impl Looker {
    /// A looker at the files of this store, and at all that is elsewhere.
    pub fn new(store: Store) -> Self {
        Self {
            store,
            retoucher: Retoucher::new(),
            seen: RefCell::new(Seen::default()),
        }
    }

    /// Who works on the pixels.
    pub const fn retoucher(&self) -> &Retoucher {
        &self.retoucher
    }

    /// Looks at an image. Never fails otherwise than in [`Look::Failed`]; dropping the future aborts
    /// what is under way, so a newer look simply replaces an older one. What the header says is told
    /// by `tell` before the rest of the file is there. Of a file above `most`, which is
    /// [`bytes_most`](kinora::MediaRules::bytes_most) of the field's rules, only the beginning is read.
    ///
    /// In a box, since it is large and awaited in many places.
    pub fn look<'a>(
        &'a self,
        source: &'a Source,
        depth: Depth,
        most: ByteSize,
        tell: &'a dyn Fn(ImageFacts),
    ) -> LocalBoxFuture<'a, Looked> {
        Box::pin(async move {
            let place = match source {
                Source::Blob(blob) => Place::File(blob.clone()),
                Source::Url(url) => {
                    let url = url.as_str();
                    if let Some(looked) = self.seen.borrow().at(url, depth, most) {
                        return looked;
                    }
                    match in_scheme(url, SourceUrl::PAGE_SCHEME) {
                        None => Place::Address(url.to_owned()),
                        Some(id) => match kept(id, &self.store).await {
                            Ok(blob) => Place::File(blob),
                            Err(problem) => return Looked::failed(problem),
                        },
                    }
                }
            };
            let subject = Subject { place, depth, most };
            let looked = self.at(&subject, tell).await;
            self.remember(&subject, &looked);
            looked
        })
    }

    async fn at(&self, subject: &Subject, tell: &dyn Fn(ImageFacts)) -> Looked {
        match (self.retoucher.look(subject, tell).await, &subject.place) {
            (Some(Sight::Failed(LookProblem::NotLooked)), place) => unlooked(place).await,
            (Some(Sight::Failed(problem)), _) => Looked::failed(problem),
            (
                Some(Sight::Found {
                    facts,
                    file,
                    is_common,
                }),
                _,
            ) => match file {
                Some(file) => show::shown(file, facts, is_common).await,
                None => Looked::found(facts, None),
            },
            (None, Place::Address(url)) => unread(url).await,
            // The module reads every file that is here.
            (None, place @ Place::File(_)) => unlooked(place).await,
        }
    }

    /// Keeps what was found at an address. What is the whole file itself costs nothing to read again.
    fn remember(&self, subject: &Subject, looked: &Looked) {
        if let Place::Address(url) = &subject.place
            && in_scheme(url, "data").is_none()
        {
            let mut seen = self.seen.borrow_mut();
            seen.remember(url, subject.depth, subject.most, looked);
        }
    }
}

/// The whole file at an address, to be used rather than judged.
///
/// # Errors
/// When nothing is there, or its host keeps it from scripts, or it has more than `most` bytes.
pub async fn file(url: &SourceUrl, store: &Store, most: ByteSize) -> Result<Blob, LookProblem> {
    if let Some(found) = here(url.as_str(), store).await {
        return found;
    }
    match fetch::whole(url.as_str(), most).await {
        fetch::Fetched::Whole(blob) => Ok(blob),
        fetch::Fetched::Status(status) => Err(LookProblem::Status(status)),
        fetch::Fetched::Cut { .. } | fetch::Fetched::Refused | fetch::Fetched::Lost => {
            Err(LookProblem::Unreachable)
        }
    }
}

/// The key under which the store keeps the picture of a [`SourceUrl::PAGE_SCHEME`] address.
pub fn picture_key(id: &str) -> String {
    ["picture/", id].concat()
}

/// The file of an address that needs no network; nothing for all others.
async fn here(url: &str, store: &Store) -> Option<Result<Blob, LookProblem>> {
    if let Some(id) = in_scheme(url, SourceUrl::PAGE_SCHEME) {
        return Some(kept(id, store).await);
    }
    let rest = in_scheme(url, "data")?;
    Some(data_url::decode(rest).ok_or(LookProblem::NotAnImage(None)))
}

/// The picture of this id in the store.
async fn kept(id: &str, store: &Store) -> Result<Blob, LookProblem> {
    let kept = store.blob(&picture_key(id)).await.ok().flatten();
    kept.ok_or(LookProblem::Unreachable)
}

/// An image that nobody could look at. It may be a good one, so it is shown as far as that goes.
async fn unlooked(place: &Place) -> Looked {
    let picture = match place {
        Place::File(file) => {
            let shown = show::shown(file.clone(), ImageFacts::default(), false);
            shown.await.picture
        }
        Place::Address(url) => shown_there(url).await,
    };
    Looked {
        picture,
        ..Looked::failed(LookProblem::NotLooked)
    }
}

/// An image elsewhere, to be shown but not read.
async fn shown_there(url: &str) -> Option<Picture> {
    match element::measure(url).await {
        element::Shown::As(width, height) => Some(Picture::there(url, (width, height))),
        element::Shown::Not | element::Shown::Nowhere => None,
    }
}

/// What can be told of an image that scripts may not read, or that is not there.
async fn unread(url: &str) -> Looked {
    if let Some(picture) = shown_there(url).await {
        let facts = ImageFacts {
            width: Some(picture.width()),
            height: Some(picture.height()),
            ..ImageFacts::default()
        };
        return Looked::found(facts, Some(picture));
    }
    Looked::failed(if is_offline() {
        LookProblem::Offline
    } else if answers(url, PATIENCE).await {
        LookProblem::Hidden
    } else {
        LookProblem::Unreachable
    })
}

/// What follows the scheme, when the address has this one.
fn in_scheme<'a>(url: &'a str, scheme: &str) -> Option<&'a str> {
    let (found, rest) = url.split_once(':')?;
    found.eq_ignore_ascii_case(scheme).then_some(rest)
}
