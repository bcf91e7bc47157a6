//! A draft becomes a request by being checked, and in no other way.

use crate::image::{self, Look, RuleCheck, Verdict};
use crate::limits::MAX_SAFE_INTEGER;
use crate::model::{Field, FieldKind, ImageRules, ModelSpec};
use crate::report::{Issue, Report, Severity};
use crate::source::{Reach, SourceUrl};
use crate::{Object, Request, Value};

/// What a person has filled in so far. Anything may be missing or wrong.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    values: Object,
}

impl Draft {
    /// A draft of these values, by field name.
    pub fn new(values: Object) -> Self {
        Self { values }
    }

    /// Fills in a field.
    pub fn set(&mut self, field: &str, value: impl Into<Value>) {
        self.values.insert(field, value);
    }

    /// Empties a field.
    pub fn clear(&mut self, field: &str) {
        self.values.remove(field);
    }

    /// What stands in a field.
    pub fn value(&self, field: &str) -> Option<&Value> {
        self.values.get(field)
    }

    /// Holds the draft against the model's rules and what is known of its images.
    ///
    /// A request comes out exactly when no issue is an error:
    ///
    /// ```
    /// use kinora::{Draft, Facts, ModelSpec, Reach};
    ///
    /// let spec = ModelSpec::wan_2_2();
    /// let mut draft = Draft::default();
    /// draft.set("prompt", "the fog lifts");
    /// let checked = draft.check(&spec, &Facts::new(Reach::Internet));
    /// assert!(checked.request.is_none());
    /// draft.set("img_url", "https://example.com/lake.jpg");
    /// let checked = draft.check(&spec, &Facts::new(Reach::Internet));
    /// assert!(checked.request.is_some());
    /// ```
    ///
    /// and nothing else makes one:
    ///
    /// ```compile_fail,E0451
    /// use kinora::{ModelId, Object, Request};
    ///
    /// let unchecked = Request { model: ModelId::WAN_2_2.clone(), input: Object::new() };
    /// ```
    pub fn check(&self, spec: &ModelSpec, facts: &Facts) -> Checked {
        let mut check = Check {
            facts,
            report: Report::default(),
            input: Object::new(),
        };
        for field in spec.fields() {
            check.field(field, self.value(field.name));
        }
        check.unknown_fields(spec, &self.values);
        check.overridden_prompt(self);
        let Check { report, input, .. } = check;
        let sendable = report.errors().next().is_none();
        let request = sendable.then(|| Request::checked(spec.id().clone(), input));
        Checked { report, request }
    }
}

/// What is known beside the draft itself.
#[derive(Clone, Debug)]
pub struct Facts {
    /// Who will fetch the images.
    pub reach: Reach,
    /// What the looks at images found, by field name. A field not listed was not looked at.
    pub looks: Vec<(String, Look)>,
}

impl Facts {
    /// No image looked at yet.
    pub fn new(reach: Reach) -> Self {
        Self {
            reach,
            looks: Vec::new(),
        }
    }

    /// The same, with what a look at the image in `field` found.
    #[must_use]
    pub fn with_look(mut self, field: &str, look: Look) -> Self {
        self.looks.push((field.to_owned(), look));
        self
    }

    fn look(&self, field: &str) -> &Look {
        let found = self.looks.iter().rev().find(|(name, _)| name == field);
        found.map_or(&Look::Pending, |(_, look)| look)
    }
}

/// The result of a check.
#[derive(Clone, Debug, PartialEq)]
pub struct Checked {
    /// Everything that was found.
    pub report: Report,
    /// The request, unless something found is an error.
    pub request: Option<Request>,
}

struct Check<'a> {
    facts: &'a Facts,
    report: Report,
    input: Object,
}

impl Check<'_> {
    fn field(&mut self, field: &Field, value: Option<&Value>) {
        let value = value.filter(|value| !value.is_null());
        match (value, &field.kind) {
            (None, FieldKind::Image(_)) => self.image_address(field, ""),
            (None, _) if field.required => {
                let message = format!(
                    "{} is missing. Fill it in; it may be empty text.",
                    field.title
                );
                self.error(field, "missing", message);
            }
            (None, _) => {}
            (Some(value), FieldKind::Text { most }) => self.text(field, value, *most),
            (Some(value), FieldKind::Suggested(known)) => self.suggested(field, value, known),
            (Some(value), FieldKind::Choice(choices)) => self.choice(field, value, choices),
            (Some(value), FieldKind::Integer) => self.integer(field, value),
            (Some(value), FieldKind::Boolean) => self.boolean(field, value),
            (Some(value), FieldKind::Image(rules)) => self.image(field, value, rules),
        }
    }

    fn text(&mut self, field: &Field, value: &Value, most: Option<usize>) {
        let Some(text) = value.as_str() else {
            return self.wrong_type(field, "text");
        };
        let count = text.chars().count();
        if let Some(most) = most.filter(|most| count > *most) {
            let message = format!(
                "{} has {count} characters; the model reads at most {most}. Shorten it by {}.",
                field.title,
                count - most
            );
            return self.error(field, "too_long", message);
        }
        if field.required || !text.is_empty() {
            self.input.insert(field.name, text);
        }
        if field.required && text.trim().is_empty() {
            let message = format!(
                "{} is empty. That is allowed; a sentence about the motion gives better videos.",
                field.title
            );
            self.note(field, "empty", Severity::Advice, message);
        }
    }

    fn suggested(&mut self, field: &Field, value: &Value, known: &[&str]) {
        let Some(text) = value.as_str() else {
            return self.wrong_type(field, "text");
        };
        if text.is_empty() {
            return;
        }
        self.input.insert(field.name, text);
        if !known.contains(&text) {
            let message = format!(
                "\"{text}\" is not among the values the service names ({}). It may know it \
                 nevertheless.",
                known.join(", ")
            );
            self.note(field, "not_listed", Severity::Advice, message);
        }
    }

    fn choice(&mut self, field: &Field, value: &Value, choices: &[Value]) {
        if choices.contains(value) {
            return self.input.insert(field.name, value.clone());
        }
        let names: Vec<_> = choices.iter().map(plain).collect();
        let message = format!(
            "{} cannot be {}. Choose {}.",
            field.title,
            plain(value),
            names.join(" or ")
        );
        self.error(field, "not_a_choice", message);
    }

    fn integer(&mut self, field: &Field, value: &Value) {
        match value.as_int() {
            Some(number) if number.unsigned_abs() <= MAX_SAFE_INTEGER.unsigned_abs() => {
                self.input.insert(field.name, number);
            }
            _ => {
                let message = format!(
                    "{} must be a whole number between -{MAX_SAFE_INTEGER} and {MAX_SAFE_INTEGER}. \
                     Change it, or leave it empty for a random one.",
                    field.title
                );
                self.error(field, "not_an_integer", message);
            }
        }
    }

    fn boolean(&mut self, field: &Field, value: &Value) {
        match value.as_bool() {
            Some(truth) => self.input.insert(field.name, truth),
            None => self.wrong_type(field, "yes or no"),
        }
    }

    fn image(&mut self, field: &Field, value: &Value, rules: &ImageRules) {
        let Some(text) = value.as_str() else {
            return self.wrong_type(field, "an address");
        };
        if SourceUrl::parse(text, self.facts.reach).is_err() {
            return self.image_address(field, text);
        }
        self.input.insert(field.name, text.trim());
        for check in image::check(rules, self.facts.look(field.name)) {
            self.rule(field, check);
        }
    }

    fn image_address(&mut self, field: &Field, text: &str) {
        if let Err(problem) = SourceUrl::parse(text, self.facts.reach) {
            self.report.add(Issue {
                field: field.name.to_owned(),
                code: problem.code(),
                severity: Severity::Error,
                message: problem.to_string(),
                offer: problem.offer().map(str::to_owned),
            });
        }
    }

    fn rule(&mut self, field: &Field, check: RuleCheck) {
        let severity = match check.verdict {
            Verdict::Pass => return,
            Verdict::Fail => Severity::Error,
            Verdict::Borderline => Severity::Borderline,
            Verdict::Unknown => Severity::Unknown,
        };
        self.note(field, check.rule, severity, check.advice);
    }

    /// What the model's page does not name is sent as it is: the service may know more by now.
    fn unknown_fields(&mut self, spec: &ModelSpec, values: &Object) {
        for (name, value) in values.iter().filter(|(name, _)| spec.field(name).is_none()) {
            self.input.insert(name, value.clone());
            self.report.add(Issue {
                field: name.to_owned(),
                code: "not_a_field",
                severity: Severity::Advice,
                message: format!("The model's page names no \"{name}\". It is sent as it is."),
                offer: None,
            });
        }
    }

    /// The model behind the service ignores the prompt when an effect template is chosen:
    /// <https://help.aliyun.com/en/model-studio/wanx-video-effects> (read 2026-11-22).
    fn overridden_prompt(&mut self, draft: &Draft) {
        let written = |field| {
            let text = draft
                .value(field)
                .and_then(Value::as_str)
                .unwrap_or_default();
            !text.trim().is_empty()
        };
        if written("template") && written("prompt") {
            self.report.add(Issue {
                field: "template".to_owned(),
                code: "prompt_ignored",
                severity: Severity::Advice,
                message: "With a template the model follows the template and ignores the prompt."
                    .to_owned(),
                offer: None,
            });
        }
    }

    fn wrong_type(&mut self, field: &Field, wanted: &str) {
        self.error(
            field,
            "wrong_type",
            format!("{} must be {wanted}.", field.title),
        );
    }

    fn error(&mut self, field: &Field, code: &'static str, message: String) {
        self.note(field, code, Severity::Error, message);
    }

    fn note(&mut self, field: &Field, code: &'static str, severity: Severity, message: String) {
        let field = field.name.to_owned();
        self.report.add(Issue {
            field,
            code,
            severity,
            message,
            offer: None,
        });
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::Bool(truth) => truth.to_string(),
        Value::Int(number) => number.to_string(),
        Value::Float(_) => "a fraction".to_owned(),
        Value::String(text) => format!("\"{text}\""),
        Value::List(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    }
}

#[cfg(test)]
mod tests;
