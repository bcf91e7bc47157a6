//! Jobs of the tests.

use std::time::Duration;

use futures_util::stream;
use kinora::{
    Draft, Facts, IntentId, Job, Media, ModelSpec, Outcome, Pace, Platform, Request, Wan22, drive,
};
use kinora_browser::{Store, now, random};
use kinora_demo::{Demo, Options};

/// On this thread, without a queue.
pub(crate) const HERE: Options = Options {
    queue: Duration::ZERO,
    codec: None,
    worker: false,
};

/// A store in which the page keeps one picture, `test`.
pub(crate) async fn store_with_picture() -> Store {
    let store = Store::in_memory();
    let picture = super::paint(640, 400).await;
    store.put_blob("picture/test", &picture).await.unwrap();
    store
}

fn request(draft: &Draft) -> Request {
    let facts = Facts::new(Demo::connection().reach());
    let checked = draft.check(&ModelSpec::wan_2_2(), &facts);
    checked
        .request
        .unwrap_or_else(|| panic!("{:?}", checked.report))
}

/// A job for an image, not yet sent.
pub(crate) fn wish(image: &str) -> Job {
    let draft = Wan22::new("", image).seed(3).draft();
    let intent = IntentId::mint(random());
    Job::new(
        request(&draft),
        Demo::connection(),
        intent,
        Pace::IN_PAGE,
        1,
        now(),
    )
}

/// What becomes of a job.
pub(crate) async fn outcome<P: Platform>(demo: &P, job: &mut Job) -> Outcome {
    super::serve_film();
    drive(job, demo, stream::pending(), |_| {}).await
}

/// The one file of a job that succeeded.
pub(crate) fn only(outcome: Outcome) -> Media {
    match outcome {
        Outcome::Succeeded(media) => <[Media; 1]>::try_from(media).unwrap()[0].clone(),
        other => panic!("{other:?}"),
    }
}
