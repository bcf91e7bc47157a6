//! What the shell knows of images, and of what is asked of them.

use kinora::image::{Alpha, ByteSize, Coding, ImageFacts, ImageFormat, Remarks};
use kinora::{Between, Formats, MediaRules, MediaType, ModelId, Object, Value, Wan22};

use crate::problem::Problem;

/// What is known of an image, as `probeImage` tells it.
pub fn image(known: &Object) -> ImageFacts {
    let side = |key| whole(known, key).and_then(|side| u32::try_from(side).ok());
    let stored = || Some((side("storedWidth")?, side("storedHeight")?));
    let is = |key| known.get(key) == Some(&Value::Bool(true));
    let mut facts = ImageFacts {
        format: known.text("format").and_then(format),
        width: side("width"),
        height: side("height"),
        bytes: whole(known, "bytes").map(ByteSize::bytes),
        alpha: match known.text("alpha") {
            Some("opaque") => Some(Alpha::Opaque),
            Some("unused") => Some(Alpha::OpaqueChannel),
            Some("transparent") => Some(Alpha::Transparent),
            _ => None,
        },
        remarks: Remarks {
            turned_from: stored().filter(|_| whole(known, "orientation") > Some(1)),
            is_animated: is("animated"),
            has_four_inks: is("cmyk"),
            coding: match known.text("coding") {
                Some("progressive") => Some(Coding::InPasses),
                Some("arithmetic") => Some(Coding::Arithmetic),
                Some("rare") => Some(Coding::Rare),
                _ => None,
            },
            ..Remarks::default()
        },
    };
    facts.hear(known.text("name"), known.text("mediaType"));
    facts
}

/// The member `rules`: those of a field as the catalogue tells of it, or of the model that this package
/// knows, whose rules count too where none are given.
///
/// # Errors
/// When there is something else in its place.
pub fn rules(wish: &Object) -> Result<MediaRules, Problem> {
    let rules = match wish.get("rules") {
        None => return Ok(Wan22::IMAGE_RULES),
        Some(Value::String(id)) if *id == ModelId::WAN_2_2.as_str() => {
            return Ok(Wan22::IMAGE_RULES);
        }
        Some(Value::Object(rules)) => rules,
        Some(_) => return Err(Problem::bad("bad_input", NO_RULES.to_owned())),
    };
    let between = |key| {
        let bounds = rules.get(key).and_then(Value::as_object);
        let bound = |key| number(bounds?, key);
        Between {
            above: bound("above"),
            below: bound("below"),
        }
    };
    let mut formats = Formats::NONE;
    for name in rules
        .get("formats")
        .and_then(Value::as_list)
        .unwrap_or_default()
    {
        formats.extend(name.as_str().and_then(format));
    }
    Ok(MediaRules {
        kind: match rules.text("kind") {
            Some("video") => MediaType::Video,
            Some("audio") => MediaType::Audio,
            Some("any") => MediaType::Any,
            _ => MediaType::Image,
        },
        width: between("width"),
        height: between("height"),
        ratio: between("ratio"),
        megabytes_below: number(rules, "megabytesBelow"),
        formats,
        opaque: rules.get("opaque") == Some(&Value::Bool(true)),
    })
}

/// A member that is a number.
pub fn number(of: &Object, key: &str) -> Option<f64> {
    match of.get(key)? {
        Value::Int(whole) => Some(*whole as f64),
        Value::Float(number) => Some(*number),
        _ => None,
    }
}

fn whole(of: &Object, key: &str) -> Option<u64> {
    u64::try_from(of.get(key)?.as_int()?).ok()
}

fn format(name: &str) -> Option<ImageFormat> {
    let mut formats = ImageFormat::ALL.into_iter();
    formats.find(|format| format.name() == name)
}

const NO_RULES: &str = "Rules are those of a model's field, or the name of wan 2.2, whose rules are \
                        known here. Ask the catalogue for another model's.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_probe_tells_is_understood() {
        let known = Object::new()
            .with("format", "JPEG")
            .with("width", 3)
            .with("height", 4)
            .with("storedWidth", 4)
            .with("storedHeight", 3)
            .with("orientation", 6)
            .with("bytes", 5)
            .with("alpha", "opaque")
            .with("animated", true)
            .with("cmyk", true)
            .with("coding", "progressive")
            .with("name", "lake.png")
            .with("mediaType", "text/plain");
        let wanted = ImageFacts {
            format: Some(ImageFormat::Jpeg),
            width: Some(3),
            height: Some(4),
            bytes: Some(ByteSize::bytes(5)),
            alpha: Some(Alpha::Opaque),
            remarks: Remarks {
                turned_from: Some((4, 3)),
                is_animated: true,
                has_four_inks: true,
                coding: Some(Coding::InPasses),
                named: Some(ImageFormat::Png),
                declared: Some("text/plain".to_owned()),
            },
        };
        assert_eq!(image(&known), wanted);
        assert_eq!(
            image(&known.with("orientation", 1)).remarks.turned_from,
            None
        );
        assert_eq!(image(&Object::new()), ImageFacts::default());
        let odd = Object::new()
            .with("width", -1)
            .with("format", 7)
            .with("bytes", Value::Float(0.5));
        assert_eq!(image(&odd), ImageFacts::default());
    }

    fn read(given: impl Into<Value>) -> Result<MediaRules, &'static str> {
        rules(&Object::new().with("rules", given)).map_err(|problem| problem.code())
    }

    #[test]
    fn rules_are_those_of_a_field_or_of_wan_2_2() {
        assert_eq!(rules(&Object::new()).unwrap(), Wan22::IMAGE_RULES);
        assert_eq!(read(ModelId::WAN_2_2.as_str()), Ok(Wan22::IMAGE_RULES));
        assert_eq!(read("maker/model"), Err("bad_input"));
        assert_eq!(read(7), Err("bad_input"));
        let side = Object::new()
            .with("above", 360)
            .with("below", Value::Float(0.5));
        let names = vec![Value::from("PNG"), Value::from("none"), Value::Null];
        let given = Object::new()
            .with("kind", "any")
            .with("ratio", side)
            .with("megabytesBelow", 1)
            .with("formats", Value::List(names))
            .with("opaque", true);
        let wanted = MediaRules {
            kind: MediaType::Any,
            ratio: Between {
                above: Some(360.0),
                below: Some(0.5),
            },
            megabytes_below: Some(1.0),
            formats: Formats::of(&[ImageFormat::Png]),
            opaque: true,
            ..MediaRules::default()
        };
        assert_eq!(read(given), Ok(wanted));
        let image = read(Object::new()).map(|rules| rules.kind);
        assert_eq!(image, Ok(MediaType::Image));
    }
}
