//! Values to choose from.

use super::Check;
use crate::Value;
use crate::model::{Constant, Field};
use crate::report::{Issue, Severity};
use crate::sentence::{either, plain};

impl Check<'_> {
    pub(super) fn choice(&mut self, field: &Field, value: &Value, choices: &[Constant]) {
        if let Some(choice) = choices.iter().find(|choice| choice.is(value)) {
            return self.put(field, choice.to_value());
        }
        self.report.add(none_of(field, value, choices));
    }

    pub(super) fn suggested(&mut self, field: &Field, value: &Value, known: &[&str]) {
        let Some(text) = value.as_str() else {
            return self.wrong_type(field, value, "text");
        };
        if text.is_empty() {
            return;
        }
        self.put(field, text);
        if !known.contains(&text) {
            let words = format!(
                "\"{text}\" is not among the values the service names ({}). It may know it \
                 nevertheless.",
                known.join(", ")
            );
            self.note(field, "not_listed", Severity::Advice, words);
        }
    }
}

fn none_of(field: &Field, value: &Value, choices: &[Constant]) -> Issue {
    let choices: Vec<_> = choices.iter().map(Constant::to_value).collect();
    let meant = choices.iter().find(|choice| is_meant(choice, value));
    let hint = match meant {
        Some(meant) if value.as_str().is_some() && meant.as_str().is_none() => {
            format!("; you may mean {} without quotes", plain(meant))
        }
        Some(meant) => format!("; you may mean {}", plain(meant)),
        None => String::new(),
    };
    let message = format!(
        "{} cannot be {}. Choose {}{hint}.",
        field.title,
        plain(value),
        all(&choices)
    );
    Issue {
        field: field.name.to_string(),
        item: None,
        code: "not_a_choice",
        severity: Severity::Error,
        message,
        offer: meant.and_then(Value::as_str).map(str::to_owned),
    }
}

/// A choice that differs in capitals only, or in being text instead of a number. Of letters beyond
/// ASCII nothing is known: their tables alone weigh more than the whole check.
fn is_meant(choice: &Value, value: &Value) -> bool {
    match (choice, value) {
        (Value::String(choice), Value::String(text)) => choice.eq_ignore_ascii_case(text.trim()),
        (Value::String(text), other) | (other, Value::String(text)) => plain(other) == text.trim(),
        _ => false,
    }
}

/// Numbers in a row are spoken as such.
fn all(choices: &[Value]) -> String {
    if let [Value::Int(first), .., Value::Int(last)] = choices {
        let mut row = choices.iter().zip(*first..);
        if choices.len() > 2 && row.all(|(choice, number)| *choice == Value::Int(number)) {
            return format!("a whole number from {first} to {last}");
        }
    }
    either(choices.iter().map(plain))
}
