//! Who takes up what is found in a draft: a report with every word, or a mere yes or no.
//!
//! The rules are the same. A program that only wants to know whether a draft may be sent need not
//! carry the sentences, which weigh more than the rules.

use super::media::Place;
use super::{Check, CheckField};
use crate::Value;
use crate::model::{Field, MediaRules};
use crate::report::{Issue, Report, Severity};
use crate::source::SourceUrl;

/// What takes up findings.
pub(crate) trait Findings: Default {
    /// Takes up a finding. Its words are only made if they are wanted.
    fn find(&mut self, severity: Severity, issue: impl FnOnce(Severity) -> Issue);

    /// How fields of the further kinds are checked.
    fn further(kinds: &CheckField) -> fn(&mut Check<'_, Self>, &Field, &Value);

    /// Everything there is to find about one file, and its address if it can serve.
    fn source(
        check: &mut Check<'_, Self>,
        place: Place<'_>,
        text: &str,
        rules: &MediaRules,
    ) -> Option<String>;
}

impl Findings for Report {
    fn find(&mut self, severity: Severity, issue: impl FnOnce(Severity) -> Issue) {
        self.add(issue(severity));
    }

    fn further(kinds: &CheckField) -> fn(&mut Check<'_, Self>, &Field, &Value) {
        kinds.telling
    }

    fn source(
        check: &mut Check<'_, Self>,
        place: Place<'_>,
        text: &str,
        rules: &MediaRules,
    ) -> Option<String> {
        check.look(place, text, rules)
    }
}

/// Whether anything forbids to send. Files were not looked at: their addresses alone count.
#[derive(Debug, Default)]
pub(crate) struct Refusal(pub(in crate::draft) bool);

impl Findings for Refusal {
    fn find(&mut self, severity: Severity, _: impl FnOnce(Severity) -> Issue) {
        self.0 |= severity == Severity::Error;
    }

    fn further(kinds: &CheckField) -> fn(&mut Check<'_, Self>, &Field, &Value) {
        kinds.silent
    }

    fn source(
        check: &mut Check<'_, Self>,
        _: Place<'_>,
        text: &str,
        _: &MediaRules,
    ) -> Option<String> {
        let source = SourceUrl::parse(text, check.facts.reach);
        check.findings.0 |= source.is_err();
        source.ok().map(|source| source.as_str().to_owned())
    }
}
