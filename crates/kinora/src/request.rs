//! A request that may be sent.

use crate::{ModelId, Object};

/// A checked request. Only [`Draft::check`](crate::Draft::check) makes one.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    model: ModelId,
    input: Object,
}

impl Request {
    pub(crate) fn checked(model: ModelId, input: Object) -> Self {
        Self { model, input }
    }

    /// The model that is asked.
    pub fn model(&self) -> &ModelId {
        &self.model
    }

    /// What it is given, by field name in published order.
    pub fn input(&self) -> &Object {
        &self.input
    }
}

#[cfg(test)]
impl Request {
    /// A request that may be sent, and where to, for tests that do not care which.
    pub(crate) fn sample(host: crate::HostKind) -> (Self, crate::Connection) {
        let draft = crate::Wan22::new("fog", "https://example.com/a.png").draft();
        let checked = draft.check(
            &crate::ModelSpec::wan_2_2(),
            &crate::Facts::new(crate::Reach::Internet),
        );
        let base = crate::BaseUrl::parse("https://api.example").expect("a base");
        (
            checked.request.expect("it may be sent"),
            crate::Connection::new(base, host),
        )
    }
}
