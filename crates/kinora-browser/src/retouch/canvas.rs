//! A canvas to draw on and to read from, in a page or a worker.

use js_sys::{Function, Object, Promise};
use kinora::image::{Fit, Ground};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, HtmlCanvasElement, ImageBitmap, ImageData, ImageEncodeOptions, OffscreenCanvas,
};

use crate::js::object;

/// A canvas, off screen where the browser has such.
pub(super) struct Canvas {
    surface: Surface,
    context: Context,
}

enum Surface {
    OffScreen(OffscreenCanvas),
    Element(HtmlCanvasElement),
}

impl Canvas {
    /// A canvas of this size in pixels, to read from.
    pub(super) fn readable(width: u32, height: u32) -> Option<Self> {
        Self::new(width, height, &[(READ, true)])
    }

    /// A canvas of this size in pixels on which nothing is transparent; to read from as well, where
    /// it is to.
    pub(super) fn opaque(width: u32, height: u32, is_read: bool) -> Option<Self> {
        Self::new(width, height, &[("alpha", false), (READ, is_read)])
    }

    fn new(width: u32, height: u32, options: &[(&str, bool)]) -> Option<Self> {
        let options: Vec<_> = options
            .iter()
            .map(|(name, set)| (*name, (*set).into()))
            .collect();
        let options = object(&options);
        if let Ok(canvas) = OffscreenCanvas::new(width, height) {
            let context = canvas.get_context_with_context_options("2d", &options);
            return Some(Self {
                context: context.ok()??.unchecked_into(),
                surface: Surface::OffScreen(canvas),
            });
        }
        let canvas = element()?;
        canvas.set_width(width);
        canvas.set_height(height);
        let context = canvas.get_context_with_context_options("2d", &options);
        Some(Self {
            context: context.ok()??.unchecked_into(),
            surface: Surface::Element(canvas),
        })
    }

    /// Part of an image as RGBA, unscaled.
    pub(super) fn pixels(
        &self,
        image: &ImageBitmap,
        (x, y): (u32, u32),
        (width, height): (u32, u32),
    ) -> Option<Vec<u8>> {
        let context = &self.context;
        context
            .clear_rect(0.0, 0.0, width.into(), height.into())
            .ok()?;
        context
            .draw_image(image, -f64::from(x), -f64::from(y))
            .ok()?;
        self.drawn((0, 0), (width, height))
    }

    /// Part of what is drawn as RGBA.
    pub(super) fn drawn(&self, (x, y): (u32, u32), (width, height): (u32, u32)) -> Option<Vec<u8>> {
        let [x, y, width, height] = [x, y, width, height].map(f64::from);
        Some(self.context.image_data(x, y, width, height).ok()?.data().0)
    }

    /// The ground, and on it the picture.
    pub(super) fn paint(&self, picture: &ImageBitmap, fit: &Fit) -> Option<()> {
        let Ground(red, green, blue) = fit.ground;
        let context = &self.context;
        context.set_fill_style(&format!("rgb({red} {green} {blue})"));
        let (width, height) = (f64::from(fit.width), f64::from(fit.height));
        context.fill_rect(0.0, 0.0, width, height).ok()?;
        context.set_smoothing_quality("high");
        let (from, to) = (fit.from, fit.to);
        context
            .draw_part(
                picture,
                from.x,
                from.y,
                from.width,
                from.height,
                to.x,
                to.y,
                to.width,
                to.height,
            )
            .ok()
    }

    /// What is drawn, as a file of this type; nothing where the browser writes no such files.
    pub(super) async fn encode(&self, kind: &str, quality: f64) -> Option<Blob> {
        let encoding = match &self.surface {
            Surface::OffScreen(canvas) => {
                let options = ImageEncodeOptions::new();
                options.set_type(kind);
                options.set_quality(quality);
                canvas.convert_to_blob_with_options(&options).ok()?
            }
            Surface::Element(canvas) => to_blob(canvas, kind, quality),
        };
        let file: Blob = JsFuture::from(encoding).await.ok()?.dyn_into().ok()?;
        (file.type_() == kind).then_some(file)
    }
}

/// Keeps pixels where they are read quickly rather than drawn quickly.
const READ: &str = "willReadFrequently";

/// For browsers without canvases off screen.
fn element() -> Option<HtmlCanvasElement> {
    let document = web_sys::window()?.document()?;
    document.create_element("canvas").ok()?.dyn_into().ok()
}

fn to_blob(canvas: &HtmlCanvasElement, kind: &str, quality: f64) -> Promise {
    Promise::new(&mut |resolve: Function, reject: Function| {
        let begun = canvas.to_blob_with_type_and_encoder_options(&resolve, kind, &quality.into());
        if let Err(thrown) = begun {
            // A listener of a promise does not throw.
            let _ = reject.call1(&JsValue::UNDEFINED, &thrown);
        }
    })
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(extends = Object)]
    type Context;

    #[wasm_bindgen(method, js_name = clearRect, catch)]
    fn clear_rect(this: &Context, x: f64, y: f64, width: f64, height: f64) -> Result<(), JsValue>;

    #[wasm_bindgen(method, js_name = fillRect, catch)]
    fn fill_rect(this: &Context, x: f64, y: f64, width: f64, height: f64) -> Result<(), JsValue>;

    #[wasm_bindgen(method, setter, js_name = fillStyle)]
    fn set_fill_style(this: &Context, colour: &str);

    #[wasm_bindgen(method, setter, js_name = imageSmoothingQuality)]
    fn set_smoothing_quality(this: &Context, quality: &str);

    #[wasm_bindgen(method, js_name = drawImage, catch)]
    fn draw_image(this: &Context, image: &ImageBitmap, x: f64, y: f64) -> Result<(), JsValue>;

    #[wasm_bindgen(method, js_name = drawImage, catch)]
    fn draw_part(
        this: &Context,
        image: &ImageBitmap,
        from_x: f64,
        from_y: f64,
        from_width: f64,
        from_height: f64,
        to_x: f64,
        to_y: f64,
        to_width: f64,
        to_height: f64,
    ) -> Result<(), JsValue>;

    #[wasm_bindgen(method, js_name = getImageData, catch)]
    fn image_data(
        this: &Context,
        x: f64,
        y: f64,
        width: f64,
        height: f64,
    ) -> Result<ImageData, JsValue>;
}
