//! Orders and answers, in a form that passes between threads and modules.

use js_sys::{Array, Float64Array};
use kinora::image::{Area, ByteSize, CopyFormat, Fit, Ground};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Blob;

use super::{ImageCopy, RetouchProblem};
use crate::js::{member, object};

/// A copy to be made of an image.
pub(super) struct Order(pub(super) Blob, pub(super) Fit);

impl Order {
    /// The order for `postMessage`.
    pub(super) fn to_message(&self) -> JsValue {
        let Self(image, fit) = self;
        object(&[(IMAGE, image.into()), (PLAN, numbers(fit).into())]).into()
    }

    /// The order in a message, if there is one.
    pub(super) fn from_message(message: &JsValue) -> Option<Self> {
        let image: Blob = member(message, IMAGE).dyn_into().ok()?;
        let plan: Float64Array = member(message, PLAN).dyn_into().ok()?;
        Some(Self(image, fit(&plan.to_vec())?))
    }
}

/// The copy, or the problem, for `postMessage`.
pub(super) fn to_message(result: &Result<ImageCopy, RetouchProblem>) -> JsValue {
    match result {
        Ok(copy) => object(&[
            (IMAGE, copy.file.clone().into()),
            (PNG, (copy.format == CopyFormat::Png).into()),
            (QUALITY, copy.lowered_to.into()),
        ])
        .into(),
        Err(problem) => {
            let (code, bytes) = match problem {
                RetouchProblem::Undecodable => (0, 0),
                RetouchProblem::NoCanvas => (1, 0),
                RetouchProblem::TooLarge(size) => (2, size.count()),
                RetouchProblem::Module => (3, 0),
            };
            Array::of2(&code.into(), &(bytes as f64).into()).into()
        }
    }
}

/// The copy, or the problem, in a message.
pub(super) fn answer(message: &JsValue) -> Result<ImageCopy, RetouchProblem> {
    let Ok(file) = member(message, IMAGE).dyn_into() else {
        return Err(problem(message));
    };
    let is_png = member(message, PNG).is_truthy();
    let lowered_to = member(message, QUALITY).as_f64();
    Ok(ImageCopy {
        file,
        format: if is_png {
            CopyFormat::Png
        } else {
            CopyFormat::Jpeg
        },
        lowered_to: lowered_to.map(|percent| percent as u32),
    })
}

fn problem(message: &JsValue) -> RetouchProblem {
    let Some(parts) = message.dyn_ref::<Array>() else {
        return RetouchProblem::Module;
    };
    match parts.get(0).as_f64().map(|code| code as u32) {
        Some(0) => RetouchProblem::Undecodable,
        Some(1) => RetouchProblem::NoCanvas,
        Some(2) => {
            let bytes = parts.get(1).as_f64().unwrap_or_default();
            RetouchProblem::TooLarge(ByteSize::bytes(bytes as u64))
        }
        Some(_) | None => RetouchProblem::Module,
    }
}

/// A plan as numbers, in the order in which [`fit`] reads them. What is told of it to the person
/// stays with whoever planned it.
fn numbers(fit: &Fit) -> Float64Array {
    let area = |area: &Area| [area.x, area.y, area.width, area.height];
    let Ground(red, green, blue) = fit.ground;
    let mut numbers = Vec::with_capacity(NUMBERS);
    numbers.extend(area(&fit.from));
    numbers.extend(area(&fit.to));
    numbers.extend([fit.width, fit.height].map(f64::from));
    numbers.extend([red, green, blue].map(f64::from));
    numbers.push(f64::from(u8::from(fit.format == CopyFormat::Png)));
    numbers.push(
        fit.below
            .map_or(f64::INFINITY, |below| below.count() as f64),
    );
    Float64Array::from(numbers.as_slice())
}

fn fit(numbers: &[f64]) -> Option<Fit> {
    let numbers: &[f64; NUMBERS] = numbers.try_into().ok()?;
    let [from @ .., _, _, _, _, _, _, _, _, _, _, _] = numbers;
    let [
        ..,
        to_x,
        to_y,
        to_width,
        to_height,
        width,
        height,
        red,
        green,
        blue,
        png,
        below,
    ] = numbers;
    let area = |x: f64, y: f64, width: f64, height: f64| Area {
        x,
        y,
        width,
        height,
    };
    let [x, y, from_width, from_height] = *from;
    Some(Fit {
        from: area(x, y, from_width, from_height),
        to: area(*to_x, *to_y, *to_width, *to_height),
        width: *width as u32,
        height: *height as u32,
        ground: Ground(*red as u8, *green as u8, *blue as u8),
        format: if *png > 0.0 {
            CopyFormat::Png
        } else {
            CopyFormat::Jpeg
        },
        below: below.is_finite().then(|| ByteSize::bytes(*below as u64)),
        changes: Vec::new(),
    })
}

const NUMBERS: usize = 15;

/// An image of which only a thumbnail is wanted.
pub(super) const SMALL: &str = "small";

const IMAGE: &str = "image";
const PLAN: &str = "plan";
const PNG: &str = "png";
const QUALITY: &str = "quality";
