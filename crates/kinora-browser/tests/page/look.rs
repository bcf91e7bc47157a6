//! What a look at an image finds out.

use std::cell::RefCell;

use kinora::image::{Alpha, ByteSize, ImageFacts, ImageFormat, Look, LookProblem};
use kinora::{Reach, SourceUrl, Value};
use kinora_browser::Store;
use kinora_browser::look::{Depth, Looked, Looker, Source, look_at_many, picture_key};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Blob, Url};

use crate::support::{
    Fakes, a_while, answer_forever, asked, blob_of, bytes_of, headers, never_answer, paint, refuse,
    work_here,
};

/// A look by someone who has not seen anything before.
async fn look(source: Source, store: Store, depth: Depth) -> Looked {
    work_here();
    Looker::new(store).look(&source, depth, &|_| {}).await
}

async fn look_at(blob: &Blob) -> Looked {
    let source = Source::Blob(blob.clone());
    look(source, Store::in_memory(), Depth::Whole).await
}

async fn look_there(url: &str) -> Looked {
    look(at(url), Store::in_memory(), Depth::Whole).await
}

fn at(url: &str) -> Source {
    Source::Url(SourceUrl::parse(url, Reach::Page).unwrap())
}

fn found(looked: &Looked) -> &ImageFacts {
    match &looked.look {
        Look::Found(facts) => facts,
        other => panic!("{other:?}"),
    }
}

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

/// 2 × 2 white pixels of 24 bits.
fn bmp() -> Vec<u8> {
    let mut file = b"BM".to_vec();
    for field in [
        70_u32,
        0,
        54,
        40,
        2,
        2,
        0x0018_0001,
        0,
        16,
        2835,
        2835,
        0,
        0,
    ] {
        file.extend(field.to_le_bytes());
    }
    file.extend([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0].repeat(2));
    file
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
async fn data_blob_and_page_addresses_are_read_like_any_other() {
    let blob = paint((40, 30), "image/png", false, None).await;
    let bytes = bytes_of(&blob).await;
    let text: String = bytes.iter().map(|byte| format!("%{byte:02x}")).collect();
    let escaped = look_there(&format!("data:image/png,{text}")).await;
    assert_eq!(found(&escaped).width, Some(40));
    let base64 = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==";
    assert_eq!(
        found(&look_there(base64).await).format,
        Some(ImageFormat::Gif)
    );
    let url = Url::create_object_url_with_blob(&blob).unwrap();
    assert_eq!(found(&look_there(&url).await).height, Some(30));
    let store = Store::in_memory();
    store.put_blob(&picture_key("7"), &blob).await.unwrap();
    let looked = look(at("kinora-page:7"), store, Depth::Whole).await;
    assert_eq!(
        found(&looked).bytes,
        Some(ByteSize::bytes(bytes.len() as u64))
    );
    let gone = look_there("kinora-page:8").await;
    assert_eq!(gone.look, Look::Failed(LookProblem::Unreachable));
}

#[wasm_bindgen_test]
async fn an_image_that_scripts_may_not_read_is_only_measured() {
    let blob = paint((400, 370), "image/png", true, None).await;
    let url = Url::create_object_url_with_blob(&blob).unwrap();
    let _fakes = Fakes;
    refuse();
    let looked = look_there(&url).await;
    let facts = ImageFacts {
        width: Some(400),
        height: Some(370),
        ..ImageFacts::default()
    };
    assert_eq!(found(&looked), &facts);
    let picture = looked.picture.unwrap();
    assert_eq!(picture.url(), url);
    assert!(picture.blob().is_none());
}

#[wasm_bindgen_test]
async fn an_address_without_an_image_says_why() {
    let unreachable = look_there("http://127.0.0.1:9/a.png").await;
    assert_eq!(unreachable.look, Look::Failed(LookProblem::Unreachable));
    let here = js_sys::Reflect::get(&js_sys::global(), &"origin".into()).unwrap();
    let missing = format!("{}/no/such.png", here.as_string().unwrap());
    let missing = look_there(&missing).await;
    assert_eq!(missing.look, Look::Failed(LookProblem::Status(404)));
}

#[wasm_bindgen_test]
async fn what_the_header_says_is_told_before_the_rest_is_there() {
    let _fakes = Fakes;
    answer_forever(&js_sys::Uint8Array::from(&bmp()[..]), &headers(&[]));
    let told = RefCell::new(Vec::new());
    let looker = Looker::new(Store::in_memory());
    let tell = |facts| told.borrow_mut().push((facts, megabytes_read()));
    work_here();
    let source = at("https://images.example.com/a.bmp");
    looker.look(&source, Depth::Whole, &tell).await;
    let told = told.into_inner();
    assert_eq!(told.len(), 1, "{told:?}");
    let (facts, read) = &told[0];
    assert_eq!((facts.width, facts.alpha), (Some(2), Some(Alpha::Opaque)));
    assert!(*read <= 2, "{read}");
}

#[wasm_bindgen_test]
async fn where_only_the_header_matters_no_more_is_read() {
    let _fakes = Fakes;
    let stated = headers(&[("content-length", "5000000")]);
    answer_forever(&js_sys::Uint8Array::from(&bmp()[..]), &stated);
    let source = at("https://images.example.com/a.bmp");
    let looked = look(source, Store::in_memory(), Depth::Header).await;
    let facts = found(&looked);
    assert_eq!((facts.width, facts.height), (Some(2), Some(2)));
    assert_eq!(facts.bytes, Some(ByteSize::bytes(5_000_000)));
    assert_eq!(facts.alpha, Some(Alpha::Opaque));
    assert_eq!(asked()[0].get("aborted"), Some(&Value::Bool(true)));
    assert!(megabytes_read() <= 2, "{}", megabytes_read());
}

#[wasm_bindgen_test]
async fn an_address_that_was_seen_is_not_asked_again() {
    let _fakes = Fakes;
    let stated = headers(&[("content-length", "5000000")]);
    answer_forever(&js_sys::Uint8Array::from(&bmp()[..]), &stated);
    work_here();
    let looker = Looker::new(Store::in_memory());
    let source = at("https://images.example.com/a.bmp");
    let first = looker.look(&source, Depth::Header, &|_| {}).await;
    let second = looker.look(&source, Depth::Header, &|_| {}).await;
    assert_eq!(first.look, second.look);
    assert_eq!(asked().len(), 1);
}

#[wasm_bindgen_test]
async fn many_are_looked_at_a_few_at_a_time() {
    let blob = paint((40, 30), "image/png", false, None).await;
    let sources: Vec<_> = (0..9)
        .map(|place| match place {
            4 => Source::Blob(blob_of(b"hello")),
            _ => Source::Blob(blob.clone()),
        })
        .collect();
    work_here();
    let looker = Looker::new(Store::in_memory());
    let all = RefCell::new(vec![None; sources.len()]);
    let found = |place: usize, looked: Looked| all.borrow_mut()[place] = Some(looked.look);
    look_at_many(&looker, &sources, &found).await;
    for (place, look) in all.into_inner().into_iter().enumerate() {
        let is_image = matches!(look.unwrap(), Look::Found(facts) if facts.width == Some(40));
        assert_eq!(is_image, place != 4, "{place}");
    }
}

fn megabytes_read() -> i64 {
    asked()[0].get("megabytes").and_then(Value::as_int).unwrap()
}

async fn look_at_endless(stated: &[(&str, &str)]) -> (u64, i64) {
    let _fakes = Fakes;
    answer_forever(&js_sys::Uint8Array::from(&bmp()[..]), &headers(stated));
    let looked = look_there("https://images.example.com/a.bmp").await;
    assert_eq!(found(&looked).format, Some(ImageFormat::Bmp));
    let asked = &asked()[0];
    assert_eq!(asked.get("aborted"), Some(&Value::Bool(true)));
    (found(&looked).bytes.unwrap().count(), megabytes_read())
}

#[wasm_bindgen_test]
async fn a_file_that_is_too_large_is_not_read_to_its_end() {
    let (bytes, read) = look_at_endless(&[]).await;
    assert!(bytes > 10 * (1 << 20), "{bytes}");
    assert!(read <= 13, "{read}");
    let (bytes, read) = look_at_endless(&[("content-length", "25000000")]).await;
    assert_eq!(bytes, 25_000_000);
    assert!(read <= 3, "{read}");
}

#[wasm_bindgen_test]
async fn a_look_that_is_dropped_stops_reading() {
    let _fakes = Fakes;
    never_answer();
    {
        let mut looking = core::pin::pin!(look_there("https://images.example.com/a.png"));
        assert!(futures_util::poll!(looking.as_mut()).is_pending());
        a_while().await;
        assert!(futures_util::poll!(looking.as_mut()).is_pending());
        a_while().await;
        assert_eq!(asked()[0].get("aborted"), Some(&Value::Bool(false)));
    }
    a_while().await;
    assert_eq!(asked()[0].get("aborted"), Some(&Value::Bool(true)));
}

#[wasm_bindgen_test]
async fn a_picture_is_revoked_with_its_last_clone() {
    let blob = paint((40, 30), "image/png", false, None).await;
    let picture = look_at(&blob).await.picture.unwrap();
    let url = picture.url().to_owned();
    let clone = picture.clone();
    drop(picture);
    assert_eq!(found(&look_there(&url).await).width, Some(40));
    drop(clone);
    let gone = look_there(&url).await;
    assert_eq!(gone.look, Look::Failed(LookProblem::Unreachable));
}

/// One grey pixel.
const GREY_PNG: &[u8] = b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0:~\x9BU\0\0\0\nIDATx\xDAch\0\0\0\x82\0\x81\xDAE\x08;\0\0\0\0IEND\xAEB`\x82";

/// One pixel of true colour.
const TRUE_COLOUR_PNG: &[u8] = b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0\x90wS\xDE\0\0\0\x0CIDATx\xDAc`db\x06\0\0\x0E\0\x07\xE9\x927\xD4\0\0\0\0IEND\xAEB`\x82";

/// One pixel of a palette whose only colour is declared, by a `tRNS` chunk, to be opaque.
const PALETTE_PNG: &[u8] = b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x03\0\0\0(\xCB4\xBB\0\0\0\x03PLTE\x01\x02\x03\r\x87d\xD5\0\0\0\x01tRNS\xFFm\xE47\xEB\0\0\0\nIDATx\xDAc`\0\0\0\x02\0\x01\xE5'\xDE\xFC\0\0\0\0IEND\xAEB`\x82";
