//! Rules about width and height.

use super::{RuleCheck, Verdict, code, decided, noun, pass, unknown};
use crate::image::ImageFacts;
use crate::model::{Between, MediaRules};
use crate::number::digits;
use crate::sentence;

pub(super) fn width(rules: &MediaRules, pixels: Option<u32>) -> Option<RuleCheck> {
    let code = code(rules, "image_width", "media_width");
    side(rules, rules.width, code, "wide", pixels)
}

pub(super) fn height(rules: &MediaRules, pixels: Option<u32>) -> Option<RuleCheck> {
    let code = code(rules, "image_height", "media_height");
    side(rules, rules.height, code, "high", pixels)
}

pub(super) fn ratio(rules: &MediaRules, facts: &ImageFacts) -> Option<RuleCheck> {
    if rules.ratio.is_free() {
        return None;
    }
    let rule = code(rules, "image_ratio", "media_ratio");
    let (Some(width), Some(height @ 1..)) = (facts.width, facts.height) else {
        return Some(unknown(rule, "the ratio of its sides"));
    };
    let found = sentence::join(&[&digits(width.into()), " × ", &digits(height.into())]);
    let (bound, verdict, change) = match held(rules.ratio, f64::from(width) / f64::from(height)) {
        Held::Inside => return Some(pass(rule, found)),
        Held::Below(bound) => (Some(bound), Verdict::Fail, "Crop its height."),
        Held::Above(bound) => (Some(bound), Verdict::Fail, "Crop its width."),
        Held::AtBound => (None, Verdict::Borderline, "A little less extreme is safe."),
    };
    let advice = match bound {
        Some(bound) => sentence::join(&[
            "The ",
            noun(rules),
            " is ",
            &found,
            " px; its width divided by its height is beyond ",
            &sentence::number(bound),
            ", which the model does not take. ",
            change,
        ]),
        None => sentence::join(&[
            "The sides of the ",
            noun(rules),
            ", ",
            &found,
            " px, are exactly at the limit, and the service does not say whether that is \
             included. ",
            change,
        ]),
    };
    Some(decided(rule, verdict, found, advice))
}

/// How a number lies to two bounds.
enum Held {
    Inside,
    AtBound,
    Below(f64),
    Above(f64),
}

fn held(between: Between, number: f64) -> Held {
    match (between.above, between.below) {
        (Some(above), _) if number < above => Held::Below(above),
        (_, Some(below)) if number > below => Held::Above(below),
        (above, below) if above == Some(number) || below == Some(number) => Held::AtBound,
        _ => Held::Inside,
    }
}

fn side(
    rules: &MediaRules,
    between: Between,
    rule: &'static str,
    direction: &str,
    pixels: Option<u32>,
) -> Option<RuleCheck> {
    if between.is_free() {
        return None;
    }
    let Some(pixels) = pixels else {
        return Some(unknown(rule, "the size in pixels"));
    };
    let both = rules.width == rules.height;
    let found = sentence::join(&[&digits(pixels.into()), " px"]);
    let what = sentence::join(&["The ", noun(rules), " is ", &found, " ", direction]);
    Some(match held(between, f64::from(pixels)) {
        Held::Inside => pass(rule, found),
        Held::Below(bound) => {
            let sides = if both { "both sides" } else { "it" };
            let advice = sentence::join(&[
                &what,
                "; ",
                sides,
                " must be at least ",
                &sentence::number(bound),
                " px. Choose a larger one, or enlarge this one.",
            ]);
            decided(rule, Verdict::Fail, found, advice)
        }
        Held::Above(bound) => {
            let sides = if both {
                "neither side may"
            } else {
                "it may not"
            };
            let advice = sentence::join(&[
                &what,
                "; ",
                sides,
                " exceed ",
                &sentence::number(bound),
                " px. Scale it down first.",
            ]);
            decided(rule, Verdict::Fail, found, advice)
        }
        Held::AtBound => {
            let advice = sentence::join(&[
                "The ",
                noun(rules),
                " is exactly ",
                &found,
                " ",
                direction,
                ", and the service's own texts disagree about that. One pixel further inside is \
                 safe.",
            ]);
            decided(rule, Verdict::Borderline, found, advice)
        }
    })
}
