//! Work on the bytes and pixels of an image: what they tell, and a copy that fits a model's rules.
//!
//! It is done by a module of its own, `retouch`, which is loaded with the first image (see the
//! module `worker`); this is the asking half. [`work`] is the other.

use kinora::image::{ByteSize, CopyFormat, Fit, ImageFacts, LookProblem};
use wasm_bindgen::JsValue;
use web_sys::Blob;

use crate::file::FileUrl;
use crate::js::object;
use crate::look::{Sight, Subject, facts};
use crate::worker::Assistant;

mod breath;
mod canvas;
mod copy;
mod inside;
mod message;
mod png;
pub(crate) mod scan;

pub mod work;
pub(crate) use work::Decoded;

use message::Order;

/// Whoever works on images. The worker ends when this is dropped.
pub struct Retoucher(Assistant);

impl Retoucher {
    /// A retoucher that costs nothing before the first order.
    pub const fn new() -> Self {
        Self(Assistant::new("retouch"))
    }

    /// Looks at an image, and tells what its header says while the rest is awaited. Nothing comes
    /// when its host keeps it from scripts.
    pub(crate) async fn look(&self, subject: &Subject, tell: &dyn Fn(ImageFacts)) -> Option<Sight> {
        let news = |message: &JsValue| {
            if let Some(facts) = facts(message) {
                tell(facts);
            }
        };
        match self.0.ask(&subject.to_message(), &news).await {
            Ok(answer) => Sight::from_message(&answer),
            Err(_) => Some(Sight::Failed(LookProblem::NotLooked)),
        }
    }

    /// An image made small, for a list; nothing where it cannot be drawn.
    pub(crate) async fn small(&self, image: &Blob) -> Option<FileUrl> {
        let order = object(&[(message::SMALL, image.into())]);
        let answer = self.0.ask(&order, &|_| {}).await.ok()?;
        FileUrl::new(&message::answer(&answer).ok()?.file).ok()
    }

    /// A copy of an image, as planned.
    ///
    /// # Errors
    /// When the browser cannot decode the image, has no canvas of that size, or no quality of JPEG
    /// brings the copy below the plan's limit.
    pub async fn copy(&self, image: &Blob, fit: &Fit) -> Result<ImageCopy, RetouchProblem> {
        let order = Order(image.clone(), fit.clone()).to_message();
        let answer = self.0.ask(&order, &|_| {}).await;
        message::answer(&answer.unwrap_or_default())
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
