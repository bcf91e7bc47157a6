//! How each rule for the image came out: in marks, in numbers and in words.

use leptos::prelude::*;

use crate::components::element::el;
use crate::state::{RuleCheck, Session, Verdict};

/// The list of checks.
pub(super) fn checks() -> AnyView {
    let compose = Session::here().compose;
    let lines = move || {
        let rules = compose.rules.get();
        let looking = compose.looking.get();
        let first_unknown = rules.iter().position(is_unknown);
        let line = |(index, rule): (usize, RuleCheck)| {
            // The same reason stands behind every unknown: it is given once.
            let explained = !is_unknown(&rule) || (!looking && first_unknown == Some(index));
            check(rule, explained)
        };
        rules.into_iter().enumerate().map(line).collect::<Vec<_>>()
    };
    el("ul")
        .class("checks")
        .attr("aria-label", "Checks of the image")
        .attr("aria-live", "polite")
        .live(move || Some(lines().into_any()))
        .view()
}

/// One check, with its advice where it is to be explained.
fn check(rule: RuleCheck, explained: bool) -> AnyView {
    let (word, mark, meaning) = verdict_look(rule.verdict);
    let name = rule_name(rule.rule);
    let line = el("li")
        .class("check")
        .attr("data-verdict", word)
        .attr("data-rule", rule.rule)
        .child(
            el("span")
                .class("mark")
                .attr("aria-hidden", "true")
                .text(mark),
        )
        .child(el("span").class("rule").text(name))
        .child(el("span").class("found").text(rule.found))
        .child(el("span").class("sr").text(meaning));
    if explained && !rule.advice.is_empty() {
        line.child(el("span").class("advice").text(rule.advice))
            .view()
    } else {
        line.view()
    }
}

fn is_unknown(rule: &RuleCheck) -> bool {
    rule.verdict == Verdict::Unknown
}

/// Name, mark and meaning of a verdict.
pub(super) const fn verdict_look(verdict: Verdict) -> (&'static str, &'static str, &'static str) {
    match verdict {
        Verdict::Pass => ("pass", "✓", "fits"),
        Verdict::Borderline => ("borderline", "≈", "may be refused"),
        Verdict::Unknown => ("unknown", "?", "not known"),
        Verdict::Fail => ("fail", "✕", "does not fit"),
    }
}

fn rule_name(rule: &'static str) -> &'static str {
    match rule {
        "image_loads" => "Image",
        "image_format" => "Format",
        "image_width" => "Width",
        "image_height" => "Height",
        "image_bytes" => "Size",
        "image_alpha" => "Transparency",
        "image_orientation" => "Orientation",
        "image_animation" => "Animation",
        "image_colours" => "Colours",
        "image_coding" => "Coding",
        "image_name" => "Name",
        "image_type" => "Declared type",
        other => other,
    }
}
