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
///
/// | codes | what is found |
/// | --- | --- |
/// | `missing`, `image_missing`, `media_missing` | the service insists on the field |
/// | `wrong_type`, `not_an_integer`, `not_a_number` | a value of another kind |
/// | `not_a_choice` | none of the values to choose from |
/// | `too_long`, `below_minimum`, `above_maximum`, `too_few_items`, `too_many_items` | beyond a bound |
/// | `too_deep`, `not_exact` | JSON that does not arrive as it is |
/// | `url_relative`, `url_insecure`, `url_scheme`, `url_user_info`, `url_private_host`, `url_page_only`, `url_malformed` | [`SourceProblem`](crate::SourceProblem) |
/// | `image_loads`, `image_format`, `image_width`, `image_height`, `image_ratio`, `image_bytes`, `image_alpha`, `image_orientation`, `image_animation`, `image_colours`, `image_coding`, `image_name`, `image_type`, and `media_…` | [`RuleCheck`](crate::image::RuleCheck) |
/// | `data_malformed`, `data_type`, `data_bytes`, `data_pixels`, `body_bytes` | a file inside the request that it cannot hold |
/// | `data_unproven` | a file inside the request, which the service does not document |
/// | `empty`, `not_listed`, `not_a_field`, `prompt_ignored` | worth knowing |
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// The field's key in the request.
    pub field: String,
    /// Which item of the field it is about, where it is about one; the first is 0.
    pub item: Option<usize>,
    /// A stable name for programs; see the table above.
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
