//! The form as a value: what is kept of it, and the draft it makes.

use kinora::wire::input;
use kinora::{Draft, FieldKind, MediaRules, ModelSpec, Object, Resolution, Value};

/// What stands in the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Form {
    /// The prompt.
    pub(crate) prompt: String,
    /// What must not be seen.
    pub(crate) negative_prompt: String,
    /// The effect, if one is chosen; perhaps an empty name while another one is typed.
    pub(crate) template: Option<String>,
    /// `480P` or `1080P`.
    pub(crate) resolution: String,
    /// The seed as it was typed.
    pub(crate) seed: String,
    /// Whether the service may reword the prompt.
    pub(crate) prompt_extend: bool,
    /// The image's address.
    pub(crate) source: String,
    /// Name of the file, when the image is one.
    pub(crate) file_name: Option<String>,
    /// Whether a file goes inside the request, where the service cannot fetch it.
    pub(crate) sends_file: bool,
}

impl Default for Form {
    fn default() -> Self {
        Self {
            prompt: String::new(),
            negative_prompt: String::new(),
            template: None,
            resolution: Resolution::default().as_str().to_owned(),
            seed: String::new(),
            prompt_extend: true,
            source: String::new(),
            file_name: None,
            sends_file: false,
        }
    }
}

impl Form {
    /// As it is kept.
    pub(super) fn to_value(&self) -> Value {
        let texts = [
            (input::PROMPT, Some(&self.prompt)),
            (input::NEGATIVE_PROMPT, Some(&self.negative_prompt)),
            (input::TEMPLATE, self.template.as_ref()),
            (input::RESOLUTION, Some(&self.resolution)),
            (input::SEED, Some(&self.seed)),
            ("source", Some(&self.source)),
            ("file_name", self.file_name.as_ref()),
        ];
        let texts = texts
            .into_iter()
            .filter_map(|(key, text)| Some((key, Value::from(text?.as_str()))));
        let form: Object = texts.collect();
        form.with(input::PROMPT_EXTEND, self.prompt_extend)
            .with(SENDS_FILE, self.sends_file)
            .into()
    }

    /// What was kept. Whatever is missing is as in an empty form.
    pub(super) fn of(kept: &Object) -> Self {
        let text = |key| kept.text(key).map(str::to_owned);
        let or_empty = |key| text(key).unwrap_or_default();
        let is_on = |key| kept.get(key).and_then(Value::as_bool);
        let empty = Self::default();
        Self {
            prompt: or_empty(input::PROMPT),
            negative_prompt: or_empty(input::NEGATIVE_PROMPT),
            template: text(input::TEMPLATE),
            resolution: text(input::RESOLUTION).unwrap_or(empty.resolution),
            seed: or_empty(input::SEED),
            prompt_extend: is_on(input::PROMPT_EXTEND).unwrap_or(empty.prompt_extend),
            source: or_empty("source"),
            file_name: text("file_name"),
            sends_file: is_on(SENDS_FILE).unwrap_or(empty.sends_file),
        }
    }

    /// The draft that is to be checked. A seed that is no whole number goes in as it was typed, for
    /// the check to refuse.
    pub(crate) fn draft(&self) -> Draft {
        let mut draft = Draft::default();
        draft.set(input::PROMPT, self.prompt.as_str());
        if !self.negative_prompt.is_empty() {
            draft.set(input::NEGATIVE_PROMPT, self.negative_prompt.as_str());
        }
        draft.set(input::IMAGE, self.source.as_str());
        if let Some(template) = self.template.as_deref().map(str::trim) {
            draft.set(input::TEMPLATE, template);
        }
        draft.set(input::RESOLUTION, self.resolution.as_str());
        if !self.prompt_extend {
            draft.set(input::PROMPT_EXTEND, false);
        }
        let seed = self.seed.trim();
        if !seed.is_empty() {
            draft.set(
                input::SEED,
                seed.parse().map_or_else(|_| Value::from(seed), Value::Int),
            );
        }
        draft
    }
}

/// The choice of an effect.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Template {
    /// No effect: the prompt says what moves.
    #[default]
    None,
    /// One that the model's page names.
    Named(&'static str),
    /// Another, by the name that was typed.
    Other(String),
}

impl Template {
    /// The choice that a name means.
    pub(crate) fn of(name: Option<String>, spec: &ModelSpec) -> Self {
        let Some(name) = name else {
            return Self::None;
        };
        let known = templates(spec).iter().find(|known| **known == name);
        known.map_or(Self::Other(name), |known| Self::Named(known))
    }

    /// The name that is sent; empty while it is not typed yet.
    pub(crate) fn name(&self) -> Option<String> {
        match self {
            Self::None => None,
            Self::Named(name) => Some((*name).to_owned()),
            Self::Other(name) => Some(name.clone()),
        }
    }
}

const SENDS_FILE: &str = "sends_file";

/// The rules for the image.
pub(crate) fn image_rules() -> MediaRules {
    let spec = ModelSpec::wan_2_2();
    spec.media_rules(input::IMAGE).copied().unwrap_or_default()
}

/// The effects that the model's page names.
pub(crate) fn templates(spec: &ModelSpec) -> &'static [&'static str] {
    match spec.field(input::TEMPLATE).map(|field| &field.kind) {
        Some(FieldKind::Suggested(names)) => names,
        _ => &[],
    }
}

#[cfg(test)]
impl Form {
    /// A form in which nothing is as in an empty one.
    pub(super) fn sample() -> Self {
        Self {
            prompt: "fog".to_owned(),
            negative_prompt: "people".to_owned(),
            template: Some("melt".to_owned()),
            resolution: "1080P".to_owned(),
            seed: "x".to_owned(),
            prompt_extend: false,
            source: "kinora-page:1".to_owned(),
            file_name: Some("me.png".to_owned()),
            sends_file: true,
        }
    }
}

#[cfg(test)]
mod tests {
    use kinora::{Facts, Reach};

    use super::*;

    fn check(change: impl Fn(&mut Form), field: &str, wanted: Option<&Value>) {
        let mut form = Form::default();
        change(&mut form);
        assert_eq!(form.draft().value(field), wanted, "{form:?}");
    }

    #[test]
    fn a_seed_is_a_whole_number_or_is_shown_as_typed() {
        check(|form| form.seed = " ".to_owned(), input::SEED, None);
        check(
            |form| form.seed = " 42 ".to_owned(),
            input::SEED,
            Some(&Value::Int(42)),
        );
        check(
            |form| form.seed = "-7".to_owned(),
            input::SEED,
            Some(&Value::Int(-7)),
        );
        check(
            |form| form.seed = "4.5".to_owned(),
            input::SEED,
            Some(&"4.5".into()),
        );
        check(
            |form| form.seed = "lake".to_owned(),
            input::SEED,
            Some(&"lake".into()),
        );
    }

    #[test]
    fn what_is_left_as_it_is_is_not_sent() {
        for field in [
            input::NEGATIVE_PROMPT,
            input::TEMPLATE,
            input::PROMPT_EXTEND,
            input::SEED,
        ] {
            check(|_| (), field, None);
        }
        check(
            |form| form.prompt_extend = false,
            input::PROMPT_EXTEND,
            Some(&false.into()),
        );
    }

    #[test]
    fn white_space_in_a_prompt_is_kept() {
        check(
            |form| form.prompt = " fog\n".to_owned(),
            input::PROMPT,
            Some(&" fog\n".into()),
        );
    }

    #[test]
    fn a_filled_form_can_be_sent() {
        let form = Form {
            prompt: "the fog lifts".to_owned(),
            template: Some("squish".to_owned()),
            source: "https://example.com/lake.jpg".to_owned(),
            seed: "7".to_owned(),
            ..Form::default()
        };
        let checked = form
            .draft()
            .check(&ModelSpec::wan_2_2(), &Facts::new(Reach::Internet));
        let request = checked.request.expect("no error stands against it");
        assert_eq!(request.input().text(input::TEMPLATE), Some("squish"));
        assert_eq!(request.input().get(input::SEED), Some(&Value::Int(7)));
    }

    #[test]
    fn a_template_keeps_its_name() {
        let spec = ModelSpec::wan_2_2();
        for name in [None, Some("squish"), Some("melt"), Some("")] {
            let name = name.map(str::to_owned);
            assert_eq!(Template::of(name.clone(), &spec).name(), name);
        }
        assert_eq!(
            Template::of(Some("flying".to_owned()), &spec),
            Template::Named("flying")
        );
    }
}
