//! Files of the page inside a request. Until it is sent, a request and its record hold no more than
//! the address of such a file; here it is written out, as the token is put in.

use kinora::wire::{input, upload_time};
use kinora::{Body, HttpRequest, Object, SourceUrl, TransportError, TransportErrorKind, Value};
use wasm_bindgen::JsValue;
use web_sys::Blob;

use crate::Store;
use crate::js::object;
use crate::look::picture_key;
use crate::worker::ask_here;

/// The request with its picture as a `data:` URI, where that is a file of the page.
pub(crate) async fn write_out(
    mut request: HttpRequest,
    store: &Store,
) -> Result<HttpRequest, TransportError> {
    if let Body::Json(Value::Object(given)) = &mut request.body
        && let Some(id) = page_file(given)
    {
        let Ok(Some(file)) = store.blob(&picture_key(&id)).await else {
            return Err(not_sent(GONE));
        };
        let written = data_uri(&file).await.ok_or_else(|| not_sent(UNWRITTEN))?;
        request.timeout += upload_time(written.len());
        given.insert(input::IMAGE, written);
    }
    Ok(request)
}

fn page_file(given: &Object) -> Option<String> {
    let address = given.text(input::IMAGE)?;
    let id = address.strip_prefix(SourceUrl::PAGE_SCHEME)?;
    id.strip_prefix(':').map(str::to_owned)
}

/// By the module that works on images, which was loaded when the picture was looked at.
async fn data_uri(file: &Blob) -> Option<String> {
    let order = object(&[(INSIDE, file.into())]);
    let answer = ask_here("retouch", &order, &|_| {}).await;
    answer.as_ref().ok().and_then(JsValue::as_string)
}

fn not_sent(words: &str) -> TransportError {
    TransportError {
        kind: TransportErrorKind::NotSent,
        words: words.to_owned(),
    }
}

const GONE: &str = "the picture is no longer in this browser; choose it again";
const UNWRITTEN: &str = "the part of Kinora that writes the picture into it did not load, or could \
                         not read the picture";

/// The member of an order that has a file to be written out.
pub(crate) const INSIDE: &str = "inside";
