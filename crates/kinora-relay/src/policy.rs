//! What a relay's owner decides.

use core::time::Duration;

use kinora::{BaseUrl, ModelId};

use crate::{Budgets, ModelPattern, OriginRule, OutputHosts, Secret};

/// Everything that is configured.
#[derive(Clone, Debug)]
pub struct Policy {
    /// The service.
    pub service: BaseUrl,
    /// The relay, as callers see it: what URLs in answers are rewritten to.
    pub public: BaseUrl,
    /// Pages that may read answers. None, unless listed. A request without an `Origin` comes from
    /// no page of another origin, and is judged by [`Callers`].
    pub origins: Vec<OriginRule>,
    /// Who may call.
    pub callers: Callers,
    /// Models that may be used. None, unless listed.
    pub models: Vec<ModelPattern>,
    /// How much each caller may.
    pub budgets: Budgets,
    /// How large things may be.
    pub limits: Limits,
    /// Whether callers may learn what a job cost.
    pub include_cost: bool,
    /// Where result files may be fetched from for pages, if at all.
    pub outputs: Option<OutputHosts>,
}

impl Policy {
    /// A relay that lets nothing pass yet.
    pub fn closed(service: BaseUrl, public: BaseUrl) -> Self {
        Self {
            service,
            public,
            origins: Vec::new(),
            callers: Callers::Nobody,
            models: Vec::new(),
            budgets: Budgets::default(),
            limits: Limits::default(),
            include_cost: false,
            outputs: None,
        }
    }

    /// What nobody will get through, in words for the owner.
    pub(crate) fn what_is_closed(&self) -> Vec<&'static str> {
        let closed = [
            (
                self.callers == Callers::Nobody,
                "nobody may call yet: set `callers` to \"anybody\", or list secrets of callers",
            ),
            (
                self.models.is_empty(),
                "no model may be used yet: list some in `models`, such as \"wan-ai/**\"",
            ),
            (
                self.origins.is_empty(),
                "no page may ask yet: list its origin in `origins`",
            ),
        ];
        let closed = closed.into_iter().filter(|(is_closed, _)| *is_closed);
        closed.map(|(_, words)| words).collect()
    }

    pub(crate) fn allows_model(&self, model: &ModelId) -> bool {
        self.models.iter().any(|pattern| pattern.fits(model))
    }

    pub(crate) fn allows_origin(&self, origin: &str) -> bool {
        self.origins.iter().any(|rule| rule.fits(origin))
    }
}

/// Who may call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Callers {
    /// Nobody.
    Nobody,
    /// Whoever can reach the relay.
    Anybody,
    /// Whoever sends one of these as bearer token. Each stands for an account of its own.
    With(Vec<Secret>),
}

impl Callers {
    /// The account of a caller, by the `Authorization` header. Every secret is compared, so that
    /// the time tells nothing about which is right.
    pub(crate) fn account(&self, authorization: Option<&str>) -> Option<usize> {
        match self {
            Self::Nobody => None,
            Self::Anybody => Some(0),
            Self::With(secrets) => {
                let given = authorization.and_then(crate::secret::bearer)?;
                let compared = secrets.iter().enumerate();
                compared.fold(
                    None,
                    |found, (at, secret)| {
                        if secret.is(given) { Some(at) } else { found }
                    },
                )
            }
        }
    }
}

/// How large things may be, and how long they may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Most bytes of a job's input.
    pub body_bytes: usize,
    /// Deepest nesting of a job's input.
    pub body_depth: usize,
    /// Most bytes of an answer of the service.
    pub answer_bytes: usize,
    /// Most bytes of a result file.
    pub output_bytes: u64,
    /// How long a result file may take.
    pub output_timeout: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body_bytes: 1 << 20,
            body_depth: 32,
            answer_bytes: 16 << 20,
            output_bytes: 2 << 30,
            output_timeout: Duration::from_secs(15 * 60),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_caller_needs_the_secret_and_the_whole_secret() {
        let secrets = ["first-secret", "second-secret"].map(|text| Secret::parse(text).unwrap());
        let callers = Callers::With(secrets.into());
        assert_eq!(callers.account(Some("Bearer first-secret")), Some(0));
        assert_eq!(callers.account(Some("bearer second-secret")), Some(1));
        for wrong in [
            None,
            Some(""),
            Some("Bearer"),
            Some("Bearer "),
            Some("Bearer null"),
            Some("Bearer undefined"),
            Some("Basic first-secret"),
            Some("first-secret"),
            Some("Bearer first-secre"),
            Some("Bearer first-secret2"),
        ] {
            assert_eq!(callers.account(wrong), None, "{wrong:?}");
        }
        assert_eq!(Callers::With(Vec::new()).account(Some("Bearer x")), None);
    }

    #[test]
    fn nobody_is_nobody() {
        assert_eq!(Callers::Nobody.account(Some("Bearer anything")), None);
        assert_eq!(Callers::Anybody.account(None), Some(0));
    }
}
