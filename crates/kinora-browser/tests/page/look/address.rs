//! What is found at an address, and why nothing is.

use kinora::image::{ByteSize, ImageFacts, ImageFormat, Look, LookProblem};
use kinora_browser::Store;
use kinora_browser::look::{Depth, Looker, picture_key};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Url;

use super::{at, bmp, found, look, look_at, look_there, most};
use crate::support::{
    Fakes, answer, answer_bytes, answer_forever, asked, break_off, bytes_of, go_offline, headers,
    keep_from_pages, paint, refuse, work_here,
};

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
async fn an_address_that_was_seen_is_not_asked_again() {
    let _fakes = Fakes;
    let stated = headers(&[("content-length", "5000000")]);
    answer_forever(&js_sys::Uint8Array::from(&bmp()[..]), &stated);
    work_here();
    let looker = Looker::new(Store::in_memory());
    let source = at("https://images.example.com/a.bmp");
    let look = async |most| {
        looker
            .look(&source, Depth::Header, most, &|_| {})
            .await
            .look
    };
    let first = look(most()).await;
    assert_eq!(first, look(most()).await);
    assert_eq!(asked().len(), 1);
    // Another model may take larger files, of which more has to be read.
    look(ByteSize::megabytes(50)).await;
    assert_eq!(asked().len(), 2);
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

#[wasm_bindgen_test]
async fn why_there_is_no_image_is_told_as_far_as_a_browser_tells() {
    let check = async |wanted| {
        let looked = look_there("https://images.example.com/a.png").await;
        assert_eq!(looked.look, Look::Failed(wanted));
        assert!(looked.picture.is_none());
    };
    let _fakes = Fakes;
    refuse();
    check(LookProblem::Unreachable).await;
    keep_from_pages();
    check(LookProblem::Hidden).await;
    answer(403, &headers(&[]), "No.");
    check(LookProblem::Status(403)).await;
    let page = "<!doctype html><title>Sign in</title>";
    answer(200, &headers(&[("content-type", "text/html")]), page);
    check(LookProblem::NotAnImage(Some(ImageFormat::Html))).await;
    answer(200, &headers(&[]), "{\"error\": \"expired\"}");
    check(LookProblem::NotAnImage(None)).await;
    break_off(&js_sys::Uint8Array::from(&bmp()[..40]));
    check(LookProblem::Unreachable).await;
    go_offline();
    check(LookProblem::Offline).await;
    refuse();
    check(LookProblem::Offline).await;
}

#[wasm_bindgen_test]
async fn nothing_of_the_person_goes_along_with_a_look() {
    let _fakes = Fakes;
    keep_from_pages();
    look_there("https://images.example.com/a.png").await;
    let [read, heard] = asked().try_into().unwrap();
    for (asked, mode) in [(&read, "cors"), (&heard, "no-cors")] {
        assert_eq!(asked.text("mode"), Some(mode));
        assert_eq!(asked.text("credentials"), Some("omit"));
        assert_eq!(asked.text("referrerPolicy"), Some("no-referrer"));
    }
    assert_eq!(heard.text("cache"), Some("no-store"));
}

#[wasm_bindgen_test]
async fn a_name_and_a_declared_type_are_held_against_the_truth() {
    let _fakes = Fakes;
    let check = async |name: &str, declared, wanted: (Option<ImageFormat>, Option<&str>)| {
        answer_bytes(&bmp(), &headers(&[("content-type", declared)]));
        let looked = look_there(&format!("https://images.example.com/{name}")).await;
        let remarks = &found(&looked).remarks;
        assert_eq!(
            (remarks.named, remarks.declared.as_deref()),
            wanted,
            "{name}"
        );
    };
    check("a.bmp?size=a.png", "image/bmp", (None, None)).await;
    check("a.png", "image/bmp", (Some(ImageFormat::Png), None)).await;
    check("a", "text/plain; charset=utf-8", (None, Some("text/plain"))).await;
}
