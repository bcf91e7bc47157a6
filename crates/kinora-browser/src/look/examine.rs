//! A file, looked into: format, completeness, size, transparency. The module does this.

use js_sys::Uint8Array;
use kinora::image::{
    Alpha, ByteSize, Header, ImageFacts, ImageFormat, LookProblem, Reading, is_complete,
    read_header, recognise,
};
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

use super::fetch::{Fetched, fetch};
use super::{Depth, Place, Sight, Subject, data_url, in_scheme};
use crate::hint::is_offline;
use crate::js::member;
use crate::retouch::{Decoded, scan};

/// Looks at an image wherever it is, and tells what its header says; nothing when its host keeps it
/// from scripts.
pub(crate) async fn look(subject: &Subject, tell: &dyn Fn(ImageFacts)) -> Option<Sight> {
    let most = subject.most;
    match &subject.place {
        Place::File(blob) => {
            // A picked file has a name, and anything else has none.
            let name = member(blob, "name").as_string();
            Some(named(examine(blob, most).await, name.as_deref(), None))
        }
        Place::Address(url) => match in_scheme(url, "data") {
            Some(rest) => Some(match data_url::decode(rest) {
                Some(blob) => examine(&blob, most).await,
                None => Sight::Failed(LookProblem::NotAnImage(None)),
            }),
            None => elsewhere(url, subject.depth, most, tell).await,
        },
    }
}

/// Holds the name that a file goes by, and the type it is declared as, against what was seen of it.
fn named(mut sight: Sight, name: Option<&str>, declared: Option<&str>) -> Sight {
    if let Sight::Found { facts, .. } = &mut sight {
        facts.hear(name, declared);
    }
    sight
}

async fn elsewhere(
    url: &str,
    depth: Depth,
    most: ByteSize,
    tell: &dyn Fn(ImageFacts),
) -> Option<Sight> {
    let tell = |header: &Header, bytes: Option<u64>| tell(header.facts(bytes.map(ByteSize::bytes)));
    let (fetched, declared) = fetch(url, depth, most, &tell).await;
    let sight = match fetched {
        Fetched::Whole(blob) => examine(&blob, most).await,
        Fetched::Cut { head, bytes } => only_head(&head, bytes, most).await,
        Fetched::Status(status) => Sight::Failed(LookProblem::Status(status)),
        Fetched::Lost if is_offline() => Sight::Failed(LookProblem::Offline),
        Fetched::Lost => Sight::Failed(LookProblem::Unreachable),
        Fetched::Refused => return None,
    };
    Some(named(sight, Some(url), declared.as_deref()))
}

/// Looks into a whole file.
async fn examine(blob: &Blob, most: ByteSize) -> Sight {
    let size = blob.size() as u64;
    let Some(bytes) = beginning(blob, most).await else {
        return Sight::Failed(LookProblem::Unreachable);
    };
    let is_all = bytes.len() as u64 == size;
    match read_header(&bytes) {
        Reading::Known(header) if is_all && !is_complete(header.format, &bytes) => {
            Sight::Failed(LookProblem::Damaged(header.format))
        }
        Reading::Known(header) => pixels(blob, &header).await,
        Reading::Other(format) if is_document(format) => {
            Sight::Failed(LookProblem::NotAnImage(Some(format)))
        }
        Reading::Other(format) => other(blob, format).await,
        Reading::Malformed { format, .. } => Sight::Failed(LookProblem::Damaged(format)),
        Reading::NeedMore { .. } | Reading::Unrecognised => cut_short(&bytes),
    }
}

/// Looks at the beginning of a file of which no more is wanted.
async fn only_head(head: &Blob, bytes: u64, most: ByteSize) -> Sight {
    let Some(start) = beginning(head, most).await else {
        return Sight::Failed(LookProblem::Unreachable);
    };
    match read_header(&start) {
        Reading::Known(header) => unshown(header.facts(Some(ByteSize::bytes(bytes)))),
        Reading::Other(format) if is_document(format) => {
            Sight::Failed(LookProblem::NotAnImage(Some(format)))
        }
        Reading::Other(format) => unshown(only(format, bytes)),
        Reading::Malformed { format, .. } => Sight::Failed(LookProblem::Damaged(format)),
        Reading::NeedMore { .. } | Reading::Unrecognised => cut_short(&start),
    }
}

fn unshown(facts: ImageFacts) -> Sight {
    Sight::Found {
        facts,
        file: None,
        is_common: true,
    }
}

async fn pixels(blob: &Blob, header: &Header) -> Sight {
    let mut facts = header.facts(Some(ByteSize::bytes(blob.size() as u64)));
    if facts.alpha.is_none() {
        facts.alpha = match is_transparent(blob).await {
            Some(true) => Some(Alpha::Transparent),
            Some(false) if header.has_alpha == Some(true) => Some(Alpha::OpaqueChannel),
            Some(false) => Some(Alpha::Opaque),
            // What does not decode shows in the page; the rest stays unknown.
            None => None,
        };
    }
    Sight::Found {
        facts,
        file: Some(blob.clone()),
        is_common: header.is_common(),
    }
}

async fn is_transparent(blob: &Blob) -> Option<bool> {
    let picture = Decoded::of(blob).await.ok()?;
    scan::is_transparent(picture.bitmap()).await
}

/// A format of which no header is read. The page need not try to show what does not decode; only
/// drawings show without being decoded.
async fn other(blob: &Blob, format: ImageFormat) -> Sight {
    let facts = only(format, blob.size() as u64);
    let may_show = format == ImageFormat::Svg || Decoded::of(blob).await.is_ok();
    Sight::Found {
        facts,
        file: may_show.then(|| blob.clone()),
        is_common: false,
    }
}

/// A file that ends within its header, or that is none.
fn cut_short(bytes: &[u8]) -> Sight {
    Sight::Failed(match recognise(bytes) {
        Some(format) if !is_document(format) => LookProblem::Damaged(format),
        found => LookProblem::NotAnImage(found),
    })
}

const fn is_document(format: ImageFormat) -> bool {
    matches!(format, ImageFormat::Html | ImageFormat::Pdf)
}

fn only(format: ImageFormat, bytes: u64) -> ImageFacts {
    ImageFacts {
        format: Some(format),
        bytes: Some(ByteSize::bytes(bytes)),
        ..ImageFacts::default()
    }
}

/// The whole file, unless it is too large to be of use anyway.
async fn beginning(blob: &Blob, most: ByteSize) -> Option<Vec<u8>> {
    let most = (most.count() as f64).min(blob.size());
    let start = blob.slice_with_f64_and_f64(0.0, most).ok()?;
    let buffer = JsFuture::from(start.array_buffer()).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}
