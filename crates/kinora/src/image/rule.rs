//! The rules of an image field, each ending in one of four verdicts.

use super::{Alpha, ByteSize, ImageFacts, ImageFormat, Look, LookProblem};
use crate::limits::{IMAGE_BYTES_MOST, IMAGE_BYTES_SURE, IMAGE_MEGABYTES_BELOW};
use crate::model::ImageRules;

/// How a rule came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The service takes it.
    Pass,
    /// The service's texts and its own checker disagree about exactly this; it may be refused.
    Borderline,
    /// What the rule asks about could not be read. Never blocks.
    Unknown,
    /// The service refuses it.
    Fail,
}

/// One rule, held against one image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleCheck {
    /// A stable name of the rule: `image_loads`, `image_format`, `image_width`, `image_height`,
    /// `image_bytes`, `image_alpha`.
    pub rule: &'static str,
    /// How it came out.
    pub verdict: Verdict,
    /// What was found, in a few words for a list: `1248 px`.
    pub found: String,
    /// For every verdict but a pass: what, why and what next.
    pub advice: String,
}

/// Holds an image against all rules of its field, in the order they are shown.
///
/// While the look is pending every rule is unknown; when it failed, only that is said.
pub fn check(rules: &ImageRules, look: &Look) -> Vec<RuleCheck> {
    match look {
        Look::Failed(problem) => vec![loads(*problem)],
        Look::Pending => all_rules(rules, &ImageFacts::default(), "checking"),
        Look::Found(facts) => all_rules(rules, facts, "cannot be checked"),
    }
}

fn all_rules(rules: &ImageRules, facts: &ImageFacts, unknown: &str) -> Vec<RuleCheck> {
    let mut checks = vec![
        format(rules, facts.format),
        side("image_width", "wide", rules, facts.width),
        side("image_height", "high", rules, facts.height),
        bytes(facts.bytes),
        alpha(facts.format, facts.alpha),
    ];
    let why = match facts.format {
        Some(_) => "Not all of the file could be read here",
        None => "The image's host does not let web pages read it",
    };
    for check in checks
        .iter_mut()
        .filter(|check| check.verdict == Verdict::Unknown)
    {
        unknown.clone_into(&mut check.found);
        check.advice.insert_str(0, why);
    }
    checks
}

fn loads(problem: LookProblem) -> RuleCheck {
    let (found, advice) = match problem {
        LookProblem::Unreachable => (
            "not reachable".to_owned(),
            "Nothing could be fetched from this address. Check it for typing mistakes, and that \
             the image is public."
                .to_owned(),
        ),
        LookProblem::Status(status) => (
            format!("HTTP {status}"),
            format!(
                "The host answered with HTTP {status} instead of an image. Check the address, and \
                 that the image is public and its link has not expired."
            ),
        ),
        LookProblem::NotAnImage(Some(format)) => (
            format!("a {}", format.name()),
            format!(
                "This is a {}, not an image the model can use. Choose a JPEG, PNG, BMP or WebP \
                 file; for a page, copy the address of the image itself.",
                format.name()
            ),
        ),
        LookProblem::NotAnImage(None) => (
            "not an image".to_owned(),
            "What is there is not an image that can be read. Choose a JPEG, PNG, BMP or WebP file."
                .to_owned(),
        ),
        LookProblem::Damaged(format) => (
            "damaged".to_owned(),
            format!(
                "The {} file is cut short or damaged. Download or export it again, then choose \
                 the new copy.",
                format.name()
            ),
        ),
    };
    RuleCheck {
        rule: "image_loads",
        verdict: Verdict::Fail,
        found,
        advice,
    }
}

fn format(rules: &ImageRules, found: Option<ImageFormat>) -> RuleCheck {
    let rule = "image_format";
    let Some(format) = found else {
        return unknown(rule, "the format");
    };
    let name = format.name();
    if rules.formats.contains(&format) {
        return pass(rule, name.to_owned());
    }
    let advice = format!("{name} is not taken. Save the picture as JPEG, PNG, BMP or WebP.");
    RuleCheck {
        rule,
        verdict: Verdict::Fail,
        found: name.to_owned(),
        advice,
    }
}

fn side(rule: &'static str, direction: &str, rules: &ImageRules, pixels: Option<u32>) -> RuleCheck {
    let Some(pixels) = pixels else {
        return unknown(rule, "the size in pixels");
    };
    let (above, below) = (rules.side_above, rules.side_below);
    let found = format!("{pixels} px");
    if pixels > above && pixels < below {
        return pass(rule, found);
    }
    let (verdict, advice) = if pixels < above {
        let advice = format!(
            "The image is {pixels} px {direction}; both sides must be at least {above} px. Choose \
             a larger picture, or enlarge this one."
        );
        (Verdict::Fail, advice)
    } else if pixels > below {
        let advice = format!(
            "The image is {pixels} px {direction}; neither side may exceed {below} px. Scale it \
             down first."
        );
        (Verdict::Fail, advice)
    } else {
        let advice = format!(
            "The image is exactly {pixels} px {direction}, and the service's own texts disagree \
             about that. One pixel further inside is safe."
        );
        (Verdict::Borderline, advice)
    };
    RuleCheck {
        rule,
        verdict,
        found,
        advice,
    }
}

fn bytes(size: Option<ByteSize>) -> RuleCheck {
    let rule = "image_bytes";
    let Some(size) = size else {
        return unknown(rule, "the size of the file");
    };
    let found = size.to_string();
    if size < IMAGE_BYTES_SURE {
        return pass(rule, found);
    }
    let (verdict, advice) = if size > IMAGE_BYTES_MOST {
        let advice = format!(
            "The file has {size}; it must be smaller than {IMAGE_MEGABYTES_BELOW} MB. Save it as \
             JPEG, or with fewer pixels."
        );
        (Verdict::Fail, advice)
    } else {
        let advice = format!(
            "The file is so close to {IMAGE_MEGABYTES_BELOW} MB that it depends on how the service \
             counts. Saving it as JPEG makes it safe."
        );
        (Verdict::Borderline, advice)
    };
    RuleCheck {
        rule,
        verdict,
        found,
        advice,
    }
}

/// "PNG (no alpha)", says the API page; of other formats it says nothing.
fn alpha(format: Option<ImageFormat>, alpha: Option<Alpha>) -> RuleCheck {
    let rule = "image_alpha";
    let Some(alpha) = alpha else {
        return unknown(rule, "transparency");
    };
    match (alpha, format) {
        (Alpha::Opaque, _) => pass(rule, "opaque".to_owned()),
        (Alpha::OpaqueChannel, Some(ImageFormat::Png) | None) => RuleCheck {
            rule,
            verdict: Verdict::Borderline,
            found: "unused alpha channel".to_owned(),
            advice:
                "Nothing in the image is transparent, but the file has an alpha channel, which \
                     PNG files must not have. Saving it as JPEG makes it safe."
                    .to_owned(),
        },
        (Alpha::OpaqueChannel, Some(_)) => pass(rule, "opaque".to_owned()),
        (Alpha::Transparent, Some(ImageFormat::Png) | None) => RuleCheck {
            rule,
            verdict: Verdict::Fail,
            found: "transparent".to_owned(),
            advice: "Parts of the image are transparent, which PNG files must not be. Put it on a \
                     plain background and save it again."
                .to_owned(),
        },
        (Alpha::Transparent, Some(_)) => RuleCheck {
            rule,
            verdict: Verdict::Borderline,
            found: "transparent".to_owned(),
            advice: "Parts of the image are transparent. The service rules that out for PNG and \
                     says nothing of other formats; a plain background is safe."
                .to_owned(),
        },
    }
}

fn pass(rule: &'static str, found: String) -> RuleCheck {
    RuleCheck {
        rule,
        verdict: Verdict::Pass,
        found,
        advice: String::new(),
    }
}

/// The end of the advice; why it is so stands before it.
fn unknown(rule: &'static str, what: &str) -> RuleCheck {
    let advice = format!(", so {what} cannot be checked. The service will.");
    RuleCheck {
        rule,
        verdict: Verdict::Unknown,
        found: String::new(),
        advice,
    }
}

#[cfg(test)]
mod tests;
