//! The rules of a media field, each ending in one of four verdicts.

use super::{Alpha, ByteSize, ImageFacts, ImageFormat, Look};
use crate::model::{MediaRules, MediaType};
use crate::sentence;

mod problem;
mod remark;
mod side;

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

/// One rule, held against one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleCheck {
    /// A stable name of the rule: `image_loads`, `image_format`, `image_width`, `image_height`,
    /// `image_ratio`, `image_bytes`, `image_alpha`, and where there is something to remark
    /// `image_orientation`, `image_animation`, `image_colours`, `image_coding`, `image_name`,
    /// `image_type`; of other files `media_loads`, `media_width`, `media_height`, `media_ratio`,
    /// `media_bytes`.
    pub rule: &'static str,
    /// How it came out.
    pub verdict: Verdict,
    /// What was found, in a few words for a list: `1248 px`.
    pub found: String,
    /// For every verdict but a pass: what, why and what next.
    pub advice: String,
}

/// Holds a file against all rules of its field, in the order they are shown. A rule that the field
/// does not have does not come out.
///
/// While the look is pending every rule is unknown; when it failed, only that is said.
pub fn check(rules: &MediaRules, look: &Look) -> Vec<RuleCheck> {
    match look {
        Look::Failed(problem) => vec![problem::loads(rules, *problem)],
        Look::Pending => all_rules(rules, &ImageFacts::default(), "checking", NOT_YET),
        Look::Partly(facts) => all_rules(rules, facts, "checking", NOT_YET),
        Look::Found(facts) => {
            let why = match (facts.format, facts.bytes) {
                (None, None) => "The file's host does not let web pages read it",
                _ => "Not all of the file could be read here",
            };
            all_rules(rules, facts, "cannot be checked", why)
        }
    }
}

fn all_rules(rules: &MediaRules, facts: &ImageFacts, unknown: &str, why: &str) -> Vec<RuleCheck> {
    let mut checks = Vec::new();
    if !rules.formats.is_empty() {
        checks.push(format(rules, facts.format));
    }
    checks.extend(side::width(rules, facts.width));
    checks.extend(side::height(rules, facts.height));
    checks.extend(side::ratio(rules, facts));
    if let Some(megabytes) = rules.megabytes_below {
        checks.push(bytes(rules, megabytes, facts.bytes));
    }
    if rules.opaque {
        checks.push(alpha(facts.format, facts.alpha));
    }
    if rules.kind == MediaType::Image {
        checks.extend(remark::checks(facts));
    }
    for check in checks
        .iter_mut()
        .filter(|check| check.verdict == Verdict::Unknown)
    {
        unknown.clone_into(&mut check.found);
        check.advice.insert_str(0, why);
    }
    checks
}

fn format(rules: &MediaRules, found: Option<ImageFormat>) -> RuleCheck {
    let rule = "image_format";
    let Some(format) = found else {
        return unknown(rule, "the format");
    };
    let name = format.name();
    if rules.formats.contains(format) {
        return pass(rule, name.to_owned());
    }
    let advice = sentence::join(&[
        name,
        " is not taken. Save the picture as ",
        &formats(rules),
        ".",
    ]);
    decided(rule, Verdict::Fail, name.to_owned(), advice)
}

/// The formats that are taken; where the schema names none, the two that everybody takes.
fn formats(rules: &MediaRules) -> String {
    let names = rules.formats.all().map(ImageFormat::name);
    match rules.formats.is_empty() {
        true => "JPEG or PNG".to_owned(),
        false => sentence::either(names),
    }
}

/// Megabytes of 10^6 bytes, in which a file is surely small enough, and of 2^20 bytes, in which
/// it may be.
fn bytes(rules: &MediaRules, megabytes: f64, size: Option<ByteSize>) -> RuleCheck {
    let rule = code(rules, "image_bytes", "media_bytes");
    let Some(size) = size else {
        return unknown(rule, "the size of the file");
    };
    let found = size.sentence();
    let count = size.count() as f64;
    let limit = sentence::number(megabytes);
    let help = match rules.kind {
        MediaType::Image => "Save it as JPEG, or with fewer pixels.",
        MediaType::Video | MediaType::Audio | MediaType::Any => "Shorten it or compress it more.",
    };
    if count < megabytes * MEGABYTE {
        return pass(rule, found);
    }
    let (verdict, advice) = if count > megabytes * MEBIBYTE {
        let advice = sentence::join(&[
            "The file has ",
            &found,
            "; it must be smaller than ",
            &limit,
            " MB. ",
            help,
        ]);
        (Verdict::Fail, advice)
    } else {
        let advice = sentence::join(&[
            "The file is so close to ",
            &limit,
            " MB that it depends on how the service counts. ",
            help,
        ]);
        (Verdict::Borderline, advice)
    };
    decided(rule, verdict, found, advice)
}

const MEGABYTE: f64 = ByteSize::megabytes(1).count() as f64;
const MEBIBYTE: f64 = ByteSize::mebibytes(1).count() as f64;

/// "PNG (no alpha)", says the API page of wan 2.2; of other formats it says nothing.
fn alpha(format: Option<ImageFormat>, alpha: Option<Alpha>) -> RuleCheck {
    let rule = "image_alpha";
    let Some(alpha) = alpha else {
        return unknown(rule, "transparency");
    };
    let png = matches!(format, Some(ImageFormat::Png) | None);
    let (verdict, found, advice) = match alpha {
        Alpha::OpaqueChannel if png => (
            Verdict::Borderline,
            "unused alpha channel",
            "Nothing in the image is transparent, but the file has an alpha channel, which PNG \
             files must not have. Saving it as JPEG makes it safe.",
        ),
        Alpha::Opaque | Alpha::OpaqueChannel => return pass(rule, "opaque".to_owned()),
        Alpha::Transparent if png => (
            Verdict::Fail,
            "transparent",
            "Parts of the image are transparent, which PNG files must not be. Put it on a plain \
             background and save it again.",
        ),
        Alpha::Transparent => (
            Verdict::Borderline,
            "transparent",
            "Parts of the image are transparent. The service rules that out for PNG and says \
             nothing of other formats; a plain background is safe.",
        ),
    };
    decided(rule, verdict, found.to_owned(), advice.to_owned())
}

fn noun(rules: &MediaRules) -> &'static str {
    match rules.kind {
        MediaType::Image => "image",
        MediaType::Video => "video",
        MediaType::Audio | MediaType::Any => "file",
    }
}

fn code(rules: &MediaRules, image: &'static str, other: &'static str) -> &'static str {
    match rules.kind {
        MediaType::Image => image,
        MediaType::Video | MediaType::Audio | MediaType::Any => other,
    }
}

fn pass(rule: &'static str, found: String) -> RuleCheck {
    decided(rule, Verdict::Pass, found, String::new())
}

/// The end of the advice; why it is so stands before it.
fn unknown(rule: &'static str, what: &str) -> RuleCheck {
    let advice = sentence::join(&[", so ", what, " cannot be checked. The service will."]);
    decided(rule, Verdict::Unknown, String::new(), advice)
}

fn decided(rule: &'static str, verdict: Verdict, found: String, advice: String) -> RuleCheck {
    RuleCheck {
        rule,
        verdict,
        found,
        advice,
    }
}

/// Why a rule is unknown while the look is under way.
const NOT_YET: &str = "The file has not been looked at";

#[cfg(test)]
mod tests;
