//! How each rule for the image came out: in marks, in numbers and in words.

use leptos::prelude::*;

use crate::state::{RuleCheck, Session, Verdict};

/// The list of checks.
#[component]
pub(super) fn Checks() -> impl IntoView {
    let compose = Session::here().compose;
    let lines = move || {
        let rules = compose.rules.get();
        let looking = compose.looking.get();
        let first_unknown = rules.iter().position(is_unknown);
        let line = |(index, rule): (usize, RuleCheck)| {
            // The same reason stands behind every unknown: it is given once.
            let explained = !is_unknown(&rule) || (!looking && first_unknown == Some(index));
            view! { <Check rule explained/> }
        };
        rules.into_iter().enumerate().map(line).collect_view()
    };
    view! {
        <ul class="checks" aria-label="Checks of the image" aria-live="polite">
            {lines}
        </ul>
    }
}

/// One check.
#[component]
fn Check(
    /// The rule and how it came out.
    rule: RuleCheck,
    /// Whether its advice is shown.
    explained: bool,
) -> impl IntoView {
    let (word, mark, meaning) = verdict_look(rule.verdict);
    let advice = (explained && !rule.advice.is_empty()).then_some(rule.advice);
    view! {
        <li class="check" data-verdict=word data-rule=rule.rule>
            <span class="mark" aria-hidden="true">{mark}</span>
            <span class="rule">{rule_name(rule.rule)}</span>
            <span class="found">{rule.found}</span>
            <span class="sr">{meaning}</span>
            {advice.map(|advice| view! { <span class="advice">{advice}</span> })}
        </li>
    }
}

fn is_unknown(rule: &RuleCheck) -> bool {
    rule.verdict == Verdict::Unknown
}

/// Name, mark and meaning of a verdict.
const fn verdict_look(verdict: Verdict) -> (&'static str, &'static str, &'static str) {
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
        other => other,
    }
}
