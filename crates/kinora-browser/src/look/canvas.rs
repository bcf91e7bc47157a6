//! A canvas to read pixels from, in a page or a worker.

use js_sys::{Object, Reflect};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{HtmlCanvasElement, ImageBitmap, ImageData, OffscreenCanvas};

/// A canvas's context; both kinds have the methods that are called here.
pub(super) struct Canvas(Context);

impl Canvas {
    /// A canvas of this size in pixels.
    pub(super) fn new(width: u32, height: u32) -> Option<Self> {
        let options = Object::new();
        Reflect::set(&options, &"willReadFrequently".into(), &JsValue::TRUE).ok()?;
        let context = match OffscreenCanvas::new(width, height) {
            Ok(canvas) => canvas.get_context_with_context_options("2d", &options),
            Err(_) => {
                let canvas = element()?;
                canvas.set_width(width);
                canvas.set_height(height);
                canvas.get_context_with_context_options("2d", &options)
            }
        };
        Some(Self(context.ok()??.unchecked_into()))
    }

    /// Part of an image as RGBA, unscaled.
    pub(super) fn pixels(
        &self,
        image: &ImageBitmap,
        (x, y): (u32, u32),
        (width, height): (u32, u32),
    ) -> Option<Vec<u8>> {
        let (width, height) = (f64::from(width), f64::from(height));
        self.0.clear_rect(0.0, 0.0, width, height).ok()?;
        self.0
            .draw_image(image, -f64::from(x), -f64::from(y))
            .ok()?;
        Some(self.0.image_data(0.0, 0.0, width, height).ok()?.data().0)
    }
}

/// For browsers without canvases off screen.
fn element() -> Option<HtmlCanvasElement> {
    let document = web_sys::window()?.document()?;
    document.create_element("canvas").ok()?.dyn_into().ok()
}

#[wasm_bindgen]
extern "C" {
    type Context;

    #[wasm_bindgen(method, js_name = clearRect, catch)]
    fn clear_rect(this: &Context, x: f64, y: f64, width: f64, height: f64) -> Result<(), JsValue>;

    #[wasm_bindgen(method, js_name = drawImage, catch)]
    fn draw_image(this: &Context, image: &ImageBitmap, x: f64, y: f64) -> Result<(), JsValue>;

    #[wasm_bindgen(method, js_name = getImageData, catch)]
    fn image_data(
        this: &Context,
        x: f64,
        y: f64,
        width: f64,
        height: f64,
    ) -> Result<ImageData, JsValue>;
}
