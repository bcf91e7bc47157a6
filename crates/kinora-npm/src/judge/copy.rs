//! A copy that fits: what it is to be, and which files it is tried as.

use kinora::image::{ByteSize, CopyFormat, Fit, Framing, Ground, Trial, Trials, Unfit, Wish, fit};
use kinora::{Object, Value};

use super::{bad, channels, known, numbers};
use crate::call::{read, told};
use crate::facts::{self, number};
use crate::problem::Problem;
use crate::text::Writer;

/// Plans the copy of `{ facts, rules?, ratio?, framing?, ground?, format? }`: `{ from, to, width, height,
/// ground, format, below?, changes }`.
pub fn plan(wish: &str) -> String {
    told(|to| {
        let wish = read(wish)?;
        let plan = fit(&facts::rules(&wish)?, &known(&wish), &wanted(&wish)?);
        write(&plan.map_err(unfit)?, to);
        Ok(())
    })
}

/// What a copy is tried as next, `{ format, below?, sizes }` being the plan's and the sizes of the
/// files so far: `{ next: { format, quality } }`, or when it is over `{ best?, quality? }`, the place of
/// the file to keep and the quality that it had to be lowered to.
pub fn trial(wish: &str) -> String {
    told(|to| {
        let wish = read(wish)?;
        let below = number(&wish, "below").map(|below| ByteSize::bytes(below as u64));
        let format = format(&wish)?.unwrap_or(CopyFormat::Jpeg);
        let mut trials = Trials::new(format, below);
        let mut best = None;
        let sizes = wish.get("sizes").and_then(Value::as_list);
        for (place, size) in sizes.unwrap_or_default().iter().enumerate() {
            let tried = trials.next();
            let size = size.as_int().unwrap_or(i64::MAX).unsigned_abs();
            if trials.came(ByteSize::bytes(size)) {
                best = Some((place, tried.and_then(Trial::lowered_to)));
            }
        }
        match (trials.next(), best) {
            (Some(Trial { format, quality }), _) => {
                to.key("next");
                to.mark("{");
                to.text("format", format.image_format().name());
                to.int("quality", quality.into());
                to.mark("}");
            }
            (None, Some((place, lowered))) => {
                to.int("best", place as i64);
                to.number("quality", lowered.map(f64::from));
            }
            (None, None) => {}
        }
        Ok(())
    })
}

fn wanted(wish: &Object) -> Result<Wish, Problem> {
    let ratio = number(wish, "ratio");
    if wish.get("ratio").is_some() && !ratio.is_some_and(|ratio| ratio > 0.0) {
        return Err(bad("`ratio` is width divided by height: a number above 0."));
    }
    let ground = match wish.get("ground") {
        None => Ground::WHITE,
        Some(colour) => {
            let Some([red, green, blue]) = colour.as_str().and_then(channels) else {
                return Err(bad("`ground` is a colour such as \"#ffffff\"."));
            };
            Ground(red, green, blue)
        }
    };
    Ok(Wish {
        ratio,
        framing: match wish.get("framing") {
            None => Framing::Pad,
            Some(framing) => match framing.as_str() {
                Some("pad") => Framing::Pad,
                Some("crop") => Framing::Crop,
                _ => return Err(bad("`framing` is \"pad\" or \"crop\".")),
            },
        },
        ground,
        format: format(wish)?,
    })
}

fn format(wish: &Object) -> Result<Option<CopyFormat>, Problem> {
    let Some(name) = wish.get("format") else {
        return Ok(None);
    };
    let mut known = [CopyFormat::Jpeg, CopyFormat::Png].into_iter();
    let found = known.find(|format| name.as_str() == Some(format.image_format().name()));
    found
        .map(Some)
        .ok_or_else(|| bad("`format` is \"JPEG\" or \"PNG\"."))
}

fn write(plan: &Fit, to: &mut Writer) {
    for (key, area) in [("from", plan.from), ("to", plan.to)] {
        let sides = [
            ("x", area.x),
            ("y", area.y),
            ("width", area.width),
            ("height", area.height),
        ];
        numbers(key, &sides, to);
    }
    to.int("width", plan.width.into());
    to.int("height", plan.height.into());
    let Ground(red, green, blue) = plan.ground;
    to.int("red", red.into());
    to.int("green", green.into());
    to.int("blue", blue.into());
    to.text("format", plan.format.image_format().name());
    to.number("below", plan.below.map(|below| below.count() as f64));
    to.key("changes");
    to.mark("[");
    for change in &plan.changes {
        to.mark("{");
        to.text("code", change.code());
        to.text("message", &change.sentence());
        to.mark("}");
    }
    to.mark("]");
}

fn unfit(unfit: Unfit) -> Problem {
    Problem::bad("unfit", unfit.sentence().to_owned())
}
