use std::collections::BTreeSet;

use super::*;

impl Reason {
    const ALL: [Self; 34] = [
        Self::Passed,
        Self::Preflight,
        Self::OriginNotAllowed,
        Self::CallerNotAllowed,
        Self::TooManyRequests,
        Self::TooManySubmits,
        Self::TooManyJobs,
        Self::Full,
        Self::NoSuchCall,
        Self::WrongMethod,
        Self::BadId,
        Self::BadQuery,
        Self::ModelNotAllowed,
        Self::BadIntent,
        Self::NotAnnouncedAsJson,
        Self::BodyTooLarge,
        Self::BodyTooSlow,
        Self::BodyCut,
        Self::BodyNotJson,
        Self::BodyTooDeep,
        Self::OutputsOff,
        Self::OutputNotAllowed,
        Self::NoSuchOutput,
        Self::BadRange,
        Self::OutputTooLarge,
        Self::NotAMedium,
        Self::OutputUnavailable,
        Self::ServiceDown,
        Self::AnswerLost,
        Self::AnswerLate,
        Self::AnswerTooLarge,
        Self::AnswerNotJson,
        Self::Redirected,
        Self::AnswerWithheld,
    ];
}

#[test]
fn every_reason_has_a_word_of_its_own_a_status_and_a_sentence() {
    let mut codes = BTreeSet::new();
    for reason in Reason::ALL {
        assert!(codes.insert(reason.code()), "{reason:?}");
        assert!((200..600).contains(&reason.status()), "{reason:?}");
        assert!(reason.sentence().ends_with('.'), "{reason:?}");
    }
}

#[test]
fn what_may_have_been_heard_is_never_called_unheard() {
    for reason in Reason::ALL {
        if [502, 504].contains(&reason.status()) && reason.code().starts_with("answer") {
            assert!(!reason.is_before_the_service(), "{reason:?}");
        }
    }
    assert!(Reason::ServiceDown.is_before_the_service());
    assert!(!Reason::Redirected.is_before_the_service());
}
