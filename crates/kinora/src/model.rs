//! What a model accepts, as data. Forms, checks and requests are driven by it.

use crate::image::ImageFormat;
use crate::limits;
use crate::{ModelId, Value};

/// A model's input: its fields in the order they are published.
#[derive(Clone, Debug, PartialEq)]
pub struct ModelSpec {
    id: ModelId,
    fields: Vec<Field>,
}

impl ModelSpec {
    /// `wan-ai/wan-2-2/image-to-video`, as its API page gives it:
    /// <https://www.runcomfy.com/models/wan-ai/wan-2-2/image-to-video/api> (read 2026-11-22).
    pub fn wan_2_2() -> Self {
        wan_2_2::spec()
    }

    /// The model's name in the catalogue.
    pub fn id(&self) -> &ModelId {
        &self.id
    }

    /// The fields in published order.
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// The field of this name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The rules of an image field, when the field of this name is one.
    pub fn image_rules(&self, name: &str) -> Option<&ImageRules> {
        match &self.field(name)?.kind {
            FieldKind::Image(rules) => Some(rules),
            _ => None,
        }
    }
}

/// One input of a model.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Its key in the request.
    pub name: &'static str,
    /// Its label.
    pub title: &'static str,
    /// Whether the service insists on it.
    pub required: bool,
    /// What the service assumes when it is left out.
    pub default: Option<Value>,
    /// What may stand in it.
    pub kind: FieldKind,
}

/// What may stand in a field.
#[derive(Clone, Debug, PartialEq)]
pub enum FieldKind {
    /// Text, of at most so many characters (Unicode code points).
    Text {
        /// The most characters, when there is a limit.
        most: Option<usize>,
    },
    /// Text for which the page names values without excluding others.
    Suggested(&'static [&'static str]),
    /// One of these values.
    Choice(Vec<Value>),
    /// An integer within ±[`limits::MAX_SAFE_INTEGER`].
    Integer,
    /// `true` or `false`.
    Boolean,
    /// The address of an image.
    Image(ImageRules),
}

/// What an image must be. Bounds are exclusive by the rules' operators, inclusive by their
/// sentences, so that the bound itself is undecided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImageRules {
    /// Both sides are longer than this, in pixels.
    pub side_above: u32,
    /// Both sides are shorter than this, in pixels.
    pub side_below: u32,
    /// The formats that are taken.
    pub formats: &'static [ImageFormat],
}

mod wan_2_2 {
    use super::{Field, FieldKind, ImageFormat, ImageRules, ModelId, ModelSpec, Value, limits};

    pub(super) fn spec() -> ModelSpec {
        ModelSpec {
            id: ModelId::WAN_2_2.clone(),
            fields: fields(),
        }
    }

    fn fields() -> Vec<Field> {
        let text = |most| FieldKind::Text { most: Some(most) };
        let choice = |values: &[Value]| FieldKind::Choice(values.to_vec());
        let required = |name, title, kind| Field {
            name,
            title,
            required: true,
            default: None,
            kind,
        };
        let optional = |name, title, default, kind| Field {
            name,
            title,
            required: false,
            default,
            kind,
        };
        let resolutions = [Value::from("480P"), Value::from("1080P")];
        let durations = [Value::Int(limits::DURATION_SECONDS)];
        vec![
            required("prompt", "Prompt", text(limits::PROMPT_CHARS)),
            optional(
                "negative_prompt",
                "Negative prompt",
                None,
                text(limits::NEGATIVE_PROMPT_CHARS),
            ),
            required("img_url", "Image", FieldKind::Image(image_rules())),
            optional(
                "template",
                "Template",
                None,
                FieldKind::Suggested(TEMPLATES),
            ),
            optional(
                "resolution",
                "Resolution",
                Some(resolutions[0].clone()),
                choice(&resolutions),
            ),
            optional(
                "duration",
                "Duration",
                Some(durations[0].clone()),
                choice(&durations),
            ),
            optional(
                "prompt_extend",
                "Magic prompt",
                Some(Value::Bool(true)),
                FieldKind::Boolean,
            ),
            optional("seed", "Seed", None, FieldKind::Integer),
        ]
    }

    /// "squish, flying, carousel, etc.", says the page: others may exist.
    const TEMPLATES: &[&str] = &["squish", "flying", "carousel"];

    fn image_rules() -> ImageRules {
        ImageRules {
            side_above: limits::IMAGE_SIDE_ABOVE,
            side_below: limits::IMAGE_SIDE_BELOW,
            formats: &[
                ImageFormat::Jpeg,
                ImageFormat::Png,
                ImageFormat::Bmp,
                ImageFormat::WebP,
            ],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wan_2_2_has_the_fields_of_its_page_in_order() {
        let spec = ModelSpec::wan_2_2();
        assert_eq!(spec.id().as_str(), "wan-ai/wan-2-2/image-to-video");
        let names: Vec<_> = spec.fields().iter().map(|field| field.name).collect();
        let page = [
            "prompt",
            "negative_prompt",
            "img_url",
            "template",
            "resolution",
            "duration",
            "prompt_extend",
            "seed",
        ];
        assert_eq!(names, page);
        let required: Vec<_> = spec
            .fields()
            .iter()
            .filter(|field| field.required)
            .map(|field| field.name)
            .collect();
        assert_eq!(required, ["prompt", "img_url"]);
    }

    #[test]
    fn wan_2_2_has_the_bounds_and_defaults_of_its_page() {
        let spec = ModelSpec::wan_2_2();
        let kind = |name| spec.field(name).map(|field| field.kind.clone());
        let default = |name| spec.field(name).and_then(|field| field.default.clone());
        assert_eq!(kind("prompt"), Some(FieldKind::Text { most: Some(800) }));
        assert_eq!(
            kind("negative_prompt"),
            Some(FieldKind::Text { most: Some(500) })
        );
        assert_eq!(
            kind("resolution"),
            Some(FieldKind::Choice(vec![
                Value::from("480P"),
                Value::from("1080P")
            ]))
        );
        assert_eq!(
            kind("duration"),
            Some(FieldKind::Choice(vec![Value::Int(5)]))
        );
        assert_eq!(default("resolution"), Some(Value::from("480P")));
        assert_eq!(default("duration"), Some(Value::Int(5)));
        assert_eq!(default("prompt_extend"), Some(Value::Bool(true)));
        assert_eq!(default("seed"), None);
        let rules = spec.image_rules("img_url").expect("an image");
        assert_eq!((rules.side_above, rules.side_below), (360, 2000));
    }
}
