//! Copies of images that fit.

use kinora::image::{
    Alpha, Change, Colour, CopyFormat, Fit, Framing, Ground, ImageFacts, ImageFormat, Look,
    Reading, Verdict, Wish, check, fit, read_header,
};
use kinora::wire::input;
use kinora::{MediaRules, ModelSpec};
use kinora_browser::Store;
use kinora_browser::look::{Depth, Looker, Source};
use kinora_browser::retouch::{ImageCopy, RetouchProblem, Retoucher};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Blob;

use crate::support::{
    Fakes, blob_of, bytes_of, forget_compression, paint, pixels_of, turned, work_here,
};

fn rules() -> MediaRules {
    *ModelSpec::wan_2_2().media_rules(input::IMAGE).unwrap()
}

async fn facts(blob: &Blob) -> ImageFacts {
    work_here();
    let looker = Looker::new(Store::in_memory());
    let source = Source::Blob(blob.clone());
    let most = rules().bytes_most();
    match looker.look(&source, Depth::Whole, most, &|_| {}).await.look {
        Look::Found(facts) => facts,
        other => panic!("{other:?}"),
    }
}

async fn copy(blob: &Blob, plan: &Fit) -> Result<ImageCopy, RetouchProblem> {
    work_here();
    Retoucher::new().copy(blob, plan).await
}

async fn check_copy(original: &Blob, wish: &Wish, wanted: (u32, u32, ImageFormat)) {
    let plan = fit(&rules(), &facts(original).await, wish).unwrap();
    let copy = copy(original, &plan).await.unwrap();
    let facts = facts(&copy.file).await;
    let size = (facts.width.unwrap(), facts.height.unwrap());
    assert_eq!((size.0, size.1, facts.format.unwrap()), wanted);
    for rule in check(&rules(), &Look::Found(facts)) {
        assert_eq!(rule.verdict, Verdict::Pass, "{rule:?} of {wanted:?}");
    }
}

#[wasm_bindgen_test]
async fn a_copy_passes_every_rule() {
    let wish = Wish::default();
    let large = paint((2600, 1733), "image/jpeg", false, None).await;
    check_copy(&large, &wish, (1999, 1332, ImageFormat::Jpeg)).await;
    let holed = paint((800, 600), "image/png", true, Some((10, 10))).await;
    check_copy(&holed, &wish, (800, 600, ImageFormat::Jpeg)).await;
    let small = paint((300, 200), "image/webp", true, None).await;
    check_copy(&small, &wish, (542, 361, ImageFormat::Jpeg)).await;
    let long = paint((3000, 300), "image/png", false, None).await;
    check_copy(&long, &wish, (1999, 361, ImageFormat::Jpeg)).await;
    let cut = Wish {
        framing: Framing::Crop,
        ..wish
    };
    check_copy(&long, &cut, (1999, 361, ImageFormat::Jpeg)).await;
}

#[wasm_bindgen_test]
async fn a_copy_is_made_small_enough_by_lowering_quality_or_says_that_it_cannot() {
    let original = paint((1200, 900), "image/png", false, None).await;
    let mut plan = fit(&rules(), &facts(&original).await, &Wish::default()).unwrap();
    plan.format = CopyFormat::Jpeg;
    plan.below = None;
    let best = copy(&original, &plan).await.unwrap();
    assert_eq!(best.lowered_to, None);
    let just_too_small = kinora::image::ByteSize::bytes(best.file.size() as u64);
    plan.below = Some(just_too_small);
    let lowered = copy(&original, &plan).await.unwrap();
    assert!(lowered.lowered_to.is_some_and(|percent| percent < 92));
    assert!(lowered.file.size() < best.file.size());
    plan.below = Some(kinora::image::ByteSize::bytes(100));
    let impossible = copy(&original, &plan).await;
    assert!(matches!(impossible, Err(RetouchProblem::TooLarge(_))));
}

#[wasm_bindgen_test]
async fn a_png_that_is_too_large_becomes_a_jpeg() {
    let original = paint((1200, 900), "image/png", false, None).await;
    let mut plan = fit(&rules(), &facts(&original).await, &Wish::default()).unwrap();
    plan.format = CopyFormat::Png;
    let png = copy(&original, &plan).await.unwrap();
    assert_eq!(png.format, CopyFormat::Png);
    assert_eq!(facts(&png.file).await.format, Some(ImageFormat::Png));
    // A browser may deflate the same lines into some bytes fewer the next time.
    plan.below = Some(kinora::image::ByteSize::bytes(png.file.size() as u64 / 2));
    assert_eq!(
        copy(&original, &plan).await.unwrap().format,
        CopyFormat::Jpeg
    );
}

/// A plan for a picture whose copy is to be a PNG on this ground.
async fn png_plan(original: &Blob, ground: Ground) -> Fit {
    let wish = Wish {
        format: Some(CopyFormat::Png),
        ground,
        ..Wish::default()
    };
    fit(&rules(), &facts(original).await, &wish).unwrap()
}

#[wasm_bindgen_test]
async fn a_copy_as_png_is_without_loss_and_without_an_alpha_channel() {
    let original = paint((640, 400), "image/png", true, None).await;
    let plan = png_plan(&original, Ground::WHITE).await;
    let copy = copy(&original, &plan).await.unwrap();
    assert_eq!(copy.format, CopyFormat::Png);
    let Reading::Known(header) = read_header(&bytes_of(&copy.file).await) else {
        panic!("it has no header")
    };
    assert_eq!(
        (header.colour, header.has_alpha),
        (Colour::Rgb, Some(false))
    );
    let (before, after) = (pixels_of(&original).await, pixels_of(&copy.file).await);
    assert_eq!(after.len(), 640 * 400 * 4);
    assert!(before == after, "its pixels are others");
    let looked = Look::Found(facts(&copy.file).await);
    for rule in check(&rules(), &looked) {
        assert_eq!(rule.verdict, Verdict::Pass, "{rule:?}");
    }
}

#[wasm_bindgen_test]
async fn what_is_transparent_lies_on_the_wished_ground_in_a_png() {
    let original = paint((500, 400), "image/png", true, Some((499, 399))).await;
    let plan = png_plan(&original, Ground(200, 100, 0)).await;
    let copy = copy(&original, &plan).await.unwrap();
    let pixels = pixels_of(&copy.file).await;
    // Half black on the ground: half the ground, give or take a rounding.
    let &[.., red, green, blue, alpha] = &pixels[..] else {
        panic!("no pixels")
    };
    assert!(
        red.abs_diff(100) <= 2 && green.abs_diff(50) <= 2,
        "{red} {green}"
    );
    assert_eq!((blue, alpha), (0, 255));
    assert_eq!(facts(&copy.file).await.alpha, Some(Alpha::Opaque));
}

#[wasm_bindgen_test]
async fn a_copy_of_a_picture_that_is_stored_lying_is_stored_upright() {
    let original = turned((640, 400)).await;
    for format in [CopyFormat::Jpeg, CopyFormat::Png] {
        let wish = Wish {
            format: Some(format),
            ..Wish::default()
        };
        let plan = fit(&rules(), &facts(&original).await, &wish).unwrap();
        assert!(
            plan.changes.contains(&Change::Upright),
            "{:?}",
            plan.changes
        );
        let copy = copy(&original, &plan).await.unwrap();
        let Reading::Known(header) = read_header(&bytes_of(&copy.file).await) else {
            panic!("it has no header")
        };
        assert!(header.orientation.is_upright());
        assert_eq!(header.stored, (400, 640));
        // What was at the left is on top: teal, and orange below.
        let pixels = pixels_of(&copy.file).await;
        let (top, bottom) = (&pixels[..3], &pixels[pixels.len() - 4..]);
        assert!(top[0] < 40 && bottom[0] > 200, "{top:?} above {bottom:?}");
    }
}

#[wasm_bindgen_test]
async fn where_the_browser_does_not_compress_a_png_is_written_by_the_canvas() {
    let original = paint((400, 380), "image/png", true, None).await;
    let plan = png_plan(&original, Ground::WHITE).await;
    let _fakes = Fakes;
    forget_compression();
    let copy = copy(&original, &plan).await.unwrap();
    assert_eq!(copy.format, CopyFormat::Png);
    // The channel is there, and whoever checks the copy is told so.
    let facts = facts(&copy.file).await;
    assert_eq!(facts.alpha, Some(Alpha::OpaqueChannel));
}

#[wasm_bindgen_test]
async fn what_no_browser_decodes_is_not_copied() {
    let plan = {
        let original = paint((400, 400), "image/png", false, None).await;
        fit(&rules(), &facts(&original).await, &Wish::default()).unwrap()
    };
    let broken = copy(&blob_of(b"no picture"), &plan).await;
    assert!(matches!(broken, Err(RetouchProblem::Undecodable)));
}
