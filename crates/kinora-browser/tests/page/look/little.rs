//! No more is read than it takes, and no longer than anyone waits.

use std::cell::RefCell;

use kinora::Value;
use kinora::image::{Alpha, ByteSize, ImageFormat, Look};
use kinora_browser::Store;
use kinora_browser::look::{Depth, Looker, Source, look_at_many};
use wasm_bindgen_test::wasm_bindgen_test;

use super::{at, bmp, found, look, look_there, most};
use crate::support::{
    Fakes, a_while, answer_forever, asked, blob_of, headers, never_answer, paint, work_here,
};

fn megabytes_read() -> i64 {
    asked()[0].get("megabytes").and_then(Value::as_int).unwrap()
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
    looker.look(&source, Depth::Whole, most(), &tell).await;
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

/// The size that is found of a file without end, and how many megabytes of it were read.
async fn look_at_endless(stated: &[(&str, &str)], most: ByteSize) -> (u64, i64) {
    let _fakes = Fakes;
    work_here();
    answer_forever(&js_sys::Uint8Array::from(&bmp()[..]), &headers(stated));
    let looker = Looker::new(Store::in_memory());
    let source = at("https://images.example.com/a.bmp");
    let looked = looker.look(&source, Depth::Whole, most, &|_| {}).await;
    assert_eq!(found(&looked).format, Some(ImageFormat::Bmp));
    assert!(looked.picture.is_none(), "not all of it is here");
    let asked = &asked()[0];
    assert_eq!(asked.get("aborted"), Some(&Value::Bool(true)));
    (found(&looked).bytes.unwrap().count(), megabytes_read())
}

#[wasm_bindgen_test]
async fn a_file_that_is_too_large_for_its_model_is_not_read_to_its_end() {
    for megabytes in [2, 10, 30] {
        let most = ByteSize::mebibytes(megabytes);
        let (bytes, read) = look_at_endless(&[], most).await;
        assert!(bytes > most.count(), "{bytes} of {megabytes} MiB");
        assert!(read <= i64::from(megabytes) * 11 / 10 + 2, "{read}");
        let stated = (most.count() + 1).to_string();
        let (bytes, read) = look_at_endless(&[("content-length", &stated)], most).await;
        assert_eq!(bytes, most.count() + 1);
        assert!(read <= 3, "{read}");
    }
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
async fn many_are_looked_at_a_few_at_a_time_and_shown_small() {
    let blob = paint((400, 300), "image/png", true, Some((9, 9))).await;
    let sources: Vec<_> = (0..9)
        .map(|place| match place {
            4 => Source::Blob(blob_of(b"hello")),
            _ => Source::Blob(blob.clone()),
        })
        .collect();
    work_here();
    let looker = Looker::new(Store::in_memory());
    let told = RefCell::new(vec![Vec::new(); sources.len()]);
    let order = RefCell::new(Vec::new());
    let found = |place: usize, look, small: Option<_>| {
        order.borrow_mut().push(small.is_some());
        told.borrow_mut()[place].push((look, small));
    };
    look_at_many(&looker, &sources, most(), &found).await;
    // Only what the other three are at may be found after the first thumbnail.
    assert!(!order.into_inner()[..6].contains(&true), "thumbnails wait");
    for (place, told) in told.into_inner().into_iter().enumerate() {
        let is_image = matches!(&told[0].0, Look::Found(facts) if facts.width == Some(400));
        assert_eq!(is_image, place != 4, "{place}");
        assert!(told[0].1.is_none(), "what was found is told first");
        if let [_, (look, Some(small))] = &told[..] {
            assert_eq!(look, &told[0].0, "{place}");
            let looked = look_there(small.as_str()).await;
            let facts = super::found(&looked);
            assert_eq!((facts.width, facts.height), (Some(96), Some(72)));
        } else {
            assert!(!is_image, "{place} has no thumbnail");
        }
    }
}
