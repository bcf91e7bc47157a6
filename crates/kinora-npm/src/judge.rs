//! Images, held against a model's rules, and the copies that keep them: in words, in the module that
//! has them.

use kinora::Object;
use kinora::image::{ImageFacts, Look, Verdict, check};

use crate::call::{read, told};
use crate::facts;
use crate::problem::Problem;
use crate::text::Writer;

mod copy;
pub use copy::{plan, trial};

/// Holds the facts of `{ facts, rules? }` against rules: `{ checks, ok }`.
pub fn judge(wish: &str) -> String {
    told(|to| {
        let wish = read(wish)?;
        let checks = check(&facts::rules(&wish)?, &Look::Found(known(&wish)));
        let is_fail = |verdict| verdict == Verdict::Fail;
        to.truth("ok", !checks.iter().any(|check| is_fail(check.verdict)));
        to.key("checks");
        to.mark("[");
        for check in &checks {
            to.mark("{");
            to.text("rule", check.rule);
            to.text("verdict", verdict(check.verdict));
            to.text("found", &check.found);
            if !check.advice.is_empty() {
                to.text("advice", &check.advice);
            }
            to.mark("}");
        }
        to.mark("]");
        Ok(())
    })
}

/// The most bytes that need be read of a file to hold it against the rules of `{ rules }`: `{ bytes }`.
pub fn most(wish: &str) -> String {
    told(|to| {
        let most = facts::rules(&read(wish)?)?.bytes_most().count();
        to.number("bytes", Some(most as f64));
        Ok(())
    })
}

fn known(wish: &Object) -> ImageFacts {
    let facts = wish.get("facts").and_then(|facts| facts.as_object());
    facts.map(facts::image).unwrap_or_default()
}

const fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => "pass",
        Verdict::Borderline => "borderline",
        Verdict::Unknown => "unknown",
        Verdict::Fail => "fail",
    }
}

fn bad(words: &str) -> Problem {
    Problem::bad("bad_input", words.to_owned())
}

/// The colour of `#rrggbb` in bytes; a channel each.
fn channels(colour: &str) -> Option<[u8; 3]> {
    let digits = colour
        .strip_prefix('#')
        .filter(|digits| digits.len() == 6)?;
    let mut channels = [0; 3];
    for (place, digit) in digits.bytes().enumerate() {
        let digit = char::from(digit).to_digit(16)? as u8;
        let channel = channels.get_mut(place / 2)?;
        *channel = *channel << 4 | digit;
    }
    Some(channels)
}

/// A member that is an object of numbers.
fn numbers(key: &str, members: &[(&str, f64)], to: &mut Writer) {
    to.key(key);
    to.mark("{");
    for (key, number) in members {
        to.number(key, Some(*number));
    }
    to.mark("}");
}

#[cfg(test)]
mod tests;
