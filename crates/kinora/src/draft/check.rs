//! Field by field from a draft to a report and an input.

use super::{Draft, Facts};
use crate::model::{Field, FieldKind, JsonShape};
use crate::report::{Issue, Report, Severity};
use crate::sentence::plain;
use crate::wire::input;
use crate::{ModelId, ModelSpec, Object, Value};

mod choice;
mod data;
pub(super) use data::CheckData;
mod json;
pub(super) use json::is_readable;
mod media;
mod number;

/// The findings on a draft, and the input it makes if none of them is an error.
pub(super) fn of(draft: &Draft, spec: &ModelSpec, facts: &Facts) -> (Report, Object) {
    let mut check = Check {
        facts,
        further_kinds: spec.further_kinds,
        report: Report::default(),
        input: Object::new(),
        data: 0,
    };
    for field in spec.fields() {
        check.field(field, draft.value(&field.name));
        if field.name == input::TEMPLATE && spec.id() == ModelId::WAN_2_2 {
            check.overridden_prompt(field, draft);
        }
    }
    check.unknown_fields(spec.fields(), &draft.values);
    (check.report, check.input)
}

/// How a field is checked whose kind only a published schema brings along.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CheckField(fn(&mut Check<'_>, &Field, &Value));

impl CheckField {
    pub(crate) const FURTHER_KINDS: Self = Self(|check, field, value| check.further(field, value));
}

/// What has come out so far.
pub(crate) struct Check<'a> {
    facts: &'a Facts,
    further_kinds: Option<CheckField>,
    report: Report,
    input: Object,
    /// Bytes of the files so far that are part of the request, as they are written there.
    data: u64,
}

impl Check<'_> {
    fn field(&mut self, field: &Field, value: Option<&Value>) {
        let value = value.filter(|value| field.nullable || !value.is_null());
        let assumed = || {
            let default = field.default.as_ref();
            default.filter(|_| field.required && field.kind.is_setting())
        };
        match (value, assumed) {
            (Some(Value::Null), _) => self.put(field, Value::Null),
            (Some(value), _) => self.present(field, value),
            (None, assumed) => match assumed() {
                Some(default) => self.present(field, &default.to_value()),
                None if field.required => self.missing(field),
                None => {}
            },
        }
    }

    fn present(&mut self, field: &Field, value: &Value) {
        match &field.kind {
            FieldKind::Text { most } => self.text(field, value, *most),
            FieldKind::Suggested(known) => self.suggested(field, value, known),
            FieldKind::Choice(choices) => self.choice(field, value, choices),
            FieldKind::Integer(bounds) => self.integer(field, value, bounds),
            FieldKind::Boolean => self.boolean(field, value),
            FieldKind::Media(rules) => self.file(field, value, rules),
            FieldKind::Number(_) | FieldKind::MediaList { .. } | FieldKind::Json(_) => {
                if let Some(CheckField(check)) = self.further_kinds {
                    check(self, field, value);
                }
            }
        }
    }

    fn further(&mut self, field: &Field, value: &Value) {
        match &field.kind {
            FieldKind::Number(bounds) => self.number(field, value, bounds),
            FieldKind::MediaList { each, count } => self.files(field, value, each, *count),
            FieldKind::Json(shape) => self.json(field, value, *shape),
            FieldKind::Text { .. }
            | FieldKind::Suggested(_)
            | FieldKind::Choice(_)
            | FieldKind::Integer(_)
            | FieldKind::Boolean
            | FieldKind::Media(_) => {}
        }
    }

    fn missing(&mut self, field: &Field) {
        let next = match &field.kind {
            FieldKind::Media(rules) | FieldKind::MediaList { each: rules, .. } => {
                return self.no_file(field, None, rules.kind);
            }
            FieldKind::Text { .. } | FieldKind::Suggested(_) => "Fill it in; it may be empty text.",
            FieldKind::Choice(_) | FieldKind::Boolean => "Choose a value; the model insists on it.",
            FieldKind::Integer(_) | FieldKind::Number(_) => {
                "Give it a number; the model insists on it."
            }
            FieldKind::Json(JsonShape::List(_)) => "Give it a list; the model insists on it.",
            FieldKind::Json(JsonShape::Any | JsonShape::Object) => {
                "Give it a value; the model insists on it."
            }
        };
        self.error(
            field,
            "missing",
            format!("{} is missing. {next}", field.title),
        );
    }

    fn text(&mut self, field: &Field, value: &Value, most: Option<usize>) {
        let Some(text) = value.as_str() else {
            return self.wrong_type(field, value, "text");
        };
        // `chars().count()` does the same with much more code.
        let count = text.chars().fold(0, |count, _| count + 1);
        if let Some(most) = most.filter(|most| count > *most) {
            let words = format!(
                "{} has {count} characters; the model reads at most {most}. Shorten it by {}.",
                field.title,
                count - most
            );
            return self.error(field, "too_long", words);
        }
        if field.required || !text.is_empty() {
            self.put(field, text);
        }
        if field.required && text.trim_ascii().is_empty() {
            let words = format!(
                "{} is empty. That is allowed; some words give the model more to go by.",
                field.title
            );
            self.note(field, "empty", Severity::Advice, words);
        }
    }

    fn boolean(&mut self, field: &Field, value: &Value) {
        match value.as_bool() {
            Some(truth) => self.put(field, truth),
            None => self.wrong_type(field, value, "true or false"),
        }
    }

    /// What the model's page does not name is sent as it is: the service may know more by now.
    fn unknown_fields(&mut self, fields: &[Field], values: &Object) {
        for (name, value) in values.iter() {
            if fields.iter().any(|field| field.name == name) {
                continue;
            }
            let issue = |code, severity, message| Issue {
                field: name.to_owned(),
                item: None,
                code,
                severity,
                message,
                offer: None,
            };
            if let Some(flaw) = json::flaw(value) {
                let words = flaw.sentence(&plain(&name.into()));
                self.report.add(issue(flaw.code(), Severity::Error, words));
                continue;
            }
            self.input.insert(name, value.clone());
            let words = format!("The model's page names no \"{name}\". It is sent as it is.");
            self.report
                .add(issue("not_a_field", Severity::Advice, words));
        }
    }

    /// The model behind the service ignores the prompt when an effect template is chosen:
    /// <https://help.aliyun.com/en/model-studio/wanx-video-effects> (read 2026-11-22).
    fn overridden_prompt(&mut self, template: &Field, draft: &Draft) {
        let written = |field| {
            let text = draft.value(field).and_then(Value::as_str);
            !text.unwrap_or_default().trim_ascii().is_empty()
        };
        if written(input::TEMPLATE) && written(input::PROMPT) {
            let words = "With a template the model follows the template and ignores the prompt.";
            self.note(
                template,
                "prompt_ignored",
                Severity::Advice,
                words.to_owned(),
            );
        }
    }

    fn put(&mut self, field: &Field, value: impl Into<Value>) {
        self.input.insert(&*field.name, value);
    }

    fn wrong_type(&mut self, field: &Field, value: &Value, wanted: &str) {
        let words = format!(
            "{} must be {wanted}, not {}. {}",
            field.title,
            plain(value),
            change(field)
        );
        self.error(field, "wrong_type", words);
    }

    fn error(&mut self, field: &Field, code: &'static str, message: String) {
        self.note(field, code, Severity::Error, message);
    }

    fn note(&mut self, field: &Field, code: &'static str, severity: Severity, message: String) {
        self.report.add(Issue {
            field: field.name.to_string(),
            item: None,
            code,
            severity,
            message,
            offer: None,
        });
    }
}

/// What to do about a value that will not do.
fn change(field: &Field) -> &'static str {
    if field.required {
        "Change it."
    } else {
        "Change it, or leave it empty."
    }
}
