//! The bytes behind an address, as many as are worth reading.

use core::time::Duration;

use gloo_net::http::{Request, Response};
use js_sys::{Array, Reflect, Uint8Array};
use kinora::limits::IMAGE_BYTES_MOST;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, ReadableStreamDefaultReader, ReferrerPolicy, RequestCredentials, RequestMode};

use crate::abort::AbortGuard;
use crate::clock::within;

/// What came of it.
pub(super) enum Fetched {
    /// The whole file.
    Whole(Blob),
    /// The file is too large whatever is in it: its beginning, and its size as far as known.
    Cut { head: Blob, bytes: u64 },
    /// An answer that is an error.
    Status(u16),
    /// No answer for scripts: no CORS, or no network. The browser does not tell which.
    Refused,
    /// It began, or was awaited, but did not come.
    Lost,
}

/// Fetches an image as anyone could: no cookies, no referrer. Stops as soon as it is too large.
pub(super) async fn fetch(url: &str) -> Fetched {
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
        Some(Ok(response)) => read(&response).await.unwrap_or(Fetched::Lost),
    }
}

async fn read(response: &Response) -> Result<Fetched, JsValue> {
    let most = IMAGE_BYTES_MOST.count();
    let stated = response.headers().get("content-length");
    let stated = stated.and_then(|length| length.parse().ok()).unwrap_or(0);
    let enough = if stated > most { HEAD_BYTES } else { most };
    let Some(stream) = response.body() else {
        return Ok(Fetched::Whole(Blob::new()?));
    };
    let reader: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
    let chunks = Array::new();
    let mut count = 0;
    while let Some(chunk) = next(&reader).await? {
        count += u64::from(chunk.length());
        chunks.push(&chunk);
        if count > enough {
            let head = Blob::new_with_u8_array_sequence(&chunks)?;
            return Ok(Fetched::Cut {
                head,
                bytes: count.max(stated),
            });
        }
    }
    Blob::new_with_u8_array_sequence(&chunks).map(Fetched::Whole)
}

async fn next(reader: &ReadableStreamDefaultReader) -> Result<Option<Uint8Array>, JsValue> {
    let step = within(PATIENCE, JsFuture::from(reader.read())).await;
    let step = step.ok_or(JsValue::UNDEFINED)??;
    if Reflect::get(&step, &"done".into())?.is_truthy() {
        return Ok(None);
    }
    Reflect::get(&step, &"value".into())?.dyn_into().map(Some)
}

/// How long a host may be silent before it counts as unreachable.
const PATIENCE: Duration = Duration::from_secs(30);

/// Enough to tell any format.
const HEAD_BYTES: u64 = 4096;
