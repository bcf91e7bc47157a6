//! The contract of every host: the same cases, whoever answers.

use std::future::Future;
use std::time::Duration;

use futures_util::stream::Stream;
use kinora::wire::catalog::{self, CatalogQuery};
use kinora::{
    Command, Connection, Error, Event, IntentId, Job, ModelId, ModelSpec, Outcome, Pace, Platform,
    Record, ServiceErrorKind, Value, drive,
};

use super::world;

/// Whoever answers, and how it is reached.
pub(crate) trait Host {
    /// How it is reached.
    type Platform: Platform;

    /// A host that behaves as a preset says, apart from these times, reached with this token.
    fn start(preset: &str, queue: Duration, run: Duration, token: Option<&'static str>) -> Self;

    fn platform(&self) -> &Self::Platform;

    fn connection(&self) -> Connection;

    /// Runs to the end of something.
    fn wait<T>(&self, work: impl Future<Output = T>) -> T;

    /// What the person tells the job.
    fn commands(&self) -> impl Stream<Item = Command> + Unpin;

    /// The person wants it stopped, now.
    fn cancel(&self);

    /// How many jobs were ever accepted.
    fn accepted(&self) -> i64;
}

/// All cases.
pub(crate) fn holds<H: Host>() {
    a_job_makes_a_video::<H>();
    a_job_is_cancelled_in_the_queue::<H>();
    a_failed_job_says_why::<H>();
    a_missing_token_is_refused::<H>();
    a_lost_answer_is_one_job_all_the_same::<H>();
    let host = H::start("usual", SHORT, SHORT, None);
    host.wait(the_catalogue_can_be_read(
        host.platform(),
        &host.connection(),
    ));
}

fn a_job_makes_a_video<H: Host>() {
    let host = H::start("usual", SHORT, SHORT, None);
    let (outcome, record) = run(&host, new_job(&host), false);
    let Outcome::Succeeded(files) = &outcome else {
        panic!("no video: {outcome:?}")
    };
    assert!(files[0].url.starts_with(host.connection().base().as_str()));
    let (again, _) = run(&host, Job::resume(record, Pace::IN_PAGE, 1), false);
    assert_eq!(again, outcome, "a job that is over is told again");
}

fn a_job_is_cancelled_in_the_queue<H: Host>() {
    let host = H::start("usual", Duration::from_secs(60), SHORT, None);
    assert_eq!(run(&host, new_job(&host), true).0, Outcome::Cancelled);
}

fn a_failed_job_says_why<H: Host>() {
    let host = H::start("failed", SHORT, SHORT, None);
    let (outcome, _) = run(&host, new_job(&host), false);
    let says_why =
        matches!(&outcome, Outcome::Failed(why) if why.words == "The job failed on purpose.");
    assert!(says_why, "{outcome:?}");
}

fn a_missing_token_is_refused<H: Host>() {
    for (token, is_refused) in [(None, true), (Some("test"), false)] {
        let host = H::start("token", SHORT, SHORT, token);
        let (outcome, _) = run(&host, new_job(&host), false);
        let refused = matches!(&outcome, Outcome::Refused(Error::Service(error))
            if error.kind == ServiceErrorKind::BadToken);
        assert_eq!(refused, is_refused, "{outcome:?}");
    }
}

fn a_lost_answer_is_one_job_all_the_same<H: Host>() {
    let host = H::start("accepted-reset", SHORT, SHORT, None);
    let (outcome, record) = run(&host, new_job(&host), false);
    assert!(matches!(outcome, Outcome::Uncertain(_)), "{outcome:?}");
    let again = Job::again(record, world::request(), Pace::IN_PAGE, 1);
    let (outcome, _) = run(&host, again, false);
    assert!(matches!(outcome, Outcome::Succeeded(_)), "{outcome:?}");
    assert_eq!(host.accepted(), 1);
}

/// Questions only: this case costs nothing and is also put to the real service.
pub(crate) async fn the_catalogue_can_be_read<P: Platform>(platform: &P, connection: &Connection) {
    let query = CatalogQuery {
        search: Some("wan".to_owned()),
        limit: Some(20),
        ..CatalogQuery::default()
    };
    let page = platform.send(catalog::models(connection, &query)).await;
    let page = catalog::read::page(&page.expect("an answer")).expect("a page");
    assert!(!page.models.is_empty(), "there is a model of that name");
    let categories = platform.send(catalog::categories(connection)).await;
    let categories = catalog::read::categories(&categories.expect("an answer"));
    assert!(!categories.expect("categories").is_empty());
    let model = platform.send(catalog::model(connection, ModelId::WAN_2_2));
    let model = catalog::read::model(&model.await.expect("an answer")).expect("a model");
    let schema = Value::Object(model.input_schema.expect("it comes with its schema"));
    let spec = ModelSpec::from_value(model.id, &schema).expect("it can be read");
    assert_eq!(names(&spec), names(&ModelSpec::wan_2_2()));
}

fn names(spec: &ModelSpec) -> Vec<String> {
    let names = spec.fields().iter().map(|field| field.name.to_string());
    names.collect()
}

fn new_job<H: Host>(host: &H) -> Job {
    let (connection, now) = (host.connection(), host.platform().now());
    let intent = IntentId::mint(7);
    Job::new(world::request(), connection, intent, Pace::IN_PAGE, 1, now)
}

/// Runs a job to its outcome; some people cancel as soon as it is accepted.
fn run<H: Host>(host: &H, mut job: Job, cancels: bool) -> (Outcome, Record) {
    let driven = drive(&mut job, host.platform(), host.commands(), |event| {
        if cancels && matches!(event, Event::Accepted(_)) {
            host.cancel();
        }
    });
    let outcome = host.wait(driven);
    (outcome, job.record().clone())
}

/// Long enough to be seen, short enough to be waited for.
const SHORT: Duration = Duration::from_millis(200);
