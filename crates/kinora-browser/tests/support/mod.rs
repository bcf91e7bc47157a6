//! Stand-ins and pictures for the tests.

use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array, global};
use kinora::{Auth, BaseUrl, Body, HttpRequest, Method};
use kinora_browser::js;
use wasm_bindgen::prelude::{Closure, wasm_bindgen};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

#[wasm_bindgen(module = "/tests/support/fake.js")]
extern "C" {
    pub(crate) fn answer(status: u16, headers: &JsValue, body: &str);
    #[wasm_bindgen(js_name = neverAnswer)]
    pub(crate) fn never_answer();
    pub(crate) fn refuse();
    #[wasm_bindgen(js_name = answer)]
    fn answer_with(status: u16, headers: &JsValue, body: &Uint8Array);
    #[wasm_bindgen(js_name = breakOff)]
    pub(crate) fn break_off(start: &Uint8Array);
    #[wasm_bindgen(js_name = breakModules)]
    pub(crate) fn break_modules(how: &str);
    #[wasm_bindgen(js_name = refuseWorkers)]
    pub(crate) fn refuse_workers();
    pub(crate) fn named(file: &Blob, name: &str) -> Blob;
    #[wasm_bindgen(js_name = answerForever)]
    pub(crate) fn answer_forever(start: &Uint8Array, headers: &JsValue);
    #[wasm_bindgen(js_name = keepFromPages)]
    pub(crate) fn keep_from_pages();
    #[wasm_bindgen(js_name = answerBy)]
    fn answer_by_path(answers: &JsValue);
    #[wasm_bindgen(js_name = goOffline)]
    pub(crate) fn go_offline();
    #[wasm_bindgen(js_name = pryOpen)]
    pub(crate) fn pry_open() -> Promise;
    fn restore();
    fn requests() -> Array;
    #[wasm_bindgen(js_name = countCleared)]
    pub(crate) fn count_cleared() -> JsValue;
    #[wasm_bindgen(js_name = countRemoved)]
    pub(crate) fn count_removed() -> JsValue;
    #[wasm_bindgen(js_name = denyStorage)]
    pub(crate) fn deny_storage(missing: bool);
    #[wasm_bindgen(js_name = fillStorage)]
    pub(crate) fn fill_storage();
    #[wasm_bindgen(js_name = forgetCompression)]
    pub(crate) fn forget_compression();
    fn pixels(picture: &Blob) -> Promise;
    fn picture(width: u32, height: u32, kind: &str, alpha: bool, hole: &JsValue) -> Promise;
    pub(crate) fn odd(name: &str) -> JsValue;
}

/// Gives `fetch` and timers back when a test ends, however it ends.
pub(crate) struct Fakes;

impl Drop for Fakes {
    fn drop(&mut self) {
        restore();
    }
}

/// Lets work on images, and on connections, be done by this very module, as a page without
/// workers does.
pub(crate) fn work_here() {
    let connect = |order, report| {
        kinora_browser::connect::work::connect(order, report);
        JsValue::UNDEFINED
    };
    let modules = Object::new();
    add(&modules, "connect", Closure::new(connect));
    add(
        &modules,
        "retouch",
        Closure::new(kinora_browser::retouch::work::retouch),
    );
    Reflect::set(&global(), &"kinoraModule".into(), &modules).unwrap();
}

fn add(modules: &Object, name: &str, work: Closure<dyn Fn(JsValue, Function) -> JsValue>) {
    let module: JsValue = Object::new().into();
    Reflect::set(&module, &name.into(), &work.into_js_value()).unwrap();
    let load = Closure::<dyn Fn() -> Promise>::new(move || Promise::resolve(&module));
    Reflect::set(modules, &name.into(), &load.into_js_value()).unwrap();
}

/// Answers each path with a status and a body; all others are a page that is not found.
pub(crate) fn answer_by(answers: &[(&str, u16, &str)]) {
    let by_path = Object::new();
    for (path, status, body) in answers {
        let answer = Array::of2(&(*status).into(), &(*body).into());
        Reflect::set(&by_path, &(*path).into(), &answer).unwrap();
    }
    answer_by_path(&by_path);
}

/// What was asked of the replaced `fetch`, as values.
pub(crate) fn asked() -> Vec<kinora::Object> {
    let all = requests();
    all.iter()
        .map(|entry| js::from_js(&entry).unwrap().as_object().unwrap().clone())
        .collect()
}

/// A picture made by a canvas; with `hole`, one pixel there is half transparent.
pub(crate) async fn paint(
    size: (u32, u32),
    kind: &str,
    alpha: bool,
    hole: Option<(u32, u32)>,
) -> Blob {
    let hole = match hole {
        Some((x, y)) => Array::of2(&x.into(), &y.into()).into(),
        None => JsValue::NULL,
    };
    let blob = JsFuture::from(picture(size.0, size.1, kind, alpha, &hole)).await;
    blob.unwrap().unchecked_into()
}

/// A JPEG that is stored lying, with a note to show it turned by a quarter to the right.
pub(crate) async fn turned(stored: (u32, u32)) -> Blob {
    let jpeg = bytes_of(&paint(stored, "image/jpeg", false, None).await).await;
    // Exif with one entry: orientation, a short, one of them, 6.
    let exif =
        b"\xFF\xE1\0\x22Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    blob_of(&[&jpeg[..2], exif, &jpeg[2..]].concat())
}

/// Answers every request alike, with these bytes.
pub(crate) fn answer_bytes(body: &[u8], headers: &JsValue) {
    answer_with(200, headers, &Uint8Array::from(body));
}

pub(crate) fn blob_of(bytes: &[u8]) -> Blob {
    Blob::new_with_u8_array_sequence(&Array::of1(&Uint8Array::from(bytes))).unwrap()
}

pub(crate) async fn bytes_of(blob: &Blob) -> Vec<u8> {
    let buffer = JsFuture::from(blob.array_buffer()).await.unwrap();
    Uint8Array::new(&buffer).to_vec()
}

/// What a picture shows, as RGBA.
pub(crate) async fn pixels_of(picture: &Blob) -> Vec<u8> {
    let pixels = JsFuture::from(pixels(picture)).await.unwrap();
    Uint8Array::new(&pixels).to_vec()
}

pub(crate) fn base(text: &str) -> BaseUrl {
    BaseUrl::parse(text).unwrap()
}

pub(crate) fn get(url: &str) -> HttpRequest {
    HttpRequest {
        method: Method::Get,
        url: url.to_owned(),
        headers: Vec::new(),
        body: Body::Empty,
        auth: Auth::Base,
        timeout: core::time::Duration::from_secs(5),
    }
}

pub(crate) fn headers(pairs: &[(&str, &str)]) -> JsValue {
    let object = Object::new();
    for (name, value) in pairs {
        Reflect::set(&object, &(*name).into(), &(*value).into()).unwrap();
    }
    object.into()
}

/// What a counting stand-in has counted.
pub(crate) fn count(counter: &JsValue) -> f64 {
    let count = Reflect::get(counter, &"count".into()).unwrap();
    count.as_f64().unwrap()
}

/// Lets callbacks and promises run.
pub(crate) async fn a_while() {
    kinora_browser::sleep(core::time::Duration::from_millis(30)).await;
}
