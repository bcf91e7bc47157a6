use super::*;
use crate::image::{Look, Verdict, check};
use crate::wire::input;
use crate::{Between, ModelSpec};

/// The rules of wan 2.2.
fn wan() -> MediaRules {
    let spec = ModelSpec::wan_2_2();
    *spec.media_rules(input::IMAGE).unwrap()
}

fn facts(width: u32, height: u32, format: ImageFormat, alpha: Alpha) -> ImageFacts {
    ImageFacts {
        format: Some(format),
        width: Some(width),
        height: Some(height),
        bytes: Some(ByteSize::megabytes(1)),
        alpha: Some(alpha),
        ..ImageFacts::default()
    }
}

fn photo(width: u32, height: u32) -> ImageFacts {
    facts(width, height, ImageFormat::Jpeg, Alpha::Opaque)
}

/// Size and changes of a copy, in words.
fn told(facts: &ImageFacts, wish: &Wish) -> String {
    let fit = fit(&wan(), facts, wish).unwrap();
    let sentences: Vec<_> = fit.changes.iter().map(Change::sentence).collect();
    format!("{} × {}: {}", fit.width, fit.height, sentences.join(" "))
}

#[test]
fn a_copy_is_told_in_words() {
    let crop = Wish {
        framing: Framing::Crop,
        ..Wish::default()
    };
    let square = Wish {
        ratio: Some(1.0),
        ..Wish::default()
    };
    for (facts, wish, wanted) in [
        (
            photo(1248, 832),
            Wish::default(),
            "1248 × 832: Saved anew, without camera data.",
        ),
        (
            photo(2600, 1733),
            Wish::default(),
            "1999 × 1332: Reduced from 2600 × 1733 to 1999 × 1332. Saved anew, without camera data.",
        ),
        (
            photo(1200, 320),
            Wish::default(),
            "1354 × 361: Enlarged from 1200 × 320 to 1354 × 361, which adds no detail. Saved anew, \
             without camera data.",
        ),
        (
            facts(800, 600, ImageFormat::Png, Alpha::Transparent),
            Wish::default(),
            "800 × 600: Put on a plain ground where it was transparent. Saved as JPEG from PNG.",
        ),
        (
            facts(800, 600, ImageFormat::WebP, Alpha::Opaque),
            Wish::default(),
            "800 × 600: Saved as JPEG from WebP.",
        ),
        (
            photo(8000, 400),
            crop,
            "1999 × 361: Reduced from 8000 × 400 to 1999 × 361. Cut at two edges to get a shape that \
             fits. Saved anew, without camera data.",
        ),
        (
            photo(1000, 500),
            square,
            "1000 × 1000: Set on a plain ground to get a shape that fits. Saved anew, without camera \
             data.",
        ),
    ] {
        assert_eq!(told(&facts, &wish), wanted);
    }
}

#[test]
fn what_cannot_be_planned_is_said() {
    let unseen = ImageFacts::default();
    assert_eq!(
        fit(&wan(), &unseen, &Wish::default()),
        Err(Unfit::SizeUnknown)
    );
    let nothing = Between {
        above: Some(500.0),
        below: Some(500.5),
    };
    let rules = MediaRules {
        width: nothing,
        ..wan()
    };
    assert_eq!(
        fit(&rules, &photo(800, 600), &Wish::default()),
        Err(Unfit::NoRoom)
    );
}

#[test]
fn a_shape_that_is_ruled_out_is_changed_to_the_nearest() {
    let rules = MediaRules {
        ratio: Between {
            above: Some(0.5),
            below: Some(2.0),
        },
        ..wan()
    };
    let wide = fit(&rules, &photo(3000, 1000), &Wish::default()).unwrap();
    let ratio = f64::from(wide.width) / f64::from(wide.height);
    assert!((1.95..2.0).contains(&ratio), "{ratio}");
}

proptest::proptest! {
    #[test]
    fn every_copy_passes_the_rules_it_was_planned_for(
        width in 1_u32..20_000,
        height in 1_u32..20_000,
        ratio in proptest::option::of(0.01_f64..100.0),
        is_cropped: bool,
    ) {
        let framing = if is_cropped { Framing::Crop } else { Framing::Pad };
        let wish = Wish { ratio, framing, ..Wish::default() };
        let fit = fit(&wan(), &photo(width, height), &wish).unwrap();
        let copy = photo(fit.width, fit.height);
        for found in check(&wan(), &Look::Found(copy)) {
            assert_eq!(found.verdict, Verdict::Pass, "{found:?} of {fit:?}");
        }
        // Nothing is drawn from outside the picture, or to outside the copy, or stretched.
        let inside = |area: &Area, width: u32, height: u32| {
            area.x >= -0.01
                && area.y >= -0.01
                && area.x + area.width <= f64::from(width) + 0.01
                && area.y + area.height <= f64::from(height) + 0.01
        };
        assert!(inside(&fit.from, width, height), "{fit:?}");
        assert!(inside(&fit.to, fit.width, fit.height), "{fit:?}");
    }
}

#[test]
fn what_was_odd_is_said_to_be_mended() {
    let mut odd = photo(1000, 1400);
    odd.remarks.turned_from = Some((1400, 1000));
    odd.remarks.is_animated = true;
    odd.remarks.has_four_inks = true;
    let told = told(&odd, &Wish::default());
    for sentence in [
        "Turned upright.",
        "Only the first picture of the animation.",
        "Colours of print turned into RGB.",
    ] {
        assert!(told.contains(sentence), "{told}");
    }
}

#[test]
fn a_thumbnail_keeps_its_shape_and_is_never_larger_than_its_picture() {
    let check = |picture: (u32, u32), wanted: (u32, u32)| {
        let small = Fit::thumbnail(picture, 96);
        assert_eq!((small.width, small.height), wanted, "{picture:?}");
        let sides = (f64::from(picture.0), f64::from(picture.1));
        assert_eq!((small.from.width, small.from.height), sides);
        let sides = (f64::from(wanted.0), f64::from(wanted.1));
        assert_eq!((small.to.width, small.to.height), sides);
    };
    check((1920, 1280), (96, 64));
    check((1280, 1920), (64, 96));
    check((80, 60), (80, 60));
    check((30_000, 2), (96, 1));
    check((u32::MAX, u32::MAX), (96, 96));
    check((0, 0), (1, 1));
}
