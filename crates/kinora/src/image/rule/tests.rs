use super::check as held;
use super::*;
use crate::ModelSpec;
use crate::image::{Coding, LookProblem, Remarks};

fn facts() -> ImageFacts {
    ImageFacts {
        format: Some(ImageFormat::Jpeg),
        width: Some(1248),
        height: Some(832),
        bytes: Some(ByteSize::bytes(230_000)),
        alpha: Some(Alpha::Opaque),
        remarks: Remarks::default(),
    }
}

fn verdict(rule: &str, change: impl FnOnce(&mut ImageFacts)) -> Verdict {
    let mut facts = facts();
    change(&mut facts);
    let spec = ModelSpec::wan_2_2();
    let rules = spec.media_rules("img_url").expect("wan 2.2 has an image");
    let checks = check(rules, &Look::Found(facts));
    let others = checks.iter().filter(|check| check.rule != rule);
    assert!(
        others.clone().all(|check| check.verdict == Verdict::Pass),
        "{checks:?}"
    );
    checks
        .iter()
        .find(|check| check.rule == rule)
        .expect("the rule is there")
        .verdict
}

#[test]
fn each_side_fails_passes_or_is_undecided_at_the_bound() {
    for (pixels, wanted) in [
        (359, Verdict::Fail),
        (360, Verdict::Borderline),
        (361, Verdict::Pass),
        (1999, Verdict::Pass),
        (2000, Verdict::Borderline),
        (2001, Verdict::Fail),
    ] {
        assert_eq!(
            verdict("image_width", |facts| facts.width = Some(pixels)),
            wanted,
            "{pixels}"
        );
        assert_eq!(
            verdict("image_height", |facts| facts.height = Some(pixels)),
            wanted,
            "{pixels}"
        );
    }
}

#[test]
fn a_file_between_the_two_megabytes_is_undecided() {
    for (bytes, wanted) in [
        (9_999_999, Verdict::Pass),
        (10_000_000, Verdict::Borderline),
        (10_485_760, Verdict::Borderline),
        (10_485_761, Verdict::Fail),
    ] {
        let size = ByteSize::bytes(bytes);
        assert_eq!(
            verdict("image_bytes", |facts| facts.bytes = Some(size)),
            wanted,
            "{bytes}"
        );
    }
}

#[test]
fn only_four_formats_pass() {
    use ImageFormat::{Avif, Bmp, Gif, Heic, Jpeg, Png, Svg, Tiff, WebP};
    for format in [Jpeg, Png, Bmp, WebP] {
        assert_eq!(
            verdict("image_format", |facts| facts.format = Some(format)),
            Verdict::Pass
        );
    }
    for format in [Gif, Avif, Heic, Tiff, Svg] {
        assert_eq!(
            verdict("image_format", |facts| facts.format = Some(format)),
            Verdict::Fail
        );
    }
}

#[test]
fn transparency_is_ruled_out_for_png_and_doubtful_elsewhere() {
    for (format, alpha, wanted) in [
        (ImageFormat::Png, Alpha::Opaque, Verdict::Pass),
        (ImageFormat::Png, Alpha::OpaqueChannel, Verdict::Borderline),
        (ImageFormat::Png, Alpha::Transparent, Verdict::Fail),
        (ImageFormat::WebP, Alpha::OpaqueChannel, Verdict::Pass),
        (ImageFormat::WebP, Alpha::Transparent, Verdict::Borderline),
    ] {
        let found = verdict("image_alpha", |facts| {
            facts.format = Some(format);
            facts.alpha = Some(alpha);
        });
        assert_eq!(found, wanted, "{format:?} {alpha:?}");
    }
}

#[test]
fn what_cannot_be_read_is_unknown_and_not_guessed() {
    assert_eq!(
        verdict("image_format", |facts| facts.format = None),
        Verdict::Unknown
    );
    assert_eq!(
        verdict("image_width", |facts| facts.width = None),
        Verdict::Unknown
    );
    assert_eq!(
        verdict("image_bytes", |facts| facts.bytes = None),
        Verdict::Unknown
    );
    assert_eq!(
        verdict("image_alpha", |facts| facts.alpha = None),
        Verdict::Unknown
    );
}

#[test]
fn a_look_that_failed_says_only_that() {
    let spec = ModelSpec::wan_2_2();
    let rules = spec.media_rules("img_url").expect("wan 2.2 has an image");
    for problem in [
        LookProblem::Unreachable,
        LookProblem::Offline,
        LookProblem::Hidden,
        LookProblem::Status(404),
        LookProblem::NotAnImage(None),
        LookProblem::NotAnImage(Some(ImageFormat::Html)),
        LookProblem::Damaged(ImageFormat::Png),
    ] {
        let checks = check(rules, &Look::Failed(problem));
        assert_eq!(checks.len(), 1);
        assert_eq!(
            (checks[0].rule, checks[0].verdict),
            ("image_loads", Verdict::Fail)
        );
        assert!(!checks[0].advice.is_empty());
    }
}

#[test]
fn an_image_that_nobody_could_look_at_is_unknown_and_may_be_sent() {
    let checks = check(
        &crate::Wan22::IMAGE_RULES,
        &Look::Failed(LookProblem::NotLooked),
    );
    let [only] = &checks[..] else {
        panic!("{checks:?}")
    };
    assert_eq!((only.rule, only.verdict), ("image_loads", Verdict::Unknown));
    assert!(only.advice.contains("did not load"), "{}", only.advice);
}

#[test]
fn what_is_unknown_says_why() {
    let spec = ModelSpec::wan_2_2();
    let rules = spec.media_rules("img_url").expect("wan 2.2 has an image");
    let advice = |facts: ImageFacts| {
        let checks = check(rules, &Look::Found(facts));
        checks
            .into_iter()
            .find(|check| check.rule == "image_alpha")
            .map(|check| check.advice)
    };
    let unreadable = ImageFacts {
        width: Some(400),
        height: Some(400),
        ..ImageFacts::default()
    };
    assert_eq!(
        advice(unreadable).as_deref(),
        Some(
            "The file's host does not let web pages read it, so transparency cannot be checked. \
             The service will."
        )
    );
    let cut_off = ImageFacts {
        format: Some(ImageFormat::Jpeg),
        ..ImageFacts::default()
    };
    assert_eq!(
        advice(cut_off).as_deref(),
        Some(
            "Not all of the file could be read here, so transparency cannot be checked. The service will."
        )
    );
}

#[test]
fn what_is_odd_may_be_refused_and_says_what_to_do() {
    let check = |rule, advice: &str, odd: fn(&mut Remarks)| {
        let wanted = match rule {
            "image_coding" if advice.is_empty() => Verdict::Pass,
            _ => Verdict::Borderline,
        };
        assert_eq!(verdict(rule, |facts| odd(&mut facts.remarks)), wanted);
        let mut facts = facts();
        odd(&mut facts.remarks);
        let spec = ModelSpec::wan_2_2();
        let rules = spec.media_rules("img_url").unwrap();
        let checks = held(rules, &Look::Found(facts));
        assert!(checks.last().unwrap().advice.contains(advice), "{checks:?}");
    };
    check(
        "image_orientation",
        "as 832 × 1248 px, with a note to show it turned, as 1248 × 832 px. A service that overlooks the note films it lying or mirrored. A copy that is saved upright is safe.",
        |odd| {
            odd.turned_from = Some((832, 1248));
        },
    );
    check(
        "image_animation",
        "Save the picture you mean as a still.",
        |odd| {
            odd.is_animated = true;
        },
    );
    check("image_colours", "Save the image with RGB colours.", |odd| {
        odd.has_four_inks = true;
    });
    check("image_coding", "", |odd| {
        odd.coding = Some(Coding::InPasses);
    });
    check("image_coding", "Save it anew", |odd| {
        odd.coding = Some(Coding::Arithmetic);
    });
    check("image_coding", "Save it anew", |odd| {
        odd.coding = Some(Coding::Rare);
    });
    check(
        "image_name",
        "ends like that of a PNG, but the file is a JPEG.",
        |odd| {
            odd.named = Some(ImageFormat::Png);
        },
    );
    check(
        "image_type",
        "Let the host declare image/jpeg, or put the file elsewhere.",
        |odd| {
            odd.declared = Some("text/html".to_owned());
        },
    );
}
