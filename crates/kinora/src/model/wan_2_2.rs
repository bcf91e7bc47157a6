//! The model that ships inside: its fields, and a typed way to fill them in.

use std::borrow::Cow;

use super::{Between, Bounds, Constant, Field, FieldKind, Formats, MediaRules, MediaType};
use crate::image::ImageFormat;
use crate::wire::input;
use crate::{Draft, Value, limits};

/// A typed way to fill in a draft for wan 2.2.
///
/// ```
/// use kinora::{Facts, ModelSpec, Reach, Resolution, Wan22};
///
/// let draft = Wan22::new("the fog lifts", "https://example.com/lake.jpg")
///     .resolution(Resolution::P1080)
///     .seed(7)
///     .draft();
/// let checked = draft.check(&ModelSpec::wan_2_2(), &Facts::new(Reach::Internet));
/// assert!(checked.request.is_some());
/// ```
#[derive(Clone, Debug)]
pub struct Wan22 {
    draft: Draft,
}

impl Wan22 {
    /// What its image must be.
    pub const IMAGE_RULES: MediaRules = RULES;

    /// A video of this image, moved as the prompt says.
    pub fn new(prompt: &str, image_url: &str) -> Self {
        let mut draft = Draft::default();
        draft.set(input::PROMPT, prompt);
        draft.set(input::IMAGE, image_url);
        Self { draft }
    }

    /// What must not be seen.
    #[must_use]
    pub fn negative_prompt(self, text: &str) -> Self {
        self.with(input::NEGATIVE_PROMPT, text)
    }

    /// An effect that replaces the prompt: `squish`, `flying`, `carousel` or another.
    #[must_use]
    pub fn template(self, name: &str) -> Self {
        self.with(input::TEMPLATE, name)
    }

    /// How many lines the video has.
    #[must_use]
    pub fn resolution(self, resolution: Resolution) -> Self {
        self.with(input::RESOLUTION, resolution.as_str())
    }

    /// Whether the service may reword the prompt.
    #[must_use]
    pub fn prompt_extend(self, wanted: bool) -> Self {
        self.with(input::PROMPT_EXTEND, wanted)
    }

    /// The same seed and input make the same video.
    #[must_use]
    pub fn seed(self, seed: i64) -> Self {
        self.with(input::SEED, seed)
    }

    /// The draft, to be checked.
    pub fn draft(self) -> Draft {
        self.draft
    }

    fn with(mut self, field: &str, value: impl Into<Value>) -> Self {
        self.draft.set(field, value);
        self
    }
}

/// How many lines a video of wan 2.2 has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Resolution {
    /// 480 lines; what the service assumes.
    #[default]
    P480,
    /// 1080 lines.
    P1080,
}

impl Resolution {
    /// All there are, in published order.
    pub const ALL: [Self; 2] = [Self::P480, Self::P1080];

    /// The service's word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::P480 => "480P",
            Self::P1080 => "1080P",
        }
    }
}

pub(super) static FIELDS: [Field; 8] = [
    required(input::PROMPT, "Prompt", text(limits::PROMPT_CHARS)),
    optional(
        input::NEGATIVE_PROMPT,
        "Negative prompt",
        text(limits::NEGATIVE_PROMPT_CHARS),
        None,
    ),
    required(
        input::IMAGE,
        "Image",
        FieldKind::Media(Cow::Borrowed(&IMAGE_RULES)),
    ),
    optional(
        input::TEMPLATE,
        "Template",
        FieldKind::Suggested(TEMPLATES),
        None,
    ),
    optional(
        input::RESOLUTION,
        "Resolution",
        FieldKind::Choice(Cow::Borrowed(&RESOLUTIONS)),
        Some(constant(Resolution::P480)),
    ),
    optional(
        input::DURATION,
        "Duration",
        FieldKind::Choice(Cow::Borrowed(&[SECONDS])),
        Some(SECONDS),
    ),
    optional(
        input::PROMPT_EXTEND,
        "Magic prompt",
        FieldKind::Boolean,
        Some(Constant::Other(Value::Bool(true))),
    ),
    optional(
        input::SEED,
        "Seed",
        FieldKind::Integer(Bounds {
            least: None,
            most: None,
        }),
        None,
    ),
];

static RESOLUTIONS: [Constant; 2] = [constant(Resolution::P480), constant(Resolution::P1080)];

const SECONDS: Constant = Constant::Other(Value::Int(limits::DURATION_SECONDS));

const fn constant(resolution: Resolution) -> Constant {
    Constant::Text(Cow::Borrowed(resolution.as_str()))
}

const fn text(most: usize) -> FieldKind {
    FieldKind::Text { most: Some(most) }
}

const fn required(name: &'static str, title: &'static str, kind: FieldKind) -> Field {
    field(name, title, true, kind, None)
}

const fn optional(
    name: &'static str,
    title: &'static str,
    kind: FieldKind,
    default: Option<Constant>,
) -> Field {
    field(name, title, false, kind, default)
}

const fn field(
    name: &'static str,
    title: &'static str,
    required: bool,
    kind: FieldKind,
    default: Option<Constant>,
) -> Field {
    Field {
        name: Cow::Borrowed(name),
        title: Cow::Borrowed(title),
        description: Cow::Borrowed(""),
        required,
        nullable: false,
        default,
        kind,
    }
}

/// "squish, flying, carousel, etc.", says the page: others may exist.
const TEMPLATES: &[&str] = &["squish", "flying", "carousel"];

const SIDE: Between = Between {
    above: Some(limits::IMAGE_SIDE_ABOVE as f64),
    below: Some(limits::IMAGE_SIDE_BELOW as f64),
};

/// Sides and size are rules of the schema; formats and transparency stand in its description.
static IMAGE_RULES: MediaRules = RULES;

const RULES: MediaRules = MediaRules {
    kind: MediaType::Image,
    width: SIDE,
    height: SIDE,
    ratio: Between {
        above: None,
        below: None,
    },
    megabytes_below: Some(limits::IMAGE_MEGABYTES_BELOW as f64),
    formats: Formats::of(&[
        ImageFormat::Jpeg,
        ImageFormat::Png,
        ImageFormat::Bmp,
        ImageFormat::WebP,
    ]),
    opaque: true,
};
