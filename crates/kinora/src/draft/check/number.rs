//! Numbers, and the range they lie in.

use super::{Check, change};
use crate::Value;
use crate::limits::MAX_SAFE_INTEGER;
use crate::model::{Bounds, Field};
use crate::sentence::{self, plain};

impl Check<'_> {
    pub(super) fn integer(&mut self, field: &Field, value: &Value, bounds: &Bounds) {
        let safe = MAX_SAFE_INTEGER as f64;
        let bounds = Bounds {
            least: Some(bounds.least.unwrap_or(-safe)),
            most: Some(bounds.most.unwrap_or(safe)),
        };
        match whole(value) {
            Some(number) if code(&bounds, number as f64).is_none() => self.put(field, number),
            Some(number) => {
                let code = code(&bounds, number as f64).unwrap_or("not_an_integer");
                self.out_of_range(field, code, "a whole number", &bounds, value);
            }
            None => self.out_of_range(field, "not_an_integer", "a whole number", &bounds, value),
        }
    }

    pub(super) fn number(&mut self, field: &Field, value: &Value, bounds: &Bounds) {
        let safe = |number: &f64| !matches!(value, Value::Int(_)) || is_safe(*number);
        let wrong = match value.as_number().filter(safe) {
            Some(number) => code(bounds, number),
            None => Some("not_a_number"),
        };
        match wrong {
            None => self.put(field, value.clone()),
            Some(code) => self.out_of_range(field, code, "a number", bounds, value),
        }
    }

    fn out_of_range(
        &mut self,
        field: &Field,
        code: &'static str,
        what: &str,
        bounds: &Bounds,
        value: &Value,
    ) {
        let is_quoted = value
            .as_str()
            .is_some_and(|text| text.trim().parse::<i64>().is_ok());
        let next = if is_quoted {
            "Write it without quotes."
        } else {
            change(field)
        };
        let words = format!(
            "{} must be {what}{}, not {}. {next}",
            field.title,
            range(bounds),
            plain(value)
        );
        self.error(field, code, words);
    }
}

fn code(bounds: &Bounds, number: f64) -> Option<&'static str> {
    if bounds.least.is_some_and(|least| number < least) {
        Some("below_minimum")
    } else if bounds.most.is_some_and(|most| number > most) {
        Some("above_maximum")
    } else {
        None
    }
}

fn range(bounds: &Bounds) -> String {
    let word = |word: &str, bound: Option<f64>| match bound {
        Some(bound) => [word, &sentence::number(bound)].concat(),
        None => String::new(),
    };
    match (bounds.least, bounds.most) {
        (None, most) => word(" up to ", most),
        (least, most) => [word(" from ", least), word(" to ", most)].concat(),
    }
}

/// The whole number that a value is, `5.0` included, as long as every JSON peer keeps it exact.
fn whole(value: &Value) -> Option<i64> {
    let number = value.as_number()?;
    (number.trunc() == number && is_safe(number)).then_some(number as i64)
}

fn is_safe(number: f64) -> bool {
    number.abs() <= MAX_SAFE_INTEGER as f64
}
