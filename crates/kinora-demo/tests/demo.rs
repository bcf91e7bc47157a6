//! The demo in a real page: its videos play, its jobs outlive it.
#![allow(
    clippy::unwrap_used,
    reason = "a test ends with whatever goes wrong in it"
)]

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use futures_util::future::{Either, select};
use futures_util::stream;
use js_sys::{Function, Object};
use kinora::{Command, Event, Job, Media, Outcome, Pace, Platform, ServiceState, drive};
use kinora_browser::{Store, sleep};
use kinora_demo::{Codec, Demo, Options};
use kinora_motion::{Motion, Resolution, Template};
use wasm_bindgen::prelude::{Closure, wasm_bindgen};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::Blob;

use page::job::{HERE, only, outcome, store_with_picture, wish};
use page::{Player, psnr};

#[allow(dead_code, reason = "shared with the tests of visits")]
mod page;

wasm_bindgen_test_configure!(run_in_browser);

/// What `film.js` exports, here in the tests' own module.
#[wasm_bindgen(js_name = film)]
pub fn film_of_the_module(order: JsValue, report: Function, gently: bool) {
    kinora_demo::film::film(order, report, gently);
}

async fn film(options: Options) -> (Media, Blob) {
    let demo = Demo::open_with(store_with_picture().await, options).await;
    let media = only(outcome(&demo, &mut wish("kinora-page:test")).await);
    let file = demo.media(&media.url).await.unwrap();
    (media, file)
}

/// Five seconds that can be sought anywhere, of which the first frame is the still.
async fn check_playback(file: &Blob) {
    let still = page::pixels(&page::paint(640, 400).await).await;
    let motion = Motion::new(&still, &Template::CameraMove, 3, "", Resolution::P480);
    let size = motion.size();
    let mut scaled = vec![0; size.rgba_len()];
    motion.rgba(0, &mut scaled).unwrap();

    let player = Player::open(file).await;
    assert_eq!(player.size(), (size.width, size.height));
    assert!(
        (player.duration() - 5.0).abs() < 0.01,
        "{} s",
        player.duration()
    );
    player.seek(0.0).await;
    let first = player.frame();
    assert!(psnr(&first, &scaled) > 30.0, "{} dB", psnr(&first, &scaled));
    for second in [4.9, 2.5, 0.0] {
        player.seek(second).await;
        let landed = |frame: &[u8]| (psnr(frame, &first) > 40.0) == (second == 0.0);
        assert!(player.comes_to_show(landed).await, "at {second} s");
    }
}

async fn check_codec(codec: Codec, extension: &str, media_type: &str) {
    let codec = Some(codec);
    let (media, file) = film(Options { codec, ..HERE }).await;
    assert!(
        media
            .url
            .starts_with("https://demo.kinora.invalid/outputs/")
    );
    assert!(media.url.ends_with(extension), "{}", media.url);
    assert_eq!(file.type_(), media_type);
    check_playback(&file).await;
}

#[wasm_bindgen_test]
async fn h264_plays() {
    check_codec(Codec::H264, ".mp4", "video/mp4").await;
}

#[wasm_bindgen_test]
async fn vp9_plays() {
    check_codec(Codec::Vp9, ".webm", "video/webm").await;
}

#[wasm_bindgen_test]
async fn vp8_plays() {
    check_codec(Codec::Vp8, ".webm", "video/webm").await;
}

#[wasm_bindgen_test]
async fn images_play_as_vp8() {
    check_codec(Codec::Webp, ".webm", "video/webm").await;
}

#[wasm_bindgen_test]
async fn a_worker_makes_the_video() {
    page::serve_worker(include_str!("../../../web/worker.js"));
    let store = store_with_picture().await;
    let worker = Options {
        worker: true,
        ..HERE
    };
    let demo = Demo::open_with(store, worker).await;
    let mut job = wish("kinora-page:test");
    // Whoever decodes the picture now is not the page.
    let page = page::without("createImageBitmap");
    let media = only(outcome(&demo, &mut job).await);
    drop(page);
    check_playback(&demo.media(&media.url).await.unwrap()).await;
}

#[wasm_bindgen_test]
async fn a_worker_that_cannot_start_is_done_without() {
    page::serve_worker("throw new Error('no');");
    let (_, file) = film(Options {
        worker: true,
        ..HERE
    })
    .await;
    check_playback(&file).await;
}

#[wasm_bindgen_test]
async fn without_a_worker_the_page_still_gets_its_turns() {
    let turns = page::Turns::watch();
    film(HERE).await;
    let usual = turns.usual_wait();
    assert!(usual < Duration::from_millis(25), "{usual:?}");
}

#[wasm_bindgen_test]
async fn a_film_that_nobody_waits_for_is_given_up() {
    let picture = page::paint(640, 400).await;
    let order = page::object(&[("picture", picture.into()), ("input", Object::new().into())]);
    let told = Rc::new(Cell::new(0));
    let tell = Rc::clone(&told);
    let listener = Closure::<dyn FnMut() -> Result<(), JsValue>>::new(move || {
        tell.set(tell.get() + 1);
        if tell.get() < 3 {
            Ok(())
        } else {
            Err("no".into())
        }
    });
    kinora_demo::film::film(order, listener.as_ref().clone().unchecked_into(), true);
    sleep(Duration::from_secs(1)).await;
    assert_eq!(told.get(), 3);
}

#[wasm_bindgen_test]
async fn progress_is_told_frame_by_frame() {
    let demo = Demo::open_with(store_with_picture().await, HERE).await;
    let told = Rc::new(RefCell::new(Vec::new()));
    let hear = Rc::clone(&told);
    demo.on_progress(move |progress| hear.borrow_mut().push((progress.done, progress.all)));
    only(outcome(&demo, &mut wish("kinora-page:test")).await);
    let wanted: Vec<_> = (1..=120).map(|done| (done, 120)).collect();
    assert_eq!(*told.borrow(), wanted);
}

async fn check_failure(picture: Option<&Blob>, image: &str, words: &str) {
    let store = Store::in_memory();
    if let Some(picture) = picture {
        store.put_blob("picture/test", picture).await.unwrap();
    }
    let demo = Demo::open_with(store, HERE).await;
    match outcome(&demo, &mut wish(image)).await {
        Outcome::Failed(failure) => {
            assert!(failure.words.contains(words), "{}", failure.words);
        }
        other => panic!("{other:?}"),
    }
}

#[wasm_bindgen_test]
async fn a_picture_that_is_gone_fails_the_job() {
    check_failure(None, "kinora-page:test", "no longer kept").await;
}

#[wasm_bindgen_test]
async fn a_picture_that_is_none_fails_the_job() {
    let text = Blob::new_with_str_sequence(&js_sys::Array::of1(&"not a picture".into())).unwrap();
    check_failure(Some(&text), "kinora-page:test", "cannot decode").await;
    check_failure(None, "data:image/png;base64,aGk=", "cannot decode").await;
}

#[wasm_bindgen_test]
async fn a_picture_out_of_reach_fails_the_job() {
    check_failure(None, "http://127.0.0.1:9/lake.jpg", "CORS").await;
}

#[wasm_bindgen_test]
async fn a_job_outlives_the_demo_in_any_state() {
    for (wait, frames) in [(0, 0), (30, 0), (150, 0), (0, 1), (0, 60)] {
        let store = store_with_picture().await;
        let queue = Duration::from_millis(200);
        let demo = Demo::open_with(store.clone(), Options { queue, ..HERE }).await;
        let done = Rc::new(Cell::new(0));
        let count = Rc::clone(&done);
        demo.on_progress(move |progress| count.set(progress.done));
        let mut job = wish("kinora-page:test");
        let media = {
            let begun = Box::pin(outcome(&demo, &mut job));
            let waited = Box::pin(async {
                while store.records().await.unwrap().is_empty() {
                    sleep(Duration::from_millis(5)).await;
                }
                sleep(Duration::from_millis(60 + wait)).await;
                while done.get() < frames {
                    sleep(Duration::ZERO).await;
                }
            });
            match select(begun, waited).await {
                Either::Left((outcome, _)) => panic!("done too soon: {outcome:?}"),
                Either::Right(_) => {}
            }
            drop(demo);
            // The page's own copy may go; the job has its own.
            store.remove_blob("picture/test").await.unwrap();
            let record = store.records().await.unwrap().remove(0).unwrap();
            let demo = Demo::open_with(store.clone(), Options { queue, ..HERE }).await;
            let mut resumed = Job::resume(record, Pace::IN_PAGE, 2);
            let media = only(outcome(&demo, &mut resumed).await);
            demo.media(&media.url).await.unwrap()
        };
        check_playback(&media).await;
        let demo = Demo::open_with(store.clone(), HERE).await;
        let record = store.records().await.unwrap().remove(0).unwrap();
        let mut ended = Job::resume(record, Pace::IN_PAGE, 3);
        let media = only(outcome(&demo, &mut ended).await);
        assert!(demo.media(&media.url).await.is_some());
    }
}

#[wasm_bindgen_test]
async fn a_job_cancelled_in_the_queue_is_never_made() {
    let queue = Duration::from_secs(60);
    let store = store_with_picture().await;
    let demo = Demo::open_with(store.clone(), Options { queue, ..HERE }).await;
    demo.on_progress(|progress| panic!("{progress:?}"));
    let mut job = wish("kinora-page:test");
    let seen = Rc::new(RefCell::new(Vec::new()));
    let see = Rc::clone(&seen);
    let cancel = Box::pin(stream::once(async {
        sleep(Duration::from_millis(150)).await;
        Command::Cancel
    }));
    let outcome = drive(&mut job, &demo, cancel, move |event| {
        if let Event::Status(status) = event {
            see.borrow_mut().push((status.state, status.queue_position));
        }
    })
    .await;
    assert_eq!(outcome, Outcome::Cancelled);
    assert!(
        seen.borrow().contains(&(ServiceState::InQueue, Some(3))),
        "{seen:?}"
    );
}

#[wasm_bindgen_test]
async fn other_addresses_have_no_media() {
    let demo = Demo::open_with(Store::in_memory(), HERE).await;
    for url in [
        "https://example.com/a.mp4",
        "https://demo.kinora.invalid/outputs/none.mp4",
    ] {
        assert!(demo.media(url).await.is_none(), "{url}");
    }
    let before = demo.now().monotonic;
    demo.sleep(Duration::from_millis(20)).await;
    assert!(demo.now().monotonic.since(before) >= Duration::from_millis(15));
}
