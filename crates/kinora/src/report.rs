//! Everything that stands against a draft, at once and in form order.

/// The findings on one draft.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    issues: Vec<Issue>,
}

impl Report {
    /// All findings, in the order of the model's fields.
    pub fn issues(&self) -> &[Issue] {
        &self.issues
    }

    /// The findings on one field.
    pub fn of<'a>(&'a self, field: &'a str) -> impl Iterator<Item = &'a Issue> {
        self.issues.iter().filter(move |issue| issue.field == field)
    }

    /// The findings that forbid to send.
    pub fn errors(&self) -> impl Iterator<Item = &Issue> {
        self.issues
            .iter()
            .filter(|issue| issue.severity == Severity::Error)
    }

    pub(crate) fn add(&mut self, issue: Issue) {
        self.issues.push(issue);
    }
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// The field's key in the request.
    pub field: String,
    /// A stable name for programs: `too_long`, `url_insecure`, `image_width`, …
    pub code: &'static str,
    /// What it means for sending.
    pub severity: Severity,
    /// What, why and what next, for the person.
    pub message: String,
    /// Text that would do instead, when there is an obvious one.
    pub offer: Option<String>,
}

/// What a finding means for sending.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// It may be sent; something is worth knowing.
    Advice,
    /// It may be sent; this could not be checked.
    Unknown,
    /// It may be sent; the service may refuse it.
    Borderline,
    /// It may not be sent.
    Error,
}
