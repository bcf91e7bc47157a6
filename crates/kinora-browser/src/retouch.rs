//! Work on the pixels of an image: is it transparent, and a copy that fits a model's rules.
//!
//! It is done by a module of its own, `retouch`, which is loaded when pixels first matter (see
//! the module `worker`); this is the asking half. [`work`] is the other.

use kinora::image::{ByteSize, CopyFormat, Fit};
use wasm_bindgen::JsValue;
use web_sys::Blob;

use crate::worker::Assistant;

mod canvas;
mod copy;
mod message;
mod scan;
pub mod work;

use message::{Answer, Order};

/// Whoever works on pixels. The worker ends when this is dropped.
pub struct Retoucher(Assistant);

impl Retoucher {
    /// A retoucher that costs nothing before the first order.
    pub const fn new() -> Self {
        Self(Assistant::new("retouch"))
    }

    /// Whether any pixel of an image is partly transparent.
    ///
    /// # Errors
    /// When the browser cannot decode the image, or its pixels cannot be read here.
    pub async fn is_transparent(&self, image: &Blob) -> Result<bool, RetouchProblem> {
        match self.ask(&Order::Scan(image.clone())).await? {
            Answer::Transparent(is_transparent) => Ok(is_transparent),
            Answer::Copied(_) => Err(RetouchProblem::Module),
        }
    }

    /// A copy of an image, as planned.
    ///
    /// # Errors
    /// When the browser cannot decode the image, has no canvas of that size, or no quality of JPEG
    /// brings the copy below the plan's limit.
    pub async fn copy(&self, image: &Blob, fit: &Fit) -> Result<ImageCopy, RetouchProblem> {
        match self.ask(&Order::Copy(image.clone(), fit.clone())).await? {
            Answer::Copied(copy) => Ok(copy),
            Answer::Transparent(_) => Err(RetouchProblem::Module),
        }
    }

    async fn ask(&self, order: &Order) -> Result<Answer, RetouchProblem> {
        let answer = self.0.ask(&order.to_message()).await;
        Answer::from_message(&answer.unwrap_or(JsValue::UNDEFINED))
    }
}

impl Default for Retoucher {
    fn default() -> Self {
        Self::new()
    }
}

/// A finished copy.
#[derive(Clone, Debug)]
pub struct ImageCopy {
    /// The file.
    pub file: Blob,
    /// What it is.
    pub format: CopyFormat,
    /// Quality of a JPEG in percent, where it had to be lowered.
    pub lowered_to: Option<u32>,
}

/// Why pixels could not be worked on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetouchProblem {
    /// The browser does not decode the image.
    Undecodable,
    /// There is no canvas, or none so large.
    NoCanvas,
    /// The copy cannot be made smaller than this by lowering quality.
    TooLarge(ByteSize),
    /// The module that does the work did not load, or broke down.
    Module,
}

impl core::fmt::Display for RetouchProblem {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Undecodable => formatter.write_str(
                "This browser cannot read the picture. Save it as JPEG or PNG, then choose it again.",
            ),
            Self::NoCanvas => formatter.write_str(
                "This browser has no canvas large enough for the copy. Close other pages, or use \
                 a smaller picture.",
            ),
            Self::TooLarge(size) => write!(
                formatter,
                "Even at the lowest quality the copy has {size}. Use a smaller or plainer picture.",
            ),
            Self::Module => formatter.write_str(
                "The part of Kinora that works on pictures did not load. Check your connection, \
                 then try again.",
            ),
        }
    }
}

impl core::error::Error for RetouchProblem {}
