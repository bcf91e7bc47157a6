//! What passes between the app's module and the demo's: options, calls, answers, as plain values.

use core::time::Duration;

use js_sys::Array;
use kinora::{Auth, Body, HttpRequest, HttpResponse, Method};
use kinora_browser::js::{from_js, to_js};
use wasm_bindgen::JsValue;

use crate::codec::Codec;
use crate::js::{member, object};
use crate::options::Options;

pub(crate) fn options_to_js(options: &Options) -> JsValue {
    let codec = options.codec.map(Codec::name);
    object([
        (QUEUE, (options.queue.as_millis() as f64).into()),
        (CODEC, codec.map_or(JsValue::UNDEFINED, Into::into)),
        (WORKER, options.worker.into()),
    ])
    .into()
}

/// The options in a message; the usual ones for what is not in it.
pub(crate) fn options_from_js(message: &JsValue) -> Options {
    let usual = Options::default();
    let queue = member(message, QUEUE).as_f64();
    let codec = member(message, CODEC).as_string();
    Options {
        queue: queue.map_or(usual.queue, |queue| Duration::from_millis(queue as u64)),
        codec: codec.and_then(|name| Codec::from_name(&name)),
        worker: member(message, WORKER).as_bool().unwrap_or(usual.worker),
    }
}

/// A call. Whose token it would carry is left out: the demo knows no tokens.
pub(crate) fn request_to_js(request: &HttpRequest) -> JsValue {
    object([
        (METHOD, request.method.as_str().into()),
        (URL, JsValue::from_str(&request.url)),
        (HEADERS, headers_to_js(&request.headers)),
        (BODY, body_to_js(&request.body)),
    ])
    .into()
}

pub(crate) fn request_from_js(message: &JsValue) -> Option<HttpRequest> {
    let name = member(message, METHOD).as_string()?;
    Some(HttpRequest {
        method: [Method::Get, Method::Post]
            .into_iter()
            .find(|method| method.as_str() == name)?,
        url: member(message, URL).as_string()?,
        headers: headers_from_js(&member(message, HEADERS)),
        body: body_from_js(&member(message, BODY))?,
        auth: Auth::None,
        // Whoever waits for the answer has the clock.
        timeout: Duration::MAX,
    })
}

pub(crate) fn response_to_js(response: &HttpResponse) -> JsValue {
    object([
        (STATUS, response.status.into()),
        (HEADERS, headers_to_js(&response.headers)),
        (BODY, body_to_js(&response.body)),
    ])
    .into()
}

pub(crate) fn response_from_js(message: &JsValue) -> Option<HttpResponse> {
    Some(HttpResponse {
        status: member(message, STATUS).as_f64()? as u16,
        headers: headers_from_js(&member(message, HEADERS)),
        body: body_from_js(&member(message, BODY))?,
    })
}

fn headers_to_js(headers: &[(String, String)]) -> JsValue {
    let pair = |(name, value): &(String, String)| {
        Array::of2(&JsValue::from_str(name), &JsValue::from_str(value))
    };
    headers.iter().map(pair).collect::<Array>().into()
}

fn headers_from_js(headers: &JsValue) -> Vec<(String, String)> {
    let pair = |pair: JsValue| {
        let pair = Array::from(&pair);
        Some((pair.get(0).as_string()?, pair.get(1).as_string()?))
    };
    Array::from(headers).iter().filter_map(pair).collect()
}

/// Text stands by itself, JSON in a list: a text may be either.
fn body_to_js(body: &Body) -> JsValue {
    match body {
        Body::Empty => JsValue::UNDEFINED,
        Body::Json(value) => Array::of1(&to_js(value)).into(),
        Body::Text(text) => JsValue::from_str(text),
    }
}

fn body_from_js(body: &JsValue) -> Option<Body> {
    if body.is_undefined() {
        return Some(Body::Empty);
    }
    if let Some(text) = body.as_string() {
        return Some(Body::Text(text));
    }
    let value = Array::from(body).get(0);
    from_js(&value).ok().map(Body::Json)
}

const QUEUE: &str = "queue";
const CODEC: &str = "codec";
const WORKER: &str = "worker";
const METHOD: &str = "method";
const URL: &str = "url";
const HEADERS: &str = "headers";
const BODY: &str = "body";
const STATUS: &str = "status";
