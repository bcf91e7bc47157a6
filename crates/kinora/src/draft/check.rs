//! Field by field from a draft to a report and an input.

use super::{Draft, Facts};
use crate::image::{self, RuleCheck, Verdict};
use crate::limits::MAX_SAFE_INTEGER;
use crate::model::{Field, FieldKind, ImageRules, ModelSpec};
use crate::report::{Issue, Report, Severity};
use crate::source::{SourceProblem, SourceUrl};
use crate::{Object, Value};

/// The findings on a draft, and the input it makes if none of them is an error.
pub(super) fn of(draft: &Draft, spec: &ModelSpec, facts: &Facts) -> (Report, Object) {
    let mut check = Check {
        facts,
        report: Report::default(),
        input: Object::new(),
    };
    for field in spec.fields() {
        check.field(field, draft.value(field.name));
    }
    check.unknown_fields(spec, &draft.values);
    check.overridden_prompt(draft);
    (check.report, check.input)
}

/// What has come out so far.
struct Check<'a> {
    facts: &'a Facts,
    report: Report,
    input: Object,
}

impl Check<'_> {
    fn field(&mut self, field: &Field, value: Option<&Value>) {
        let value = value.filter(|value| !value.is_null());
        match (value, &field.kind) {
            (None, FieldKind::Image(_)) => self.address(field, &SourceProblem::Empty),
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
        match SourceUrl::parse(text, self.facts.reach) {
            Err(problem) => return self.address(field, &problem),
            Ok(source) => self.input.insert(field.name, source.as_str()),
        }
        for check in image::check(rules, self.facts.look(field.name)) {
            self.rule(field, check);
        }
    }

    fn address(&mut self, field: &Field, problem: &SourceProblem) {
        self.report.add(Issue {
            field: field.name.to_owned(),
            code: problem.code(),
            severity: Severity::Error,
            message: problem.to_string(),
            offer: problem.offer().map(str::to_owned),
        });
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
