//! Files that are here: format, size, completeness, transparency, orientation.

use kinora::image::{Alpha, ByteSize, Coding, ImageFacts, ImageFormat, Look, LookProblem};
use wasm_bindgen_test::wasm_bindgen_test;

use super::{bmp, found, look_at};
use crate::support::{blob_of, bytes_of, named, paint, turned};

async fn check(kind: &str, alpha: bool, hole: Option<(u32, u32)>, wanted: (ImageFormat, Alpha)) {
    let blob = paint((400, 370), kind, alpha, hole).await;
    let looked = look_at(&blob).await;
    let facts = ImageFacts {
        format: Some(wanted.0),
        width: Some(400),
        height: Some(370),
        bytes: Some(ByteSize::bytes(blob.size() as u64)),
        alpha: Some(wanted.1),
        ..ImageFacts::default()
    };
    assert_eq!(found(&looked), &facts, "{kind} {alpha} {hole:?}");
    let picture = looked.picture.unwrap();
    assert!(picture.url().starts_with("blob:"));
    assert_eq!((picture.width(), picture.height()), (400, 370));
    assert_eq!(picture.blob().unwrap().size(), blob.size());
}

#[wasm_bindgen_test]
async fn format_size_and_transparency_are_found() {
    check("image/jpeg", true, None, (ImageFormat::Jpeg, Alpha::Opaque)).await;
    check(
        "image/png",
        true,
        None,
        (ImageFormat::Png, Alpha::OpaqueChannel),
    )
    .await;
    let hole = Some((399, 369));
    check(
        "image/png",
        true,
        hole,
        (ImageFormat::Png, Alpha::Transparent),
    )
    .await;
    check("image/webp", true, None, (ImageFormat::WebP, Alpha::Opaque)).await;
    check(
        "image/webp",
        true,
        hole,
        (ImageFormat::WebP, Alpha::Transparent),
    )
    .await;
}

async fn check_pixel(file: &[u8], wanted: Alpha) {
    let looked = look_at(&blob_of(file)).await;
    assert_eq!(found(&looked).alpha, Some(wanted), "{file:?}");
}

#[wasm_bindgen_test]
async fn an_alpha_channel_that_hides_nothing_is_told_from_none() {
    check_pixel(GREY_PNG, Alpha::Opaque).await;
    check_pixel(TRUE_COLOUR_PNG, Alpha::Opaque).await;
    check_pixel(PALETTE_PNG, Alpha::OpaqueChannel).await;
}

#[wasm_bindgen_test]
async fn a_bitmap_of_24_bits_is_opaque() {
    let looked = look_at(&blob_of(&bmp())).await;
    let facts = found(&looked);
    assert_eq!(facts.format, Some(ImageFormat::Bmp));
    assert_eq!((facts.width, facts.height), (Some(2), Some(2)));
    assert_eq!(facts.alpha, Some(Alpha::Opaque));
}

#[wasm_bindgen_test]
async fn one_pixel_in_the_last_corner_of_a_large_image_is_seen() {
    let blob = paint((2600, 1733), "image/png", true, Some((2599, 1732))).await;
    assert_eq!(found(&look_at(&blob).await).alpha, Some(Alpha::Transparent));
}

#[wasm_bindgen_test]
async fn a_file_that_was_cut_short_is_damaged() {
    for (kind, format) in [
        ("image/jpeg", ImageFormat::Jpeg),
        ("image/png", ImageFormat::Png),
        ("image/webp", ImageFormat::WebP),
    ] {
        let bytes = bytes_of(&paint((400, 400), kind, true, None).await).await;
        // Browsers show a file that lacks its last bytes; the service may not.
        for length in [bytes.len() / 2, bytes.len() - 16] {
            let cut = look_at(&blob_of(&bytes[..length])).await;
            assert_eq!(cut.look, Look::Failed(LookProblem::Damaged(format)));
            assert!(cut.picture.is_none());
        }
    }
    let cut = look_at(&blob_of(&bmp()[..60])).await;
    assert_eq!(
        cut.look,
        Look::Failed(LookProblem::Damaged(ImageFormat::Bmp))
    );
    let mut garbled = b"\x89PNG\r\n\x1A\n".to_vec();
    garbled.extend(b"nothing of a picture IEND");
    let garbled = look_at(&blob_of(&garbled)).await;
    assert_eq!(
        garbled.look,
        Look::Failed(LookProblem::Damaged(ImageFormat::Png))
    );
}

#[wasm_bindgen_test]
async fn a_jpeg_of_a_kind_that_browsers_do_not_read_is_not_called_damaged() {
    let mut bytes = bytes_of(&paint((400, 370), "image/jpeg", false, None).await).await;
    let frame = bytes
        .windows(4)
        .position(|four| four == [0xFF, 0xC0, 0, 17])
        .unwrap();
    // A process without loss; then codes that some browsers know.
    for (code, coding) in [(0xC3, Coding::Rare), (0xC9, Coding::Arithmetic)] {
        bytes[frame + 1] = code;
        let looked = look_at(&blob_of(&bytes)).await;
        let facts = found(&looked);
        assert_eq!(facts.remarks.coding, Some(coding));
        assert_eq!((facts.width, facts.height), (Some(400), Some(370)));
        assert!(looked.picture.is_none() || coding == Coding::Arithmetic);
    }
}

#[wasm_bindgen_test]
async fn what_is_no_image_is_named() {
    let check = async |bytes: &[u8], wanted| {
        let problem = LookProblem::NotAnImage(wanted);
        assert_eq!(look_at(&blob_of(bytes)).await.look, Look::Failed(problem));
    };
    check(b"hello", None).await;
    check(b"", None).await;
    check(b"<!doctype html><p>Sign in", Some(ImageFormat::Html)).await;
    check(b"%PDF-1.7", Some(ImageFormat::Pdf)).await;
}

#[wasm_bindgen_test]
async fn formats_the_service_refuses_are_found_all_the_same() {
    let svg = br#"<svg xmlns="http://www.w3.org/2000/svg" width="500" height="400"/>"#;
    let looked = look_at(&blob_of(svg)).await;
    let facts = found(&looked);
    assert_eq!(facts.format, Some(ImageFormat::Svg));
    assert_eq!((facts.width, facts.height), (Some(500), Some(400)));
    let heic = look_at(&blob_of(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic")).await;
    assert_eq!(found(&heic).format, Some(ImageFormat::Heic));
    assert_eq!(found(&heic).width, None);
}

#[wasm_bindgen_test]
async fn a_jpeg_that_is_stored_lying_is_seen_upright() {
    let looked = look_at(&turned((400, 370)).await).await;
    let facts = found(&looked);
    assert_eq!((facts.width, facts.height), (Some(370), Some(400)));
    assert_eq!(facts.remarks.turned_from, Some((400, 370)));
    let picture = looked.picture.unwrap();
    assert_eq!((picture.width(), picture.height()), (370, 400));
}

#[wasm_bindgen_test]
async fn a_file_that_is_named_otherwise_is_told_by_its_bytes() {
    let png = paint((40, 30), "image/png", false, None).await;
    let facts = found(&look_at(&named(&png, "lake.jpg")).await).clone();
    assert_eq!(facts.format, Some(ImageFormat::Png));
    assert_eq!(facts.remarks.named, Some(ImageFormat::Jpeg));
    let facts = found(&look_at(&named(&png, "lake.png")).await).clone();
    assert_eq!(facts.remarks, Default::default());
}

/// One grey pixel.
const GREY_PNG: &[u8] = b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0:~\x9BU\0\0\0\nIDATx\xDAch\0\0\0\x82\0\x81\xDAE\x08;\0\0\0\0IEND\xAEB`\x82";

/// One pixel of true colour.
const TRUE_COLOUR_PNG: &[u8] = b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0\x90wS\xDE\0\0\0\x0CIDATx\xDAc`db\x06\0\0\x0E\0\x07\xE9\x927\xD4\0\0\0\0IEND\xAEB`\x82";

/// One pixel of a palette whose only colour is declared, by a `tRNS` chunk, to be opaque.
const PALETTE_PNG: &[u8] = b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x03\0\0\0(\xCB4\xBB\0\0\0\x03PLTE\x01\x02\x03\r\x87d\xD5\0\0\0\x01tRNS\xFFm\xE47\xEB\0\0\0\nIDATx\xDAc`\0\0\0\x02\0\x01\xE5'\xDE\xFC\0\0\0\0IEND\xAEB`\x82";
