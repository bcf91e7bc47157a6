//! Which fields take files, and what is asked of these.

use super::name;
use crate::model::{Between, MediaRules, MediaType};
use crate::wire::schema::{
    DEFAULT, ENUM, FORMAT, ITEMS, MAX_LENGTH, RULE, TYPE, VALIDATIONS, VALUE, format, kind, rule,
};
use crate::{Object, Value};

/// The rules of a text field, when it takes the address of a file: its format or its validations
/// say so, or its name does and nothing else speaks against it.
pub(super) fn rules(name: &str, published: &Object) -> Option<MediaRules> {
    let by_format = by_format(published);
    let by_name = name::media(name);
    let mut rules = MediaRules::default();
    let ruled = obey(&mut rules, published);
    let named = by_name.is_some() && may_be_address(name, published);
    if by_format.is_none() && !ruled && !named {
        return None;
    }
    let sized = !rules.width.is_free() || !rules.height.is_free() || !rules.ratio.is_free();
    let known = by_format.filter(|kind| *kind != MediaType::Any).or(by_name);
    rules.kind = match known {
        Some(kind) => kind,
        None if sized => MediaType::Image,
        None => MediaType::Any,
    };
    Some(rules)
}

/// The rules of each item of a list, when its items are addresses of files.
pub(super) fn rules_of_list(name: &str, published: &Object) -> Option<MediaRules> {
    let items = published.get(ITEMS).and_then(Value::as_object);
    if items.is_some_and(|items| items.get(ENUM).is_some() || !is_text(items)) {
        return None;
    }
    let nothing = Object::new();
    let items = items.unwrap_or(&nothing);
    let (outer, inner) = (rules(name, published), rules("", items));
    let mut both = outer.or(inner)?;
    obey(&mut both, items);
    if by_format(published).is_none()
        && let Some(kind) = by_format(items)
    {
        both.kind = kind;
    }
    Some(both)
}

fn is_text(items: &Object) -> bool {
    items
        .get(TYPE)
        .is_none_or(|word| word.as_str() == Some(kind::STRING))
}

/// Singular or plural: a list is told by its type.
fn by_format(published: &Object) -> Option<MediaType> {
    let word = published.text(FORMAT)?;
    match word.strip_suffix('s').unwrap_or(word) {
        format::IMAGE => Some(MediaType::Image),
        format::VIDEO => Some(MediaType::Video),
        format::AUDIO => Some(MediaType::Audio),
        format::ANY => Some(MediaType::Any),
        _ => None,
    }
}

/// A limit on its length, or a default that is no address, speak for words about an image.
fn may_be_address(name: &str, published: &Object) -> bool {
    let default = published.text(DEFAULT).unwrap_or_default();
    let plain = published.get(MAX_LENGTH).is_some() && !name::ends_in_address(name);
    !plain && (default.is_empty() || default.contains(':'))
}

/// Takes over every validation that is known; says whether there was any.
fn obey(rules: &mut MediaRules, published: &Object) -> bool {
    let validations = published.get(VALIDATIONS).and_then(Value::as_list);
    let mut any = false;
    for validation in validations.unwrap_or_default() {
        let Some(validation) = validation.as_object() else {
            continue;
        };
        let value = validation.get(VALUE).and_then(Value::as_number);
        if let (Some(word), Some(value)) = (validation.text(RULE), value) {
            any |= take_over(rules, word, value);
        }
    }
    any
}

/// Of several bounds the narrowest counts.
fn take_over(rules: &mut MediaRules, word: &str, value: f64) -> bool {
    let above = |between: &mut Between| between.above = narrower(between.above, value, f64::max);
    let below = |between: &mut Between| between.below = narrower(between.below, value, f64::min);
    match word {
        rule::WIDTH_ABOVE => above(&mut rules.width),
        rule::WIDTH_BELOW => below(&mut rules.width),
        rule::HEIGHT_ABOVE => above(&mut rules.height),
        rule::HEIGHT_BELOW => below(&mut rules.height),
        rule::RATIO_ABOVE => above(&mut rules.ratio),
        rule::RATIO_BELOW => below(&mut rules.ratio),
        rule::MEGABYTES_BELOW => {
            rules.megabytes_below = narrower(rules.megabytes_below, value, f64::min);
        }
        _ => return false,
    }
    true
}

fn narrower(known: Option<f64>, new: f64, pick: fn(f64, f64) -> f64) -> Option<f64> {
    Some(known.map_or(new, |known| pick(known, new)))
}
