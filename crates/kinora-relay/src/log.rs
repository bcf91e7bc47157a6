//! What may stand in a log.

use core::fmt;

/// One decision, for a log: no prompt, no secret, no address of an image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Which call; `-` when it is none.
    pub call: &'static str,
    /// The model, when it is on the list.
    pub model: Option<String>,
    /// The answer's status.
    pub status: u16,
    /// Why: [`Reason::code`](crate::Reason::code).
    pub reason: &'static str,
}

impl fmt::Display for Line {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "call={} model={} status={} reason={}",
            self.call,
            self.model.as_deref().unwrap_or("-"),
            self.status,
            self.reason
        )
    }
}
