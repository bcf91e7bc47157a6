//! Words that sentences for the person are made of.

use crate::Value;
use crate::number::digits;

/// A value in a few words: `"480p"`, `7`, `a list`.
pub(crate) fn plain(value: &Value) -> String {
    let word = match value {
        Value::Null => "nothing",
        Value::Bool(true) => "true",
        Value::Bool(false) => "false",
        Value::Int(whole) => return digits(*whole),
        Value::Float(fraction) => return number(*fraction),
        Value::String(text) => return quoted(text),
        Value::List(_) => "a list",
        Value::Object(_) => "an object",
    };
    word.to_owned()
}

/// Up to six places after the point, without the weight of the standard library's formatting,
/// which is exact to the last digit.
pub(crate) fn number(number: f64) -> String {
    let size = number.abs();
    if number.is_nan() {
        return "NaN".to_owned();
    }
    if size > HUGE {
        return if size > i64::MAX as f64 {
            "a number beyond measure".to_owned()
        } else {
            digits(number as i64)
        };
    }
    let millionths = (size * MILLION + 0.5) as u64;
    let (whole, rest) = (millionths / MILLION as u64, millionths % MILLION as u64);
    let sign = if number < 0.0 && millionths > 0 {
        "-"
    } else {
        ""
    };
    let whole = join(&[sign, &digits(whole as i64)]);
    if rest == 0 {
        return whole;
    }
    // The leading one keeps the zeros behind the point.
    let places = digits(rest as i64 + MILLION as i64);
    let places = join(&[&whole, ".", places.get(1..).unwrap_or_default()]);
    places.trim_end_matches('0').to_owned()
}

/// The first characters of a text.
pub(crate) fn beginning(text: &str, most: usize) -> &str {
    let mut left = most;
    for (place, _) in text.char_indices() {
        if left == 0 {
            return text.get(..place).unwrap_or_default();
        }
        left -= 1;
    }
    text
}

/// One text of several, without the weight of `format!`.
pub(crate) fn join(parts: &[&str]) -> String {
    let mut whole = String::new();
    for part in parts {
        whole.push_str(part);
    }
    whole
}

/// `A`, `A or B`, `A, B or C`.
pub(crate) fn either(names: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    let mut names = names.into_iter().peekable();
    let mut list = String::new();
    while let Some(name) = names.next() {
        if !list.is_empty() {
            list.push_str(if names.peek().is_some() { ", " } else { " or " });
        }
        list.push_str(name.as_ref());
    }
    list
}

/// Only the beginning of what would make the sentence hard to read.
fn quoted(text: &str) -> String {
    let beginning = beginning(text, MOST_QUOTED);
    let is_whole = beginning.len() == text.len();
    join(&["\"", beginning, if is_whole { "" } else { "…" }, "\""])
}

const MOST_QUOTED: usize = 40;
const MILLION: f64 = 1_000_000.0;

/// Millionths of what is larger do not fit into 64 bits; nor do its places after the point matter.
const HUGE: f64 = 1e13;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_people_do() {
        for (given, wanted) in [
            (0.0, "0"),
            (-0.0, "0"),
            (5.0, "5"),
            (-7.5, "-7.5"),
            (0.0625, "0.0625"),
            (2.0 / 3.0, "0.666667"),
            (0.999_999_9, "1"),
            (1e-9, "0"),
            (2_147_483_647.0, "2147483647"),
            (1e300, "a number beyond measure"),
            (9_007_199_254_740_991.0, "9007199254740991"),
            (-9_007_199_254_740_991.0, "-9007199254740991"),
            (f64::NAN, "NaN"),
            (f64::NEG_INFINITY, "a number beyond measure"),
        ] {
            assert_eq!(number(given), wanted);
        }
    }

    #[test]
    fn values_are_named_and_never_dumped() {
        for (value, wanted) in [
            (Value::Null, "nothing"),
            (Value::Bool(false), "false"),
            (Value::Int(-3), "-3"),
            (Value::from("480p"), "\"480p\""),
            (Value::List(Vec::new()), "a list"),
            (Value::Object(crate::Object::new()), "an object"),
        ] {
            assert_eq!(plain(&value), wanted);
        }
        let long = plain(&Value::from("é".repeat(1000)));
        assert_eq!(long.chars().count(), MOST_QUOTED + 3);
    }

    #[test]
    fn a_list_of_choices_is_spoken() {
        assert_eq!(either([""; 0]), "");
        assert_eq!(either(["A"]), "A");
        assert_eq!(either(["A", "B"]), "A or B");
        assert_eq!(either(["A", "B", "C"]), "A, B or C");
    }
}
