//! Files: where they come from, and how each rule for them came out.

use super::Check;
use super::data::CheckData;
use crate::Value;
use crate::image::{self, RuleCheck, Verdict};
use crate::model::{Count, Field, MediaRules, MediaType};
use crate::report::{Issue, Severity};
use crate::source::{DataUri, SourceProblem, SourceUrl};

/// Which file is spoken of.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    pub(super) field: &'a Field,
    /// Its place in the list, where the field is one.
    pub(super) item: Option<usize>,
    pub(super) kind: MediaType,
}

impl Check<'_> {
    pub(super) fn file(&mut self, field: &Field, value: &Value, rules: &MediaRules) {
        let Some(text) = value.as_str() else {
            return self.wrong_type(field, value, "an address");
        };
        if !text.trim_ascii().is_empty() {
            if let Some(source) = self.source(field, None, text, rules) {
                self.put(field, source);
            }
        } else if field.required {
            self.no_file(field, None, rules.kind);
        }
    }

    pub(super) fn files(&mut self, field: &Field, value: &Value, each: &MediaRules, count: Count) {
        let Some(items) = value.as_list() else {
            return self.wrong_type(field, value, "a list of addresses");
        };
        if items.is_empty() && !field.required {
            return;
        }
        self.miscounted(field, items, count);
        let mut sources = Vec::new();
        for (index, item) in items.iter().enumerate() {
            match item.as_str().map(str::trim) {
                None | Some("") => self.no_file(field, Some(index), each.kind),
                Some(text) => sources.extend(self.source(field, Some(index), text, each)),
            }
        }
        let sources = sources.into_iter().map(Value::from).collect();
        self.put(field, Value::List(sources));
    }

    pub(super) fn no_file(&mut self, field: &Field, item: Option<usize>, kind: MediaType) {
        let code = match kind {
            MediaType::Image => "image_missing",
            MediaType::Video | MediaType::Audio | MediaType::Any => "media_missing",
        };
        let place = Place { field, item, kind };
        let words = format!("Choose {}, or paste its https address.", kind.name());
        self.about(place, code, Severity::Error, words);
    }

    /// Everything there is to say about one file, and its address if it can serve.
    fn source(
        &mut self,
        field: &Field,
        item: Option<usize>,
        text: &str,
        rules: &MediaRules,
    ) -> Option<String> {
        let kind = rules.kind;
        let place = Place { field, item, kind };
        let look = self.facts.look(&field.name, item.unwrap_or_default());
        let mut look = look.clone();
        let inside = if DataUri::is_meant(text) {
            self.facts.data_uris
        } else {
            self.facts
                .page_files
                .filter(|_| SourceUrl::is_page_file(text))
        };
        let source = match (SourceUrl::parse(text, self.facts.reach), inside) {
            (Ok(source), _) => source.as_str().to_owned(),
            (Err(SourceProblem::PageOnly), Some(CheckData(check))) => {
                check(self, place, text.trim_ascii(), &mut look)?
            }
            (Err(problem), _) => {
                self.address(place, &problem);
                return None;
            }
        };
        for check in image::check(rules, &look) {
            self.rule(place, check);
        }
        Some(source)
    }

    fn address(&mut self, place: Place<'_>, problem: &SourceProblem) {
        let message = problem.to_string();
        let mut issue = issue(place, problem.code(), Severity::Error, message);
        issue.offer = problem.offer().map(str::to_owned);
        self.report.add(issue);
    }

    fn rule(&mut self, place: Place<'_>, check: RuleCheck) {
        let severity = match check.verdict {
            Verdict::Pass => return,
            Verdict::Fail => Severity::Error,
            Verdict::Borderline => Severity::Borderline,
            Verdict::Unknown => Severity::Unknown,
        };
        self.about(place, check.rule, severity, check.advice);
    }

    pub(super) fn about(
        &mut self,
        place: Place<'_>,
        code: &'static str,
        severity: Severity,
        message: String,
    ) {
        self.report.add(issue(place, code, severity, message));
    }
}

/// In a list, which of the files is meant is said first.
fn issue(place: Place<'_>, code: &'static str, severity: Severity, message: String) -> Issue {
    let message = match place.item {
        Some(index) => format!("{}, no. {}: {message}", place.field.title, index + 1),
        None => message,
    };
    Issue {
        field: place.field.name.to_string(),
        item: place.item,
        code,
        severity,
        message,
        offer: None,
    }
}
