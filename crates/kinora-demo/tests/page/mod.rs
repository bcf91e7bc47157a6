//! What the tests need of a page: pictures, a player, and a measure of how busy it is.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use js_sys::{Array, Function, Object, Promise, Reflect, global};
use kinora_browser::{now, sleep};
use kinora_motion::Still;
use wasm_bindgen::prelude::{Closure, wasm_bindgen};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    Blob, BlobPropertyBag, Event, HtmlVideoElement, ImageBitmap, OffscreenCanvas,
    OffscreenCanvasRenderingContext2d, Url,
};

pub(crate) mod job;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = createImageBitmap)]
    fn create_image_bitmap(picture: &Blob) -> Promise;
}

/// A picture with edges, colours and smooth parts, as PNG.
pub(crate) async fn paint(width: u32, height: u32) -> Blob {
    let (canvas, context) = canvas(width, height);
    let sky = context.create_linear_gradient(0.0, 0.0, 0.0, f64::from(height));
    sky.add_color_stop(0.0, "#37506e").unwrap();
    sky.add_color_stop(0.6, "#d9a282").unwrap();
    sky.add_color_stop(1.0, "#2c3c34").unwrap();
    context.set_fill_style_canvas_gradient(&sky);
    context.fill_rect(0.0, 0.0, f64::from(width), f64::from(height));
    for (place, colour) in ["#b3402e", "#e8d9b0", "#40705a", "#28323c"]
        .iter()
        .enumerate()
    {
        context.set_fill_style_str(colour);
        context.begin_path();
        let x = f64::from(width) * (0.2 + 0.2 * place as f64);
        context
            .arc(
                x,
                f64::from(height) * 0.55,
                40.0 + 10.0 * place as f64,
                0.0,
                6.3,
            )
            .unwrap();
        context.fill();
    }
    JsFuture::from(canvas.convert_to_blob().unwrap())
        .await
        .unwrap()
        .into()
}

/// The pixels of a picture, as the browser decodes them.
pub(crate) async fn pixels(picture: &Blob) -> Still {
    let bitmap: ImageBitmap = JsFuture::from(create_image_bitmap(picture))
        .await
        .unwrap()
        .into();
    let (width, height) = (bitmap.width(), bitmap.height());
    let (_canvas, context) = canvas(width, height);
    context
        .draw_image_with_image_bitmap(&bitmap, 0.0, 0.0)
        .unwrap();
    Still::new(width, height, read(&context, width, height)).unwrap()
}

/// Peak signal to noise in decibels, over red, green and blue.
pub(crate) fn psnr(one: &[u8], other: &[u8]) -> f64 {
    assert_eq!(one.len(), other.len());
    let squares = one
        .iter()
        .zip(other)
        .enumerate()
        .filter(|(place, _)| place % 4 != 3);
    let sum: f64 = squares
        .map(|(_, (a, b))| f64::from(a.abs_diff(*b)).powi(2))
        .sum();
    let mean = sum / (one.len() as f64 * 0.75);
    10.0 * (255.0 * 255.0 / mean.max(1e-9)).log10()
}

/// A video element with a file in it.
pub(crate) struct Player {
    video: HtmlVideoElement,
    url: String,
}

impl Player {
    pub(crate) async fn open(file: &Blob) -> Self {
        let document = web_sys::window().unwrap().document().unwrap();
        let video: HtmlVideoElement = document.create_element("video").unwrap().unchecked_into();
        video.set_muted(true);
        video.set_preload("auto");
        let url = Url::create_object_url_with_blob(file).unwrap();
        video.set_src(&url);
        event(&video, "loadeddata").await.unwrap();
        Self { video, url }
    }

    pub(crate) fn duration(&self) -> f64 {
        self.video.duration()
    }

    pub(crate) fn size(&self) -> (u32, u32) {
        (self.video.video_width(), self.video.video_height())
    }

    pub(crate) async fn seek(&self, second: f64) {
        let sought = event(&self.video, "seeked");
        self.video.set_current_time(second);
        sought.await.unwrap();
        assert!((self.video.current_time() - second).abs() < 0.001);
    }

    /// Whether it shows such a frame: where the machine is busy, a moment after it has been sought.
    pub(crate) async fn comes_to_show(&self, wanted: impl Fn(&[u8]) -> bool) -> bool {
        for _ in 0..50 {
            if wanted(&self.frame()) {
                return true;
            }
            sleep(Duration::from_millis(40)).await;
        }
        false
    }

    /// The frame that it shows.
    pub(crate) fn frame(&self) -> Vec<u8> {
        let (width, height) = self.size();
        let (_canvas, context) = canvas(width, height);
        context
            .draw_image_with_html_video_element(&self.video, 0.0, 0.0)
            .unwrap();
        read(&context, width, height)
    }
}

impl Drop for Player {
    fn drop(&mut self) {
        self.video.set_src("");
        Url::revoke_object_url(&self.url).unwrap();
    }
}

/// Watches how long the page's own tasks wait for their turn.
pub(crate) struct Turns(Rc<RefCell<Vec<Duration>>>);

impl Turns {
    pub(crate) fn watch() -> Self {
        let waits = Rc::new(RefCell::new(Vec::new()));
        let watched = Rc::downgrade(&waits);
        spawn_local(async move {
            let mut last = now().monotonic;
            while let Some(waits) = watched.upgrade() {
                sleep(Duration::ZERO).await;
                let turn = now().monotonic;
                waits.borrow_mut().push(turn.since(last));
                last = turn;
            }
        });
        Self(waits)
    }

    /// Half of the waits were shorter.
    pub(crate) fn usual_wait(&self) -> Duration {
        let mut waits = self.0.borrow_mut();
        waits.sort();
        waits[waits.len() / 2]
    }
}

/// Takes a global away until this is dropped.
pub(crate) fn without(name: &'static str) -> Without {
    let taken = member(&global(), name);
    Reflect::set(&global(), &name.into(), &JsValue::UNDEFINED).unwrap();
    Without { name, taken }
}

pub(crate) struct Without {
    name: &'static str,
    taken: JsValue,
}

impl Drop for Without {
    fn drop(&mut self) {
        assert!(Reflect::set(&global(), &self.name.into(), &self.taken).unwrap());
    }
}

/// Says where films are made, as a boot script does: in this very module.
pub(crate) fn serve_film() {
    let load = format!("return import('{}')", film_js());
    serve("film", &Function::new_no_args(&load));
}

/// Says where the demo's service is: in this very module too.
pub(crate) fn serve_demo() {
    let load = format!("return import('{}')", film_js());
    serve("demo", &Function::new_no_args(&load));
}

/// Says that the demo's service cannot be loaded.
pub(crate) fn serve_no_demo() {
    let load = "return Promise.reject(new Error('it is not there'))";
    serve("demo", &Function::new_no_args(load));
}

/// Says what the worker's script is. Its `./film.js` is this very module.
pub(crate) fn serve_worker(script: &str) {
    let url = url_of_script(&script.replace("./film.js", &film_js()));
    serve("worker", &url.into());
}

/// A script that is for this module what `film.js` and `demo.js` are for their own.
fn film_js() -> String {
    let here = web_sys::window().unwrap().location().origin().unwrap();
    url_of_script(&format!(
        "import start, * as here from '{here}/wasm-bindgen-test';
         const module_or_path = '{here}/wasm-bindgen-test_bg.wasm';
         export default () => start({{ module_or_path }});
         export const {{ film, open, send, close }} = here;"
    ))
}

fn url_of_script(script: &str) -> String {
    let options = BlobPropertyBag::new();
    options.set_type("text/javascript");
    let script = Array::of1(&script.into());
    let script = Blob::new_with_str_sequence_and_options(&script, &options).unwrap();
    Url::create_object_url_with_blob(&script).unwrap()
}

fn serve(name: &str, served: &JsValue) {
    let mut place = member(&global(), "kinoraModule");
    if place.is_undefined() {
        place = Object::new().into();
        Reflect::set(&global(), &"kinoraModule".into(), &place).unwrap();
    }
    Reflect::set(&place, &name.into(), served).unwrap();
}

fn canvas(width: u32, height: u32) -> (OffscreenCanvas, OffscreenCanvasRenderingContext2d) {
    let canvas = OffscreenCanvas::new(width, height).unwrap();
    let context = canvas.get_context("2d").unwrap().unwrap().unchecked_into();
    (canvas, context)
}

fn read(context: &OffscreenCanvasRenderingContext2d, width: u32, height: u32) -> Vec<u8> {
    let data = context.get_image_data(0.0, 0.0, f64::from(width), f64::from(height));
    data.unwrap().data().0
}

fn event(video: &HtmlVideoElement, name: &str) -> JsFuture {
    let happened = Promise::new(&mut |resolve, reject| {
        let happened = Closure::once_into_js(move |event: Event| {
            resolve.call1(&JsValue::UNDEFINED, &event).unwrap();
        });
        video
            .add_event_listener_with_callback(name, happened.unchecked_ref())
            .unwrap();
        video.set_onerror(Some(&reject));
    });
    JsFuture::from(happened)
}

/// A plain object of these members.
pub(crate) fn object(members: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (key, value) in members {
        Reflect::set(&object, &(*key).into(), value).unwrap();
    }
    object.into()
}

fn member(value: &JsValue, key: &str) -> JsValue {
    Reflect::get(value, &key.into()).unwrap()
}
