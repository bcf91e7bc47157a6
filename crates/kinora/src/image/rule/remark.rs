//! What is odd about an image, as checks. They come out only where there is something to say.

use super::{RuleCheck, Verdict, decided};
use crate::image::{Coding, ImageFacts};
use crate::number::digits;
use crate::sentence::join;

/// All that there is to remark, in the order it is shown.
pub(super) fn checks(facts: &ImageFacts) -> Vec<RuleCheck> {
    let all = [
        orientation(facts),
        animation(facts),
        colours(facts),
        coding(facts),
        name(facts),
        declared(facts),
    ];
    all.into_iter().flatten().collect()
}

/// Browsers turn a picture as its Exif says; no page of the service says whether it does.
fn orientation(facts: &ImageFacts) -> Option<RuleCheck> {
    let stored = size(facts.remarks.turned_from?);
    let shown = size((facts.width?, facts.height?));
    let advice = join(&[
        "The file stores the picture as ",
        &stored,
        " px, with a note to show it turned, as ",
        &shown,
        " px. A service that overlooks the note films it lying or mirrored. A copy that is saved \
         upright is safe.",
    ]);
    let found = join(&["stored as ", &stored, ", turned"]);
    Some(undecided("image_orientation", found, advice))
}

fn animation(facts: &ImageFacts) -> Option<RuleCheck> {
    let advice = "The image is animated, but a model films a single picture, most likely the \
                  first, and may refuse more. Save the picture you mean as a still.";
    let is_animated = facts.remarks.is_animated;
    is_animated.then(|| undecided("image_animation", "animated".into(), advice.into()))
}

fn colours(facts: &ImageFacts) -> Option<RuleCheck> {
    let advice = "The colours are those of print, in four inks, which many programs show wrong. \
                  Save the image with RGB colours.";
    let is_print = facts.remarks.has_four_inks;
    is_print.then(|| undecided("image_colours", "CMYK".into(), advice.into()))
}

fn coding(facts: &ImageFacts) -> Option<RuleCheck> {
    let rule = "image_coding";
    let found = match facts.remarks.coding? {
        Coding::Plain => return None,
        Coding::InPasses => {
            let found = "progressive".to_owned();
            return Some(decided(rule, Verdict::Pass, found, String::new()));
        }
        Coding::Arithmetic => "arithmetic codes",
        Coding::Rare => "a rare kind of JPEG",
    };
    let advice = "The JPEG is of a kind that only few programs read. Save it anew as an ordinary \
                  JPEG.";
    Some(undecided(rule, found.into(), advice.into()))
}

fn name(facts: &ImageFacts) -> Option<RuleCheck> {
    let (named, format) = (facts.remarks.named?.name(), facts.format?.name());
    let advice = join(&[
        "The name ends like that of a ",
        named,
        ", but the file is a ",
        format,
        ". A service that goes by names may refuse it. Give it the right ending.",
    ]);
    let found = join(&["named like a ", named]);
    Some(undecided("image_name", found, advice))
}

fn declared(facts: &ImageFacts) -> Option<RuleCheck> {
    let (declared, format) = (facts.remarks.declared.as_ref()?, facts.format?);
    let advice = join(&[
        "The host declares the file as ",
        declared,
        ", but it is a ",
        format.name(),
        ". A service that believes the host refuses it. Let the host declare ",
        format.media_type()?,
        ", or put the file elsewhere.",
    ]);
    Some(undecided("image_type", declared.clone(), advice))
}

fn undecided(rule: &'static str, found: String, advice: String) -> RuleCheck {
    decided(rule, Verdict::Borderline, found, advice)
}

fn size((width, height): (u32, u32)) -> String {
    join(&[&digits(width.into()), " × ", &digits(height.into())])
}
