//! Why there is no image to hold against rules.

use super::{RuleCheck, Verdict, code, decided, formats};
use crate::image::LookProblem;
use crate::model::MediaRules;
use crate::number::digits;
use crate::sentence;

/// That no image is there, or that nobody could look.
pub(super) fn loads(rules: &MediaRules, problem: LookProblem) -> RuleCheck {
    let rule = code(rules, "image_loads", "media_loads");
    let (found, advice) = match problem {
        LookProblem::NotLooked => {
            let advice = "The part of Kinora that looks at images did not load, so this one cannot \
                          be checked. The service will. Check your connection, then choose it again.";
            let found = "cannot be checked".to_owned();
            return decided(rule, Verdict::Unknown, found, advice.to_owned());
        }
        LookProblem::Unreachable => (
            "not reachable".to_owned(),
            "Nothing could be fetched from this address. Check it for typing mistakes, and that \
             the file is public."
                .to_owned(),
        ),
        LookProblem::Offline => (
            "offline".to_owned(),
            "This browser is offline, so the image could not be fetched. Connect, then choose it \
             again."
                .to_owned(),
        ),
        LookProblem::Hidden => (
            "not an image".to_owned(),
            "Something answers at this address, but it is no image that a browser shows, and its \
             host does not let pages see more. Open the address in a tab of its own to look."
                .to_owned(),
        ),
        LookProblem::Status(status) => (
            sentence::join(&["HTTP ", &digits(status.into())]),
            sentence::join(&[
                "The host answered with HTTP ",
                &digits(status.into()),
                " instead of ",
                rules.kind.name(),
                ". Check the address, and that the file is public and its link has not expired.",
            ]),
        ),
        LookProblem::NotAnImage(Some(format)) => (
            sentence::join(&["a ", format.name()]),
            sentence::join(&[
                "This is a ",
                format.name(),
                ", not an image the model can use. Choose a ",
                &formats(rules),
                " file; for a page, copy the address of the image itself.",
            ]),
        ),
        LookProblem::NotAnImage(None) => (
            "not an image".to_owned(),
            sentence::join(&[
                "What is there is not an image that can be read. Choose a ",
                &formats(rules),
                " file.",
            ]),
        ),
        LookProblem::Damaged(format) => (
            "damaged".to_owned(),
            sentence::join(&[
                "The ",
                format.name(),
                " file is cut short or damaged. Download or export it again, then choose the new \
                 copy.",
            ]),
        ),
    };
    decided(rule, Verdict::Fail, found, advice)
}
