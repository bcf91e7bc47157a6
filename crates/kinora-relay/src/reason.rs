//! Why a decision was taken: a stable word for logs, a status and a sentence for the caller.

use kinora::wire::word;

/// Why something passed, or what is in its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It passed.
    Passed,
    /// A browser asked whether a page may ask, and it may.
    Preflight,
    /// The page's origin is not on the list.
    OriginNotAllowed,
    /// The caller gave no secret, or a wrong one; or nobody may call.
    CallerNotAllowed,
    /// The caller asks too often.
    TooManyRequests,
    /// The caller submits too often.
    TooManySubmits,
    /// The caller has too many jobs under way.
    TooManyJobs,
    /// The relay cannot remember any more callers or promises.
    Full,
    /// There is no such call.
    NoSuchCall,
    /// The call exists, by another method.
    WrongMethod,
    /// An id in the path has no form that may be passed on.
    BadId,
    /// A query parameter is unknown, or has no sensible value.
    BadQuery,
    /// The model is not on the list.
    ModelNotAllowed,
    /// The intent's id has no form that can be remembered.
    BadIntent,
    /// The body is not announced as JSON.
    NotAnnouncedAsJson,
    /// The body is too large.
    BodyTooLarge,
    /// The body did not come in time.
    BodyTooSlow,
    /// The body ended early.
    BodyCut,
    /// The body is no JSON object.
    BodyNotJson,
    /// The body is nested too deep.
    BodyTooDeep,
    /// Result files are not passed on here.
    OutputsOff,
    /// The address of a result file is not one of the service's.
    OutputNotAllowed,
    /// The result file is not there.
    NoSuchOutput,
    /// The result file has no such part.
    BadRange,
    /// The result file is too large.
    OutputTooLarge,
    /// What came is no medium.
    NotAMedium,
    /// The host of the result file does not answer well.
    OutputUnavailable,
    /// The service was not reached, so nothing was done.
    ServiceDown,
    /// The service may have heard, and did not answer.
    AnswerLost,
    /// The service may have heard, and did not answer in time.
    AnswerLate,
    /// The service's answer is too large.
    AnswerTooLarge,
    /// The service's answer is no JSON.
    AnswerNotJson,
    /// The service's answer is a redirect, which is never followed.
    Redirected,
    /// The service's answer had the token in it.
    AnswerWithheld,
}

impl Reason {
    /// A stable word for logs and programs.
    pub const fn code(self) -> &'static str {
        self.facts().0
    }

    /// The status of the answer that says so.
    pub const fn status(self) -> u16 {
        self.facts().1
    }

    /// What happened and what next, for the caller.
    pub const fn sentence(self) -> &'static str {
        self.facts().2
    }

    /// Whether the service was certainly not asked, or did not hear.
    pub const fn is_before_the_service(self) -> bool {
        !matches!(
            self,
            Self::Passed
                | Self::AnswerLost
                | Self::AnswerLate
                | Self::AnswerTooLarge
                | Self::AnswerNotJson
                | Self::Redirected
                | Self::AnswerWithheld
        )
    }

    /// Why a reply that is kept came, by its code.
    pub(crate) fn of_kept(code: &str) -> Option<Self> {
        KEPT.into_iter().find(|reason| reason.code() == code)
    }

    const fn facts(self) -> (&'static str, u16, &'static str) {
        match self {
            Self::Passed => ("passed", 200, "Passed."),
            Self::Preflight => ("preflight", 204, "This page may ask."),
            Self::OriginNotAllowed => (
                "origin_not_allowed",
                403,
                "This relay does not serve pages of this origin. Its owner can add the origin to \
                 `origins`.",
            ),
            Self::CallerNotAllowed => (
                word::CALLER_NOT_ALLOWED,
                401,
                "This relay wants a secret of its own as bearer token. Ask its owner for one.",
            ),
            Self::TooManyRequests => (
                "too_many_requests",
                429,
                "Too many requests in a minute. Wait as long as Retry-After says.",
            ),
            Self::TooManySubmits => (
                "too_many_submits",
                429,
                "Too many jobs in an hour. Wait as long as Retry-After says.",
            ),
            Self::TooManyJobs => (
                "too_many_jobs",
                429,
                "Too many jobs are under way. Wait until one ends, or cancel one.",
            ),
            Self::Full => (
                "full",
                503,
                "This relay is at its limits. Try again in a minute.",
            ),
            Self::NoSuchCall => (
                "no_such_call",
                404,
                "This relay passes on the calls of RunComfy's Model API and nothing else.",
            ),
            Self::WrongMethod => ("wrong_method", 405, "This call has another method."),
            Self::BadId => (
                "bad_id",
                400,
                "The id in the path is not one of the service's. Check its characters and length.",
            ),
            Self::BadQuery => (
                "bad_query",
                400,
                "This call has no such query parameter, or not this value. Leave it out.",
            ),
            Self::ModelNotAllowed => (
                "model_not_allowed",
                403,
                "This relay does not pass on jobs of this model. Its owner can add it to `models`.",
            ),
            Self::BadIntent => (
                "bad_intent",
                400,
                "The intent's id must be of letters, digits, \"_\" and \"-\", and not too long.",
            ),
            Self::NotAnnouncedAsJson => (
                "not_announced_as_json",
                415,
                "A job's input must be sent with Content-Type: application/json.",
            ),
            Self::BodyTooLarge => (
                "body_too_large",
                413,
                "The input is larger than this relay passes on. Send a smaller image, or its \
                 address; whoever runs the relay can raise body_bytes.",
            ),
            Self::BodyTooSlow => ("body_too_slow", 408, "The input did not come in time."),
            Self::BodyCut => ("body_cut", 400, "The input ended before its announced end."),
            Self::BodyNotJson => ("body_not_json", 400, "The input must be one JSON object."),
            Self::BodyTooDeep => ("body_too_deep", 400, "The input is nested too deep."),
            Self::OutputsOff => (
                word::OUTPUTS_OFF,
                404,
                "This relay does not pass on result files. Its owner can switch `outputs` on.",
            ),
            Self::OutputNotAllowed => (
                "output_not_allowed",
                403,
                "This is no address of a result file of the service.",
            ),
            Self::NoSuchOutput => (
                "no_such_output",
                404,
                "The result file is not there, or no longer: the service keeps files for a while.",
            ),
            Self::BadRange => ("bad_range", 416, "The result file has no such part."),
            Self::OutputTooLarge => (
                "output_too_large",
                502,
                "The result file is larger than this relay passes on.",
            ),
            Self::NotAMedium => (
                "not_a_medium",
                502,
                "What came is no video, image or sound, and is not passed on.",
            ),
            Self::OutputUnavailable => (
                "output_unavailable",
                502,
                "The host of the result file does not answer well. Try again later.",
            ),
            Self::ServiceDown => (
                "service_down",
                503,
                "The service could not be reached, and nothing was sent. Try again later.",
            ),
            Self::AnswerLost => (
                "answer_lost",
                502,
                "The service did not answer. It may have heard: look before you send again.",
            ),
            Self::AnswerLate => (
                "answer_late",
                504,
                "The service did not answer in time. It may have heard: look before you send again.",
            ),
            Self::AnswerTooLarge => (
                "answer_too_large",
                502,
                "The service's answer is larger than this relay passes on.",
            ),
            Self::AnswerNotJson => (
                "answer_not_json",
                502,
                "The service answered with something that is no JSON.",
            ),
            Self::Redirected => (
                "redirected",
                502,
                "The service pointed elsewhere, and this relay goes nowhere else.",
            ),
            Self::AnswerWithheld => (
                "answer_withheld",
                502,
                "The service's answer had a secret in it and is not passed on.",
            ),
        }
    }
}

/// Why there can be a reply of which nobody can say that no job exists.
const KEPT: [Reason; 7] = [
    Reason::Passed,
    Reason::AnswerLost,
    Reason::AnswerLate,
    Reason::AnswerTooLarge,
    Reason::AnswerNotJson,
    Reason::Redirected,
    Reason::AnswerWithheld,
];

#[cfg(test)]
mod tests;
