//! What is to be looked at, and what was seen of it, in a form that passes between threads and
//! modules.

use js_sys::Array;
use kinora::image::{Alpha, ByteSize, Coding, ImageFacts, ImageFormat, LookProblem, Remarks};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Blob;

use super::Depth;
use crate::js::{member, object};

/// What is to be looked at.
pub(crate) struct Subject {
    pub(crate) place: Place,
    /// How much of it is wanted.
    pub(crate) depth: Depth,
    /// Of a file with more bytes no more than its beginning is read.
    pub(crate) most: ByteSize,
}

/// Where something to be looked at is.
pub(crate) enum Place {
    /// A file that is here.
    File(Blob),
    /// Something at an address.
    Address(String),
}

impl Subject {
    /// The subject for `postMessage`.
    pub(crate) fn to_message(&self) -> JsValue {
        let place = match &self.place {
            Place::File(file) => file.into(),
            Place::Address(url) => url.into(),
        };
        object(&[
            (PLACE, place),
            (WHOLE, (self.depth == Depth::Whole).into()),
            (MOST, (self.most.count() as f64).into()),
        ])
        .into()
    }

    /// The subject in a message, if there is one.
    pub(crate) fn from_message(message: &JsValue) -> Option<Self> {
        let place = member(message, PLACE);
        let most = member(message, MOST).as_f64()?;
        Some(Self {
            place: match place.as_string() {
                Some(url) => Place::Address(url),
                None => Place::File(place.dyn_into().ok()?),
            },
            depth: match member(message, WHOLE).is_truthy() {
                true => Depth::Whole,
                false => Depth::Header,
            },
            most: ByteSize::bytes(most as u64),
        })
    }
}

/// What was seen.
pub(crate) enum Sight {
    /// An image.
    Found {
        /// What is known of it.
        facts: ImageFacts,
        /// The whole file, where a page may be able to show it.
        file: Option<Blob>,
        /// Whether browsers show such files, so that it is at fault where one does not.
        is_common: bool,
    },
    /// None.
    Failed(LookProblem),
}

impl Sight {
    /// The sight for `postMessage`.
    pub(crate) fn to_message(&self) -> JsValue {
        match self {
            Self::Found {
                facts,
                file,
                is_common,
            } => object(&[
                (FACTS, numbers(facts).into()),
                (FILE, file.clone().into()),
                (COMMON, (*is_common).into()),
            ])
            .into(),
            Self::Failed(problem) => {
                let (code, detail) = match problem {
                    LookProblem::Unreachable => (0, 0),
                    LookProblem::Offline => (1, 0),
                    LookProblem::Hidden => (2, 0),
                    LookProblem::Status(status) => (3, i32::from(*status)),
                    LookProblem::NotAnImage(format) => {
                        (4, format.map_or(-1, |format| format as i32))
                    }
                    LookProblem::Damaged(format) => (5, *format as i32),
                    LookProblem::NotLooked => (6, 0),
                };
                Array::of2(&code.into(), &detail.into()).into()
            }
        }
    }

    /// The sight in a message, if there is one.
    pub(crate) fn from_message(message: &JsValue) -> Option<Self> {
        if let Some(problem) = message.dyn_ref::<Array>() {
            let detail = number(problem, 1);
            return Some(Self::Failed(match number(problem, 0)? as u32 {
                0 => LookProblem::Unreachable,
                1 => LookProblem::Offline,
                2 => LookProblem::Hidden,
                3 => LookProblem::Status(detail? as u16),
                4 => LookProblem::NotAnImage(format(detail)),
                5 => LookProblem::Damaged(format(detail)?),
                _ => LookProblem::NotLooked,
            }));
        }
        Some(Self::Found {
            facts: facts(message)?,
            file: member(message, FILE).dyn_into().ok(),
            is_common: member(message, COMMON).is_truthy(),
        })
    }
}

/// News of a look that goes on, for `postMessage`.
pub(crate) fn news(facts: &ImageFacts) -> JsValue {
    object(&[
        (crate::worker::MORE, true.into()),
        (FACTS, numbers(facts).into()),
    ])
    .into()
}

/// The facts in a message.
pub(crate) fn facts(message: &JsValue) -> Option<ImageFacts> {
    let numbers: Array = member(message, FACTS).dyn_into().ok()?;
    let alpha = number(&numbers, 4).map(|alpha| match alpha as u32 {
        0 => Alpha::Opaque,
        1 => Alpha::OpaqueChannel,
        _ => Alpha::Transparent,
    });
    Some(ImageFacts {
        format: format(number(&numbers, 0)),
        width: number(&numbers, 1).map(|width| width as u32),
        height: number(&numbers, 2).map(|height| height as u32),
        bytes: number(&numbers, 3).map(|bytes| ByteSize::bytes(bytes as u64)),
        alpha,
        remarks: remarks(&numbers),
    })
}

fn remarks(facts: &Array) -> Remarks {
    let side = |place| number(facts, place).map(|side| side as u32);
    let coding = |coding: &Coding| number(facts, 9) == Some(f64::from(*coding as u32));
    Remarks {
        turned_from: side(5).zip(side(6)),
        is_animated: facts.get(7).is_truthy(),
        has_four_inks: facts.get(8).is_truthy(),
        coding: CODINGS.into_iter().find(coding),
        named: format(number(facts, 10)),
        declared: facts.get(11).as_string(),
    }
}

/// The ways of writing a JPEG that are remarked.
const CODINGS: [Coding; 3] = [Coding::InPasses, Coding::Arithmetic, Coding::Rare];

/// Facts in the order in which [`facts`] reads them; `undefined` where they are not known.
fn numbers(facts: &ImageFacts) -> Array {
    let odd = &facts.remarks;
    let numbers = [
        facts.format.map(|format| f64::from(format as u32)),
        facts.width.map(f64::from),
        facts.height.map(f64::from),
        facts.bytes.map(|bytes| bytes.count() as f64),
        facts.alpha.map(|alpha| f64::from(alpha as u32)),
        odd.turned_from.map(|(width, _)| f64::from(width)),
        odd.turned_from.map(|(_, height)| f64::from(height)),
        odd.is_animated.then_some(1.0),
        odd.has_four_inks.then_some(1.0),
        odd.coding.map(|coding| f64::from(coding as u32)),
        odd.named.map(|format| f64::from(format as u32)),
    ];
    let told: Array = numbers.into_iter().map(JsValue::from).collect();
    told.push(&odd.declared.as_deref().into());
    told
}

fn number(numbers: &Array, place: u32) -> Option<f64> {
    numbers.get(place).as_f64()
}

fn format(number: Option<f64>) -> Option<ImageFormat> {
    let number = number?;
    let mut formats = ImageFormat::ALL.into_iter();
    formats.find(|format| f64::from(*format as u32) == number)
}

const PLACE: &str = "place";
const WHOLE: &str = "whole";
const MOST: &str = "most";
const FACTS: &str = "facts";
const FILE: &str = "file";
const COMMON: &str = "common";
