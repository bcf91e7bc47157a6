//! The bytes behind an address, as many as are worth reading.

use gloo_net::http::{Request, Response};
use js_sys::{Array, Uint8Array};
use kinora::image::{ByteSize, Header, HeaderStream, Reading};
use wasm_bindgen::JsValue;
use web_sys::{Blob, ReferrerPolicy, RequestCredentials, RequestMode};

use crate::abort::AbortGuard;
use crate::clock::within;
use crate::stream::{PATIENCE, Pieces};

/// What came of it.
pub(super) enum Fetched {
    /// The whole file.
    Whole(Blob),
    /// As much of the file as matters: its beginning, and its size as far as known.
    Cut { head: Blob, bytes: u64 },
    /// An answer that is an error.
    Status(u16),
    /// No answer for scripts: no CORS, or no network. The browser does not tell which.
    Refused,
    /// It began, or was awaited, but did not come.
    Lost,
}

/// How much of a file is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// What header and size tell; the rest only where the image may be transparent.
    Header,
    /// All of it, to be shown and used.
    Whole,
}

/// Fetches an image as anyone could: no cookies, no referrer. Tells what the header says as soon as
/// it is there, with the size that the host states. Stops as soon as no more is wanted, or the file
/// has more than `most`. With it comes the type that the host declares.
pub(super) async fn fetch(
    url: &str,
    depth: Depth,
    most: ByteSize,
    tell: Tell<'_>,
) -> (Fetched, Declared) {
    let mut head = Head::default();
    let mut is_enough = |chunk: &Uint8Array, stated: Option<u64>| {
        if let Some(header) = head.grow(chunk) {
            tell(&header, stated);
        }
        if stated.is_some_and(|stated| stated > most.count()) {
            return head.is_done;
        }
        let is_settled = head.is_done && stated.is_some() && depth == Depth::Header;
        is_settled && !head.may_be_transparent()
    };
    let mut declared = None;
    let fetched = fetch_until(url, most, &mut is_enough, &mut declared).await;
    (fetched, declared)
}

/// A `Content-Type`, where there is one.
pub(super) type Declared = Option<String>;

/// Fetches a whole file likewise, unless it has more than `most`.
pub(super) async fn whole(url: &str, most: ByteSize) -> Fetched {
    let mut is_enough =
        |_: &Uint8Array, stated: Option<u64>| stated.is_some_and(|stated| stated > most.count());
    fetch_until(url, most, &mut is_enough, &mut None).await
}

/// Asked with each piece that comes and the size that was stated: whether no more is wanted.
type Until<'a> = &'a mut dyn FnMut(&Uint8Array, Option<u64>) -> bool;

async fn fetch_until(
    url: &str,
    most: ByteSize,
    is_enough: Until<'_>,
    declared: &mut Declared,
) -> Fetched {
    let Ok(guard) = AbortGuard::new() else {
        return Fetched::Refused;
    };
    let request = Request::get(url)
        .mode(RequestMode::Cors)
        .credentials(RequestCredentials::Omit)
        .referrer_policy(ReferrerPolicy::NoReferrer)
        .abort_signal(Some(&guard.signal()))
        .build();
    let Ok(request) = request else {
        return Fetched::Refused;
    };
    match within(PATIENCE, request.send()).await {
        None => Fetched::Lost,
        Some(Err(_)) => Fetched::Refused,
        Some(Ok(response)) if !response.ok() => Fetched::Status(response.status()),
        Some(Ok(response)) => {
            *declared = response.headers().get("content-type");
            read(&response, most, is_enough)
                .await
                .unwrap_or(Fetched::Lost)
        }
    }
}

/// Told what a header says, and the size that was stated.
pub(super) type Tell<'a> = &'a dyn Fn(&Header, Option<u64>);

async fn read(
    response: &Response,
    most: ByteSize,
    is_enough: Until<'_>,
) -> Result<Fetched, JsValue> {
    let stated = response.headers().get("content-length");
    let stated: Option<u64> = stated.and_then(|length| length.parse().ok());
    let Some(stream) = response.body() else {
        return Ok(Fetched::Whole(Blob::new()?));
    };
    let mut pieces = Pieces::of(&stream);
    let chunks = Array::new();
    let mut count = 0;
    while let Some(chunk) = pieces.next().await? {
        count += u64::from(chunk.length());
        chunks.push(&chunk);
        if is_enough(&chunk, stated) || count > most.count() {
            let head = Blob::new_with_u8_array_sequence(&chunks)?;
            return Ok(Fetched::Cut {
                head,
                bytes: count.max(stated.unwrap_or(0)),
            });
        }
    }
    Blob::new_with_u8_array_sequence(&chunks).map(Fetched::Whole)
}

/// The beginning of a file, until its header is known.
#[derive(Default)]
struct Head {
    stream: HeaderStream,
    header: Option<Header>,
    is_done: bool,
}

impl Head {
    /// The header, when this chunk is the one that completes it.
    fn grow(&mut self, chunk: &Uint8Array) -> Option<Header> {
        if self.is_done {
            return None;
        }
        match self.stream.grow(&chunk.to_vec()) {
            Reading::NeedMore { .. } => return None,
            Reading::Known(header) => self.header = Some(header),
            Reading::Other(_) | Reading::Malformed { .. } | Reading::Unrecognised => {}
        }
        self.is_done = true;
        self.header
    }

    fn may_be_transparent(&self) -> bool {
        self.header
            .is_some_and(|header| header.has_alpha != Some(false))
    }
}
