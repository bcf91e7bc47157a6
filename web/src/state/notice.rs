//! Messages at fields.

use kinora::{Issue, Severity};

/// A message at a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Notice {
    /// What it means for sending.
    pub(crate) severity: Severity,
    /// What, why and what next.
    pub(crate) message: String,
    /// Text that would do instead; hand it to [`Compose::take_offer`](super::Compose::take_offer).
    pub(crate) offer: Option<String>,
}

impl Notice {
    pub(super) fn of(issue: &Issue) -> Self {
        Self {
            severity: issue.severity,
            message: issue.message.clone(),
            offer: issue.offer.clone(),
        }
    }

    pub(super) fn error(message: String) -> Self {
        Self {
            severity: Severity::Error,
            message,
            offer: None,
        }
    }
}
